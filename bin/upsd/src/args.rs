//! The command line (spec server-behaviour.md, section 1).

use clap::Parser;
use daemon::args::Common;

/// Serves the state of power devices to network clients
#[derive(Debug, Parser)]
#[command(name = "upsd")]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Listen on IPv4 addresses only
    #[arg(short = '4', conflicts_with = "only_v6")]
    pub(crate) only_v4: bool,
    /// Listen on IPv6 addresses only
    #[arg(short = '6')]
    pub(crate) only_v6: bool,
    /// Check ups.conf, upsd.conf and upsd.users, tell every problem and exit: 0 if they can be used, else 1
    #[arg(short = 't')]
    pub(crate) check: bool,
    /// Ask for a password, or read it from standard input, and print a line for upsd.users with its hash
    #[arg(long)]
    pub(crate) hash_password: bool,
    /// Removed: use LISTEN in upsd.conf
    #[arg(short = 'p', value_name = "port", hide = true)]
    pub(crate) port: Option<String>,
    /// Removed: use LISTEN in upsd.conf
    #[arg(short = 'i', value_name = "address", hide = true)]
    pub(crate) interface: Option<String>,
}
