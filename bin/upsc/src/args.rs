//! The command line of upsc.

use clap::Parser;
use tool::Common;

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
    #[command(flatten)]
    pub(crate) common: Common,
    /// UPS or server, and variable; as in C, further words are ignored
    #[arg(trailing_var_arg = true, hide = true)]
    pub(crate) operands: Vec<String>,
}
