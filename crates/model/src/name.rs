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
}
