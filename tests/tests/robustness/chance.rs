//! Chance that can be repeated: numbers from a seed (`SplitMix64`).

use std::env;
use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// The numbers that follow from a seed.
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

/// The seed: `LOCKNUT_SEED`, else another one each time.
pub(crate) fn seed() -> u64 {
    number("LOCKNUT_SEED").unwrap_or_else(|| RandomState::new().hash_one("seed"))
}

/// A number from the environment.
pub(crate) fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A pause of up to `limit`.
    pub(crate) fn pause(&mut self, limit: Duration) -> Duration {
        limit.mul_f64(self.below(1000) as f64 / 1000.0)
    }

    /// Bytes of all kinds.
    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next().to_le_bytes()[0]).collect()
    }
}

#[test]
fn the_same_seed_gives_the_same_numbers() {
    let (mut one, mut other) = (Chance::new(7), Chance::new(7));
    assert_eq!(one.bytes(100), other.bytes(100));
    assert_ne!(one.next(), Chance::new(8).next());
}
