//! The command line of upscmd.

use std::process::ExitCode;

use clap::{ArgAction, Parser};
use client::Password;
use client::tool::{Failure, Given, ended, split};

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
    /// User; else nutauth.conf says who, or a question
    #[arg(short = 'u', value_name = "user", allow_hyphen_values = true)]
    user: Option<String>,
    /// Password; other users of this machine can see it here
    #[arg(short = 'p', value_name = "password", allow_hyphen_values = true)]
    password: Option<Password>,
    /// Wait until the driver has carried the command out
    #[arg(short = 'w')]
    pub(crate) wait: bool,
    /// Wait so long (10)
    #[arg(short = 't', value_name = "seconds", allow_hyphen_values = true)]
    pub(crate) patience: Option<String>,
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
    /// This process's arguments; what to end with if they ask for nothing, or for nonsense.
    pub(crate) fn read() -> Result<Self, ExitCode> {
        Self::try_parse_from(split(std::env::args_os(), "uptWA")).map_err(|message| {
            // help nobody reads is no failure
            let _ = message.print();
            ended(message.use_stderr())
        })
    }

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

    /// Who sends it.
    pub(crate) fn given(&self) -> Given {
        Given {
            user: self.user.clone(),
            password: self.password.clone(),
            file: self.file.clone(),
        }
    }
}
