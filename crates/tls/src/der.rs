//! Just enough of DER to read what a certificate says of itself. Whether it is to be believed is judged by rustls.

/// Tags that occur here.
pub(crate) mod tag {
    pub(crate) const BOOLEAN: u8 = 0x01;
    pub(crate) const OCTETS: u8 = 0x04;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const UTF8: u8 = 0x0c;
    pub(crate) const PRINTABLE: u8 = 0x13;
    pub(crate) const TELETEX: u8 = 0x14;
    pub(crate) const IA5: u8 = 0x16;
    pub(crate) const UTC_TIME: u8 = 0x17;
    pub(crate) const TIME: u8 = 0x18;
    pub(crate) const BMP: u8 = 0x1e;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
}

/// One element: its tag, its content, and all of its bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element<'a> {
    pub(crate) tag: u8,
    pub(crate) content: &'a [u8],
    pub(crate) whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// The elements inside.
    pub(crate) fn inner(self) -> Reader<'a> {
        Reader(self.content)
    }
}

/// Elements one after another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a>(pub(crate) &'a [u8]);

impl<'a> Reader<'a> {
    /// The next element, if it has this tag; nothing is taken otherwise.
    pub(crate) fn next_if(&mut self, tag: u8) -> Option<Element<'a>> {
        let mut ahead = *self;
        let element = ahead.next().filter(|element| element.tag == tag)?;
        *self = ahead;
        Some(element)
    }
}

/// Ends at the first byte that is no element.
impl<'a> Iterator for Reader<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let [tag, length, rest @ ..] = self.0 else {
            return None;
        };
        // tags of more than one byte do not occur in what is read here
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (length, rest) = match length {
            0..=0x7f => (usize::from(*length), rest),
            0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(length & 0x7f))?;
                let number = digits
                    .iter()
                    .fold(0_usize, |sum, &digit| sum << 8 | usize::from(digit));
                (number, rest)
            }
            // indefinite, or absurd
            _ => return None,
        };
        let (content, behind) = rest.split_at_checked(length)?;
        let whole = self.0.get(..self.0.len() - behind.len())?;
        self.0 = behind;
        Some(Element {
            tag: *tag,
            content,
            whole,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_of_every_length_are_read() {
        for length in [0_usize, 1, 127, 128, 255, 256, 70_000] {
            let mut bytes = match length {
                0..128 => vec![4, u8::try_from(length).unwrap()],
                128..256 => vec![4, 0x81, u8::try_from(length).unwrap()],
                _ => {
                    let digits = u32::try_from(length).unwrap().to_be_bytes();
                    [&[4, 0x84][..], &digits].concat()
                }
            };
            bytes.resize(bytes.len() + length, 7);
            bytes.push(9);
            let mut reader = Reader(&bytes);
            let element = reader.next().unwrap();
            assert_eq!((element.tag, element.content.len()), (4, length));
            assert_eq!(element.whole.len() + 1, bytes.len());
            assert_eq!(reader.0, [9]);
            assert!(reader.next().is_none());
        }
    }

    #[test]
    fn what_is_cut_off_is_no_element() {
        for bytes in [
            &[4_u8, 2, 1][..],
            &[4, 0x85, 0, 0, 0, 0, 1],
            &[4, 0x82, 1],
            &[0x1f, 1, 0],
        ] {
            assert!(Reader(bytes).next().is_none(), "{bytes:?}");
        }
    }
}
