//! The instant commands, one a row.

use crate::letters::Since;
use crate::methods::Method;

/// What a command does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    /// Its letter is sent and `OK` is expected.
    Send,
    /// The load is switched on: its letter is sent twice, nothing is answered.
    SwitchOn,
    /// The load is switched off in this way, which has to be confirmed by giving the command again.
    Off(Method),
    /// The calibration of the runtime is to be running, or not; the letter changes that.
    Calibrate(bool),
    /// The load is to be on bypass, or not; the letter changes that, and the answer says what is now.
    Bypass(bool),
}

/// What may follow the name of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extra {
    /// Nothing.
    None,
    /// Nothing, or an empty text.
    Empty,
    /// `cs`.
    Cs,
    /// `at:` and up to three digits.
    At,
}

/// A command.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) name: &'static str,
    pub(crate) extra: Extra,
    pub(crate) letter: u8,
    pub(crate) action: Action,
    pub(crate) since: Since,
    /// Only apcsmart-old has it.
    pub(crate) old: bool,
}

const fn row(
    name: &'static str,
    extra: Extra,
    letter: u8,
    action: Action,
    since: Since,
) -> Command {
    Command {
        name,
        extra,
        letter,
        action,
        since,
        old: false,
    }
}

use Action::{Bypass, Calibrate, Off, Send, SwitchOn};
use Since::{Always, Matrix, Old, Second};

#[rustfmt::skip]
pub(crate) static COMMANDS: &[Command] = &[
    row("shutdown.return",    Extra::At,    b'@',  Off(Method::Hibernate),      Always),
    row("shutdown.return",    Extra::Empty, b'S',  Off(Method::Soft),           Always),
    row("shutdown.return",    Extra::Cs,    b'S',  Off(Method::ForcedSoft),     Always),
    row("shutdown.stayoff",   Extra::None,  b'K',  Off(Method::Delayed),        Always),
    row("load.off",           Extra::None,  b'Z',  Off(Method::Instant),        Always),
    row("load.on",            Extra::None,  0x0E,  SwitchOn,                    Second),
    row("calibrate.start",    Extra::None,  b'D',  Calibrate(true),             Old),
    row("calibrate.stop",     Extra::None,  b'D',  Calibrate(false),            Old),
    row("test.panel.start",   Extra::None,  b'A',  Send,                        Old),
    row("test.failure.start", Extra::None,  b'U',  Send,                        Old),
    row("test.battery.start", Extra::None,  b'W',  Send,                        Old),
    row("test.battery.stop",  Extra::None,  b'W',  Send,                        Old),
    row("bypass.start",       Extra::None,  b'^',  Bypass(true),                Matrix),
    row("bypass.stop",        Extra::None,  b'^',  Bypass(false),               Matrix),
    Command { old: true, ..row("shutdown.return.grace", Extra::None, b'@', Off(Method::Hibernate), Always) },
];

impl Command {
    /// The commands of a letter.
    pub(crate) fn of(letter: u8) -> impl Iterator<Item = &'static Self> {
        COMMANDS.iter().filter(move |row| row.letter == letter)
    }

    /// The command that is meant, if there is one.
    pub(crate) fn named(name: &str, extra: Option<&str>, old: bool) -> Option<&'static Self> {
        let named = |row: &&Self| row.name.eq_ignore_ascii_case(name) && (old || !row.old);
        COMMANDS
            .iter()
            .filter(named)
            .find(|row| row.extra.is(extra))
    }
}

impl Extra {
    fn is(self, extra: Option<&str>) -> bool {
        match self {
            Self::None => extra.is_none(),
            Self::Empty => extra.is_none_or(str::is_empty),
            Self::Cs => extra.is_some_and(|extra| extra.eq_ignore_ascii_case("cs")),
            Self::At => extra.and_then(delay).is_some(),
        }
    }
}

/// The digits behind `at:`.
pub(crate) fn delay(extra: &str) -> Option<&str> {
    let (at, digits) = extra.split_once(':')?;
    (at.eq_ignore_ascii_case("at") && is_delay(digits)).then_some(digits)
}

/// Whether it is a delay of the hard hibernation: one to three digits.
pub(crate) fn is_delay(digits: &str) -> bool {
    (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits as they are sent: two as they are, others as three.
pub(crate) fn padded(digits: &str) -> String {
    let width = if digits.len() == 2 { 2 } else { 3 };
    format!("{digits:0>width$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::catalog;

    #[test]
    fn every_command_is_one_that_nut_knows() {
        for row in COMMANDS.iter().filter(|row| !row.old) {
            assert!(catalog::command(row.name).is_some(), "{}", row.name);
        }
    }

    #[test]
    fn a_command_is_chosen_by_what_follows_its_name() {
        let action = |name: &str, extra: Option<&str>| {
            Command::named(name, extra, false).map(|row| row.action)
        };
        for (extra, method) in [
            (None, Some(Method::Soft)),
            (Some(""), Some(Method::Soft)),
            (Some("CS"), Some(Method::ForcedSoft)),
            (Some("at:5"), Some(Method::Hibernate)),
            (Some("AT:123"), Some(Method::Hibernate)),
            (Some("at:1234"), None),
            (Some("at:"), None),
            (Some("at:+1"), None),
            (Some("soon"), None),
        ] {
            assert_eq!(
                action("Shutdown.Return", extra),
                method.map(Off),
                "{extra:?}"
            );
        }
        assert_eq!(action("load.off", Some("1")), None);
        assert_eq!(action("shutdown.return.grace", None), None);
        assert!(Command::named("shutdown.return.grace", None, true).is_some());
    }

    #[test]
    fn what_takes_the_power_away_has_to_be_confirmed() {
        for row in COMMANDS {
            let cuts = row.name.starts_with("shutdown.") || row.name == "load.off";
            assert_eq!(matches!(row.action, Off(_)), cuts, "{}", row.name);
        }
    }
}
