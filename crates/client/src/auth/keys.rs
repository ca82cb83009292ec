//! The words of nutauth.conf, as a table: the reader goes by it, and the manual is made of it.

use Kind::{Encryption, Include, Password, User};

/// A key, or a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name; the case of keys does not matter.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// What it may be.
    pub args: &'static str,
    /// What it is for.
    pub doc: &'static str,
    pub(super) kind: Kind,
}

/// What the reader does with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    User,
    Password,
    /// See [`super::encryption`].
    Encryption,
    /// No key: the file's name follows without `=`.
    Include {
        required: bool,
    },
}

impl Key {
    /// Whether a `=` stands between name and value.
    #[must_use]
    pub fn has_equals(&self) -> bool {
        !matches!(self.kind, Include { .. })
    }

    fn is_named(&self, word: &str) -> bool {
        if !self.has_equals() {
            return self.name == word;
        }
        let mut names = std::iter::once(&self.name).chain(self.aliases);
        names.any(|name| name.eq_ignore_ascii_case(word))
    }
}

const fn row(
    kind: Kind,
    name: &'static str,
    aliases: &'static [&'static str],
    args: &'static str,
    doc: &'static str,
) -> Key {
    Key {
        name,
        aliases,
        args,
        doc,
        kind,
    }
}

/// All of them.
#[rustfmt::skip]
pub static KEYS: &[Key] = &[
    row(User,       "user",           &["username"], "<name>",     "The user in the server's upsd.users. In a section whose title names a user this has no effect."),
    row(Password,   "pass",           &["password"], "<password>", "The password of that user."),
    row(Encryption, "CERTPATH",       &[],           "<path>",     "Directory or PEM file with the authorities that certificates of servers are checked against."),
    row(Encryption, "CERTFILE",       &[],           "<file>",     "PEM file with the certificate of this host and its private key."),
    row(Encryption, "CERTIDENT_NAME", &[],           "<name>",     "Name that the certificate in CERTFILE must carry."),
    row(Encryption, "CERTIDENT_PASS", &[],           "<password>", "The password of its private key."),
    row(Encryption, "CERTHOST",       &[],           "<name>",     "Name that the certificate of the server must carry, when that is not the name by which it is called."),
    row(Encryption, "CERTVERIFY",     &[],           "0|1",        "Whether certificates of servers are checked. Default 0."),
    row(Encryption, "FORCESSL",       &[],           "0|1",        "Whether connections must be encrypted. Default 0."),
    row(Encryption, "SSLBACKEND",     &[],           "<name>",     "Has no effect: one way to encrypt is built in."),
    row(Include { required: false }, "INCLUDE",          &[], "<file>", "Reads another file in this place, if it is there. Its name is relative to the directory of this file. In a section only what counts for that section is taken."),
    row(Include { required: true },  "INCLUDE_REQUIRED", &[], "<file>", "The same, but the file must be there."),
];

/// The key called `word`.
pub(super) fn find(word: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.is_named(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_count_in_any_case_and_directives_do_not() {
        for (word, name) in [
            ("USER", Some("user")),
            ("Password", Some("pass")),
            ("certpath", Some("CERTPATH")),
            ("INCLUDE", Some("INCLUDE")),
            ("include", None),
            ("x", None),
        ] {
            assert_eq!(find(word).map(|key| key.name), name, "{word}");
        }
    }
}
