//! What ups.conf says about devices on the USB, beside which one is meant.

use driver::{Error, Settings};

use super::framing::Framing;
use super::table::{FRAMINGS, named};

/// The options.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// `subdriver`.
    pub(super) framing: Option<&'static Framing>,
    /// `langid_fix`.
    pub(super) language: Option<u16>,
    /// Whether the device's list of languages is read: not with `noscanlangid`.
    pub(super) scan: bool,
    /// `novendor`.
    pub(super) no_vendor: bool,
}

impl Wanted {
    pub(super) fn of(settings: &Settings) -> Result<Self, Error> {
        let framing = settings.value("subdriver").map(|name| {
            named(name).ok_or_else(|| {
                let names: Vec<&str> = FRAMINGS.iter().map(|framing| framing.name).collect();
                let names = names.join(", ");
                Error::Config(format!("subdriver: {name:?} is none of {names}"))
            })
        });
        let framing = framing.transpose()?;
        let is_named = ["vendorid", "productid"]
            .iter()
            .all(|option| settings.value(option).is_some());
        if framing.is_some() && !is_named {
            return Err(Error::Config(
                "subdriver needs vendorid and productid, so that no other device is taken for the UPS"
                    .to_owned(),
            ));
        }
        let language = settings.value("langid_fix").map(language).transpose()?;
        Ok(Self {
            framing,
            language,
            scan: !settings.flag("noscanlangid"),
            no_vendor: settings.flag("novendor"),
        })
    }
}

fn language(text: &str) -> Result<u16, Error> {
    let text = text.trim();
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))
        .unwrap_or(text);
    u16::from_str_radix(digits, 16).map_err(|_| {
        Error::Config(format!(
            "langid_fix: {text:?} is no hexadecimal number from 0x0000 to 0xffff"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(options: &[(&str, &str)]) -> Result<Wanted, Error> {
        let option = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
        Wanted::of(&Settings {
            options: options.iter().map(option).collect(),
            ..Settings::default()
        })
    }

    #[test]
    fn a_subdriver_is_for_a_device_that_is_named() {
        let ids = [("vendorid", "0665"), ("productid", "5161")];
        let with = |name| wanted(&[ids[0], ids[1], ("subdriver", name)]);
        assert_eq!(with("Cypress").unwrap().framing.unwrap().name, "cypress");
        let error = with("cypres").unwrap_err().to_string();
        assert!(error.contains("cypress, phoenixtec"), "{error}");
        let error = wanted(&[ids[0], ("subdriver", "cypress")]).unwrap_err();
        assert!(error.to_string().contains("productid"), "{error}");
    }

    #[test]
    fn a_language_is_a_hexadecimal_number() {
        let language = |text| wanted(&[("langid_fix", text)]).map(|wanted| wanted.language);
        assert_eq!(language("0x409").unwrap(), Some(0x0409));
        assert_eq!(language("4095").unwrap(), Some(0x4095));
        assert_eq!(wanted(&[]).unwrap().language, None);
        for text in ["", "0x", "english", "0x10000"] {
            assert!(language(text).is_err(), "{text}");
        }
    }
}
