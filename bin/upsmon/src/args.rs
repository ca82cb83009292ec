//! The command line (spec cli.md, section 4).
//!
//! What is done instead of watching (`-c`, `-K`, `-t`, `--explain`) excludes each other. C NUT tries `-c`'s word as
//! a prefix, so that `-c ""` forces a shutdown, and takes an unknown word for a cry for help with exit code 0; here
//! both are wrong usage.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Parser};
use daemon::args::{Presence, pid};

use crate::command::Order;

/// How long connecting may take when nothing is said.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// What 0 means: as long as the kernel itself goes on trying.
const KERNEL: Duration = Duration::from_secs(135);
/// A day; more is no sensible time to wait.
const CONNECT_TIMEOUT_MAX: u32 = 86_400;

/// Watches power devices and shuts the system down in time
#[derive(Debug, Parser)]
#[command(name = "upsmon")]
pub(crate) struct Args {
    /// Where it runs: `-D`, `-F`, `-B`.
    #[command(flatten)]
    pub(crate) presence: Presence,
    /// Send a command to the running instance and exit: fsd (shut down now, whatever the power is like), reload or stop
    #[arg(
        short = 'c',
        value_name = "command",
        value_parser = Order::parse,
        allow_hyphen_values = true,
        group = "instead"
    )]
    pub(crate) command: Option<Order>,
    /// Send it to this process instead of the one in the PID file
    #[arg(short = 'P', value_name = "pid", value_parser = pid, allow_hyphen_values = true)]
    pub(crate) pid: Option<i32>,
    /// Tell by the exit code whether POWERDOWNFLAG is set: 0 if the UPS is to cut power, else 1
    #[arg(short = 'K', group = "instead")]
    pub(crate) killpower: bool,
    /// Check upsmon.conf, tell every problem and exit: 0 if it can be used, else 1
    #[arg(short = 't', group = "instead")]
    pub(crate) check: bool,
    /// Print what the running instance watches, and which rule says what about it
    #[arg(long, group = "instead")]
    pub(crate) explain: bool,
    /// Run as this user, instead of the one that RUN_AS_USER names
    #[arg(short = 'u', value_name = "user", allow_hyphen_values = true)]
    pub(crate) user: Option<String>,
    /// Keep the rights it was started with
    #[arg(short = 'p')]
    pub(crate) keep_rights: bool,
    /// Read this file instead of upsmon.conf
    #[arg(short = 'f', value_name = "file", allow_hyphen_values = true)]
    pub(crate) file: Option<PathBuf>,
    /// Give up connecting after so many seconds
    #[arg(short = 'W', value_name = "seconds", value_parser = seconds, allow_hyphen_values = true)]
    pub(crate) wait: Option<Duration>,
    /// Connect to IPv4 addresses only
    #[arg(short = '4', conflicts_with = "only_v6")]
    pub(crate) only_v4: bool,
    /// Connect to IPv6 addresses only
    #[arg(short = '6')]
    pub(crate) only_v6: bool,
    /// Print the version and exit
    #[arg(short = 'V')]
    pub(crate) version: bool,
    /// Print this help and exit
    #[arg(short = 'h', action = ArgAction::HelpShort)]
    help: Option<bool>,
}

impl Args {
    /// How long connecting may take: `-W`, else NUT_DEFAULT_CONNECT_TIMEOUT as `environment` has it, else ten
    /// seconds.
    ///
    /// # Errors
    /// What the environment says is no time.
    pub(crate) fn connect_timeout(&self, environment: Option<&OsStr>) -> Result<Duration, String> {
        let environment = environment.filter(|text| !text.is_empty());
        match (self.wait, environment) {
            (Some(wait), _) => Ok(wait),
            (None, None) => Ok(CONNECT_TIMEOUT),
            (None, Some(text)) => seconds(&text.to_string_lossy())
                .map_err(|why| format!("NUT_DEFAULT_CONNECT_TIMEOUT: {text:?} is {why}")),
        }
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.trim().parse().ok();
    match number.filter(|number| *number <= CONNECT_TIMEOUT_MAX) {
        Some(0) => Ok(KERNEL),
        Some(number) => Ok(Duration::from_secs(number.into())),
        None => Err("no whole number of seconds".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use daemon::Exit;
    use daemon::args::{Detachment, Told, parse_from};
    use std::ffi::OsString;

    fn upsmon(line: &[&str]) -> Result<Args, Told> {
        let argv = std::iter::once("upsmon").chain(line.iter().copied());
        parse_from(argv.map(OsString::from))
    }

    fn complaint_of(line: &[&str]) -> String {
        let told = upsmon(line).unwrap_err();
        assert_eq!(told.exit, Exit::Failure, "{line:?}");
        told.text
    }

    #[test]
    fn commands_are_words_or_their_beginnings() {
        for (word, order) in [
            ("fsd", Order::ForcedShutdown),
            ("f", Order::ForcedShutdown),
            ("reload", Order::Reload),
            ("re", Order::Reload),
            ("stop", Order::Stop),
            ("s", Order::Stop),
        ] {
            assert_eq!(upsmon(&["-c", word]).unwrap().command, Some(order));
            let attached = format!("-c{word}");
            assert_eq!(upsmon(&[&attached]).unwrap().command, Some(order));
        }
    }

    #[test]
    fn no_word_and_a_wrong_word_are_no_command() {
        for word in ["", " ", "fsdd", "FSD", "halt", "-K"] {
            let told = complaint_of(&["-c", word]);
            assert!(
                told.contains("the commands are fsd, reload and stop"),
                "{told}"
            );
        }
    }

    #[test]
    fn what_is_done_instead_of_watching_excludes_each_other() {
        for line in [["-K", "-t"], ["-cfsd", "-K"], ["--explain", "-t"]] {
            let told = complaint_of(&line);
            assert!(told.contains("exclude each other"), "{told}");
        }
        assert!(complaint_of(&["x", "-K"]).contains("unexpected word"));
        assert!(complaint_of(&["-4", "-6"]).contains("exclude each other"));
    }

    #[test]
    fn all_options_are_known() {
        let args = upsmon(&["-DpuNUT", "-f", "x.conf", "-W3", "-P77", "-6", "-B"]).unwrap();
        assert_eq!(args.presence.detachment(), Detachment::Background);
        assert!(args.keep_rights && args.only_v6 && !args.only_v4);
        assert_eq!(args.user.as_deref(), Some("NUT"));
        assert_eq!(args.file, Some("x.conf".into()));
        assert_eq!((args.pid, args.killpower), (Some(77), false));
        assert!(upsmon(&["-K"]).unwrap().killpower && upsmon(&["--explain"]).unwrap().explain);
        assert!(upsmon(&["-V"]).unwrap().version && upsmon(&["-t"]).unwrap().check);
    }

    #[test]
    fn the_command_line_beats_the_environment_for_the_timeout() {
        let timeout = |line: &[&str], env: Option<&str>| {
            upsmon(line).unwrap().connect_timeout(env.map(OsStr::new))
        };
        assert_eq!(timeout(&[], None), Ok(CONNECT_TIMEOUT));
        assert_eq!(timeout(&[], Some("")), Ok(CONNECT_TIMEOUT));
        assert_eq!(timeout(&[], Some("3")), Ok(Duration::from_secs(3)));
        assert_eq!(timeout(&["-W4"], Some("3")), Ok(Duration::from_secs(4)));
        assert_eq!(timeout(&["-W0"], None), Ok(KERNEL));
        assert!(timeout(&[], Some("soon")).unwrap_err().contains("\"soon\""));
        for wrong in ["soon", "-1", "", "1e3", "86401"] {
            let told = complaint_of(&["-W", wrong]);
            assert!(
                wrong.is_empty() || told.contains("no whole number"),
                "{told}"
            );
        }
    }
}
