//! The names that openUPS gives to usages.

use crate::usage::Usage;

/// What stands in descriptors of openUPS.
#[rustfmt::skip]
pub static OPENUPS: &[Usage] = &[
    ("Cell1", 0x0000_0001),
    ("Cell2", 0x0000_0002),
    ("Cell3", 0x0000_0003),
    ("Cell4", 0x0000_0004),
    ("Cell5", 0x0000_0005),
    ("Cell6", 0x0000_0006),
];
