//! A password's hash: Argon2id (RFC 9106), written as a PHC string.

use std::fmt;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use crate::Secret;
use crate::phc::{self, HashError};

/// Bytes of salt in a hash of ours.
pub const SALT_LEN: usize = 16;
/// Bytes of a hash of ours.
const DIGEST_LEN: usize = 32;
/// What a hash of ours costs: one of the equivalent choices that OWASP gives, the one that small machines can afford.
const COST: Cost = Cost {
    memory: 9216,
    passes: 4,
    lanes: 1,
};

/// What a check costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cost {
    /// KiB.
    pub(crate) memory: u32,
    /// Times the memory is gone through.
    pub(crate) passes: u32,
    /// Parts of the memory; they are gone through one after the other here.
    pub(crate) lanes: u32,
}

/// The memory that a check works in, to be used again by the next one: in a heap that others use, too, each would find the
/// place of the last one cut up, and take another.
#[derive(Default)]
pub struct Room(Vec<Block>);

impl fmt::Debug for Room {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Room")
    }
}

/// The hash of a password, with all that is needed to check one.
#[derive(Clone, PartialEq, Eq)]
pub struct Hash {
    pub(crate) cost: Cost,
    pub(crate) salt: Box<[u8]>,
    pub(crate) digest: Box<[u8]>,
}

impl Hash {
    /// Whether a text in a file is meant as a hash, however well it is written.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.starts_with("$argon2")
    }

    /// Reads `$argon2id$v=19$m=...,t=...,p=...$salt$hash`.
    ///
    /// # Errors
    /// It is something else, or so costly that checking a password would be an attack by itself.
    pub fn parse(text: &str) -> Result<Self, HashError> {
        phc::parse(text)
    }

    /// The hash of `password`. The salt must be random.
    ///
    /// # Errors
    /// There is not enough memory.
    pub fn of(password: &Secret, salt: [u8; SALT_LEN]) -> Result<Self, HashError> {
        let mut digest = [0; DIGEST_LEN];
        work(COST, password, &salt, &mut digest, &mut Room::default())?;
        Ok(Self {
            cost: COST,
            salt: salt.into(),
            digest: digest.into(),
        })
    }

    /// Whether it is the hash of `password`. Takes tens of milliseconds and some MiB of memory.
    #[must_use]
    pub fn is_of(&self, password: &Secret) -> bool {
        self.is_of_in(password, &mut Room::default())
    }

    /// The same in memory that is there already.
    #[must_use]
    pub fn is_of_in(&self, password: &Secret, room: &mut Room) -> bool {
        let mut digest = vec![0; self.digest.len()];
        let worked = work(self.cost, password, &self.salt, &mut digest, room);
        let same: bool = digest.ct_eq(&self.digest).into();
        digest.zeroize();
        worked.is_ok() && same
    }
}

fn work(
    cost: Cost,
    password: &Secret,
    salt: &[u8],
    digest: &mut [u8],
    Room(blocks): &mut Room,
) -> Result<(), HashError> {
    let params = Params::new(cost.memory, cost.passes, cost.lanes, Some(digest.len()))
        .map_err(|_| HashError::Cost)?;
    let count = params.block_count();
    let more = count.saturating_sub(blocks.len());
    blocks
        .try_reserve_exact(more)
        .map_err(|_| HashError::Memory)?;
    blocks.resize(count.max(blocks.len()), Block::default());
    let blocks = blocks.get_mut(..count).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password.expose().as_bytes(), salt, digest, blocks)
        .map_err(|_| HashError::Cost)
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        phc::write(self, f)
    }
}

/// A hash can be guessed at, so it is no more for messages than a password.
impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hash")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_of_its_password_only_and_survives_being_written() {
        let password = Secret::new("correct horse");
        let hash = Hash::of(&password, *b"0123456789abcdef").unwrap();
        let written = hash.to_string();
        assert!(
            written.starts_with("$argon2id$v=19$m=9216,t=4,p=1$MDEyMzQ1Njc4OWFiY2RlZg$"),
            "{written}"
        );
        let read = Hash::parse(&written).unwrap();
        assert_eq!(read, hash);
        assert!(read.is_of(&password));
        assert!(!read.is_of(&Secret::new("correct horsf")));
        assert_eq!(format!("{hash:?}"), "Hash");
    }

    /// The test vector of the reference implementation's own test-suite for Argon2id, version 19.
    #[test]
    fn what_others_have_hashed_is_understood() {
        let hash = Hash::parse(
            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        )
        .unwrap();
        assert!(hash.is_of(&Secret::new("password")));
        assert!(!hash.is_of(&Secret::new("Password")));
    }
}
