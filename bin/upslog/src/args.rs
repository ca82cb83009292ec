//! The command line (spec cli.md, section 9), and C NUT's old one: `upslog UPS FILE INTERVAL [FORMAT]`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgAction, Parser};
use client::DEFAULT_TIMEOUT;
use daemon::args::{Detachment, Presence};
use daemon::paths::Paths;

use crate::Error;

/// Seconds between two lines when nobody says otherwise.
const INTERVAL: u64 = 30;
/// What is written when nobody says otherwise.
const FORMAT: &str = "%TIME @Y@m@d @H@M@S% %VAR battery.charge% %VAR input.voltage% %VAR ups.load% [%VAR ups.status%] \
    %VAR ups.temperature% %VAR input.frequency%";
/// What `-N` puts before it.
const WITH_NAME: &str = "%UPSHOST%%t";

/// Writes the state of UPSes to files, a line each time
#[derive(Clone, Debug, Default, Parser)]
#[command(
    name = "upslog",
    override_usage = "upslog [options] -s <ups> -l <file> | -m <ups,file>..."
)]
pub(crate) struct Args {
    /// What a line holds: %%, %t, %TIME format% (@ for strftime's %), %ETIME%, %HOST%, %UPSHOST%, %PID%, %VAR name%
    #[arg(short = 'f', value_name = "format", allow_hyphen_values = true)]
    format: Option<String>,
    /// Begin each line with the name of the UPS
    #[arg(short = 'N')]
    with_name: bool,
    /// Seconds between two lines (30)
    #[arg(short = 'i', value_name = "seconds", value_parser = seconds, allow_hyphen_values = true)]
    interval: Option<u64>,
    /// End after so many lines
    #[arg(short = 'd', value_name = "count", value_parser = count, allow_hyphen_values = true)]
    pub(crate) rounds: Option<u64>,
    /// The file; - is stdout, and stays in the foreground
    #[arg(short = 'l', value_name = "file", allow_hyphen_values = true)]
    pub(crate) file: Option<String>,
    /// The UPS as upsname@host:port, where only the name is needed; * for all of that host
    #[arg(short = 's', value_name = "ups", allow_hyphen_values = true)]
    pub(crate) system: Option<String>,
    /// A UPS and its file; may be repeated
    #[arg(short = 'm', value_name = "ups,file", action = ArgAction::Append, allow_hyphen_values = true)]
    pub(crate) pairs: Vec<String>,
    #[command(flatten)]
    pub(crate) presence: Presence,
    /// The name of the PID file, without .pid (upslog)
    #[arg(short = 'p', value_name = "base", allow_hyphen_values = true)]
    pid_base: Option<String>,
    /// Run as this user when started as root
    #[arg(short = 'u', value_name = "user", allow_hyphen_values = true)]
    pub(crate) user: Option<String>,
    /// Give up connecting after this time (10)
    #[arg(short = 'W', value_name = "seconds", value_parser = seconds, allow_hyphen_values = true)]
    timeout: Option<u64>,
    /// Read this nutauth.conf, which says how to encrypt; `default`: in the usual places; `none`: not at all
    #[arg(short = 'A', value_name = "file", allow_hyphen_values = true)]
    pub(crate) auth: Option<String>,
    /// Print the version and exit
    #[arg(short = 'V')]
    pub(crate) version: bool,
    /// Print this help and exit
    #[arg(short = 'h', action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// The old form: UPS, file, interval, format
    #[arg(hide = true)]
    pub(crate) old: Vec<String>,
}

fn seconds(text: &str) -> Result<u64, String> {
    let seconds = text.parse().ok().filter(|seconds| *seconds <= 86_400 * 366);
    seconds.ok_or_else(|| "not a number of seconds".to_owned())
}

fn count(text: &str) -> Result<u64, String> {
    let count = text.parse().ok().filter(|count| *count > 0);
    count.ok_or_else(|| "not a number of lines".to_owned())
}

impl Args {
    /// Takes over what the old form says; options that are given stay.
    pub(crate) fn old_form(mut self) -> Result<Self, Error> {
        let mut words = std::mem::take(&mut self.old).into_iter();
        let system = words.next();
        let (file, interval, format) = (words.next(), words.next(), words.next());
        if let Some(odd) = words.next() {
            return Err(Error::Usage(format!(
                "unexpected word {odd:?}; see upslog -h"
            )));
        }
        if let Some(text) = interval {
            let read = seconds(&text);
            let read = read.map_err(|why| Error::Usage(format!("{text:?} is {why}")))?;
            self.interval = self.interval.or(Some(read));
        }
        self.system = self.system.or(system);
        self.file = self.file.or(file);
        self.format = self.format.or(format);
        Ok(self)
    }

    /// What a line holds.
    pub(crate) fn format(&self) -> String {
        let format = self.format.as_deref().unwrap_or(FORMAT);
        let name = if self.with_name { WITH_NAME } else { "" };
        format!("{name}{format}")
    }

    /// Between two lines.
    pub(crate) fn interval(&self) -> Duration {
        Duration::from_secs(self.interval.unwrap_or(INTERVAL))
    }

    /// Whether it stays in the foreground, as it does when `-l -` asks for lines on the terminal.
    pub(crate) fn stays(&self) -> bool {
        let to_stdout = self.file.as_deref() == Some("-");
        match self.presence.detachment() {
            Detachment::Foreground { .. } => true,
            Detachment::Background => to_stdout && !self.presence.asks_background(),
        }
    }

    /// How long connecting may take: `-W`, else NUT_DEFAULT_CONNECT_TIMEOUT, else ten seconds.
    pub(crate) fn connect_timeout(&self) -> Result<Duration, Error> {
        let environment = std::env::var("NUT_DEFAULT_CONNECT_TIMEOUT").unwrap_or_default();
        let given = match self.timeout {
            None if !environment.is_empty() => Some(seconds(&environment).map_err(|why| {
                Error::Usage(format!(
                    "NUT_DEFAULT_CONNECT_TIMEOUT: {environment:?} is {why}"
                ))
            })?),
            given => given,
        };
        Ok(given.map_or(DEFAULT_TIMEOUT, Duration::from_secs))
    }

    /// The PID file, which is there in the foreground, too.
    pub(crate) fn pid_path(&self, paths: &Paths) -> PathBuf {
        let base = self.pid_base.as_deref().unwrap_or("upslog");
        paths.pid().join(format!("{base}.pid"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;

    fn args(line: &str) -> Args {
        let argv = std::iter::once("upslog").chain(line.split_whitespace());
        let args: Args = daemon::args::parse_from(argv.map(OsString::from)).unwrap();
        args.old_form().unwrap()
    }

    #[test]
    fn the_old_form_is_the_new_one_without_letters() {
        let old = args("rack@srv /l 5 %PID%");
        let new = args("-s rack@srv -l /l -i 5 -f %PID%");
        for args in [old, new] {
            assert_eq!(args.system.as_deref(), Some("rack@srv"));
            assert_eq!(args.file.as_deref(), Some("/l"));
            assert_eq!(args.interval(), Duration::from_secs(5));
            assert_eq!(args.format(), "%PID%");
        }
        assert!(
            Args {
                old: vec![String::new(); 5],
                ..Args::default()
            }
            .old_form()
            .is_err()
        );
    }

    #[test]
    fn only_l_with_stdout_stays_by_itself() {
        for (line, stays) in [
            ("-s a -l x", false),
            ("-s a -l -", true),
            ("-s a -l - -B", false),
            ("-m a,-", false),
            ("-m a,- -F", true),
            ("-s a -l x -D", true),
        ] {
            assert_eq!(args(line).stays(), stays, "{line}");
        }
    }

    #[test]
    fn nonsense_is_refused_where_c_takes_it_for_zero() {
        for line in ["-i five", "-i -1", "-d 0", "-W x"] {
            let argv = std::iter::once("upslog").chain(line.split_whitespace());
            let told = daemon::args::parse_from::<Args>(argv.map(OsString::from)).unwrap_err();
            assert!(told.text.contains("not a number of"), "{}", told.text);
        }
    }

    #[test]
    fn a_name_may_come_first() {
        assert_eq!(args("-N -f x").format(), "%UPSHOST%%tx");
        assert_eq!(args("").format(), FORMAT);
    }
}
