//! From the number in a report to the quantity that it means, and back.
//!
//! Two steps (HID 1.11, section 6.2.2.7): the logical bounds are mapped to the physical ones, and the result is
//! multiplied by a power of ten. The specification counts in centimetres and grams, so that a volt has exponent 7.

use crate::item::Item;

/// Exponents that make one of the unit (HID 1.11, section 6.2.2.7; Usage Tables for HID Power Devices, section 3.2.3). A
/// unit that is not here counts like none.
#[rustfmt::skip]
const UNITS: &[(u32, i32)] = &[
    (0x00f0_d121, 7), // volt
    (0x0000_d121, 7), // watt, volt-ampere
    (0x0010_0001, 0), // ampere
    (0x0010_1001, 0), // ampere-second
    (0x0000_1001, 0), // second
    (0x0001_0001, 0), // kelvin
    (0x0000_f001, 0), // hertz
];

impl Item {
    /// The quantity in a report.
    #[must_use]
    pub fn value(&self, report: &[u8]) -> f64 {
        self.physical_of(self.read(report))
    }

    /// The quantity that a number of a report means.
    #[must_use]
    pub fn physical_of(&self, logical: i64) -> f64 {
        let value = match self.map() {
            Some(map) => map.up(logical),
            None => logical as f64,
        };
        value * self.power()
    }

    /// The number to write for a quantity, without its fraction. Only with physical bounds is it kept within bounds, as in
    /// the reference: tables write -1 to fields that begin at 0.
    #[must_use]
    pub fn logical_of(&self, value: f64) -> i64 {
        let value = value / self.power();
        match self.map() {
            Some(map) => self.within_bounds(map.down(value)),
            None => whole(value),
        }
    }

    fn within_bounds(&self, logical: i64) -> i64 {
        logical.max(self.logical.min).min(self.logical.max)
    }

    /// The physical bounds count only where they and the logical ones have an extent.
    fn map(&self) -> Option<Map> {
        let (logical, physical) = (self.logical, self.physical?);
        let counts = physical.max > physical.min && logical.max > logical.min;
        counts.then(|| Map {
            logical_min: logical.min,
            logical_extent: (logical.max - logical.min) as f64,
            physical_min: physical.min as f64,
            physical_max: physical.max as f64,
        })
    }

    /// What one of the item's unit is.
    fn power(&self) -> f64 {
        let unit = UNITS.iter().find(|(unit, _)| *unit == self.unit);
        let base = unit.map_or(0, |(_, base)| *base);
        power_of_ten(i32::from(self.exponent) - base)
    }
}

/// Logical bounds to physical ones.
struct Map {
    logical_min: i64,
    logical_extent: f64,
    physical_min: f64,
    physical_max: f64,
}

impl Map {
    fn physical_extent(&self) -> f64 {
        self.physical_max - self.physical_min
    }

    fn up(&self, logical: i64) -> f64 {
        let factor = self.physical_extent() / self.logical_extent;
        let above = logical.saturating_sub(self.logical_min) as f64;
        let value = above * factor + self.physical_min;
        value.max(self.physical_min).min(self.physical_max)
    }

    fn down(&self, value: f64) -> i64 {
        let factor = self.logical_extent / self.physical_extent();
        whole((value - self.physical_min) * factor).saturating_add(self.logical_min)
    }
}

/// Ten to a small power. Multiplied step by step, because the last digit that users see depends on it.
fn power_of_ten(exponent: i32) -> f64 {
    let step = if exponent < 0 { 0.1 } else { 10.0 };
    (0..exponent.unsigned_abs()).fold(1.0, |power, _| power * step)
}

/// A number without its fraction, toward zero. Too large is the largest, not a number is 0.
#[expect(
    clippy::cast_possible_truncation,
    reason = "cutting the fraction is what it is for; the rest saturates"
)]
pub fn whole(value: f64) -> i64 {
    value as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bounds, Kind, Path};

    fn item(unit: u32, exponent: i8, physical: Option<(i64, i64)>) -> Item {
        Item {
            path: Path::default(),
            kind: Kind::Feature,
            report: 1,
            offset: 0,
            size: 16,
            flags: 2,
            logical: Bounds { min: 0, max: 1000 },
            assumed_max: false,
            physical: physical.map(|(min, max)| Bounds { min, max }),
            unit,
            exponent,
        }
    }

    #[test]
    fn a_volt_has_exponent_seven_and_an_ampere_zero() {
        let volt = 0x00f0_d121;
        assert_eq!(item(volt, 7, None).physical_of(230), 230.0);
        assert_eq!(
            format!("{:.1}", item(volt, 6, None).physical_of(137)),
            "13.7"
        );
        assert_eq!(item(volt, 6, None).logical_of(13.75), 137);
        assert_eq!(item(0x0010_0001, 0, None).physical_of(5), 5.0);
        assert_eq!(item(0x0000_d121, 7, None).physical_of(900), 900.0);
    }

    #[test]
    fn setting_may_lose_one_step_as_in_the_reference() {
        // a hundredth, multiplied step by step, is a little more than 0.01
        assert_eq!(item(0, -2, None).logical_of(5.0), 500 - 1);
        assert_eq!(item(0, -1, None).logical_of(42.0), 420);
    }

    #[test]
    fn an_unknown_unit_uses_its_exponent_as_it_is() {
        assert_eq!(item(0x1234, 2, None).physical_of(3), 300.0);
        assert_eq!(item(0, -1, None).physical_of(3), 3.0 * 0.1);
    }

    #[test]
    fn logical_bounds_are_mapped_to_physical_ones() {
        let item = item(0, 0, Some((0, 100)));
        assert_eq!(item.physical_of(500), 50.0);
        assert_eq!(item.logical_of(50.0), 500);
        assert_eq!(item.logical_of(200.0), 1000);
        assert_eq!(item.logical_of(-200.0), 0);
    }

    #[test]
    fn a_range_from_below_zero_is_mapped_by_its_distance() {
        // CyberPower: logical -1 to 32767 means -60 to 1966020 seconds
        let mut seconds = item(0x1001, 0, Some((-60, 1_966_020)));
        seconds.logical = Bounds {
            min: -1,
            max: 32767,
        };
        assert_eq!(seconds.physical_of(-1), -60.0);
        assert_eq!(seconds.physical_of(2), 120.0);
        assert_eq!(seconds.logical_of(150.0), 2);
        assert_eq!(seconds.logical_of(-60.0), -1);
    }

    #[test]
    fn physical_bounds_without_extent_do_not_count() {
        for physical in [(0, 0), (5, 5), (7, 3)] {
            assert_eq!(item(0, 0, Some(physical)).physical_of(30), 30.0);
        }
    }

    #[test]
    fn without_physical_bounds_nothing_is_clamped_when_setting() {
        assert_eq!(item(0, 0, None).logical_of(-1.0), -1);
        assert_eq!(item(0, 0, None).logical_of(5000.9), 5000);
        assert_eq!(item(0, 0, None).logical_of(f64::NAN), 0);
    }
}
