//! The way back: what a client says, as the number that the device is sent.

use super::{Read, Row, Texts, date};
use thiserror::Error;

/// Why a text is not sent. The reference sends 0 in most of these cases, which can be an order, too.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// A command that needs a value was given none, and the table has none.
    #[error("a value is needed")]
    NoValue,
    /// It is none of the texts or numbers that mean something.
    #[error("{0:?} is no value for it")]
    Unknown(String),
    /// It is outside what may be set.
    #[error("{value} is not from {min} to {max}")]
    OutOfRange {
        /// The value.
        value: i64,
        /// The least.
        min: i64,
        /// The most.
        max: i64,
    },
    /// It can only be read.
    #[error("it can only be read")]
    ReadOnly,
}

impl<C> Row<C> {
    /// The number for a text; without one, for the row's default.
    ///
    /// # Errors
    ///
    /// There is no number for it.
    pub fn parse(&self, text: Option<&str>, context: &mut C) -> Result<i64, Refused> {
        let default = Some(self.default).filter(|default| !default.is_empty());
        let value = self.read.parse(text.or(default), context)?;
        match self.access.range {
            Some((min, max)) if !(min..=max).contains(&value) => {
                Err(Refused::OutOfRange { value, min, max })
            }
            _ => Ok(value),
        }
    }
}

impl<C> Read<C> {
    /// The number for a text.
    ///
    /// # Errors
    ///
    /// There is no number for it.
    pub fn parse(&self, text: Option<&str>, context: &mut C) -> Result<i64, Refused> {
        if let Self::With {
            parse: Some(parse), ..
        } = *self
        {
            return parse(context, text).ok_or_else(|| match text {
                Some(text) => Refused::Unknown(text.to_owned()),
                None => Refused::NoValue,
            });
        }
        let text = text.ok_or(Refused::NoValue)?;
        let number = match *self {
            Self::Number { scale: 1.0, .. } => leading_number(text),
            Self::Date => date::packed(text),
            Self::Map(texts) | Self::With { texts, .. } if !texts.is_empty() => key(texts, text),
            _ => return Err(Refused::ReadOnly),
        };
        number.ok_or_else(|| Refused::Unknown(text.to_owned()))
    }
}

/// The number of the first row with exactly this text.
fn key(texts: Texts, text: &str) -> Option<i64> {
    let found = texts.iter().find(|(_, known)| *known == text);
    found.map(|(key, _)| *key)
}

/// The whole number that a text begins with; what follows is cut, as the reference does, so that "230.0" is 230.
fn leading_number(text: &str) -> Option<i64> {
    let text = text.trim_start();
    let signs = usize::from(text.starts_with(['-', '+']));
    let digits = text.bytes().skip(signs).take_while(u8::is_ascii_digit);
    text.get(..signs + digits.count())?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(read: Read, text: &str) -> Result<i64, Refused> {
        read.parse(Some(text), &mut ())
    }

    #[test]
    fn the_whole_number_in_front_is_taken() {
        let read = Read::number(0);
        for (text, number) in [("20", 20), (" -1", -1), ("230.7 V", 230), ("+5", 5)] {
            assert_eq!(parsed(read, text), Ok(number));
        }
    }

    #[test]
    fn what_is_no_number_is_not_sent_as_0() {
        for text in ["", "soon", "-", "99999999999999999999"] {
            let refused = Refused::Unknown(text.to_owned());
            assert_eq!(parsed(Read::number(0), text), Err(refused));
        }
    }

    #[test]
    fn a_text_must_be_the_very_same() {
        let read = Read::Map(&[(1, "disabled"), (2, "enabled"), (3, "enabled")]);
        assert_eq!(parsed(read, "enabled"), Ok(2));
        assert!(parsed(read, "Enabled").is_err());
        assert!(parsed(read, "2").is_err());
    }

    #[test]
    fn dates_are_packed() {
        assert_eq!(parsed(Read::Date, "2021/03/17"), Ok(0x5271));
        assert!(parsed(Read::Date, "42").is_err());
    }

    #[test]
    fn what_has_no_way_back_can_only_be_read() {
        fn show(_: &mut (), _: f64) -> Option<String> {
            None
        }
        let bit = Read::Bit {
            bit: 0,
            set: "a",
            clear: "b",
        };
        for read in [
            Read::scaled(1, 0.1),
            Read::Celsius,
            Read::Index,
            Read::with(show),
            bit,
        ] {
            assert_eq!(parsed(read, "1"), Err(Refused::ReadOnly), "{read:?}");
        }
    }

    #[test]
    fn a_command_sends_its_default_when_no_value_is_given() {
        let row = Row::<()>::command("load.off", "UPS", "20", Read::number(0));
        assert_eq!(row.parse(None, &mut ()), Ok(20));
        assert_eq!(row.parse(Some("5"), &mut ()), Ok(5));
        let row = Row::<()>::command("load.off", "UPS", "", Read::number(0));
        assert_eq!(row.parse(None, &mut ()), Err(Refused::NoValue));
    }

    #[test]
    fn a_range_is_kept() {
        let row = Row::<()>::var("battery.charge.low", "UPS", Read::number(0)).range(5, 90);
        assert_eq!(row.parse(Some("5"), &mut ()), Ok(5));
        let refused = row.parse(Some("91"), &mut ()).unwrap_err();
        assert_eq!(refused.to_string(), "91 is not from 5 to 90");
    }

    #[test]
    fn a_function_is_asked_before_texts_and_may_refuse() {
        fn minutes(_: &mut (), text: Option<&str>) -> Option<i64> {
            text?.parse::<i64>().ok().map(|seconds| seconds / 60)
        }
        let read: Read = Read::With {
            show: None,
            parse: Some(minutes),
            texts: &[(7, "120")],
        };
        assert_eq!(parsed(read, "120"), Ok(2));
        assert_eq!(parsed(read, "x"), Err(Refused::Unknown("x".into())));
        assert_eq!(read.parse(None, &mut ()), Err(Refused::NoValue));
    }
}
