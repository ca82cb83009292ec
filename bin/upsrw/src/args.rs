//! The command line of upsrw.

use std::process::ExitCode;

use clap::{ArgAction, Parser};
use client::Password;
use client::tool::{Failure, Given, ended, split};

const USAGE: &str = "\
upsrw [options] [-l] ups[@host[:port]]
       upsrw [options] -s variable[=value] ups[@host[:port]]";

/// Lists the writable variables of a UPS, or sets one.
///
/// Setting ends with 0 when the server took the value, with -w when the driver has set it.
#[derive(Debug, Parser)]
#[command(
    name = "upsrw",
    display_name = "Network UPS Tools upsrw",
    version = proto::VERSION,
    override_usage = USAGE,
    disable_help_flag = true,
    disable_version_flag = true,
    args_override_self = true
)]
pub(crate) struct Args {
    /// List the variables; this is what happens without -s
    #[arg(short = 'l')]
    list: bool,
    /// Set a variable; without a value there is a question
    #[arg(
        short = 's',
        value_name = "variable[=value]",
        allow_hyphen_values = true
    )]
    set: Option<String>,
    /// User; else nutauth.conf says who, or a question
    #[arg(short = 'u', value_name = "user", allow_hyphen_values = true)]
    user: Option<String>,
    /// Password; other users of this machine can see it here
    #[arg(short = 'p', value_name = "password", allow_hyphen_values = true)]
    password: Option<Password>,
    /// Wait until the driver has set the variable
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
    /// The UPS
    #[arg(trailing_var_arg = true, hide = true)]
    operands: Vec<String>,
}

/// What `-s` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Setting<'a> {
    pub(crate) var: &'a str,
    pub(crate) value: Option<&'a str>,
}

impl Args {
    /// This process's arguments; what to end with if they ask for nothing, or for nonsense.
    pub(crate) fn read() -> Result<Self, ExitCode> {
        Self::try_parse_from(split(std::env::args_os(), "suptWA")).map_err(|message| {
            // help nobody reads is no failure
            let _ = message.print();
            ended(message.use_stderr())
        })
    }

    /// The operand; empty if there is none. C ignores further ones, which makes a list of
    /// `upsrw ups -s var=value`: rather say so.
    pub(crate) fn ups(&self) -> Result<&str, Failure> {
        match self.operands.as_slice() {
            [] => Ok(""),
            [ups] => Ok(ups),
            [_, surplus, ..] => Err(Failure::Usage(format!(
                "{surplus:?} is one operand too many; options stand before the UPS"
            ))),
        }
    }

    /// What to set, if anything.
    pub(crate) fn setting(&self) -> Result<Option<Setting<'_>>, Failure> {
        let Some(text) = self.set.as_deref().filter(|_| !self.list) else {
            return Ok(None);
        };
        let (var, value) = match text.split_once('=') {
            Some((var, value)) => (var.trim_end(), Some(value)),
            None => (text, None),
        };
        if var.is_empty() {
            let text = "-s names no variable; write -s variable=value".to_owned();
            return Err(Failure::Usage(text));
        }
        Ok(Some(Setting { var, value }))
    }

    /// Who sets it.
    pub(crate) fn given(&self) -> Given {
        Given {
            user: self.user.clone(),
            password: self.password.clone(),
            file: self.file.clone(),
        }
    }
}
