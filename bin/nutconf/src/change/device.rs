//! The sections of ups.conf.

use config::edit::{Document, Value};

use super::{Others, keep_keys, keep_only, pair};
use crate::Error;
use crate::password::Passwords;

/// Sets or adds UPSes: name, driver, port, settings.
pub(super) fn change(
    file: &mut Document,
    given: &[&[String]],
    others: Others,
    _: &mut Passwords,
) -> Result<(), Error> {
    let mut wanted = Vec::new();
    for words in given {
        let [ups, driver, port, settings @ ..] = words else {
            return Err(Error::Usage("a device has at least three words".to_owned()));
        };
        let mut pairs = vec![
            ("driver", Some(driver.as_str())),
            ("port", Some(port.as_str())),
        ];
        pairs.extend(settings.iter().map(|setting| pair(setting)));
        file.add_section(ups)?;
        if others == Others::Go {
            keep_keys(file, ups, |key| {
                pairs.iter().any(|(wanted, _)| *wanted == key)
            });
        }
        for (key, value) in &pairs {
            let words = value.as_slice();
            let value = if words.is_empty() {
                Value::Flag
            } else {
                Value::Words(words)
            };
            file.set_key(ups, key, value)?;
        }
        wanted.push(ups.clone());
    }
    if others == Others::Go {
        keep_only(file, &wanted);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::after;
    use super::*;
    use config::edit::Format;

    const SOURCE: &str = "maxretry = 3\n\n# the rack\n[rack]\n    driver = usbhid-ups # sic\n    port = auto\n    nolock\n    desc = \"a b\"\n\n[desk]\n    driver = x\n    port = y\n";

    fn device(others: Others, lines: &[&str]) -> Result<String, String> {
        after(change, Format::Ups, SOURCE, others, lines)
    }

    #[test]
    fn a_device_is_added_with_settings_and_flags() {
        let found = device(
            Others::Stay,
            &["hall|apcsmart|/dev/ttyS0|desc=In the hall|ignorelb|serial=a=b"],
        )
        .unwrap();
        let new = "\n[hall]\n    driver = apcsmart\n    port = /dev/ttyS0\n    desc = \"In the hall\"\n    ignorelb\n    serial = \"a=b\"\n";
        assert_eq!(found, format!("{SOURCE}{new}"));
    }

    #[test]
    fn adding_what_is_there_changes_what_is_named_and_no_flag_is_lost() {
        let found = device(Others::Stay, &["rack|nutdrv_qx|auto|desc=c"]).unwrap();
        assert_eq!(
            found,
            SOURCE
                .replace("usbhid-ups", "nutdrv_qx")
                .replace("\"a b\"", "\"c\"")
        );
    }

    #[test]
    fn setting_leaves_only_what_is_named() {
        let found = device(Others::Go, &["rack|usbhid-ups|auto|desc=c"]).unwrap();
        let expected = "maxretry = 3\n\n# the rack\n[rack]\n    driver = usbhid-ups # sic\n    port = auto\n    desc = \"c\"\n";
        assert_eq!(found, expected);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(
            device(Others::Stay, &["a\"b|x|y"])
                .unwrap_err()
                .contains("no name in brackets")
        );
        assert!(
            device(Others::Stay, &["a|x|y|[b]=c"])
                .unwrap_err()
                .contains("no name of a setting")
        );
        assert!(
            device(Others::Stay, &["a|x|y|desc=\u{fc}"])
                .unwrap_err()
                .contains("not plain ASCII")
        );
    }
}
