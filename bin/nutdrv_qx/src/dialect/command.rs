//! Instant commands, and how a value becomes a request.

use super::effect::{Bad, Effect};
use crate::known::Known;

/// An instant command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Command {
    /// Its name.
    pub(crate) name: &'static str,
    /// What is sent.
    pub(crate) send: Send,
    /// It exists while this gate is open; empty is always.
    pub(crate) gate: &'static str,
}

impl Command {
    /// Always the same request; a parameter is not looked at.
    pub(crate) const fn fixed(name: &'static str, request: &'static str) -> Self {
        Self::with(name, Send::Fixed(request))
    }

    /// A request that is made.
    pub(crate) const fn with(name: &'static str, send: Send) -> Self {
        Self {
            name,
            send,
            gate: "",
        }
    }

    /// It exists while this gate is open.
    pub(crate) const fn gate(self, gate: &'static str) -> Self {
        Self { gate, ..self }
    }
}

/// How a parameter or value becomes a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Send {
    /// It does not.
    Fixed(&'static str),
    /// As a number in the place of `{}`.
    Number(&'static str, Form),
    /// As the second text of the pair whose first one it is, in the place of `{}`.
    Word(&'static str, &'static [(&'static str, &'static str)]),
    /// As a text in the place of `{}`, by a function. `None` is a command without a parameter.
    Text(
        &'static str,
        fn(&Known, Option<&str>) -> Result<String, Refused>,
    ),
    /// In any other way.
    Plan(fn(&Known, Option<&str>) -> Result<Plan, Refused>),
}

/// How a number is written: filled with zeros to `width` characters, the point included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) width: usize,
    pub(crate) decimals: usize,
    /// It is divided by this before, without a rest.
    pub(crate) unit: u32,
}

impl Form {
    /// So many digits.
    pub(crate) const fn digits(width: usize) -> Self {
        Self::decimal(width, 0)
    }

    /// So many characters with so many decimals.
    pub(crate) const fn decimal(width: usize, decimals: usize) -> Self {
        Self {
            width,
            decimals,
            unit: 1,
        }
    }

    /// Seconds, told in minutes.
    pub(crate) const fn minutes(width: usize) -> Self {
        Self {
            unit: 60,
            ..Self::digits(width)
        }
    }
}

/// What is done for a command or a setting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Requests, in order; each must be accepted.
    pub(crate) requests: Vec<String>,
    /// What is so when all were.
    pub(crate) then: Vec<Effect>,
}

impl Plan {
    /// One request, nothing else.
    pub(crate) fn request(request: impl Into<String>) -> Self {
        Self {
            requests: vec![request.into()],
            then: Vec::new(),
        }
    }
}

/// Why nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused(pub(crate) String);

impl Refused {
    /// Why.
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl From<Bad> for Refused {
    fn from(Bad(why): Bad) -> Self {
        Self(why)
    }
}

impl Send {
    /// What is to be done for `value`.
    pub(crate) fn plan(&self, known: &Known, value: Option<&str>) -> Result<Plan, Refused> {
        let given = value.unwrap_or_default();
        let (template, text) = match self {
            Self::Fixed(request) => return Ok(Plan::request(*request)),
            Self::Plan(make) => return make(known, value),
            Self::Number(template, form) => (template, form.write(given)?),
            Self::Word(template, words) => {
                let word = words
                    .iter()
                    .find(|(word, _)| word.eq_ignore_ascii_case(given));
                let (_, text) =
                    word.ok_or_else(|| Refused(format!("{given:?} is no choice here")))?;
                (template, (*text).to_owned())
            }
            Self::Text(template, make) => (template, make(known, value)?),
        };
        Ok(Plan::request(template.replace("{}", &text)))
    }
}

impl Form {
    fn write(self, value: &str) -> Result<String, Refused> {
        let number = crate::number::parse(value)?;
        let number = match self.unit {
            1 => number,
            unit => (number / f64::from(unit)).trunc(),
        };
        let (width, decimals) = (self.width, self.decimals);
        Ok(format!("{number:0width$.decimals$}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_filled_with_zeros() {
        let write = |form: Form, value| form.write(value).map_err(|refused| refused.0);
        assert_eq!(write(Form::digits(3), "50"), Ok("050".into()));
        assert_eq!(write(Form::decimal(4, 1), "53"), Ok("53.0".into()));
        assert_eq!(write(Form::decimal(4, 1), "7.25"), Ok("07.2".into()));
        assert_eq!(write(Form::minutes(3), "719"), Ok("011".into()));
        assert!(write(Form::digits(3), "x").is_err());
    }

    #[test]
    fn words_are_translated_and_others_refused() {
        let send = Send::Word("P{}R", &[("yes", "E"), ("no", "D")]);
        let known = Known::default();
        assert_eq!(send.plan(&known, Some("YES")), Ok(Plan::request("PER")));
        assert!(send.plan(&known, Some("maybe")).is_err());
        assert!(send.plan(&known, None).is_err());
    }
}
