//! Names of variables, commands and UPSes: compared without regard to ASCII case, everywhere.

use std::cmp::Ordering;

/// Orders names as every list on the wire is sorted.
#[must_use]
pub fn compare(left: &str, right: &str) -> Ordering {
    let lower = |byte: u8| byte.to_ascii_lowercase();
    left.bytes().map(lower).cmp(right.bytes().map(lower))
}

/// Whether two names are the same name.
#[must_use]
pub fn same(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right)
}

/// `name` without `prefix`, whose case does not matter.
#[must_use]
pub fn strip_prefix<'a>(name: &'a str, prefix: &str) -> Option<&'a str> {
    let head = name.get(..prefix.len())?;
    same(head, prefix)
        .then(|| name.get(prefix.len()..))
        .flatten()
}

/// Whether a name is a word that needs no quotes: only such a name can be told to clients, who see it bare.
#[must_use]
pub fn is_plain(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"#=\\".contains(&byte);
    !name.is_empty() && name.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter() {
        assert_eq!(compare("ups.Status", "UPS.status"), Ordering::Equal);
        assert_eq!(compare("Battery.charge", "battery.voltage"), Ordering::Less);
        assert!(same("Load.Off", "load.off"));
        assert_eq!(
            strip_prefix("Override.ups.load", "override."),
            Some("ups.load")
        );
        assert_eq!(strip_prefix("over", "override."), None);
    }

    #[test]
    fn plain_names_need_no_quotes() {
        assert!(is_plain("input.L1-N.voltage") && is_plain("experimental.a_b:c"));
        for name in [
            "",
            "a b",
            "a\"",
            "a#b",
            "a=b",
            "a\\",
            "caff\u{e8}",
            "a\u{7f}",
        ] {
            assert!(!is_plain(name), "{name:?}");
        }
    }
}
