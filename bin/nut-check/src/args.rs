//! The command line.

use std::path::{Path, PathBuf};

use clap::Parser;

/// Checks the whole configuration and the running system: what would keep this host from shutting down in time?
///
/// Exit status: 0 sound, 1 something would stop a shutdown, 2 not checked. Warnings do not count.
#[derive(Debug, Parser)]
#[command(name = "nut-check")]
pub(crate) struct Args {
    /// Check the system whose files are below this directory; its services are not asked
    #[arg(long, value_name = "dir")]
    root: Option<PathBuf>,
    /// Do not connect to any upsd
    #[arg(long)]
    pub(crate) offline: bool,
    /// Print the findings as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Print what is looked for, and exit
    #[arg(long)]
    pub(crate) rules: bool,
    /// Print the version and exit
    #[arg(short = 'V')]
    pub(crate) version: bool,
    /// Print this help and exit
    #[arg(short = 'h', action = clap::ArgAction::HelpShort)]
    help: Option<bool>,
}

impl Args {
    /// Where the file system begins.
    pub(crate) fn root(&self) -> &Path {
        self.root.as_deref().unwrap_or(Path::new("/"))
    }

    /// Whether it is the system that runs here.
    pub(crate) fn is_running(&self) -> bool {
        self.root() == Path::new("/")
    }
}
