//! Command line options that daemons share, with NUT's rules (spec cli.md, section 1).
//!
//! Options are single letters and may be clustered (`-DDF`). A value may begin with `-`. Operands are
//! refused: C NUT ignores them with everything behind them, so that `upsmon x -K` starts a daemon.
//! `-h` prints the help on stdout and exits 0; wrong usage is told in one line on stderr and exits 1.

use std::ffi::OsString;
use std::io::Write;
use std::num::ParseIntError;
use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Command, Parser};

use crate::Exit;
pub use presence::{Detachment, Presence};

mod presence;

/// Options of every daemon; flatten this into a program's own.
#[derive(Clone, Debug, clap::Args)]
pub struct Common {
    /// Where it runs: `-D`, `-F`, `-B`.
    #[command(flatten)]
    pub presence: Presence,
    /// Run as this user when started as root
    #[arg(short = 'u', value_name = "user", allow_hyphen_values = true)]
    pub user: Option<String>,
    /// Change the root directory before reading any file
    #[arg(short = 'r', value_name = "dir", allow_hyphen_values = true)]
    pub chroot: Option<PathBuf>,
    /// Send a command to the running instance and exit
    #[arg(short = 'c', value_name = "command", allow_hyphen_values = true)]
    pub command: Option<String>,
    /// Send it to this process instead of the one in the PID file
    #[arg(short = 'P', value_name = "pid", value_parser = pid, allow_hyphen_values = true)]
    pub pid: Option<i32>,
    /// Log less to syslog; may be repeated
    #[arg(short = 'q', action = ArgAction::Count)]
    pub quiet: u8,
    /// Print the version and exit
    #[arg(short = 'V')]
    pub version: bool,
    /// Print this help and exit
    #[arg(short = 'h', action = ArgAction::HelpShort)]
    help: Option<bool>,
}

/// Reads a process that may be signalled: numbers below 2 mean something else to `kill`.
///
/// # Errors
/// What is wrong with it.
pub fn pid(text: &str) -> Result<i32, String> {
    let pid = text.parse().ok().filter(|pid| *pid >= 2);
    pid.ok_or_else(|| "not the number of a process; give one of 2 or more".to_owned())
}

/// What is to be printed instead of running.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Without a final line end.
    pub text: String,
    /// Help goes to stdout with code 0, a complaint to stderr with code 1.
    pub exit: Exit,
}

impl Told {
    /// Prints it and returns the exit code.
    #[must_use]
    pub fn print(&self) -> Exit {
        let line = format!("{}\n", self.text);
        let _ = match self.exit {
            Exit::Success => std::io::stdout().write_all(line.as_bytes()),
            _ => std::io::stderr().write_all(line.as_bytes()),
        };
        self.exit
    }
}

/// Reads the program's command line. Help and complaints are printed here; the caller exits as told.
///
/// # Errors
/// The exit code, when the program is not to run.
pub fn parse<A: Parser>() -> Result<A, Exit> {
    parse_from(std::env::args_os()).map_err(|told| told.print())
}

/// Reads the command line `argv`, whose first word is the program.
///
/// # Errors
/// What to print instead of running.
pub fn parse_from<A: Parser>(argv: impl IntoIterator<Item = OsString>) -> Result<A, Told> {
    parse_command(A::command(), argv)
}

/// The same for a program whose name and help are known only when it runs: `command` is a changed
/// `A::command()`.
///
/// # Errors
/// What to print instead of running.
pub fn parse_command<A: Parser>(
    command: Command,
    argv: impl IntoIterator<Item = OsString>,
) -> Result<A, Told> {
    let command = command.disable_help_flag(true).disable_version_flag(true);
    let program = command.get_name().to_owned();
    let parsed = command
        .try_get_matches_from(argv)
        .and_then(|matches| A::from_arg_matches(&matches));
    parsed.map_err(|error| told(&program, &error))
}

fn told(program: &str, error: &clap::Error) -> Told {
    if error.kind() == ErrorKind::DisplayHelp {
        let text = error.to_string().trim_end().to_owned();
        return Told {
            text,
            exit: Exit::Success,
        };
    }
    Told {
        text: format!("{program}: {}; see {program} -h", complaint(error)),
        exit: Exit::Failure,
    }
}

/// One line in our words; clap's own first line where we have none.
fn complaint(error: &clap::Error) -> String {
    let about = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.as_str(),
        _ => "",
    };
    let (arg, value) = (
        about(ContextKind::InvalidArg),
        about(ContextKind::InvalidValue),
    );
    match error.kind() {
        ErrorKind::UnknownArgument if arg.starts_with('-') => format!("unknown option {arg:?}"),
        ErrorKind::UnknownArgument => {
            format!("unexpected word {arg:?}, this program takes options only")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("option {arg:?} needs a value"),
        ErrorKind::ValueValidation => {
            let cause = match std::error::Error::source(error) {
                Some(cause) if cause.is::<ParseIntError>() => "no whole number".to_owned(),
                Some(cause) => cause.to_string(),
                None => "not valid".to_owned(),
            };
            // clap's own causes begin with the value
            let cause = cause
                .strip_prefix(&format!("{value} is "))
                .unwrap_or(&cause);
            format!("option {arg:?}: {value:?} is {cause}")
        }
        ErrorKind::ArgumentConflict => match about(ContextKind::PriorArg) {
            other if other == arg || other.is_empty() => format!("option {arg:?} is given twice"),
            other => format!("options {arg:?} and {other:?} exclude each other"),
        },
        _ => first_line(error),
    }
}

fn first_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Parser)]
    #[command(name = "lab", about = "Does nothing")]
    struct Lab {
        #[command(flatten)]
        common: Common,
    }

    fn lab(line: &str) -> Result<Lab, Told> {
        parse_from(
            std::iter::once("lab")
                .chain(line.split_whitespace())
                .map(OsString::from),
        )
    }

    fn complaint_of(line: &str) -> String {
        let told = lab(line).unwrap_err();
        assert_eq!(told.exit, Exit::Failure, "{line}");
        told.text
    }

    #[test]
    fn options_are_read_in_clusters_and_with_attached_values() {
        let common = lab("-DDqq -unut -P 77 -c -x").unwrap().common;
        assert_eq!((common.presence.debug(), common.quiet), (2, 2));
        assert_eq!(common.user.as_deref(), Some("nut"));
        assert_eq!(
            (common.pid, common.command.as_deref()),
            (Some(77), Some("-x"))
        );
    }

    #[test]
    fn help_goes_to_stdout_and_is_no_failure() {
        let told = lab("-h").unwrap_err();
        assert_eq!(told.exit, Exit::Success);
        assert!(
            told.text.contains("Does nothing") && told.text.contains("-u <user>"),
            "{}",
            told.text
        );
        assert!(!told.text.contains("--help"), "{}", told.text);
    }

    #[test]
    fn wrong_usage_is_told_in_one_line() {
        assert_eq!(
            complaint_of("-Z"),
            r#"lab: unknown option "-Z"; see lab -h"#
        );
        assert_eq!(
            complaint_of("--version"),
            r#"lab: unknown option "--version"; see lab -h"#
        );
        assert_eq!(
            complaint_of("x -V"),
            r#"lab: unexpected word "x", this program takes options only; see lab -h"#
        );
        assert!(
            complaint_of("-u").contains("needs a value"),
            "{}",
            complaint_of("-u")
        );
        for pid in ["1", "0", "-5", "abc"] {
            let told = complaint_of(&format!("-P {pid}"));
            assert!(told.contains("not the number of a process"), "{told}");
        }
    }

    #[test]
    fn a_number_out_of_its_range_is_told_once() {
        #[derive(Debug, Parser)]
        #[command(name = "lab")]
        struct Counting {
            /// How many
            #[arg(long, value_parser = clap::value_parser!(u32).range(1..=9))]
            days: u32,
        }
        for (value, expected) in [
            ("0", "\"0\" is not in 1..=9; see"),
            ("x", "\"x\" is no whole number; see"),
        ] {
            let given = ["lab", "--days", value].map(OsString::from);
            let told = parse_from::<Counting>(given).unwrap_err().text;
            assert!(told.contains(expected), "{told}");
        }
    }
}
