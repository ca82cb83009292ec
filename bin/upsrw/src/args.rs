//! The command line of upsrw.

use clap::Parser;
use tool::{Changing, Common, Failure};

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
    #[command(flatten)]
    pub(crate) changing: Changing,
    #[command(flatten)]
    pub(crate) common: Common,
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
}
