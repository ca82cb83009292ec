//! A driver's command line (spec sock-protocol.md, section 12; cli.md, section 11).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{ArgAction, CommandFactory};
use daemon::args::{Common, Told, parse_command};
use daemon::paths::Paths;

use crate::device::Info;
use crate::options::OptionKind;
use crate::setup::Source;

/// Options of every driver.
#[derive(Debug, clap::Parser)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) common: Common,
    /// Serve this section of ups.conf
    #[arg(
        short = 'a',
        value_name = "ups",
        allow_hyphen_values = true,
        conflicts_with = "alone"
    )]
    pub(crate) ups: Option<String>,
    /// Serve a UPS of this name without ups.conf; -x gives its settings
    #[arg(short = 's', value_name = "name", allow_hyphen_values = true)]
    pub(crate) alone: Option<String>,
    /// A setting as in a section of ups.conf; it wins over the section's
    #[arg(short = 'x', value_name = "key[=value]", action = ArgAction::Append, allow_hyphen_values = true)]
    pub(crate) extra: Vec<String>,
    /// Poll the device so often, print all variables, and exit
    #[arg(short = 'd', value_name = "polls", allow_hyphen_values = true)]
    pub(crate) dump: Option<u32>,
    /// Cut the power and exit
    #[arg(short = 'k')]
    pub(crate) kill_power: bool,
    /// Seconds between polls
    #[arg(short = 'i', value_name = "seconds", allow_hyphen_values = true)]
    pub(crate) interval: Option<String>,
    /// Group of the socket
    #[arg(short = 'g', value_name = "group", allow_hyphen_values = true)]
    pub(crate) group: Option<String>,
    /// Write what is said to the device into a new file, for a bug report
    #[arg(long = "record", value_name = "file", conflicts_with_all = ["kill_power", "command"])]
    pub(crate) record: Option<PathBuf>,
    /// List the driver's own settings and exit
    #[arg(short = 'L')]
    pub(crate) list: bool,
    /// Tell all that the driver knows of itself, for cargo xtask generate
    #[arg(long = "describe", hide = true)]
    pub(crate) describe: bool,
}

/// Reads the command line `argv` of driver `info`.
///
/// # Errors
/// What to print instead of running.
pub(crate) fn parse(
    info: &'static Info,
    argv: impl IntoIterator<Item = OsString>,
) -> Result<Args, Told> {
    let command = Args::command()
        .name(info.name)
        .about(info.description)
        .after_help(settings_help(info));
    parse_command(command, argv)
}

fn settings_help(info: &Info) -> String {
    if info.options.is_empty() {
        return "This driver has no settings of its own.".to_owned();
    }
    let row = |spec: &crate::OptionSpec| {
        let value = if spec.kind == OptionKind::Flag {
            ""
        } else {
            " = ..."
        };
        format!("\n  {:<28} {}", format!("{}{value}", spec.name), spec.doc)
    };
    let rows: String = info.options.iter().map(row).collect();
    format!("Settings of this driver, for its section of ups.conf or -x:{rows}")
}

/// The banner, also the answer to `-V`.
pub(crate) fn banner(info: &Info) -> String {
    format!(
        "Network UPS Tools {} - {} {}",
        proto::VERSION,
        info.description,
        info.version
    )
}

/// The answer to `-L`, for programs.
pub(crate) fn list(info: &Info) -> String {
    let row = |spec: &crate::OptionSpec| {
        let kind = if spec.kind == OptionKind::Flag {
            "FLAG"
        } else {
            "VALUE"
        };
        format!("{kind} {} \"{}\"", spec.name, spec.doc)
    };
    info.options.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// File name of the program as it was started.
pub(crate) fn program(argv0: Option<&OsString>) -> String {
    let name = argv0.and_then(|path| Path::new(path).file_name());
    name.map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

impl Args {
    /// Where the configuration comes from; `None` when no UPS is named.
    pub(crate) fn source(&self, program: String) -> Option<Source> {
        let paths = Paths::from_env();
        Some(Source {
            ups: self.ups.clone().or_else(|| self.alone.clone())?,
            from_file: self.ups.is_some(),
            extra: self.settings(),
            program,
            conf_dir: paths.conf().to_owned(),
            paths,
        })
    }

    fn settings(&self) -> Vec<(String, Option<String>)> {
        let split = |setting: &String| match setting.split_once('=') {
            Some((key, value)) => (key.trim().to_owned(), Some(value.to_owned())),
            None => (setting.clone(), None),
        };
        let interval = self
            .interval
            .iter()
            .map(|seconds| ("pollinterval".to_owned(), Some(seconds.clone())));
        self.extra.iter().map(split).chain(interval).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OptionSpec;
    use crate::device::Error;
    use daemon::Exit;

    static LAB: Info = Info {
        name: "lab-ups",
        aliases: &[],
        description: "Test device",
        version: "0.1",
        options: &[
            OptionSpec {
                name: "mode",
                kind: OptionKind::Value,
                doc: "How it plays",
            },
            OptionSpec {
                name: "quick",
                kind: OptionKind::Flag,
                doc: "No pauses",
            },
        ],
        hardware: Vec::new,
        open: |_| Err(Error::Config("none".into())),
    };

    fn args(line: &str) -> Result<Args, Told> {
        parse(
            &LAB,
            std::iter::once("lab-ups")
                .chain(line.split_whitespace())
                .map(OsString::from),
        )
    }

    #[test]
    fn settings_keep_their_order_and_may_hold_equals_signs() {
        let args = args("-a u1 -x mode=a=b -x quick -i 7").unwrap();
        let source = args.source("lab-ups".into()).unwrap();
        assert!(source.from_file && source.ups == "u1");
        let setting = |key: &str, value: Option<&str>| (key.to_owned(), value.map(str::to_owned));
        assert_eq!(
            source.extra,
            [
                setting("mode", Some("a=b")),
                setting("quick", None),
                setting("pollinterval", Some("7"))
            ]
        );
    }

    #[test]
    fn wrong_usage_is_refused() {
        for (line, text) in [
            ("-a x -s y", "exclude each other"),
            ("-a x -a y", "given twice"),
            ("-a x extra", "unexpected word \"extra\""),
            ("-a x -Z", "unknown option \"-Z\""),
            ("-a x -d many", "\"many\" is"),
            ("-a x -k --record y", "exclude each other"),
        ] {
            let told = args(line).unwrap_err();
            assert_eq!(told.exit, Exit::Failure);
            assert!(told.text.contains(text), "{}", told.text);
        }
        assert!(args("").unwrap().source(String::new()).is_none());
    }

    #[test]
    fn help_and_lists_tell_the_settings() {
        let help = args("-h").unwrap_err();
        assert_eq!(help.exit, Exit::Success);
        assert!(
            help.text.contains("mode = ...") && help.text.contains("How it plays"),
            "{}",
            help.text
        );
        assert_eq!(
            list(&LAB),
            "VALUE mode \"How it plays\"\nFLAG quick \"No pauses\""
        );
        assert!(
            banner(&LAB).starts_with("Network UPS Tools 2.8")
                && banner(&LAB).ends_with(" - Test device 0.1")
        );
    }
}
