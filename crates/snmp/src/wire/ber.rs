//! The Basic Encoding Rules, as far as SNMP uses them: tag, length, content.
//!
//! Written is the shortest form. Read is what agents send: lengths and numbers may be longer than they have to be.

use super::Garbled;
use crate::oid::{ARCS_MAX, Oid};
use crate::value::Value;

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const OCTETS: u8 = 0x04;
const NULL: u8 = 0x05;
const OBJECT: u8 = 0x06;
pub(crate) const SEQUENCE: u8 = 0x30;
const IP_ADDRESS: u8 = 0x40;
const COUNTER32: u8 = 0x41;
const GAUGE32: u8 = 0x42;
const TIME_TICKS: u8 = 0x43;
const OPAQUE: u8 = 0x44;
/// Of the first version; bytes.
const NSAP_ADDRESS: u8 = 0x45;
const COUNTER64: u8 = 0x46;
/// Of a draft of the second version, sent by old agents.
const UINTEGER32: u8 = 0x47;
/// noSuchObject, noSuchInstance, endOfMibView.
const MISSING: std::ops::RangeInclusive<u8> = 0x80..=0x82;

/// Reads elements one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    /// Where `rest` begins in what the first reader was given.
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at: 0 }
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// What was not read yet.
    pub(crate) const fn bytes(&self) -> &'a [u8] {
        self.rest
    }

    /// Where that begins in what the first reader was given.
    pub(crate) const fn position(&self) -> usize {
        self.at
    }

    /// The next element's tag, without reading it.
    pub(crate) fn tag(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The next element: its tag, and a reader of its content.
    pub(crate) fn element(&mut self) -> Result<(u8, Self), Garbled> {
        let tag = self.byte()?;
        if tag & 0x1f == 0x1f {
            return Err(Garbled("a tag that SNMP does not have"));
        }
        let length = self.length()?;
        let content = self.take(length)?;
        Ok((tag, content))
    }

    /// The content of the next element, which has to have this tag.
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Self, Garbled> {
        match self.element()? {
            (found, content) if found == tag => Ok(content),
            _ => Err(Garbled("another type than belongs there")),
        }
    }

    /// The next element, an INTEGER.
    pub(crate) fn integer(&mut self) -> Result<i64, Garbled> {
        signed(self.expect(INTEGER)?.rest).ok_or(Garbled("a number that is too long or empty"))
    }

    /// The next element, an INTEGER that is not negative and has 31 bits.
    pub(crate) fn natural(&mut self) -> Result<u32, Garbled> {
        let number = i32::try_from(self.integer()?).ok();
        let number = number.and_then(|number| u32::try_from(number).ok());
        number.ok_or(Garbled("a number out of range"))
    }

    /// The next element, an OBJECT IDENTIFIER.
    pub(crate) fn oid(&mut self) -> Result<Oid, Garbled> {
        arcs(self.expect(OBJECT)?.rest).ok_or(Garbled("an object identifier that is none"))
    }

    /// The next element, a value. One that cannot be understood spoils no others: it is NULL.
    pub(crate) fn value(&mut self) -> Result<Value, Garbled> {
        let (tag, content) = self.element()?;
        Ok(value(tag, content.rest).unwrap_or(Value::Null))
    }

    fn byte(&mut self) -> Result<u8, Garbled> {
        let byte = self.take(1)?.rest.first().copied();
        byte.ok_or(Garbled("an end in the middle"))
    }

    fn length(&mut self) -> Result<usize, Garbled> {
        let first = usize::from(self.byte()?);
        if first < 0x80 {
            return Ok(first);
        }
        // without a length, with an end mark, is not for SNMP; more than eight bytes are for nobody
        if !(0x81..=0x88).contains(&first) {
            return Err(Garbled("a length that SNMP does not have"));
        }
        let mut length: usize = 0;
        for _ in 0..(first & 0x7f) {
            let byte = usize::from(self.byte()?);
            let shifted = length.checked_mul(0x100).ok_or(TOO_LONG)?;
            length = shifted | byte;
        }
        Ok(length)
    }

    fn take(&mut self, length: usize) -> Result<Self, Garbled> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(TOO_LONG)?;
        let taken = Self {
            rest: taken,
            at: self.at,
        };
        self.rest = rest;
        self.at += length;
        Ok(taken)
    }
}

const TOO_LONG: Garbled = Garbled("something is longer than the message");

fn value(tag: u8, content: &[u8]) -> Option<Value> {
    Some(match tag {
        INTEGER => Value::Integer(signed(content)?),
        OCTETS => Value::Text(content.to_vec()),
        OBJECT => Value::Oid(arcs(content)?),
        IP_ADDRESS => Value::IpAddress(content.try_into().ok()?),
        COUNTER32 => Value::Counter32(unsigned(content)?),
        GAUGE32 | UINTEGER32 => Value::Gauge32(unsigned(content)?),
        TIME_TICKS => Value::TimeTicks(unsigned(content)?),
        OPAQUE | NSAP_ADDRESS => Value::Opaque(content.to_vec()),
        COUNTER64 => Value::Counter64(natural(content)?),
        tag if MISSING.contains(&tag) => Value::Missing,
        _ => return None,
    })
}

/// A number with a sign; bytes in front that only repeat it do not count.
fn signed(content: &[u8]) -> Option<i64> {
    let fill = if *content.first()? < 0x80 { 0 } else { 0xff };
    let mut bytes = [fill; 8];
    let kept = content.len().min(8);
    let (extra, low) = content.split_at_checked(content.len() - kept)?;
    bytes.get_mut(8 - kept..)?.copy_from_slice(low);
    let fits = extra.iter().all(|byte| *byte == fill) && (bytes[0] < 0x80) == (fill == 0);
    fits.then_some(i64::from_be_bytes(bytes))
}

/// A number without a sign.
fn natural(content: &[u8]) -> Option<u64> {
    let mut number: u64 = 0;
    content.first()?;
    for byte in content {
        number = number.checked_mul(0x100)? | u64::from(*byte);
    }
    Some(number)
}

/// The same with 32 bits. Some agents leave the zero out that keeps it from being negative, others fill it up with ones.
fn unsigned(content: &[u8]) -> Option<u32> {
    let number = signed(content)?;
    let wrapped = || i32::try_from(number).ok().map(i32::cast_unsigned);
    u32::try_from(number).ok().or_else(wrapped)
}

fn arcs(content: &[u8]) -> Option<Oid> {
    let mut arcs: Vec<u32> = Vec::with_capacity(content.len().min(ARCS_MAX) + 1);
    let mut arc: u32 = 0;
    for byte in content {
        arc = arc.checked_mul(0x80)? | u32::from(byte & 0x7f);
        if byte & 0x80 != 0 {
            continue;
        }
        if arcs.is_empty() {
            let first = (arc / 40).min(2);
            arcs.push(first);
            arc -= first * 40;
        }
        arcs.push(arc);
        arc = 0;
        if arcs.len() > ARCS_MAX {
            return None;
        }
    }
    match content.last() {
        // some agents write "none" so
        None => Oid::new(&[0, 0]).ok(),
        Some(last) => (last & 0x80 == 0).then(|| Oid::new(&arcs).ok())?,
    }
}

/// Appends an element.
pub(crate) fn put(out: &mut Vec<u8>, tag: u8, content: &[u8]) {
    out.push(tag);
    let length = content.len().to_be_bytes();
    let short = length.iter().skip_while(|byte| **byte == 0);
    let short: Vec<u8> = short.copied().collect();
    match (short.as_slice(), u8::try_from(short.len())) {
        ([], _) => out.push(0),
        ([one @ ..=0x7f], _) => out.push(*one),
        (long, Ok(count)) => {
            out.push(0x80 | count);
            out.extend_from_slice(long);
        }
        // a length has at most eight bytes
        (_, Err(_)) => {}
    }
    out.extend_from_slice(content);
}

/// Appends an element whose content `fill` writes.
pub(crate) fn nest(out: &mut Vec<u8>, tag: u8, fill: impl FnOnce(&mut Vec<u8>)) {
    let mut content = Vec::new();
    fill(&mut content);
    put(out, tag, &content);
}

/// Appends a number with a sign.
pub(crate) fn put_integer(out: &mut Vec<u8>, number: i64) {
    put_number(out, INTEGER, i128::from(number));
}

fn put_number(out: &mut Vec<u8>, tag: u8, number: i128) {
    let bytes = number.to_be_bytes();
    let is_spare = |pair: &[u8]| {
        matches!(pair, [0, next] if *next < 0x80) || matches!(pair, [0xff, next] if *next >= 0x80)
    };
    let spare = bytes.windows(2).take_while(|pair| is_spare(pair)).count();
    put(out, tag, bytes.get(spare..).unwrap_or_default());
}

/// Appends an object identifier.
pub(crate) fn put_oid(out: &mut Vec<u8>, oid: &Oid) {
    let mut content = Vec::new();
    if let [first, second, rest @ ..] = oid.arcs() {
        put_arc(&mut content, first * 40 + second);
        for arc in rest {
            put_arc(&mut content, *arc);
        }
    }
    put(out, OBJECT, &content);
}

fn put_arc(out: &mut Vec<u8>, arc: u32) {
    let septets = (0..5).rev().map(|place| (place, arc >> (7 * place) & 0x7f));
    let shown = septets.skip_while(|(place, septet)| *place > 0 && *septet == 0);
    for (place, septet) in shown {
        let more = if place > 0 { 0x80 } else { 0 };
        out.push(more | u8::try_from(septet).unwrap_or_default());
    }
}

/// Appends a value.
pub(crate) fn put_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Integer(number) => put_integer(out, *number),
        Value::Text(bytes) => put(out, OCTETS, bytes),
        Value::Oid(oid) => put_oid(out, oid),
        Value::IpAddress(address) => put(out, IP_ADDRESS, address),
        Value::Counter32(number) => put_number(out, COUNTER32, i128::from(*number)),
        Value::Gauge32(number) => put_number(out, GAUGE32, i128::from(*number)),
        Value::TimeTicks(number) => put_number(out, TIME_TICKS, i128::from(*number)),
        Value::Opaque(bytes) => put(out, OPAQUE, bytes),
        Value::Counter64(number) => put_number(out, COUNTER64, i128::from(*number)),
        Value::Null => put(out, NULL, &[]),
        Value::Missing => put(out, *MISSING.start(), &[]),
    }
}

#[cfg(test)]
mod tests;
