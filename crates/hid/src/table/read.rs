//! What a number of a device means, as text.

use super::{Texts, date};
use crate::scale::whole;

/// A subdriver's own reading. `None`: there is nothing to say, and what was said before stays.
pub type Show<C> = fn(&mut C, f64) -> Option<String>;

/// A subdriver's own way back, from the text of a client; `None` when a command was given none.
pub type Parse<C> = fn(&mut C, Option<&str>) -> Option<i64>;

/// What the number of a row means.
#[derive(Debug)]
pub enum Read<C: 'static = ()> {
    /// The number, times a scale, with so many decimals; halves go to the even digit.
    Number {
        /// Decimals.
        decimals: usize,
        /// What it is multiplied by. Only with 1 can it be set.
        scale: f64,
    },
    /// One of these texts, for the number without its fraction; nothing for any other.
    Map(Texts),
    /// One of two texts, for one bit of the number without its fraction.
    Bit {
        /// Which bit.
        bit: u8,
        /// Where it is 1.
        set: &'static str,
        /// Where it is 0.
        clear: &'static str,
    },
    /// A temperature in kelvin, where it may be one; firmware that says Celsius exists.
    Celsius,
    /// A date as smart batteries pack it: years since 1980, month, day.
    Date,
    /// The number of a string of the device.
    Index,
    /// As the subdriver's functions say. Without a function, `texts` counts.
    With {
        /// Number to text.
        show: Option<Show<C>>,
        /// Text to number.
        parse: Option<Parse<C>>,
        /// Choices, and texts to number where there is no function.
        texts: Texts,
    },
}

// derive would ask for `C: Copy`
impl<C> Clone for Read<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Read<C> {}

/// The text of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// This text.
    Text(String),
    /// The device's string of this number; [`index_text`] says what is published of it.
    Index(u8),
    /// Nothing: what was published stays as it is.
    Nothing,
}

impl<C> Read<C> {
    /// The number as it is.
    #[must_use]
    pub const fn number(decimals: usize) -> Self {
        Self::scaled(decimals, 1.0)
    }

    /// The number times a scale.
    #[must_use]
    pub const fn scaled(decimals: usize, scale: f64) -> Self {
        Self::Number { decimals, scale }
    }

    /// The subdriver's reading, which cannot be set.
    #[must_use]
    pub const fn with(show: Show<C>) -> Self {
        Self::With {
            show: Some(show),
            parse: None,
            texts: &[],
        }
    }

    /// What a number says.
    #[must_use]
    pub fn show(&self, value: f64, context: &mut C) -> Shown {
        match *self {
            Self::Number { decimals, scale } => {
                Shown::Text(format!("{:.*}", decimals, value * scale))
            }
            Self::Map(texts) => looked_up(texts, value),
            Self::Bit { bit, set, clear } => {
                let one = whole(value).checked_shr(bit.into()).unwrap_or_default() & 1 == 1;
                Shown::Text(if one { set } else { clear }.to_owned())
            }
            Self::Celsius => Shown::Text(celsius(value)),
            Self::Date => Shown::Text(date::text(whole(value))),
            Self::Index => index(value),
            Self::With {
                show: Some(show), ..
            } => show(context, value).map_or(Shown::Nothing, Shown::Text),
            Self::With { texts, .. } => looked_up(texts, value),
        }
    }

    /// The texts that clients may choose from: those that can come out when the row is read.
    #[must_use]
    pub fn choices(&self, context: &mut C) -> Vec<String> {
        let (Self::Map(texts) | Self::With { texts, .. }) = *self else {
            return Vec::new();
        };
        let shown = texts.iter().map(|(number, text)| match *self {
            Self::With {
                show: Some(show), ..
            } => show(context, *number as f64),
            _ => Some((*text).to_owned()),
        });
        shown.flatten().collect()
    }
}

fn looked_up(texts: Texts, value: f64) -> Shown {
    let number = whole(value);
    let found = texts.iter().find(|(key, _)| *key == number);
    found.map_or(Shown::Nothing, |(_, text)| Shown::Text((*text).to_owned()))
}

fn celsius(value: f64) -> String {
    let is_kelvin = (273.0..=373.0).contains(&value);
    format!("{:.1}", if is_kelvin { value - 273.15 } else { value })
}

fn index(value: f64) -> Shown {
    match u8::try_from(whole(value)) {
        Ok(0) => Shown::Text(String::new()),
        Ok(index) => Shown::Index(index),
        Err(_) => Shown::Nothing,
    }
}

/// What is published of a string that a device was asked for: 19 characters, without line feeds at the end. Blanks stay, as
/// tables of models compare them.
#[must_use]
pub fn index_text(string: &str) -> String {
    let cut: String = string.chars().take(19).collect();
    cut.trim_end_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(read: Read, value: f64) -> String {
        match read.show(value, &mut ()) {
            Shown::Text(text) => text,
            Shown::Index(index) => format!("string {index}"),
            Shown::Nothing => "nothing".to_owned(),
        }
    }

    #[test]
    fn numbers_are_rounded_half_to_even() {
        for (value, text) in [(0.5, "0"), (1.5, "2"), (2.5, "2"), (-0.4, "-0")] {
            assert_eq!(shown(Read::number(0), value), text);
        }
        assert_eq!(shown(Read::number(1), 13.75), "13.8");
        assert_eq!(shown(Read::number(1), 0.25), "0.2");
        assert_eq!(shown(Read::number(2), 0.375), "0.38");
        assert_eq!(shown(Read::scaled(1, 0.1), 137.0), "13.7");
    }

    #[test]
    fn texts_are_looked_up_without_the_fraction() {
        const ONLINE: Texts = &[(1, "online"), (0, "offline"), (1, "never")];
        assert_eq!(shown(Read::Map(ONLINE), 1.9), "online");
        assert_eq!(shown(Read::Map(ONLINE), -0.9), "offline");
        assert_eq!(shown(Read::Map(ONLINE), 2.0), "nothing");
    }

    #[test]
    fn one_bit_gives_one_of_two_texts() {
        let read = Read::Bit {
            bit: 4,
            set: "overload",
            clear: "!overload",
        };
        assert_eq!(shown(read, 16.0), "overload");
        assert_eq!(shown(read, 15.0), "!overload");
        assert_eq!(shown(read, -1.0), "overload");
        let far = Read::Bit {
            bit: 200,
            set: "a",
            clear: "b",
        };
        assert_eq!(shown(far, -1.0), "b");
    }

    #[test]
    fn a_temperature_may_be_in_celsius_already() {
        assert_eq!(shown(Read::Celsius, 298.15), "25.0");
        assert_eq!(shown(Read::Celsius, 25.0), "25.0");
        assert_eq!(shown(Read::Celsius, 400.0), "400.0");
    }

    #[test]
    fn an_index_names_a_string_of_the_device() {
        assert_eq!(shown(Read::Index, 4.0), "string 4");
        assert_eq!(shown(Read::Index, 0.0), "");
        assert_eq!(shown(Read::Index, 256.0), "nothing");
        assert_eq!(shown(Read::Index, -1.0), "nothing");
        assert_eq!(index_text("PbAc \n\n"), "PbAc ");
        assert_eq!(index_text("0123456789012345678999"), "0123456789012345678");
    }

    #[test]
    fn a_function_sees_and_keeps_what_its_subdriver_knows() {
        fn minutes(seen: &mut u32, value: f64) -> Option<String> {
            *seen += 1;
            (value >= 0.0).then(|| format!("{:.0}", value * 60.0))
        }
        let (read, mut seen) = (Read::<u32>::with(minutes), 0);
        assert_eq!(read.show(2.0, &mut seen), Shown::Text("120".into()));
        assert_eq!(read.show(-1.0, &mut seen), Shown::Nothing);
        assert_eq!(seen, 2);
    }

    #[test]
    fn choices_are_the_texts_that_a_function_lets_pass() {
        fn below_200(_: &mut (), value: f64) -> Option<String> {
            (value < 200.0).then(|| format!("{value:.0}"))
        }
        let texts: Texts = &[(230, "230"), (120, "120")];
        let read: Read = Read::With {
            show: Some(below_200),
            parse: None,
            texts,
        };
        assert_eq!(read.choices(&mut ()), ["120"]);
        assert_eq!(Read::<()>::Map(texts).choices(&mut ()), ["230", "120"]);
        assert_eq!(Read::<()>::number(0).choices(&mut ()), [""; 0]);
    }
}
