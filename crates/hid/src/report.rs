//! The bits of a report, and the number that they are.
//!
//! A report's first byte is its identifier; an item's bits are counted from behind it, little-endian (HID 1.11, section
//! 5.8). What the reference does beyond the specification, because devices need it: bits above those that the bounds
//! can use are dropped (some firmware leaves garbage there), and what is out of bounds is brought to the bound.

use crate::item::Item;
use thiserror::Error;

/// Why a value cannot be written to a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum WriteError {
    /// The device declares it constant.
    #[error("the device does not let this be changed")]
    Constant,
    /// The buffer is shorter than the descriptor says.
    #[error("a report of {got} bytes ends in front of the field, which needs {needed}")]
    TooShort {
        /// Bytes of the report.
        got: usize,
        /// Bytes with the field.
        needed: usize,
    },
}

impl Item {
    /// The number in a report, within [`logical`](Item::logical). Bits that a short report lacks are 0.
    #[must_use]
    pub fn read(&self, report: &[u8]) -> i64 {
        self.bounded(self.used(self.bits(report)))
    }

    /// The field's bits, the lowest 64 of them.
    fn bits(&self, report: &[u8]) -> u64 {
        let bit = |index: u32| {
            let at = usize::try_from(index / 8).ok()?;
            let byte = report.get(at)?;
            Some(u64::from(byte >> (index % 8) & 1))
        };
        let first = self.first_bit();
        let size = u32::from(self.size).min(u64::BITS);
        (0..size).fold(0, |sum, index| {
            sum | bit(first.saturating_add(index)).unwrap_or_default() << index
        })
    }

    /// Drops the bits that the bounds cannot use, and takes the highest one left for the sign if the smallest value is
    /// negative.
    fn used(&self, bits: u64) -> i64 {
        let magnitude = magnitude(self.logical.min).max(magnitude(self.logical.max));
        let count = u64::BITS - magnitude.leading_zeros();
        let low = |count: u32| u64::MAX.checked_shr(u64::BITS - count).unwrap_or_default();
        let value = bits & low(count);
        if self.logical.min < 0 && bits >> count.min(u64::BITS - 1) & 1 == 1 {
            return (value | !low(count)).cast_signed();
        }
        value.cast_signed()
    }

    fn bounded(&self, value: i64) -> i64 {
        // not `clamp`, which panics where a descriptor has its bounds the wrong way round
        value.max(self.logical.min).min(self.logical.max)
    }

    /// Puts a number into a report; the bits around it stay. Of a number too large for the field the low bits are written,
    /// so that -1 is all ones.
    ///
    /// # Errors
    ///
    /// The item is constant, or the report too short.
    pub fn write(&self, report: &mut [u8], value: i64) -> Result<(), WriteError> {
        if self.is_constant() {
            return Err(WriteError::Constant);
        }
        let (got, needed) = (report.len(), self.report_bytes());
        if got < needed {
            return Err(WriteError::TooShort { got, needed });
        }
        for index in 0..u32::from(self.size) {
            // behind the 64th bit, the sign goes on
            let one = value >> index.min(i64::BITS - 1) & 1 == 1;
            let bit = self.first_bit().saturating_add(index);
            let at = usize::try_from(bit / 8).unwrap_or(usize::MAX);
            let mask = 1 << (bit % 8);
            if let Some(byte) = report.get_mut(at) {
                *byte = if one { *byte | mask } else { *byte & !mask };
            }
        }
        Ok(())
    }

    /// Its first bit, counted from the beginning of the report.
    fn first_bit(&self) -> u32 {
        self.offset.saturating_add(8)
    }

    /// Bytes of a report that ends with it.
    fn report_bytes(&self) -> usize {
        let bits = self.end().saturating_add(8);
        usize::try_from(bits.div_ceil(8)).unwrap_or(usize::MAX)
    }
}

/// The number whose bits a bound needs besides a sign: -128 needs those of 127.
fn magnitude(bound: i64) -> u64 {
    if bound < 0 { !bound } else { bound }.unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Bounds, Kind, Path};

    fn item(offset: u32, size: u8, min: i64, max: i64) -> Item {
        Item {
            path: Path::default(),
            kind: Kind::Feature,
            report: 1,
            offset,
            size,
            flags: 2,
            logical: Bounds { min, max },
            assumed_max: false,
            physical: None,
            unit: 0,
            exponent: 0,
        }
    }

    #[test]
    fn bits_are_counted_from_behind_the_identifier_and_little_endian() {
        assert_eq!(item(0, 16, 0, 65535).read(&[1, 0x34, 0x12]), 0x1234);
        assert_eq!(item(4, 8, 0, 255).read(&[1, 0x34, 0x12]), 0x23);
        assert_eq!(item(9, 1, 0, 1).read(&[1, 0x34, 0x12]), 1);
    }

    #[test]
    fn a_short_report_goes_on_with_zeros() {
        assert_eq!(item(0, 16, 0, 65535).read(&[1, 0x34]), 0x34);
        assert_eq!(item(0, 16, 0, 65535).read(&[]), 0);
    }

    #[test]
    fn garbage_above_the_bounds_is_dropped() {
        assert_eq!(item(0, 16, 0, 255).read(&[1, 0x16, 0x01]), 0x16);
        assert_eq!(item(0, 8, 0, 100).read(&[1, 0x80 | 55]), 55);
        assert_eq!(item(0, 8, 0, 0).read(&[1, 0xff]), 0);
    }

    #[test]
    fn what_is_out_of_bounds_is_brought_to_the_bound() {
        assert_eq!(item(0, 8, 0, 100).read(&[1, 120]), 100);
        assert_eq!(item(0, 8, 10, 100).read(&[1, 3]), 10);
    }

    #[test]
    fn bounds_the_wrong_way_round_do_no_harm() {
        assert_eq!(item(0, 8, 0, -1).read(&[1, 3]), -1);
        assert_eq!(item(0, 8, i64::MIN, i64::MAX).read(&[1, 3]), 3);
    }

    #[test]
    fn a_negative_smallest_value_gives_a_sign() {
        assert_eq!(item(0, 8, -128, 127).read(&[1, 0x80]), -128);
        assert_eq!(item(0, 16, -1, 32767).read(&[1, 0xff, 0xff]), -1);
        assert_eq!(item(0, 16, -100, 100).read(&[1, 0xf6, 0x00]), -10);
        // the sign of -1..255 is the ninth bit, which eight bits lack
        assert_eq!(item(0, 8, -1, 255).read(&[1, 0xff]), 255);
    }

    #[test]
    fn writing_leaves_the_bits_around_as_they_are() {
        let mut report = [1, 0xff, 0xff];
        item(4, 8, 0, 255).write(&mut report, 0).unwrap();
        assert_eq!(report, [1, 0x0f, 0xf0]);
        item(4, 8, 0, 255).write(&mut report, -1).unwrap();
        assert_eq!(report, [1, 0xff, 0xff]);
    }

    #[test]
    fn a_plain_constant_is_not_written_but_a_variable_constant_is() {
        let mut constant = item(0, 8, 0, 255);
        constant.flags = 0x01;
        assert_eq!(constant.write(&mut [1, 2], 3), Err(WriteError::Constant));
        constant.flags = 0x03;
        assert_eq!(constant.write(&mut [1, 2], 3), Ok(()));
    }

    #[test]
    fn a_report_without_the_field_is_not_written() {
        let error = item(8, 8, 0, 255).write(&mut [1, 2], 3).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a report of 2 bytes ends in front of the field, which needs 3"
        );
    }

    #[test]
    fn fields_wider_than_64_bits_read_their_low_ones() {
        let wide = item(0, 255, 0, 255);
        let mut report = [0; 33];
        wide.write(&mut report, -1).unwrap();
        assert_eq!(report[1..32], [0xff; 31]);
        assert_eq!(report[32], 0x7f);
        assert_eq!(wide.read(&report), 255);
    }
}
