//! The command line of upsc.

use std::process::ExitCode;

use clap::{ArgAction, Parser};
use client::tool::{ended, split};

const USAGE: &str = "\
upsc [options] ups[@host[:port]] [variable]
       upsc [options] -l | -L [host[:port]]
       upsc [options] -c ups[@host[:port]]";

/// Reads variables of a UPS.
#[derive(Debug, Parser)]
#[command(
    name = "upsc",
    display_name = "Network UPS Tools upsc",
    version = proto::VERSION,
    override_usage = USAGE,
    disable_help_flag = true,
    disable_version_flag = true,
    args_override_self = true
)]
pub(crate) struct Args {
    /// List the names of the UPSes of a server
    #[arg(short = 'l')]
    pub(crate) names: bool,
    /// The same with their descriptions
    #[arg(short = 'L')]
    pub(crate) descriptions: bool,
    /// List the addresses of the clients that are logged in to the UPS
    #[arg(short = 'c')]
    pub(crate) clients: bool,
    /// Print JSON
    #[arg(short = 'j')]
    pub(crate) json: bool,
    /// Give up connecting after this time (10)
    #[arg(short = 'W', value_name = "seconds", allow_hyphen_values = true)]
    pub(crate) timeout: Option<String>,
    /// Read this nutauth.conf; `default`: in the usual places; `none`: not at all
    #[arg(short = 'A', value_name = "file", allow_hyphen_values = true)]
    pub(crate) file: Option<String>,
    /// Accepted and ignored: there is nothing to debug
    #[arg(short = 'D', action = ArgAction::Count, hide = true)]
    debug: u8,
    /// Print this help
    #[arg(short = 'h', action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
    /// UPS or server, and variable; as in C, further words are ignored
    #[arg(trailing_var_arg = true, hide = true)]
    pub(crate) operands: Vec<String>,
}

impl Args {
    /// This process's arguments; what to end with if they ask for nothing, or for nonsense.
    pub(crate) fn read() -> Result<Self, ExitCode> {
        Self::try_parse_from(split(std::env::args_os(), "WA")).map_err(|message| {
            // help nobody reads is no failure
            let _ = message.print();
            ended(message.use_stderr())
        })
    }
}
