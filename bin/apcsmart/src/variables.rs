//! The variables, one a row, in the order in which they are read.
//!
//! Two kinds of rows compete, and the first one whose answer fits is taken: those of one letter that means different things
//! (`T`), and those of one variable that different letters tell (the firmware).

use crate::form::Form;
use crate::letters::Since;

/// How often a variable is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// At every poll.
    Poll,
    /// Once an hour.
    Hour,
}

/// Whether a variable is a text that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// It can be rotated through values if the capability string names them; otherwise it is fixed.
    Listed,
    /// It takes any text of [`TEXT_MAX`] characters.
    Text,
}

/// Longest text in the EEPROM.
pub(crate) const TEXT_MAX: usize = 8;

/// A variable.
#[derive(Debug)]
pub(crate) struct Variable {
    pub(crate) var: &'static str,
    /// One byte, or two on modular units.
    pub(crate) letter: &'static [u8],
    pub(crate) when: When,
    pub(crate) form: Form,
    pub(crate) edit: Edit,
    pub(crate) since: Since,
    /// Set for rows that compete: whether it is this one, by the answer.
    pub(crate) fits: Option<fn(&str) -> bool>,
}

impl Variable {
    /// The rows of a letter.
    pub(crate) fn of(letter: &[u8]) -> impl Iterator<Item = &'static Self> {
        VARIABLES.iter().filter(move |row| row.letter == letter)
    }

    /// The same as apcsmart-old has them, or this driver.
    pub(crate) fn of_driver(letter: &[u8], old: bool) -> impl Iterator<Item = &'static Self> {
        let own = old && letter == OLD_FIRMWARE.letter;
        let rows = Self::of(letter).filter(move |_| !own);
        own.then_some(&OLD_FIRMWARE).into_iter().chain(rows)
    }

    /// Where it stands in the table, and so in the order of questions; apcsmart-old has another one.
    pub(crate) fn place(&self, old: bool) -> (usize, usize) {
        let first = OLD_FIRST
            .iter()
            .position(|letter| old && *letter == self.letter);
        let at = VARIABLES.iter().position(|row| std::ptr::eq(row, self));
        (
            first.unwrap_or(OLD_FIRST.len()),
            at.unwrap_or(VARIABLES.len()),
        )
    }

    /// Whether an answer to its letter can be this variable. Only a text that somebody has written may be empty.
    pub(crate) fn is_told_by(&self, answer: &str) -> bool {
        let may_be_empty = self.edit == Edit::Text;
        (may_be_empty || !answer.is_empty())
            && self.form.is_whole(answer)
            && self.fits.is_none_or(|fits| fits(answer))
    }

    /// Whether only one of the two can be.
    pub(crate) fn rivals(&self, other: &Self) -> bool {
        self.letter == other.letter || self.var == other.var
    }
}

const fn row(
    var: &'static str,
    letter: &'static [u8],
    when: When,
    form: Form,
    since: Since,
) -> Variable {
    Variable {
        var,
        letter,
        when,
        form,
        edit: Edit::Listed,
        since,
        fits: None,
    }
}

const fn text(var: &'static str, letter: &'static [u8], since: Since) -> Variable {
    Variable {
        edit: Edit::Text,
        ..row(var, letter, Hour, Text, since)
    }
}

const fn rival(row: Variable, fits: fn(&str) -> bool) -> Variable {
    Variable {
        fits: Some(fits),
        ..row
    }
}

use Form::{Hex, Hours, Minutes, Number, Packed, Reason, Text, Uptime};
use Since::{Always, Card, Matrix, Modular, Old, Second, Third};
use When::{Hour, Poll};

#[rustfmt::skip]
pub(crate) static VARIABLES: &[Variable] = &[
    row("ups.temperature",            b"C",    Poll, Number,  Always),
    row("ups.load",                   b"P",    Poll, Number,  Always),
    row("ups.test.interval",          b"E",    Hour, Hours,   Old),
    row("ups.test.result",            b"X",    Poll, Text,    Old),
    row("ups.delay.start",            b"r",    Hour, Number,  Old),
    row("ups.delay.shutdown",         b"p",    Hour, Number,  Old),
    text("ups.id",                    b"c",                   Old),
    row("ups.contacts",               b"i",    Poll, Hex,     Card),
    row("ups.display.language",       b"\x0c", Hour, Text,    Matrix),
    row("input.voltage",              b"L",    Poll, Number,  Always),
    row("input.frequency",            b"F",    Poll, Number,  Old),
    row("input.sensitivity",          b"s",    Hour, Text,    Old),
    row("input.quality",              b"9",    Poll, Hex,     Old),
    row("input.transfer.low",         b"l",    Hour, Number,  Old),
    row("input.transfer.high",        b"u",    Hour, Number,  Old),
    row("input.transfer.reason",      b"G",    Poll, Reason,  Old),
    row("input.voltage.maximum",      b"M",    Poll, Number,  Old),
    row("input.voltage.minimum",      b"N",    Poll, Number,  Old),
    row("output.current",             b"/",    Poll, Number,  Matrix),
    row("output.voltage",             b"O",    Poll, Number,  Always),
    row("output.voltage.nominal",     b"o",    Hour, Number,  Old),
    row("ambient.humidity",           b"h",    Poll, Number,  Card),
    row("ambient.0.humidity",         b"H",    Poll, Packed,  Card),
    row("ambient.0.humidity.high",    b"{",    Poll, Packed,  Card),
    row("ambient.0.humidity.low",     b"}",    Poll, Packed,  Card),
    row("ambient.temperature",        b"t",    Poll, Number,  Card),
    rival(row("ambient.0.temperature", b"T",   Poll, Packed,  Card), is_temperature),
    row("ambient.0.temperature.high", b"[",    Poll, Packed,  Card),
    row("ambient.0.temperature.low",  b"]",    Poll, Packed,  Card),
    text("battery.date",              b"x",                   Old),
    row("battery.charge",             b"f",    Poll, Number,  Always),
    row("battery.charge.restart",     b"e",    Hour, Number,  Old),
    row("battery.voltage",            b"B",    Poll, Number,  Always),
    row("battery.voltage.nominal",    b"g",    Hour, Number,  Old),
    row("battery.runtime",            b"j",    Poll, Minutes, Old),
    row("battery.runtime.low",        b"q",    Hour, Minutes, Old),
    row("battery.packs",              b">",    Hour, Number,  Matrix),
    row("battery.packs.bad",          b"<",    Hour, Number,  Matrix),
    row("battery.alarm.threshold",    b"k",    Hour, Text,    Old),
    rival(row("device.uptime",        b"T",    Poll, Uptime,  Third), is_uptime),
    row("ups.serial",                 b"n",    Hour, Text,    Old),
    row("ups.mfr.date",               b"m",    Hour, Text,    Old),
    row("ups.model",                  b"\x01", Hour, Text,    Second),
    row("ups.firmware.aux",           b"v",    Hour, Text,    Card),
    rival(row("ups.firmware",         b"b",    Hour, Text,    Third), is_firmware),
    rival(row("ups.firmware",         b"V",    Hour, Text,    Old), |_| true),
    row("input.frequency",            b"\x9f\xd3", Poll, Number, Modular),
    row("battery.current",            b"\x9f\xd4", Poll, Number, Modular),
];

/// What apcsmart-old asks for first.
const OLD_FIRST: &[&[u8]] = &[b"V", b"b", b"v", b"\x01", b"n", b"m"];

/// `V`, as apcsmart-old has it; there only `b` is `ups.firmware`.
pub(crate) static OLD_FIRMWARE: Variable = row("ups.firmware.old", b"V", Hour, Text, Old);

/// On units that tell a frequency of their input with two bytes, the letter with one tells that of the output.
pub(crate) const INPUT_FREQUENCY: &[u8] = b"\x9f\xd3";
pub(crate) const OUTPUT_FREQUENCY: (&[u8], &str) = (b"F", "output.frequency");

/// `23.45`.
fn is_temperature(answer: &str) -> bool {
    Number.is_whole(answer) && Number.agree("00.00", answer)
}

/// `123.4`.
fn is_uptime(answer: &str) -> bool {
    Number.is_whole(answer) && Number.agree("000.0", answer)
}

/// `70.11.I`.
fn is_firmware(answer: &str) -> bool {
    let mut parts = answer.split('.');
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
    answer.split('.').count() == 3 && parts.all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::catalog;

    #[test]
    fn every_variable_is_one_that_nut_knows() {
        for row in VARIABLES {
            assert!(catalog::variable(row.var).is_some(), "{}", row.var);
        }
    }

    #[test]
    fn letters_and_names_stand_once_unless_they_compete() {
        for (at, row) in VARIABLES.iter().enumerate() {
            for other in VARIABLES
                .iter()
                .skip(at + 1)
                .filter(|other| row.rivals(other))
            {
                let modular = row.since == Modular || other.since == Modular;
                assert!(
                    modular || (row.fits.is_some() && other.fits.is_some()),
                    "{row:?} {other:?}"
                );
            }
        }
        assert_eq!(VARIABLES.len(), 48);
    }

    #[test]
    fn what_competes_is_told_by_its_answer() {
        for (answer, temperature, uptime, firmware) in [
            ("23.45", true, false, false),
            ("123.4", false, true, false),
            ("70.11.I", false, false, true),
            ("112.1DL4.I", false, false, true),
            ("FD", false, false, false),
            ("1..I", false, false, false),
            ("", false, false, false),
        ] {
            assert_eq!(is_temperature(answer), temperature, "{answer}");
            assert_eq!(is_uptime(answer), uptime, "{answer}");
            assert_eq!(is_firmware(answer), firmware, "{answer}");
        }
    }
}
