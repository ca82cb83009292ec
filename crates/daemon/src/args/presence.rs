//! `-D`, `-F`, `-B`: how much it tells, and whether it stays at the terminal.
//!
//! | options | where | PID file |
//! |---|---|---|
//! | none, or `-B` with anything | background | yes |
//! | `-D`, `-F` | foreground | no |
//! | `-FF`, `-D` and then `-F` | foreground | yes |
//!
//! The order of `-D` and `-F` counts, hence no derive here.

use clap::{Arg, ArgAction, ArgMatches, Command};

/// Where a daemon runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detachment {
    /// It forks, detaches from the terminal and writes a PID file.
    Background,
    /// It stays.
    Foreground {
        /// Whether it writes a PID file all the same.
        pid_file: bool,
    },
}

impl Detachment {
    /// Whether a PID file is to be written.
    #[must_use]
    pub fn writes_pid_file(self) -> bool {
        self != Self::Foreground { pid_file: false }
    }
}

/// What `-D`, `-F` and `-B` said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    debug: u8,
    foreground: u8,
    background: bool,
    debug_then_foreground: bool,
}

impl Presence {
    /// How often `-D` was given.
    #[must_use]
    pub fn debug(self) -> u8 {
        self.debug
    }

    /// Whether `-B` was given.
    #[must_use]
    pub fn asks_background(self) -> bool {
        self.background
    }

    /// Where to run.
    #[must_use]
    pub fn detachment(self) -> Detachment {
        if self.background || (self.debug == 0 && self.foreground == 0) {
            return Detachment::Background;
        }
        Detachment::Foreground {
            pid_file: self.foreground > 1 || self.debug_then_foreground,
        }
    }
}

impl clap::Args for Presence {
    fn augment_args(command: Command) -> Command {
        let count = |name, short, help| {
            Arg::new(name)
                .short(short)
                .action(ArgAction::Count)
                .help(help)
        };
        command
            .arg(count(
                "debug",
                'D',
                "Tell more and stay in the foreground; may be repeated",
            ))
            .arg(count(
                "foreground",
                'F',
                "Stay in the foreground; twice: with a PID file",
            ))
            .arg(
                Arg::new("background")
                    .short('B')
                    .action(ArgAction::SetTrue)
                    .help("Go to the background, even with -D"),
            )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl clap::FromArgMatches for Presence {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let (debug, foreground) = (matches.get_count("debug"), matches.get_count("foreground"));
        let order = matches
            .index_of("debug")
            .zip(matches.index_of("foreground"));
        Ok(Self {
            debug,
            foreground,
            background: matches.get_flag("background"),
            debug_then_foreground: debug > 0 && foreground > 0 && order.is_some_and(|(d, f)| d < f),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Args as _, FromArgMatches as _};

    #[test]
    fn options_decide_where_it_runs() {
        let foreground = |pid_file| Detachment::Foreground { pid_file };
        for (line, expected) in [
            ("", Detachment::Background),
            ("-B", Detachment::Background),
            ("-DDB", Detachment::Background),
            ("-D", foreground(false)),
            ("-F", foreground(false)),
            ("-FF", foreground(true)),
            ("-F -F", foreground(true)),
            ("-DF", foreground(true)),
            ("-D -F", foreground(true)),
            ("-F -D", foreground(false)),
        ] {
            let command = Presence::augment_args(Command::new("lab"));
            let argv = std::iter::once("lab").chain(line.split_whitespace());
            let presence = Presence::from_arg_matches(&command.get_matches_from(argv)).unwrap();
            assert_eq!(presence.detachment(), expected, "{line}");
        }
    }
}
