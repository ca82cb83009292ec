//! The names that Powervar gives to usages.

use crate::usage::Usage;

/// What stands in descriptors of Powervar.
#[rustfmt::skip]
pub static POWERVAR: &[Usage] = &[
    ("POWERVAR1", 0xff00_0001),
];
