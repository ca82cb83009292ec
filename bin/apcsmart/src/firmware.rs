//! Units that do not tell which letters they have, by their firmware.

/// Letters of a firmware.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) firmware: &'static str,
    /// Its letters, in the order in which they are tried.
    pub(crate) letters: &'static [u8],
}

/// Old Smart-UPS with a voltage above 255 V answer the question for the firmware with that, as two hexadecimal digits.
const VOLTAGE: &str = "two hexadecimal digits";

const MATRIX: &[u8] = b"@789ABCDEFGKLMNOPQRSTUVWXYZcefgjklmnopqrsuwxz/<>\\^\x0c\x16";
const MATRIX_LESS: &[u8] = b"@79ABCDEFGKLMNOPQRSUVWXYZcefgjklmnopqrsuxz/<>";
const SMART: &[u8] = b"@79ABCDEFGKLMNOPQRSUVWXYZcefgjklmnopqrsuxz";
const EARLY: &[u8] = b"@79ABCEFGKLMNOPQRSUVWXYZcfg";

const fn row(firmware: &'static str, letters: &'static [u8]) -> Known {
    Known { firmware, letters }
}

#[rustfmt::skip]
static FIRMWARES: &[Known] = &[
    // Matrix-UPS
    row("0XI",   MATRIX),
    row("0XM",   MATRIX),
    row("0ZI",   MATRIX_LESS),
    row("5UI",   MATRIX_LESS),
    row("5ZM",   MATRIX_LESS),
    // Smart-UPS 600
    row("6QD",   SMART),
    row("6QI",   SMART),
    row("6TD",   SMART),
    row("6TI",   SMART),
    // Smart-UPS 900
    row("7QD",   SMART),
    row("7QI",   SMART),
    row("7TD",   SMART),
    row("7TI",   SMART),
    // Smart-UPS 600I
    row("6JI",   b"@789ABCFGKLMNOPQSTUVWXYZfg"),
    // Smart-UPS 900I
    row("7II",   EARLY),
    // Smart-UPS 2000I
    row("9II",   EARLY),
    row("9GI",   EARLY),
    // Smart-UPS 1250I
    row("8II",   EARLY),
    row("8GI",   b"@79ABCEFGKLMNOPQRSUVWXYZfg"),
    // Smart-UPS 1250
    row("8QD",   SMART),
    row("8QI",   SMART),
    row("8TD",   SMART),
    row("8TI",   SMART),
    // Back-UPS CS 350
    row("5.4.D", b"@\x01ABPQRSUYbdfgjmnx9"),
    row(VOLTAGE, b"@789ABCFGKLMNOPQRSUVWXYZ"),
];

/// A firmware whose list of capabilities promises more than it holds.
const PROMISING: &str = "451.2.I";

impl Known {
    /// The letters of a unit, by the firmware that it tells.
    pub(crate) fn of(firmware: &str) -> Option<&'static Self> {
        let is_voltage = firmware.len() == 2 && firmware.bytes().all(|b| b.is_ascii_hexdigit());
        let key = if is_voltage { VOLTAGE } else { firmware };
        FIRMWARES.iter().find(|row| row.firmware == key)
    }

    /// What such a unit is called unless it says so itself.
    pub(crate) fn model(&self) -> &'static str {
        let is_cs = self.firmware.contains('.');
        match self.firmware.as_bytes().first() {
            Some(b'0' | b'5') if !is_cs => "Matrix-UPS",
            _ => "Smart-UPS",
        }
    }
}

/// Whether the list of capabilities is known to end too early.
pub(crate) fn promises_too_much(firmware: &str) -> bool {
    firmware == PROMISING
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::Command;
    use crate::letters::{LETTERS, Since};
    use crate::variables::Variable;

    #[test]
    fn a_firmware_is_matched_whole() {
        assert_eq!(Known::of("6QD").map(Known::model), Some("Smart-UPS"));
        assert_eq!(Known::of("0XI").map(Known::model), Some("Matrix-UPS"));
        assert_eq!(Known::of("5.4.D").map(Known::model), Some("Smart-UPS"));
        for voltage in ["FD", "00", "a9"] {
            assert_eq!(Known::of(voltage).map(|row| row.firmware), Some(VOLTAGE));
        }
        for other in ["6Q", "6QDX", "GWI", "", "70.11.I"] {
            assert!(Known::of(other).is_none(), "{other}");
        }
    }

    #[test]
    fn every_letter_of_the_lists_has_a_row_and_is_as_old_as_they_are() {
        for row in FIRMWARES {
            let matrix = row.letters.contains(&b'/');
            for letter in row.letters {
                let of_variables = Variable::of(std::slice::from_ref(letter)).map(|row| row.since);
                let of_commands = Command::of(*letter).map(|row| row.since);
                let own = LETTERS.iter().filter(|row| row.letter == *letter);
                let since: Vec<_> = of_variables
                    .chain(of_commands)
                    .chain(own.map(|row| row.since))
                    .collect();
                let old = |since: &Since| {
                    matches!(since, Since::Always | Since::Old) || matrix && *since == Since::Matrix
                };
                let newer = row.firmware == "5.4.D" || *letter == b'T';
                assert!(!since.is_empty(), "{letter}");
                assert!(newer || since.iter().any(old), "{} {letter}", row.firmware);
            }
        }
    }
}
