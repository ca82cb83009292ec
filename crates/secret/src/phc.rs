//! How a hash is written: `$argon2id$v=19$m=<KiB>,t=<passes>,p=<lanes>$<salt>$<hash>`, the last two in base 64 without
//! padding. Bounds are those of what a server can be asked to do again and again.

use std::fmt;

use base64ct::{Base64Unpadded, Encoding};

use crate::hash::{Cost, Hash};

/// KiB at most.
const MEMORY_MAX: u32 = 256 * 1024;
/// KiB times passes at most: some half a second on a processor of today.
const WORK_MAX: u64 = 1024 * 1024;
const LANES_MAX: u32 = 16;
const SALT_LENS: std::ops::RangeInclusive<usize> = 8..=48;
const DIGEST_LENS: std::ops::RangeInclusive<usize> = 16..=64;
/// Longest text of salt or hash.
const TEXT_MAX: usize = 96;

/// Why a text is no hash that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "the texts say it")]
pub enum HashError {
    #[error("only hashes of Argon2id, version 19, are known")]
    Kind,
    #[error("it is not of the form $argon2id$v=19$m=...,t=...,p=...$salt$hash")]
    Form,
    #[error(
        "its cost cannot be afforded: 256 MiB of memory, 16 lanes, and a product of KiB and passes of 1048576 are the most"
    )]
    Cost,
    #[error("there is not enough memory to make it")]
    Memory,
}

pub(crate) fn parse(text: &str) -> Result<Hash, HashError> {
    let mut parts = text.split('$');
    let mut next = || parts.next().ok_or(HashError::Form);
    if !next()?.is_empty() {
        return Err(HashError::Form);
    }
    if (next()?, next()?) != ("argon2id", "v=19") {
        return Err(HashError::Kind);
    }
    let cost = cost(next()?)?;
    let salt = bytes(next()?, SALT_LENS)?;
    let digest = bytes(next()?, DIGEST_LENS)?;
    match parts.next() {
        None => Ok(Hash { cost, salt, digest }),
        Some(_) => Err(HashError::Form),
    }
}

fn cost(text: &str) -> Result<Cost, HashError> {
    let mut parts = text.split(',');
    let mut number = |name| {
        let digits = parts.next().and_then(|part| part.strip_prefix(name));
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        digits
            .and_then(|digits| digits.parse().ok())
            .ok_or(HashError::Form)
    };
    let cost = Cost {
        memory: number("m=")?,
        passes: number("t=")?,
        lanes: number("p=")?,
    };
    if parts.next().is_some() {
        return Err(HashError::Form);
    }
    let least = 8 * u64::from(cost.lanes);
    let affordable = (1..=LANES_MAX).contains(&cost.lanes)
        && cost.passes > 0
        && cost.memory <= MEMORY_MAX
        && u64::from(cost.memory) >= least
        && u64::from(cost.memory) * u64::from(cost.passes) <= WORK_MAX;
    if affordable {
        Ok(cost)
    } else {
        Err(HashError::Cost)
    }
}

fn bytes(text: &str, lengths: std::ops::RangeInclusive<usize>) -> Result<Box<[u8]>, HashError> {
    if text.len() > TEXT_MAX {
        return Err(HashError::Form);
    }
    let bytes = Base64Unpadded::decode_vec(text).map_err(|_| HashError::Form)?;
    if lengths.contains(&bytes.len()) {
        Ok(bytes.into())
    } else {
        Err(HashError::Form)
    }
}

pub(crate) fn write(hash: &Hash, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let Cost {
        memory,
        passes,
        lanes,
    } = hash.cost;
    let text = |bytes| Base64Unpadded::encode_string(bytes);
    let (salt, digest) = (text(&hash.salt), text(&hash.digest));
    write!(
        f,
        "$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${digest}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SALT: &str = "c29tZXNhbHQ";
    const DIGEST: &str = "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    #[test]
    fn what_cannot_be_used_is_told_apart() {
        for (cost, expected) in [
            ("m=9216,t=4,p=1", None),
            ("m=65536,t=3,p=4", None),
            ("m=262144,t=4,p=1", None),
            ("m=262145,t=1,p=1", Some(HashError::Cost)),
            ("m=262144,t=5,p=1", Some(HashError::Cost)),
            ("m=9216,t=0,p=1", Some(HashError::Cost)),
            ("m=9216,t=1,p=0", Some(HashError::Cost)),
            ("m=7,t=1,p=1", Some(HashError::Cost)),
            ("m=4294967296,t=1,p=1", Some(HashError::Form)),
            ("m=+9216,t=4,p=1", Some(HashError::Form)),
            ("t=4,m=9216,p=1", Some(HashError::Form)),
            ("m=9216,t=4,p=1,keyid=x", Some(HashError::Form)),
            ("", Some(HashError::Form)),
        ] {
            let text = format!("$argon2id$v=19${cost}${SALT}${DIGEST}");
            assert_eq!(parse(&text).err(), expected, "{cost}");
        }
        for (text, expected) in [
            ("$argon2i$v=19$m=8,t=1,p=1$a$b", HashError::Kind),
            ("$argon2id$v=16$m=8,t=1,p=1$a$b", HashError::Kind),
            (
                "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$bm8",
                HashError::Form,
            ),
            ("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ", HashError::Form),
            ("x$argon2id", HashError::Form),
            ("", HashError::Form),
        ] {
            assert_eq!(parse(text).err(), Some(expected), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_as_it_was(
            text in r"\$argon2id\$v=19\$m=[1-9][0-9]{0,5},t=[1-9],p=[1-9]\$[A-Za-z0-9+/]{11,20}\$[A-Za-z0-9+/]{22,60}"
        ) {
            if let Ok(hash) = parse(&text) {
                prop_assert_eq!(hash.to_string(), text);
            }
        }

        #[test]
        fn nothing_panics(text in ".*") {
            let _ = parse(&text);
        }
    }
}
