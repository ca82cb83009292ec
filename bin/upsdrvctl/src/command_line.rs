//! The command line (spec cli.md, section 10). Verbs are whole words; commands of `-c` may be abbreviated.

use std::path::PathBuf;

use clap::{ArgAction, Parser};
use daemon::pidfile::by_prefix;

use crate::Error;

/// Starts, stops and asks the drivers of ups.conf, and has them cut the power
#[derive(Debug, Parser)]
#[command(name = "upsdrvctl")]
pub(crate) struct Args {
    /// Tell what would be done, and do nothing
    #[arg(short = 't')]
    pub(crate) testing: bool,
    /// Log more; may be repeated
    #[arg(short = 'D', action = ArgAction::Count)]
    pub(crate) debug: u8,
    /// Have the drivers log more; may be repeated
    #[arg(short = 'd', action = ArgAction::Count)]
    pub(crate) driver_debug: u8,
    /// Keep the drivers in the foreground; twice, and they write PID files
    #[arg(short = 'F', action = ArgAction::Count, conflicts_with = "background")]
    pub(crate) foreground: u8,
    /// Send the drivers to the background, whatever else says
    #[arg(short = 'B')]
    pub(crate) background: bool,
    /// Have the drivers change their root directory
    #[arg(short = 'r', value_name = "dir", allow_hyphen_values = true)]
    pub(crate) chroot: Option<PathBuf>,
    /// Have the drivers run as this user
    #[arg(short = 'u', value_name = "user", allow_hyphen_values = true)]
    pub(crate) user: Option<String>,
    /// List the UPSes of ups.conf
    #[arg(short = 'l', conflicts_with = "control")]
    pub(crate) list: bool,
    /// Send a command to running drivers: reload, reload-or-error, reload-or-exit, exit, data-dump
    #[arg(short = 'c', value_name = "command", value_parser = control)]
    pub(crate) control: Option<Control>,
    /// Print the version and exit
    #[arg(short = 'V')]
    pub(crate) version: bool,
    /// Print this help and exit
    #[arg(short = 'h', action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// start, stop, shutdown, status or list; then a UPS, all without one
    #[arg(value_name = "verb [ups]")]
    words: Vec<String>,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Start,
    Stop,
    Shutdown,
    Status,
    List,
    Control(Control),
}

/// What `-c` asks drivers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    ReloadOrError,
    Exit,
    Dump,
    ReloadOrExit,
}

/// In the order in which abbreviations are looked up: `reload` is `reload-or-error`, as in C NUT.
const CONTROLS: &[(&str, Control)] = &[
    ("reload-or-error", Control::ReloadOrError),
    ("exit", Control::Exit),
    ("dump", Control::Dump),
    ("data-dump", Control::Dump),
    ("reload-or-exit", Control::ReloadOrExit),
];

fn control(word: &str) -> Result<Control, String> {
    let known = Some(word).filter(|word| !word.is_empty());
    let control = known.and_then(|word| by_prefix(word, CONTROLS));
    control.ok_or_else(|| {
        "no command; the commands are reload, reload-or-error, reload-or-exit, exit and data-dump"
            .to_owned()
    })
}

impl Args {
    /// What to do, and with which UPS.
    pub(crate) fn verb(&self) -> Result<(Verb, Option<String>), Error> {
        let mut words = self.words.iter();
        let verb = match (self.list, self.control) {
            (true, _) => Verb::List,
            (_, Some(control)) => Verb::Control(control),
            _ => match words.next().map(String::as_str) {
                Some("start") => Verb::Start,
                Some("stop") => Verb::Stop,
                Some("shutdown") => Verb::Shutdown,
                Some("status") => Verb::Status,
                Some("list") => Verb::List,
                Some(other) => {
                    return Err(Error::Usage(format!(
                        "unknown command {other:?}; see upsdrvctl -h"
                    )));
                }
                None => return Err(Error::Usage("what to do? See upsdrvctl -h".to_owned())),
            },
        };
        let ups = words.next().cloned();
        match words.next() {
            Some(more) => Err(Error::Usage(format!(
                "too many arguments: {more:?}; name one UPS, or none for all"
            ))),
            None => Ok((verb, ups)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use daemon::args::parse_from;
    use std::ffi::OsString;

    fn verb(line: &[&str]) -> Result<(Verb, Option<String>), String> {
        let argv = std::iter::once("upsdrvctl").chain(line.iter().copied());
        let args: Args = parse_from(argv.map(OsString::from)).map_err(|told| told.text)?;
        args.verb().map_err(|why| why.to_string())
    }

    #[test]
    fn verbs_are_whole_words_and_take_one_ups_at_most() {
        assert_eq!(verb(&["start"]), Ok((Verb::Start, None)));
        assert_eq!(
            verb(&["-FF", "start", "rack"]),
            Ok((Verb::Start, Some("rack".to_owned())))
        );
        assert_eq!(
            verb(&["-l", "rack"]),
            Ok((Verb::List, Some("rack".to_owned())))
        );
        assert_eq!(verb(&["shutdown"]), Ok((Verb::Shutdown, None)));
        for wrong in [
            &["sta"][..],
            &["start", "a", "b"],
            &[],
            &["-c", ""],
            &["-F", "-B", "start"],
        ] {
            assert!(verb(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn reload_means_reload_or_error() {
        for (word, expected) in [
            ("reload", Control::ReloadOrError),
            ("r", Control::ReloadOrError),
            ("reload-or-exit", Control::ReloadOrExit),
            ("e", Control::Exit),
            ("d", Control::Dump),
            ("data", Control::Dump),
        ] {
            assert_eq!(
                verb(&["-c", word]),
                Ok((Verb::Control(expected), None)),
                "{word}"
            );
        }
    }
}
