//! What can be set: variables by clients, options by ups.conf.

use super::command::Send;
use crate::known::Known;

/// A setting.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// The variable; for one of ups.conf, the option.
    pub(crate) name: &'static str,
    /// Where its value goes.
    pub(crate) to: To,
    /// Which values it takes.
    pub(crate) allowed: Allowed,
    /// It exists while this gate is open; empty is always.
    pub(crate) gate: &'static str,
    /// It is an option of ups.conf, not a variable; [`Row::apply`](super::Row::apply) says when it is written.
    pub(crate) conf: bool,
}

/// Where a value goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum To {
    /// To the device.
    Device(Send),
    /// It is kept here, for commands: what it is at first, and what the device makes of it.
    Kept(&'static str, fn(i64) -> i64),
}

/// Which values a setting takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Allowed {
    /// Any.
    Any,
    /// Whole numbers in these ranges. Fractions are cut off before they are compared.
    Ranges(&'static [(i64, i64)]),
    /// The same, by a function; none at all is nothing allowed.
    RangesBy(fn(&Known) -> Vec<(i64, i64)>),
    /// These words, without regard to case.
    Words(&'static [&'static str]),
    /// The same, by a function.
    WordsBy(fn(&Known) -> Vec<String>),
}

impl Setting {
    const fn new(name: &'static str, to: To, allowed: Allowed) -> Self {
        Self {
            name,
            to,
            allowed,
            gate: "",
            conf: false,
        }
    }

    /// A variable that is written to the device.
    pub(crate) const fn device(name: &'static str, send: Send, allowed: Allowed) -> Self {
        Self::new(name, To::Device(send), allowed)
    }

    /// An option of ups.conf that is written to the device.
    pub(crate) const fn conf(name: &'static str, send: Send, allowed: Allowed) -> Self {
        Self {
            conf: true,
            ..Self::new(name, To::Device(send), allowed)
        }
    }

    /// A number that is kept here: its first value, its range, and what the device makes of others.
    pub(crate) const fn kept(
        name: &'static str,
        first: &'static str,
        range: &'static [(i64, i64)],
        tidy: fn(i64) -> i64,
    ) -> Self {
        Self::new(name, To::Kept(first, tidy), Allowed::Ranges(range))
    }

    /// It exists while this gate is open.
    pub(crate) const fn gate(self, gate: &'static str) -> Self {
        Self { gate, ..self }
    }
}

impl Allowed {
    /// The ranges, if it is about ranges.
    pub(crate) fn ranges(&self, known: &Known) -> Option<Vec<(i64, i64)>> {
        match self {
            Self::Ranges(ranges) => Some(ranges.to_vec()),
            Self::RangesBy(ranges) => Some(ranges(known)),
            _ => None,
        }
    }

    /// The words, if it is about words.
    pub(crate) fn words(&self, known: &Known) -> Option<Vec<String>> {
        match self {
            Self::Words(words) => Some(words.iter().map(|&word| word.to_owned()).collect()),
            Self::WordsBy(words) => Some(words(known)),
            _ => None,
        }
    }

    /// Why it does not take `value`.
    pub(crate) fn objection(&self, known: &Known, value: &str) -> Option<String> {
        if let Some(ranges) = self.ranges(known) {
            let Ok(number) = crate::number::parse(value) else {
                return Some(format!("{value:?} is no number"));
            };
            let inside = ranges
                .iter()
                .any(|&(min, max)| crate::number::is_within(number, min, max));
            return (!inside).then(|| format!("{value} is not in {}", listed(&ranges)));
        }
        let words = self.words(known)?;
        let one_of = words.iter().any(|word| word.eq_ignore_ascii_case(value));
        (!one_of).then(|| format!("{value:?} is none of {}", words.join(", ")))
    }
}

fn listed(ranges: &[(i64, i64)]) -> String {
    if ranges.is_empty() {
        return "any range, as the device does not tell what it needs for one".to_owned();
    }
    let ranges: Vec<String> = ranges
        .iter()
        .map(|(min, max)| format!("{min}..{max}"))
        .collect();
    ranges.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_cut_off_before_they_are_compared() {
        let known = Known::default();
        let allowed = Allowed::Ranges(&[(53, 60)]);
        for (value, fine) in [
            ("53", true),
            ("60.9", true),
            ("61", false),
            ("52.9", false),
            ("", false),
            ("x", false),
            ("-53", false),
        ] {
            assert_eq!(allowed.objection(&known, value).is_none(), fine, "{value}");
        }
        let words = Allowed::Words(&["yes", "no"]);
        assert_eq!(words.objection(&known, "YES"), None);
        assert!(words.objection(&known, "bogus").is_some());
        assert_eq!(Allowed::Any.objection(&known, "anything"), None);
    }
}
