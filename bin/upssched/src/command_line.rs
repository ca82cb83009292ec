//! The command line (spec upssched.md, section 1). C NUT ignores words behind the message; so does this.

use clap::{ArgAction, Parser};

/// Does at an event, or some time after it, what upssched.conf says; started by upsmon as its NOTIFYCMD
#[derive(Debug, Parser)]
#[command(name = "upssched")]
pub(crate) struct Args {
    /// Log more; may be repeated
    #[arg(short = 'D', action = ArgAction::Count)]
    pub(crate) debug: u8,
    /// Print the timers that run and exit
    #[arg(short = 'l')]
    pub(crate) list: bool,
    /// Check upssched.conf, tell every problem and exit: 0 if it can be used, else 1
    #[arg(short = 't')]
    pub(crate) check: bool,
    /// Print the version and exit
    #[arg(short = 'V')]
    pub(crate) version: bool,
    /// Print this help and exit
    #[arg(short = 'h', action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// What upsmon tells of the event
    pub(crate) message: Option<String>,
    #[arg(hide = true)]
    ignored: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use daemon::args::parse_from;
    use std::ffi::OsString;

    #[test]
    fn the_first_word_is_the_message_and_the_others_are_ignored() {
        let parse = |line: &[&str]| {
            let argv = std::iter::once("upssched").chain(line.iter().copied());
            parse_from::<Args>(argv.map(OsString::from))
        };
        let args = parse(&["-DD", "UPS rack on battery", "more"]).unwrap();
        assert_eq!(
            (args.debug, args.message.as_deref()),
            (2, Some("UPS rack on battery"))
        );
        assert!(parse(&["-l"]).unwrap().list && parse(&["-t"]).unwrap().check);
        assert!(parse(&["-x"]).is_err());
        assert_eq!(parse(&[]).unwrap().message, None);
    }
}
