//! Who asks: a community, or a user of version 3.

use secret::Secret;

/// The version of the protocol, and what goes with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// Version 1 with this community.
    V1(Secret),
    /// Version 2c with this community.
    V2c(Secret),
    /// Version 3.
    V3(User),
}

/// A user of version 3 (RFC 3414).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// `secName`.
    pub name: String,
    /// Nothing at `secLevel` noAuthNoPriv.
    pub auth: Option<Auth>,
}

/// How a user's messages are signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Auth {
    /// `authProtocol`.
    pub protocol: AuthProtocol,
    /// `authPassword`.
    pub password: Secret,
    /// Nothing at `secLevel` authNoPriv.
    pub privacy: Option<Privacy>,
}

/// How a user's messages are enciphered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Privacy {
    /// `privProtocol`.
    pub protocol: PrivProtocol,
    /// `privPassword`.
    pub password: Secret,
}

/// The hash of signatures (RFC 3414, RFC 7860), which makes the keys of the passwords, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthProtocol {
    /// HMAC-MD5-96.
    Md5,
    /// HMAC-SHA-96.
    Sha,
    /// HMAC-128-SHA-224.
    Sha224,
    /// HMAC-192-SHA-256.
    Sha256,
    /// HMAC-256-SHA-384.
    Sha384,
    /// HMAC-384-SHA-512.
    Sha512,
}

impl AuthProtocol {
    /// All, by their names in ups.conf.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("MD5", Self::Md5),
        ("SHA", Self::Sha),
        ("SHA224", Self::Sha224),
        ("SHA256", Self::Sha256),
        ("SHA384", Self::Sha384),
        ("SHA512", Self::Sha512),
    ];

    /// The one with this name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        find(&Self::NAMES, name)
    }
}

/// The cipher (RFC 3414, RFC 3826). Keys of 192 and 256 bits are made of shorter ones as Net-SNMP makes them, by Blumenthal's
/// method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivProtocol {
    /// DES in CBC mode.
    Des,
    /// AES with 128 bits in CFB mode.
    Aes,
    /// AES with 192 bits in CFB mode.
    Aes192,
    /// AES with 256 bits in CFB mode.
    Aes256,
}

impl PrivProtocol {
    /// All, by their names in ups.conf.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("DES", Self::Des),
        ("AES", Self::Aes),
        ("AES192", Self::Aes192),
        ("AES256", Self::Aes256),
    ];

    /// The one with this name, in any case.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        find(&Self::NAMES, name)
    }
}

fn find<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    let known = names
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_shown() {
        let user = User {
            name: "bob".to_owned(),
            auth: Some(Auth {
                protocol: AuthProtocol::from_name("sha256").unwrap(),
                password: Secret::new("hush-hush"),
                privacy: Some(Privacy {
                    protocol: PrivProtocol::from_name("AES").unwrap(),
                    password: Secret::new("hush-more"),
                }),
            }),
        };
        let shown = format!(
            "{:?} {:?}",
            Login::V3(user),
            Login::V2c(Secret::new("hush"))
        );
        assert!(shown.contains("bob"));
        assert!(!shown.contains("hush"), "{shown}");
    }
}
