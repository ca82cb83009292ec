//! One field of a report: where its bits are and what they mean.

use crate::path::Path;

/// Which way a report goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The device sends it by itself, through its interrupt endpoint.
    Input,
    /// The device takes it.
    Output,
    /// Asked for and set with control requests: nearly all that a UPS says.
    Feature,
}

/// The smallest and the largest value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The smallest.
    pub min: i64,
    /// The largest; below `min` in some descriptors.
    pub max: i64,
}

/// One field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// Where it stands in the device's tree.
    pub path: Path,
    /// The kind of report that it is in.
    pub kind: Kind,
    /// Identifier of that report, its first byte; 0 where the device has no identifiers.
    pub report: u8,
    /// Its first bit, counted from behind the identifier byte.
    pub offset: u32,
    /// Its bits; the reference keeps eight bits of this number.
    pub size: u8,
    /// Constant, variable, relative ... (HID 1.11, section 6.2.2.5).
    pub flags: u8,
    /// Bounds of the number in the report.
    pub logical: Bounds,
    /// The largest number was given as less than the smallest, and read again without its sign.
    pub assumed_max: bool,
    /// Bounds of the quantity, where the descriptor gives both.
    pub physical: Option<Bounds>,
    /// Unit of the quantity (HID 1.11, section 6.2.2.7).
    pub unit: u32,
    /// Power of ten of the unit.
    pub exponent: i8,
}

impl Item {
    /// Whether it never changes and cannot be written. Only a plain constant counts: vendors mark fields as constant
    /// *and* variable (0x03) that they expect to be written.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.flags == 0x01
    }

    /// The first bit behind it.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.offset.saturating_add(self.size.into())
    }
}
