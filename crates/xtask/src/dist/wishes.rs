//! The command line of `dist`.

use super::SHIPPED;
use super::places::Places;
use crate::failure::{Failure, Result};
use std::path::PathBuf;

const USAGE: &str = "dist [--destdir DIR] [--deb] [--limits] [--profile NAME] [--built] [sysconfdir=/etc/nut user=nut ...]";

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wishes {
    /// Where to install; else `target/install`, which is emptied before.
    pub(super) destdir: Option<PathBuf>,
    /// Packages for Debian, too.
    pub(super) deb: bool,
    /// It is a failure when a program is larger than it may be.
    pub(super) limits: bool,
    /// The profile of cargo.
    pub(super) profile: String,
    /// The programs are built already.
    pub(super) built: bool,
    pub(super) places: Places,
}

impl Wishes {
    pub(super) fn of(words: &[&str]) -> Result<Self> {
        let mut wishes = Self {
            destdir: None,
            deb: false,
            limits: false,
            profile: SHIPPED.to_owned(),
            built: false,
            places: Places::default(),
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || {
                let value = words.next();
                value.ok_or_else(|| Failure::told(format!("{word} needs a value; {USAGE}")))
            };
            match (*word, word.split_once('=')) {
                ("--destdir", _) => wishes.destdir = Some(PathBuf::from(value()?)),
                ("--profile", _) => wishes.profile = (*value()?).to_owned(),
                ("--deb", _) => wishes.deb = true,
                ("--limits", _) => wishes.limits = true,
                ("--built", _) => wishes.built = true,
                (_, Some((name, value))) => wishes.places.set(name, value)?,
                _ => return Err(Failure::told(format!("{word}: not known; {USAGE}"))),
            }
        }
        if wishes.deb && wishes.places != Places::default() {
            return Err(Failure::told(
                "--deb makes packages with Debian's paths; leave the settings out",
            ));
        }
        Ok(wishes)
    }

    /// Whether what is built has symbols that nobody ships; the shipped profile strips itself.
    pub(super) fn strips(&self) -> bool {
        self.profile != SHIPPED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_and_settings_come_in_any_order() {
        let words = ["user=ups", "--destdir", "/d", "--profile", "dev", "--built"];
        let wishes = Wishes::of(&words).unwrap();
        assert_eq!(wishes.destdir, Some(PathBuf::from("/d")));
        assert_eq!(wishes.places.get("user"), Some("ups"));
        assert!(wishes.built && wishes.strips() && !wishes.deb);
        assert!(Wishes::of(&["--deb"]).unwrap().deb);
    }

    #[test]
    fn nonsense_is_refused() {
        for words in [
            &["--debs"][..],
            &["--destdir"],
            &["x=/y"],
            &["--deb", "user=ups"],
        ] {
            assert!(Wishes::of(words).is_err(), "{words:?}");
        }
    }
}
