//! Files whose paths and accounts are set by whoever packages them: `@sysconfdir@` and its kin.

use super::places::Places;
use crate::failure::{Failure, Result};

/// The text with all names between two `@` replaced. What is no name of a setting stays: units have `@` in their names.
pub(super) fn fill(text: &str, places: &Places) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let inner = from.get(1..).unwrap_or_default();
        let named = inner
            .split_once('@')
            .and_then(|(name, after)| Some((places.get(name)?, after)));
        match named {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('@');
                rest = inner;
            }
        }
    }
    out + rest
}

/// The same, and nothing may be left that looks like a setting: it would be misspelt.
pub(super) fn fill_all(name: &str, text: &str, places: &Places) -> Result<String> {
    let filled = fill(text, places);
    let mut pieces = filled.split('@').skip(1);
    let odd = pieces.find(|piece| {
        let is_name = |c: char| c.is_ascii_lowercase();
        !piece.is_empty() && piece.chars().all(is_name) && filled.contains(&format!("@{piece}@"))
    });
    match odd {
        Some(odd) => Err(Failure::told(format!(
            "packaging/{name}: there is no setting @{odd}@"
        ))),
        None => Ok(filled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_replaced_and_instances_are_not() {
        let mut places = Places::default();
        places.set("user", "ups").unwrap();
        let text = "ExecStart=@sbindir@/upsd\nUser=@user@\nWants=nut-driver@x.service a@b.service\n~@privileged @chown\n";
        let filled = "ExecStart=/usr/sbin/upsd\nUser=ups\nWants=nut-driver@x.service a@b.service\n~@privileged @chown\n";
        assert_eq!(fill_all("x", text, &places).unwrap(), filled);
    }

    #[test]
    fn a_misspelt_name_is_told() {
        let told = fill_all("x", "a @sbindri@/y", &Places::default()).unwrap_err();
        assert!(told.to_string().contains("@sbindri@"), "{told}");
    }
}
