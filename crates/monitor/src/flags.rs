//! The words of `ups.status` that upsmon acts on, as one table (spec upsmon.md, section 6).

use model::Notice;

/// A state that a UPS may be in besides on line or on battery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum Flag {
    /// `LB`: the battery is low.
    LowBattery = 1,
    /// `FSD`: a primary is shutting its hosts down.
    Fsd = 1 << 1,
    /// `CAL`: the battery is being run down to measure it.
    Calibrating = 1 << 2,
    /// `OFF`: the output is off, or the device is asleep.
    Off = 1 << 3,
    /// `BYPASS`: mains goes through unprotected.
    Bypass = 1 << 4,
    /// `ECO`: mains goes through, the inverter stands by.
    Eco = 1 << 5,
    /// `ALARM`: `ups.alarm` says what is wrong.
    Alarm = 1 << 6,
    /// `OVER`: overloaded.
    Over = 1 << 7,
    /// `TRIM`: the voltage is being lowered.
    Trim = 1 << 8,
    /// `BOOST`: the voltage is being raised.
    Boost = 1 << 9,
}

/// A flag, its word, what is told when it appears and when it goes.
pub(crate) type Row = (Flag, &'static str, Notice, Option<Notice>);

#[rustfmt::skip]
pub(crate) const TABLE: &[Row] = &[
    (Flag::LowBattery,  "LB",     Notice::LowBatt, None),
    (Flag::Fsd,         "FSD",    Notice::Fsd,     None),
    (Flag::Calibrating, "CAL",    Notice::Cal,     Some(Notice::NotCal)),
    (Flag::Off,         "OFF",    Notice::Off,     Some(Notice::NotOff)),
    (Flag::Bypass,      "BYPASS", Notice::Bypass,  Some(Notice::NotBypass)),
    (Flag::Eco,         "ECO",    Notice::Eco,     Some(Notice::NotEco)),
    (Flag::Alarm,       "ALARM",  Notice::Alarm,   Some(Notice::NotAlarm)),
    (Flag::Over,        "OVER",   Notice::Over,    Some(Notice::NotOver)),
    (Flag::Trim,        "TRIM",   Notice::Trim,    Some(Notice::NotTrim)),
    (Flag::Boost,       "BOOST",  Notice::Boost,   Some(Notice::NotBoost)),
];

/// A set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(u16);

impl Flags {
    /// Whether `flag` is in it.
    #[must_use]
    pub fn has(self, flag: Flag) -> bool {
        self.0 & flag as u16 != 0
    }

    /// Whether one of `flags` is in it.
    #[must_use]
    pub fn has_any(self, flags: &[Flag]) -> bool {
        flags.iter().any(|flag| self.has(*flag))
    }

    /// Adds `flag`.
    pub fn insert(&mut self, flag: Flag) {
        self.0 |= flag as u16;
    }

    /// The words of the set, blanks between them.
    #[must_use]
    pub fn words(self) -> String {
        let rows = TABLE.iter().filter(|row| self.has(row.0));
        let words: Vec<_> = rows.map(|row| row.1).collect();
        words.join(" ")
    }
}

/// The flag whose word is `word`, in any letter case.
pub(crate) fn find(word: &str) -> Option<Flag> {
    let row = TABLE.iter().find(|row| row.1.eq_ignore_ascii_case(word));
    row.map(|row| row.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_flag_is_found_by_its_word_alone() {
        let mut all = Flags::default();
        for (flag, word, _, _) in TABLE {
            assert_eq!(find(&word.to_lowercase()), Some(*flag));
            assert!(!all.has(*flag));
            all.insert(*flag);
        }
        assert_eq!(
            all.words(),
            "LB FSD CAL OFF BYPASS ECO ALARM OVER TRIM BOOST"
        );
        assert_eq!(find("OVERHEAT"), None);
    }
}
