//! Switches that the environment sets over upsd.conf (spec config-files.md, section 4).

/// The value of a switch such as `ALLOW_NO_DEVICE`: the environment's if it makes sense, else the file's.
pub(crate) fn switch(name: &str, configured: bool) -> bool {
    std::env::var(name)
        .ok()
        .and_then(|value| read(&value))
        .unwrap_or(configured)
}

/// A text that begins with a word for yes or no, in any case.
fn read(value: &str) -> Option<bool> {
    let value = value.to_ascii_lowercase();
    let begins = |words: [&str; 4]| words.iter().any(|word| value.starts_with(word));
    if begins(["true", "yes", "on", "1"]) {
        return Some(true);
    }
    begins(["false", "no", "off", "0"]).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_enough_and_other_text_says_nothing() {
        for (value, meaning) in [
            ("yes", Some(true)),
            ("TRUE please", Some(true)),
            ("On", Some(true)),
            ("1", Some(true)),
            ("false", Some(false)),
            ("NO", Some(false)),
            ("off", Some(false)),
            ("0", Some(false)),
            ("maybe", None),
            ("", None),
        ] {
            assert_eq!(read(value), meaning, "{value:?}");
        }
    }
}
