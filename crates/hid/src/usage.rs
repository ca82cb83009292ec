//! Usages as numbers and names.
//!
//! A *usage* says what a collection or a field of a report is: a page in the high half, a number on that page in the
//! low half, `0x0085_0066` for RemainingCapacity of a battery (HID 1.11, section 5.5). [`Names`] gives them names, both
//! ways: a subdriver's own table first, then the [standard pages](standard).

pub mod standard;
pub mod vendor;

use standard::{BATTERY_SYSTEM, POWER_DEVICE};

/// A name and its usage.
pub type Usage = (&'static str, u32);

/// The names that a subdriver knows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names {
    own: &'static [Usage],
}

impl Names {
    /// The names of the standard pages.
    pub const STANDARD: Self = Self::new(&[]);

    /// A vendor's names, and those of the standard pages behind them.
    #[must_use]
    pub const fn new(own: &'static [Usage]) -> Self {
        Self { own }
    }

    fn all(self) -> impl Iterator<Item = Usage> {
        let standard = POWER_DEVICE.iter().chain(BATTERY_SYSTEM);
        self.own.iter().chain(standard).copied()
    }

    /// What a name means, without regard to case. The first that has it counts, so that `VoltageOutOfRange` is the
    /// one of the power device.
    #[must_use]
    pub fn code(self, name: &str) -> Option<u32> {
        self.all()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, code)| code)
    }

    /// The name that means this usage. One that would be taken for another is no name for it.
    #[must_use]
    pub fn name(self, code: u32) -> Option<&'static str> {
        self.all()
            .find(|(name, known)| *known == code && self.code(name) == Some(code))
            .map(|(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_lead_to_each_other() {
        let names = Names::STANDARD;
        assert_eq!(names.code("RemainingCapacity"), Some(0x0085_0066));
        assert_eq!(names.code("remainingcapacity"), Some(0x0085_0066));
        assert_eq!(names.name(0x0085_0066), Some("RemainingCapacity"));
        assert_eq!(names.code("RemainingCourage"), None);
        assert_eq!(names.name(0x0001_0002), None);
    }

    #[test]
    fn a_name_on_two_pages_means_the_power_device() {
        let names = Names::STANDARD;
        assert_eq!(names.code("VoltageOutOfRange"), Some(0x0084_0063));
        assert_eq!(names.name(0x0084_0063), Some("VoltageOutOfRange"));
        assert_eq!(names.name(0x0085_00d8), None);
        assert_eq!(names.code("Undefined"), Some(0x0084_0000));
    }

    #[test]
    fn a_vendors_name_comes_before_a_standard_one() {
        assert_eq!(Names::new(vendor::MGE).code("Undefined"), Some(0xffff_0000));
        assert_eq!(Names::new(vendor::MGE).code("UPS"), Some(0x0084_0004));
        assert_eq!(Names::new(vendor::APC).code("ABMEnable"), None);
    }

    #[test]
    fn every_name_of_every_vendor_reads_back() {
        for own in vendor::ALL {
            let names = Names::new(own);
            for (name, code) in *own {
                assert_eq!(names.code(name), Some(*code), "{name}");
                assert_eq!(names.name(*code), Some(*name), "{name}");
            }
        }
    }

    #[test]
    fn no_table_has_a_name_or_a_number_twice() {
        for table in vendor::ALL.iter().chain(&[POWER_DEVICE, BATTERY_SYSTEM]) {
            for (index, (name, code)) in table.iter().enumerate() {
                let before = table.iter().take(index);
                let twice = before.filter(|(n, c)| n.eq_ignore_ascii_case(name) || c == code);
                assert_eq!(twice.count(), 0, "{name}");
            }
        }
    }
}
