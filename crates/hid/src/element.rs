//! The elements that a report descriptor is made of: a prefix byte and up to four bytes of data (HID 1.11, section 6.2.2).

use crate::problem::{Fault, Problem};

/// A prefix that says that a long element follows; no long element has a meaning yet.
const LONG: u8 = 0xfe;

/// One element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    /// Its place.
    pub(crate) at: usize,
    /// Its prefix without the length of the data: kind and tag.
    pub(crate) tag: u8,
    /// The data, without a sign.
    pub(crate) data: u32,
    /// Bytes of data: 0, 1, 2, 4.
    pub(crate) len: usize,
}

impl Element {
    /// The data with their sign, which is that of the bytes given.
    pub(crate) fn signed(self) -> i64 {
        let unsigned = i64::from(self.data);
        match self.len {
            1 if self.data > 0x7f => unsigned - 0x100,
            2 if self.data > 0x7fff => unsigned - 0x1_0000,
            4 if self.data > 0x7fff_ffff => unsigned - 0x1_0000_0000,
            _ => unsigned,
        }
    }

    /// The low eight bits, which is all that the reference keeps of most data.
    pub(crate) fn low_byte(self) -> u8 {
        let [low, ..] = self.data.to_le_bytes();
        low
    }
}

/// The short elements of a descriptor.
#[derive(Clone, Debug)]
pub(crate) struct Elements<'a> {
    rest: &'a [u8],
    at: usize,
}

impl<'a> Elements<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at: 0 }
    }

    /// Takes the next `count` bytes.
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        self.at += count;
        Some(taken)
    }

    fn short(&mut self, at: usize, prefix: u8) -> Option<Element> {
        let len = match prefix & 3 {
            3 => 4,
            len => usize::from(len),
        };
        let data = self.take(len)?;
        let data = data
            .iter()
            .rev()
            .fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        let tag = prefix & !3;
        Some(Element { at, tag, data, len })
    }

    fn skip_long(&mut self) -> Option<()> {
        let &[len, _tag] = self.take(2)? else {
            return None;
        };
        self.take(len.into()).map(|_| ())
    }
}

impl Iterator for Elements<'_> {
    type Item = Result<Element, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.at;
            let &[prefix] = self.take(1)? else {
                return None;
            };
            let element = if prefix == LONG {
                self.skip_long().map(|()| None)
            } else {
                self.short(at, prefix).map(Some)
            };
            match element {
                Some(Some(element)) => return Some(Ok(element)),
                Some(None) => {}
                None => {
                    self.rest = &[];
                    let fault = Fault::CutShort;
                    return Some(Err(Problem { at, fault }));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Vec<Result<Element, Problem>> {
        Elements::of(bytes).collect()
    }

    #[test]
    fn data_are_little_endian_with_their_own_sign() {
        let elements = all(&[0x15, 0xff, 0x26, 0xfe, 0xff, 0x27, 1, 2, 3, 4, 0xc0]);
        let values: Vec<_> = elements.iter().map(|e| e.unwrap().signed()).collect();
        assert_eq!(values, [-1, -2, 0x0403_0201, 0]);
        assert_eq!(elements[1].unwrap().data, 0xfffe);
        assert_eq!(elements[2].unwrap().at, 5);
    }

    #[test]
    fn long_elements_are_skipped() {
        let elements = all(&[0xfe, 3, 0x55, 1, 2, 3, 0xc0]);
        assert_eq!(elements.len(), 1);
        assert_eq!(elements[0].unwrap().tag, 0xc0);
    }

    #[test]
    fn an_element_without_its_data_is_told_and_ends_it() {
        for bytes in [&[0xc0, 0x26, 1][..], &[0xc0, 0xfe], &[0xc0, 0xfe, 9, 0, 1]] {
            let elements = all(bytes);
            assert_eq!(elements.len(), 2, "{bytes:?}");
            let fault = Fault::CutShort;
            assert_eq!(elements[1], Err(Problem { at: 1, fault }));
        }
    }
}
