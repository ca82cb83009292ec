//! `M`: a digit that stands for a set of voltages.

use crate::dialect::{Bad, Seen};

/// Low, upper end of boost, nominal, lower end of trim, high.
type Volts = [u16; 5];

/// Devices for 100 to 127 V.
#[rustfmt::skip]
const SMALL: [Volts; 10] = [
    [96, 109, 120, 130, 146],
    [96, 109, 120, 138, 156],
    [90, 104, 120, 130, 146],
    [90, 104, 120, 138, 156],
    [90, 104, 110, 120, 130],
    [90, 104, 110, 130, 146],
    [90,  96, 110, 120, 130],
    [90,  96, 110, 130, 146],
    [96, 109, 128, 146, 156],
    [90, 104, 128, 146, 156],
];

/// Devices for 200 to 250 V.
#[rustfmt::skip]
const LARGE: [Volts; 10] = [
    [200, 222, 240, 250, 284],
    [200, 222, 240, 264, 290],
    [188, 210, 240, 250, 284],
    [188, 210, 240, 264, 290],
    [188, 210, 230, 244, 270],
    [188, 210, 230, 250, 284],
    [180, 200, 230, 244, 270],
    [180, 200, 230, 250, 284],
    [165, 188, 208, 222, 244],
    [165, 188, 208, 244, 270],
];

/// Above that, a device is one of the latter.
const BETWEEN: f64 = 160.0;

/// The voltage that the variable is.
pub(super) fn read(seen: &Seen<'_>) -> Result<String, Bad> {
    let nominal = seen.known.number("input.voltage.nominal");
    let nominal = nominal.ok_or_else(|| Bad::new("the nominal voltage is not known"))?;
    let sets = if nominal > BETWEEN { LARGE } else { SMALL };
    let digit = seen.text.parse().ok().filter(|_| seen.text.len() == 1);
    let set = digit.and_then(|digit: usize| sets.get(digit));
    let [low, boost, middle, trim, high] =
        *set.ok_or_else(|| Bad(format!("{:?} is no set of voltages", seen.text)))?;
    let volts = match seen.name {
        "input.transfer.low" | "input.transfer.boost.low" => low,
        "input.transfer.boost.high" => boost,
        "input.transfer.trim.low" => trim,
        "input.transfer.trim.high" | "input.transfer.high" => high,
        _ => middle,
    };
    Ok(volts.to_string())
}
