//! The letters of the protocol itself, from when on there is each letter, and how one is written.

/// From which units on there is a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// Every unit in smart mode has it.
    Always,
    /// The units that are known by their answer to `V`: Smart-UPS of the first half of the 1990s.
    Old,
    /// Matrix-UPS, and later units that are always on line.
    Matrix,
    /// Units that tell their letters, as an answer to `a`: the second generation.
    Second,
    /// Units with a firmware like `70.11.I`, an answer to `b`: the third generation.
    Third,
    /// With a Measure-UPS card.
    Card,
    /// Modular units whose letters have two bytes.
    Modular,
}

impl Since {
    /// For people.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Always => "all",
            Self::Old => "old",
            Self::Matrix => "Matrix-UPS, on-line units",
            Self::Second => "2nd generation",
            Self::Third => "3rd generation",
            Self::Card => "with a Measure-UPS card",
            Self::Modular => "modular (SPM)",
        }
    }
}

/// A letter that is neither a variable nor a command.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) letter: u8,
    pub(crate) since: Since,
    /// What it does.
    pub(crate) does: &'static str,
}

/// The status register.
pub(crate) const STATUS: u8 = b'Q';
/// Smart mode begins.
pub(crate) const SMART: u8 = b'Y';
/// Smart mode ends.
pub(crate) const DUMB: u8 = b'R';
/// Which letters there are.
pub(crate) const COMMAND_SET: u8 = b'a';
/// What the EEPROM takes.
pub(crate) const CAPABILITIES: u8 = 0x1A;
/// The value that was asked for last is changed.
pub(crate) const EDIT: u8 = b'-';
/// The firmware of units that do not tell their letters.
pub(crate) const OLD_FIRMWARE: u8 = b'V';
/// The firmware of later ones.
pub(crate) const FIRMWARE: u8 = b'b';
/// Leaves the menus of newer units.
pub(crate) const ESCAPE: u8 = 0x1B;

/// What a unit says of a letter that it does not have.
pub(crate) const ABSENT: &str = "NA";

/// Whether a unit says no, or that there is no such thing.
pub(crate) fn is_refusal(answer: &[u8]) -> bool {
    answer == b"NO" || answer == ABSENT.as_bytes()
}

const fn row(letter: u8, since: Since, does: &'static str) -> Letter {
    Letter {
        letter,
        since,
        does,
    }
}

/// Letters that the driver uses by itself, and those that it knows and leaves alone.
#[rustfmt::skip]
pub(crate) static LETTERS: &[Letter] = &[
    row(SMART,        Since::Always,  "enter smart mode; answers `SM`"),
    row(DUMB,         Since::Always,  "leave smart mode; sent when the driver ends"),
    row(STATUS,       Since::Always,  "the status register, two hexadecimal digits: `ups.status`"),
    row(COMMAND_SET,  Since::Second,  "list of the alert characters and letters that there are"),
    row(CAPABILITIES, Since::Second,  "list of the values that EEPROM variables take"),
    row(EDIT,         Since::Old,     "change the EEPROM variable that was asked for last: to its next value, or to the 8 characters that follow"),
    row(ESCAPE,       Since::Third,   "leave a menu; sent when `Y` is not understood"),
    row(b'7',         Since::Old,     "positions of the DIP switches; not used"),
    row(b'8',         Since::Old,     "a register; not used"),
    row(b'\'',        Since::Third,   "a register; not used"),
    row(b'~',         Since::Third,   "a register; not used"),
    row(b')',         Since::Third,   "not used"),
    row(b'+',         Since::Third,   "change an EEPROM variable to its previous value; not used, `-` reaches every value"),
    row(b'd',         Since::Old,     "not used"),
    row(b'I',         Since::Card,    "which alarms are enabled; not used"),
    row(b'J',         Since::Card,    "which alarms are on; not used"),
    row(b'w',         Since::Matrix,  "not used"),
    row(b'y',         Since::Second,  "copyright notice; not used"),
    row(b'z',         Since::Old,     "reset the EEPROM to what the factory set; never sent"),
    row(b'\\',        Since::Matrix,  "load in percent of the volt-amperes; not used"),
    row(0x15,         Since::Third,   "choice of the output voltage; not used"),
    row(0x16,         Since::Matrix,  "choice of the output voltage by transformer taps; not used"),
    row(0x7F,         Since::Third,   "not used"),
];

/// A letter as people write it: `C`, `^A`, `9F D3`.
pub(crate) fn show(letter: &[u8]) -> String {
    let one = |byte: &u8| match byte {
        0x00..=0x1F => format!("^{}", char::from(byte | 0x40)),
        0x20..=0x7E => char::from(*byte).to_string(),
        _ => format!("{byte:02X}"),
    };
    letter.iter().map(one).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_written_as_people_do() {
        for (letter, expected) in [
            (&b"C"[..], "C"),
            (b"\x01", "^A"),
            (b"\x1a", "^Z"),
            (b"\x7f", "7F"),
            (b"\x9f\xd3", "9F D3"),
        ] {
            assert_eq!(show(letter), expected);
        }
    }
}
