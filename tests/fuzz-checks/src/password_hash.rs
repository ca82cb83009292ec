//! Hashes of passwords, as they stand in upsd.users.

use secret::{Hash, Secret};

/// What is read can be afforded, is written as it was read, and is not the password itself.
pub fn check_password_hash(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let Ok(hash) = Hash::parse(text) else {
        return;
    };
    let written = hash.to_string();
    assert_eq!(Hash::parse(&written), Ok(hash.clone()), "{text:?}");
    // dear ones take half a second each
    if text.contains("m=8,t=1,p=1") {
        assert!(!hash.is_of(&Secret::new("a guess")), "{text:?}");
    }
}
