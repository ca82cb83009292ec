//! What the three-phase dialects have in common: `WA`, powers and currents of each phase and of all, and the status by `Q1`,
//! whose voltages are not used.
//!
//! ```text
//! (001.4 001.1 000.9 001.5 001.2 001.0 003.4 003.7 006.5 005.1 004.2 014 00001001
//!  kW: L1 L2 L3      kVA: L1 L2 L3     kW    kVA   A: L1 L2 L3       %   bits of Q1
//! ```

use super::common::{self, Q1};
use crate::dialect::Read::{Number, Times};
use crate::dialect::{Query, Row};

/// Powers and currents.
pub(super) const WA: Query = Query::new("WA", 80, b'(');

/// The status.
pub(super) static BITS: [Row; 8] = common::bits(Q1);

/// The whole, in W and VA; it does not exist with the flag `unless` in ups.conf.
#[rustfmt::skip]
pub(super) const fn whole(unless: &'static str) -> [Row; 2] {
    [
        Row::var("ups.realpower", WA.at(37, 41), Times(1000.0, 2)).unless(unless),
        Row::var("ups.power",     WA.at(43, 47), Times(1000.0, 2)).unless(unless),
    ]
}

/// Each phase, and the load of all.
#[rustfmt::skip]
pub(super) const fn phases(unless: &'static str) -> [Row; 10] {
    [
        Row::var("output.L1.realpower", WA.at(1, 5),   Times(1000.0, 2)).unless(unless),
        Row::var("output.L2.realpower", WA.at(7, 11),  Times(1000.0, 2)).unless(unless),
        Row::var("output.L3.realpower", WA.at(13, 17), Times(1000.0, 2)).unless(unless),
        Row::var("output.L1.power",     WA.at(19, 23), Times(1000.0, 2)).unless(unless),
        Row::var("output.L2.power",     WA.at(25, 29), Times(1000.0, 2)).unless(unless),
        Row::var("output.L3.power",     WA.at(31, 35), Times(1000.0, 2)).unless(unless),
        Row::var("output.L1.current",   WA.at(49, 53), Number(1)).unless(unless),
        Row::var("output.L2.current",   WA.at(55, 59), Number(1)).unless(unless),
        Row::var("output.L3.current",   WA.at(61, 65), Number(1)).unless(unless),
        Row::var("ups.load",            WA.at(67, 69), Number(0)).unless(unless),
    ]
}

#[cfg(test)]
pub(super) mod tests {
    /// Answers to `WA` and `Q1`.
    pub(in crate::dialects) const POWERS: (&str, &str) = (
        "WA",
        "(001.4 001.1 000.9 001.5 001.2 001.0 003.4 003.7 006.5 005.1 004.2 014 00001001",
    );
    pub(in crate::dialects) const ON_LINE: (&str, &str) =
        ("Q1", "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001");
    pub(in crate::dialects) const LOW: (&str, &str) =
        ("Q1", "(000.0 183.0 226.0 014 00.0 21.3 30.0 11001001");
    pub(in crate::dialects) const BYPASS: (&str, &str) =
        ("Q1", "(229.5 195.0 229.0 014 50.0 27.4 30.0 00101001");
    /// What they mean.
    pub(in crate::dialects) const OF_POWERS: &[(&str, &str)] = &[
        ("output.L1.realpower", "1400.00"),
        ("output.L3.power", "1000.00"),
        ("output.L2.current", "5.1"),
        ("ups.load", "14"),
        ("ups.realpower", "3400.00"),
        ("ups.power", "3700.00"),
    ];
}
