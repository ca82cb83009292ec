//! Charge by voltage: of a cell, below 3 V, or of 12 V.

use super::{CELL_MAX, nominal};
use crate::dialect::{Bad, Seen};
use crate::number::parse;

/// Percent at 2.22 V and at each hundredth less.
#[rustfmt::skip]
const CELL: [u8; 56] = [
    100, 90, 88, 87, 85, 83, 82, 80, 78, 77,
     75, 73, 72, 70, 68, 65, 65, 62, 62, 58,
     58, 55, 55, 53, 52, 50, 48, 47, 45, 43,
     42, 40, 38, 37, 35, 33, 32, 30, 28, 27,
     25, 23, 22, 20, 18, 17, 15, 13, 12, 10,
      8,  7,  5,  3,  2,  0,
];
const CELL_FULL: f64 = 222.0;

/// Percent at 13.5 V and at each tenth less.
#[rustfmt::skip]
const BLOCK: [u8; 36] = [
    100, 90, 90, 88, 86, 83, 80, 77, 74, 72,
     69, 66, 63, 61, 58, 55, 52, 49, 47, 44,
     41, 38, 36, 33, 30, 27, 24, 22, 19, 16,
     13, 11,  8,  5,  2,  0,
];
const BLOCK_FULL: f64 = 135.0;

/// The charge; full, as long as the nominal voltage is not known.
pub(super) fn of(seen: &Seen<'_>) -> Result<String, Bad> {
    let volts = parse(seen.text)?;
    let Some(nominal) = nominal(seen.known) else {
        return Ok("100".to_owned());
    };
    let one = if volts > CELL_MAX {
        volts / (nominal / 12.0)
    } else {
        volts
    };
    let charge = if one < CELL_MAX {
        at(&CELL, CELL_FULL, one * 100.0)
    } else {
        at(&BLOCK, BLOCK_FULL, one * 10.0)
    };
    Ok(charge.to_string())
}

/// The entry of the highest step that is reached.
fn at(table: &[u8], first: f64, steps: f64) -> u8 {
    // a voltage that lies on a step must not fall below it by its binary form
    const TINY: f64 = 1e-6;
    let below = (0..)
        .zip(table)
        .find(|(down, _)| steps + TINY >= first - f64::from(*down));
    below.map_or(0, |(_, charge)| *charge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_counts_from_its_own_voltage_on() {
        for (volts, charge) in [
            (2.5, 100),
            (2.22, 100),
            (2.219, 90),
            (2.15, 80),
            (1.68, 2),
            (1.67, 0),
            (1.0, 0),
        ] {
            assert_eq!(at(&CELL, CELL_FULL, volts * 100.0), charge, "{volts}");
        }
        for (volts, charge) in [
            (14.0, 100),
            (13.5, 100),
            (13.4, 90),
            (13.3, 90),
            (13.2, 88),
            (12.55, 69),
            (10.65, 16),
            (10.1, 2),
            (10.0, 0),
            (9.0, 0),
        ] {
            assert_eq!(at(&BLOCK, BLOCK_FULL, volts * 10.0), charge, "{volts}");
        }
    }
}
