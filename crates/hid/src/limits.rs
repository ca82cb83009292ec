//! How much of what a device says is taken.

/// Longest descriptor that is read, in bytes: the reference's limit.
pub const DESCRIPTOR_MAX: usize = 6144;
/// Most items: the reference's limit.
pub const ITEMS_MAX: usize = 500;
/// Longest report, in bytes with the identifier: Linux carries no longer control transfer.
pub const REPORT_MAX: usize = 4096;
/// Most events of one input report: the reference's limit.
pub const EVENTS_MAX: usize = 32;
/// Most problems that are told.
pub(crate) const PROBLEMS_MAX: usize = 32;
