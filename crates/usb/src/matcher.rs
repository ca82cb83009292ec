//! The options that say which device is meant: `vendorid productid vendor product serial bus device busport`.
//!
//! All that are given must match. Each is a POSIX extended regular expression for the whole text, whatever its case; blanks
//! around the device's text do not count, and a string that the device does not have is empty (spec usbhid.md, section 2,
//! point 4; spec config-files.md).

use std::borrow::Cow;
use std::fmt;

use crate::ere::Ere;
use crate::error::Error;
use crate::identity::Identity;

/// What one option looks at.
struct Field {
    option: &'static str,
    text: fn(&Identity) -> Cow<'_, str>,
    /// Whether the device must be opened to know it.
    needs_opening: bool,
}

/// In the order in which mismatches are told.
#[rustfmt::skip]
const FIELDS: &[Field] = &[
    Field { option: "vendorid",  text: |id| id.vid_text().into(),     needs_opening: false },
    Field { option: "productid", text: |id| id.pid_text().into(),     needs_opening: false },
    Field { option: "vendor",    text: |id| string(&id.vendor),       needs_opening: true },
    Field { option: "product",   text: |id| string(&id.product),      needs_opening: true },
    Field { option: "serial",    text: |id| string(&id.serial),       needs_opening: true },
    Field { option: "bus",       text: |id| id.bus_text().into(),     needs_opening: false },
    Field { option: "device",    text: |id| id.device_text().into(),  needs_opening: false },
    Field { option: "busport",   text: |id| id.busport_text().into(), needs_opening: false },
];

/// The options' names.
pub const OPTIONS: &[&str] = &[
    "vendorid",
    "productid",
    "vendor",
    "product",
    "serial",
    "bus",
    "device",
    "busport",
];

fn string(text: &Option<String>) -> Cow<'_, str> {
    let text = text.as_deref().unwrap_or_default();
    text.trim_matches(|c| matches!(c, ' ' | '\t' | '\n')).into()
}

/// What is known of a device when it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// What the system tells without opening it.
    Place,
    /// Its strings, too.
    All,
}

/// One option that a device does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// The option.
    pub option: &'static str,
    /// Its expression.
    pub wanted: String,
    /// What the device has.
    pub found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            option,
            wanted,
            found,
        } = self;
        write!(f, "{option} is {found:?}, not {wanted:?}")?;
        let lower = found.to_lowercase();
        if !wanted.is_empty() && !found.is_empty() && lower.contains(&wanted.to_lowercase()) {
            write!(
                f,
                " (the whole text must match: {:?})",
                format!(".*{wanted}.*")
            )?;
        }
        Ok(())
    }
}

/// All of the options.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    wanted: Vec<(usize, Ere)>,
}

impl Matcher {
    /// Takes the options from the driver's settings: `value(name)`.
    ///
    /// # Errors
    /// [`Error::Config`] with all expressions that cannot be understood.
    pub fn new<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Error> {
        let mut matcher = Self::default();
        let mut problems = Vec::new();
        for (index, field) in FIELDS.iter().enumerate() {
            let Some(source) = value(field.option) else {
                continue;
            };
            match Ere::new(source) {
                Ok(ere) => matcher.wanted.push((index, ere)),
                Err(why) => problems.push(format!(
                    "{}: {source:?} is no regular expression: {why}",
                    field.option
                )),
            }
        }
        if problems.is_empty() {
            Ok(matcher)
        } else {
            Err(Error::Config(problems.join("; ")))
        }
    }

    /// Whether an option was given.
    #[must_use]
    pub fn has(&self, option: &str) -> bool {
        self.fields().any(|(field, _)| field.option == option)
    }

    /// Whether the device is meant.
    #[must_use]
    pub fn matches(&self, identity: &Identity) -> bool {
        self.explain(identity, Known::All).is_empty()
    }

    /// Every option that the device does not meet, as far as it is known.
    #[must_use]
    pub fn explain(&self, identity: &Identity, known: Known) -> Vec<Mismatch> {
        let tellable = self
            .fields()
            .filter(|(field, _)| known == Known::All || !field.needs_opening);
        let told = tellable.filter_map(|(field, ere)| {
            let found = (field.text)(identity);
            (!ere.matches(&found)).then(|| Mismatch {
                option: field.option,
                wanted: ere.source().to_owned(),
                found: found.into_owned(),
            })
        });
        told.collect()
    }

    fn fields(&self) -> impl Iterator<Item = (&'static Field, &Ere)> {
        self.wanted
            .iter()
            .filter_map(|(index, ere)| Some((FIELDS.get(*index)?, ere)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matcher(options: &[(&str, &'static str)]) -> Matcher {
        build(options).unwrap()
    }

    fn build(options: &[(&str, &'static str)]) -> Result<Matcher, Error> {
        Matcher::new(|name| {
            options
                .iter()
                .find(|(option, _)| *option == name)
                .map(|(_, value)| *value)
        })
    }

    fn apc() -> Identity {
        Identity {
            vid: 0x051d,
            pid: 2,
            vendor: Some("American Power Conversion ".into()),
            product: Some("Back-UPS ES 525 FW:851.t3.I USB FW:t3".into()),
            serial: Some(" \t9B0427\n".into()),
            bus: 1,
            address: 4,
            ports: vec![1, 2],
            ..Identity::default()
        }
    }

    #[test]
    fn every_option_sees_its_text_and_only_the_whole_of_it() {
        for (option, yes, no) in [
            ("vendorid", "051D", "51d"),
            ("productid", "0002|0003", "2"),
            ("vendor", "american power conversion", "American"),
            ("product", "Back-UPS.*", "Back-UPS"),
            ("serial", "9b0427", " \t9B0427\n"),
            ("bus", "001", "1"),
            ("device", "00[4-6]", "4"),
            ("busport", "002", "001"),
        ] {
            assert!(matcher(&[(option, yes)]).matches(&apc()), "{option} {yes}");
            assert!(!matcher(&[(option, no)]).matches(&apc()), "{option} {no}");
            assert!(OPTIONS.contains(&option));
        }
        assert_eq!(OPTIONS.len(), FIELDS.len());
    }

    #[test]
    fn without_options_every_device_is_meant() {
        assert!(matcher(&[]).matches(&apc()));
    }

    #[test]
    fn all_options_must_agree_and_those_that_do_not_are_all_told() {
        let told = matcher(&[("vendorid", "051d"), ("serial", "X"), ("bus", "002")])
            .explain(&apc(), Known::All);
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                r#"serial is "9B0427", not "X""#,
                r#"bus is "001", not "002""#
            ]
        );
    }

    #[test]
    fn a_missing_string_is_empty() {
        let nameless = Identity {
            serial: None,
            ..apc()
        };
        assert!(matcher(&[("serial", "")]).matches(&nameless));
        assert!(matcher(&[("serial", ".*")]).matches(&nameless));
        assert!(!matcher(&[("serial", ".+")]).matches(&nameless));
    }

    #[test]
    fn strings_are_not_judged_before_the_device_was_opened() {
        let closed = Identity {
            vendor: None,
            product: None,
            serial: None,
            ..apc()
        };
        assert_eq!(
            matcher(&[("serial", "9B0427")]).explain(&closed, Known::Place),
            []
        );
        assert_eq!(
            matcher(&[("busport", "7")])
                .explain(&closed, Known::Place)
                .len(),
            1
        );
    }

    #[test]
    fn a_part_of_the_text_gets_a_hint() {
        let told = matcher(&[("product", "Back-UPS")]).explain(&apc(), Known::All);
        assert!(
            told[0]
                .to_string()
                .contains(r#"must match: ".*Back-UPS.*""#),
            "{}",
            told[0]
        );
    }

    #[test]
    fn all_bad_expressions_are_told() {
        let error = build(&[("serial", "("), ("bus", "*")])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("serial: \"(\"") && error.contains("bus: \"*\""),
            "{error}"
        );
    }
}
