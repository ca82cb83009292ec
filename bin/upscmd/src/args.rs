//! The command line of upscmd.

use clap::Parser;
use tool::{Changing, Common, Failure};

const USAGE: &str = "\
upscmd [options] -l ups[@host[:port]]
       upscmd [options] ups[@host[:port]] command [value]";

/// Sends instant commands to a UPS.
///
/// Ends with 0 when the server took the command, with -w when the driver has carried it out.
#[derive(Debug, Parser)]
#[command(
    name = "upscmd",
    display_name = "Network UPS Tools upscmd",
    version = proto::VERSION,
    override_usage = USAGE,
    disable_help_flag = true,
    disable_version_flag = true,
    args_override_self = true
)]
pub(crate) struct Args {
    /// List the commands that the UPS knows
    #[arg(short = 'l')]
    pub(crate) list: bool,
    #[command(flatten)]
    pub(crate) changing: Changing,
    #[command(flatten)]
    pub(crate) common: Common,
    /// UPS, command, value
    #[arg(trailing_var_arg = true, hide = true)]
    operands: Vec<String>,
}

/// A command and its value, if any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Order<'a> {
    pub(crate) command: &'a str,
    pub(crate) value: Option<&'a str>,
}

impl Args {
    /// The first operand; empty if there is none.
    pub(crate) fn ups(&self) -> &str {
        self.operands.first().map_or("", String::as_str)
    }

    /// The other operands. C ignores words too many; about power, rather no guess.
    pub(crate) fn order(&self) -> Result<Order<'_>, Failure> {
        let usage = |text: String| Err(Failure::Usage(text));
        let (command, value) = match self.operands.as_slice() {
            [_, command] => (command, None),
            [_, command, value] => (command, Some(value.as_str())),
            [_, _, _, surplus, ..] => {
                return usage(format!(
                    "a command takes one value; {surplus:?} is one too many, options stand before the UPS"
                ));
            }
            _ => return usage("no command given; upscmd -l lists them".to_owned()),
        };
        if !command.contains('.') {
            return usage("old command names are not supported".to_owned());
        }
        Ok(Order { command, value })
    }
}
