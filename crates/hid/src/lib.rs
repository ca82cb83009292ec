//! What HID power devices say, without the bus that carries it.
//!
//! A device describes its reports once, in a *report descriptor*; [`Descriptor::parse`] makes a list of [`Item`]s of it, one
//! for each field, with a [`Path`] that says what the field is. A *report* is an identifier byte and the fields' bits; an
//! item reads its value from a report and writes it there. A [`Row`](table::Row) of a subdriver's table says which variable
//! or command a path is; [`Mapping`](mapping::Mapping) finds the rows that a device serves.
//!
//! The formats are those of the USB-IF: Device Class Definition for HID 1.11, Usage Tables for HID Power Devices 1.1.
//! The vendors' tables were made with the reference's reading of them, which differs in places; each such place says so.
//!
//! Nothing here opens a device, and no bytes of a device make it fail: what cannot be understood is left out and told.

#![forbid(unsafe_code)]

mod descriptor;
mod element;
mod item;
mod limits;
pub mod mapping;
mod parser;
pub mod path;
mod problem;
mod report;
mod scale;
pub mod table;
pub mod usage;

pub use descriptor::Descriptor;
pub use item::{Bounds, Item, Kind};
pub use limits::{DESCRIPTOR_MAX, EVENTS_MAX, ITEMS_MAX, REPORT_MAX};
pub use path::Path;
pub use problem::{Fault, Problem};
pub use report::WriteError;
pub use scale::whole;
pub use usage::Names;
