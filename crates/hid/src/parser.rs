//! Report descriptor to items (HID 1.11, section 6.2.2), read as vendors' tables expect it.
//!
//! What differs from the specification, because the tables were made with the reference's parser:
//!
//! - A field for which no usage is left is *filler*: it takes its bits and makes no item. (The specification would repeat
//!   the last usage.)
//! - A collection is named by the first usage in front of it; one of a vendor's type adds its number to the path.
//! - A largest value below the smallest is read again without its sign: `25 ff` for 255 is common.
//! - Report size and count have eight bits.
//! - Push, pop, usage ranges and delimiters have no effect.
//!
//! What differs from the reference: bit offsets do not wrap at 256, and they advance in devices without report
//! identifiers, too. Both only matter where the reference reads wrong bits. The length of a report, which devices see in
//! requests and in what they are sent, is the reference's: filler counts, with offsets that wrap.

use crate::element::{Element, Elements};
use crate::item::{Bounds, Item, Kind};
use crate::limits::{DESCRIPTOR_MAX, ITEMS_MAX, PROBLEMS_MAX, REPORT_MAX};
use crate::path::{Path, index_node};
use crate::problem::{Fault, Problem};
use std::collections::BTreeMap;

/// Most usages that can matter: a field count has eight bits.
const USAGES_MAX: usize = 255;

/// Values that stay in force until they are given anew.
#[derive(Clone, Copy, Debug, Default)]
struct Globals {
    page: u32,
    logical: Bounds,
    assumed_max: bool,
    physical_min: Option<i64>,
    physical_max: Option<i64>,
    unit: u32,
    exponent: i8,
    size: u8,
    count: u8,
    report: u8,
}

#[derive(Debug, Default)]
struct Parser {
    globals: Globals,
    /// Usages since the last collection, end or field.
    usages: Vec<u32>,
    /// The open collections' nodes.
    path: Path,
    /// For each open collection, how many nodes stand in front of it.
    outside: Vec<usize>,
    /// The next free bit of each report.
    free: BTreeMap<(u8, Kind), u32>,
    /// Bits of each report, see [`Parser::grow`].
    bits: BTreeMap<u8, u32>,
    items: Vec<Item>,
    problems: Vec<Problem>,
}

/// What was read.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The fields with a usage.
    pub(crate) items: Vec<Item>,
    /// For each report, its bits without the identifier.
    pub(crate) bits: BTreeMap<u8, u32>,
    /// What is wrong.
    pub(crate) problems: Vec<Problem>,
}

/// The reason not to read on.
struct Stop(Fault);

/// Reads a descriptor.
pub(crate) fn parse(bytes: &[u8]) -> Parts {
    let mut parser = Parser::default();
    let (read, left) = bytes.split_at(bytes.len().min(DESCRIPTOR_MAX));
    for element in Elements::of(read) {
        let at = match element {
            Ok(element) => match parser.take(element) {
                Ok(()) => continue,
                Err(Stop(fault)) => Problem {
                    at: element.at,
                    fault,
                },
            },
            Err(problem) => problem,
        };
        parser.tell(at);
        return parser.parts();
    }
    parser.end(bytes.len(), left);
    parser.parts()
}

impl Parser {
    fn parts(self) -> Parts {
        Parts {
            items: self.items,
            bits: self.bits,
            problems: self.problems,
        }
    }

    fn tell(&mut self, problem: Problem) {
        if self.problems.len() < PROBLEMS_MAX {
            self.problems.push(problem);
        }
    }

    fn end(&mut self, at: usize, left: &[u8]) {
        if !left.is_empty() {
            let (at, fault) = (DESCRIPTOR_MAX, Fault::TooLong);
            self.tell(Problem { at, fault });
        } else if !self.outside.is_empty() {
            let fault = Fault::LeftOpen(self.outside.len());
            self.tell(Problem { at, fault });
        }
    }

    fn take(&mut self, element: Element) -> Result<(), Stop> {
        match element.tag {
            0x80 => self.fields(element, Kind::Input),
            0x90 => self.fields(element, Kind::Output),
            0xb0 => self.fields(element, Kind::Feature),
            0xa0 => self.open(element),
            0xc0 => {
                self.close(element);
                Ok(())
            }
            0x08 => {
                self.usage(element);
                Ok(())
            }
            _ => {
                self.global(element);
                Ok(())
            }
        }
    }

    fn usage(&mut self, element: Element) {
        let usage = match element.len {
            4 => element.data,
            _ => self.globals.page << 16 | element.data,
        };
        if self.usages.len() < USAGES_MAX {
            self.usages.push(usage);
        }
    }

    fn global(&mut self, element: Element) {
        let globals = &mut self.globals;
        match element.tag {
            0x04 => globals.page = element.data & 0xffff,
            0x14 => globals.logical.min = element.signed(),
            0x24 => self.logical_max(element),
            0x34 => globals.physical_min = Some(element.signed()),
            0x44 => globals.physical_max = Some(element.signed()),
            0x54 => globals.exponent = exponent(element),
            0x64 => globals.unit = element.data,
            0x74 => globals.size = element.low_byte(),
            0x84 => globals.report = element.low_byte(),
            0x94 => globals.count = element.low_byte(),
            tag => self.tell(Problem {
                at: element.at,
                fault: Fault::NotUnderstood(tag),
            }),
        }
    }

    fn logical_max(&mut self, element: Element) {
        let (signed, unsigned) = (element.signed(), i64::from(element.data));
        let assumed = signed < self.globals.logical.min;
        self.globals.logical.max = if assumed { unsigned } else { signed };
        self.globals.assumed_max = assumed;
        if assumed {
            let taken = unsigned;
            self.tell(Problem {
                at: element.at,
                fault: Fault::AssumedMaximum { signed, taken },
            });
        }
    }

    fn open(&mut self, element: Element) -> Result<(), Stop> {
        self.outside.push(self.path.nodes().len());
        let usage = self.usages.first().copied().unwrap_or_default();
        let index = index_node(element.data);
        let fits = self.path.push(usage) && index.is_none_or(|node| self.path.push(node));
        self.usages.clear();
        if fits {
            Ok(())
        } else {
            Err(Stop(Fault::TooDeep))
        }
    }

    fn close(&mut self, element: Element) {
        self.usages.clear();
        match self.outside.pop() {
            Some(len) => self.path.truncate(len),
            None => self.tell(Problem {
                at: element.at,
                fault: Fault::NotOpened,
            }),
        }
    }

    /// The fields of one Input, Output or Feature element: each takes the next usage.
    fn fields(&mut self, element: Element, kind: Kind) -> Result<(), Stop> {
        let usages = std::mem::take(&mut self.usages);
        let (report, size) = (self.globals.report, u32::from(self.globals.size));
        let mut offset = self.free.get(&(report, kind)).copied().unwrap_or_default();
        for place in 0..usize::from(self.globals.count) {
            let usage = usages.get(place).copied().unwrap_or_default();
            if usage != 0 {
                self.field(element, kind, offset, usage)?;
            }
            // where the reference sees the field end: its offsets have eight bits
            self.grow(report, (offset & 0xff).saturating_add(size));
            offset = offset.saturating_add(size);
        }
        self.free.insert((report, kind), offset);
        Ok(())
    }

    /// Makes a report at least so many bits long.
    fn grow(&mut self, report: u8, bits: u32) {
        let known = self.bits.entry(report).or_default();
        *known = bits.max(*known);
    }

    fn field(&mut self, element: Element, kind: Kind, offset: u32, usage: u32) -> Result<(), Stop> {
        let globals = self.globals;
        let mut path = self.path;
        if !path.push(usage) {
            return Err(Stop(Fault::TooDeep));
        }
        if self.items.len() >= ITEMS_MAX {
            return Err(Stop(Fault::TooManyItems));
        }
        let item = Item {
            path,
            kind,
            report: globals.report,
            offset,
            size: globals.size,
            flags: element.low_byte(),
            logical: globals.logical,
            assumed_max: globals.assumed_max,
            physical: globals.physical(),
            unit: globals.unit,
            exponent: globals.exponent,
        };
        let bytes = usize::try_from(item.end().div_ceil(8));
        if bytes.is_ok_and(|bytes| bytes < REPORT_MAX) {
            self.grow(item.report, item.end());
            self.items.push(item);
        } else {
            let (at, fault) = (element.at, Fault::ReportTooLong(globals.report));
            self.tell(Problem { at, fault });
        }
        Ok(())
    }
}

impl Globals {
    fn physical(&self) -> Option<Bounds> {
        let (min, max) = (self.physical_min?, self.physical_max?);
        Some(Bounds { min, max })
    }
}

/// A power of ten is four bits with a sign, whatever the bytes around them (HID 1.11, section 6.2.2.7).
fn exponent(element: Element) -> i8 {
    match element.low_byte() & 0x0f {
        low @ 0..=7 => i8::try_from(low).unwrap_or_default(),
        low => i8::try_from(low).unwrap_or_default() - 16,
    }
}

#[cfg(test)]
mod tests;
