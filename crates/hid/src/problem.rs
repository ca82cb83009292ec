//! What is wrong with a report descriptor, and where.

use thiserror::Error;

/// A fault and its place. The items around it are used all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("report descriptor, byte {at}: {fault}")]
pub struct Problem {
    /// Offset of the element in the descriptor.
    pub at: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a report descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// It ends within an element.
    #[error("ends within an element; the last bytes are left out")]
    CutShort,
    /// The rest is not read.
    #[error(
        "longer than {} bytes; the rest is left out",
        crate::limits::DESCRIPTOR_MAX
    )]
    TooLong,
    /// The rest is not read.
    #[error("more than {} fields; the rest is left out", crate::limits::ITEMS_MAX)]
    TooManyItems,
    /// The rest is not read.
    #[error(
        "collections deeper than {} nodes; the rest is left out",
        crate::path::NODES_MAX
    )]
    TooDeep,
    /// The fields there are left out.
    #[error("report {0} is longer than {max} bytes; fields behind them are left out", max = crate::limits::REPORT_MAX)]
    ReportTooLong(u8),
    /// The end of a collection that was not opened.
    #[error("ends a collection that was not opened")]
    NotOpened,
    /// The end, with this many collections still open.
    #[error("ends with {0} open collections")]
    LeftOpen(usize),
    /// A largest value below the smallest was read again without its sign.
    #[error("largest value {signed} is below the smallest; taken for {taken}")]
    AssumedMaximum {
        /// What the specification makes of the bytes.
        signed: i64,
        /// What is used.
        taken: i64,
    },
    /// Push, pop, usage ranges, strings, designators, delimiters: no power device is known to need them.
    #[error("element {0:#04x} is not understood; fields behind it may be read wrongly")]
    NotUnderstood(u8),
}
