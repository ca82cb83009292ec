//! The status register: the answer to `Q`, two hexadecimal digits.

/// Words of `ups.status` for the bits, in the order in which they are told.
#[rustfmt::skip]
const WORDS: &[(u8, &str)] = &[
    (0x01, "CAL"),
    (0x02, "TRIM"),
    (0x04, "BOOST"),
    (ON_LINE, "OL"),
    (ON_BATTERY, "OB"),
    (0x20, "OVER"),
    (LOW, "LB"),
    (0x80, "RB"),
];

const CALIBRATING: u8 = 0x01;
const ON_LINE: u8 = 0x08;
const ON_BATTERY: u8 = 0x10;
const LOW: u8 = 0x40;

/// What the register says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Register(u8);

impl Register {
    /// Reads the answer. Anything but two digits is no status: noise must not become one.
    pub(crate) fn parse(answer: &[u8]) -> Option<Self> {
        let digits = answer.len() == 2 && answer.iter().all(u8::is_ascii_hexdigit);
        let text = std::str::from_utf8(answer).ok().filter(|_| digits)?;
        u8::from_str_radix(text, 16).ok().map(Self)
    }

    /// The words of `ups.status`. Without any bit the output is off.
    pub(crate) fn words(self) -> String {
        if self.0 == 0 {
            return "OFF".to_owned();
        }
        let set = WORDS.iter().filter(|(bit, _)| self.has(*bit));
        set.map(|(_, word)| *word).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn is_on_line(self) -> bool {
        self.has(ON_LINE)
    }

    pub(crate) fn is_on_battery(self) -> bool {
        self.has(ON_BATTERY)
    }

    pub(crate) fn is_calibrating(self) -> bool {
        self.has(CALIBRATING)
    }

    /// Whether it has to be said twice to be believed: hosts shut down on a low battery, and on line is either true or not. A
    /// late answer to another question, or what some models say while their panel is tested, looks like this.
    pub(crate) fn is_grave(self) -> bool {
        self.is_on_line() == self.is_on_battery() || (self.is_on_battery() && self.has(LOW))
    }

    const fn has(self, bit: u8) -> bool {
        self.0 & bit != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(answer: &[u8]) -> Option<String> {
        Register::parse(answer).map(Register::words)
    }

    #[test]
    fn bits_are_words_in_a_fixed_order() {
        for (answer, expected) in [
            (b"08", "OL"),
            (b"10", "OB"),
            (b"50", "OB LB"),
            (b"09", "CAL OL"),
            (b"0A", "TRIM OL"),
            (b"0c", "BOOST OL"),
            (b"88", "OL RB"),
            (b"28", "OL OVER"),
            (b"00", "OFF"),
            (b"FF", "CAL TRIM BOOST OL OB OVER LB RB"),
        ] {
            assert_eq!(words(answer).as_deref(), Some(expected));
        }
    }

    #[test]
    fn what_is_not_two_digits_is_no_status() {
        for answer in [
            &b""[..],
            b"0",
            b"008",
            b"NA",
            b"0x",
            b"+8",
            b" 8",
            b"\0\0",
            b"\xff8",
            b"08 ",
        ] {
            assert_eq!(words(answer), None, "{answer:?}");
        }
    }

    #[test]
    fn critical_and_contradictory_are_grave() {
        for status in 0..=u8::MAX {
            let words = Register(status).words();
            let has = |word: &str| words.split(' ').any(|each| each == word);
            let odd = has("OL") == has("OB");
            let grave = odd || (has("OB") && has("LB"));
            assert_eq!(Register(status).is_grave(), grave, "{words}");
        }
    }
}
