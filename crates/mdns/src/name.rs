//! Names: labels, written one behind the other, the rest perhaps by where it stands already.

use std::fmt;

use crate::message::{Malformed, Reader};

/// Bytes of a label.
const LABEL_MAX: usize = 63;
/// Bytes of a name, as it is written without references.
const NAME_MAX: usize = 255;
/// The two upper bits of a length that is a reference.
const REFERENCE: u8 = 0xc0;

/// Why a text is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a name is labels of 1 to 63 bytes with dots between, 255 bytes altogether")]
pub struct BadName;

/// A name, as its labels. They are bytes: an instance's is any text.
#[derive(Clone, Debug, Eq)]
pub struct Name(Vec<Vec<u8>>);

impl Name {
    /// A name of labels with dots between.
    ///
    /// # Errors
    /// A label or the whole is too long, or a label is empty.
    pub fn new(text: &str) -> Result<Self, BadName> {
        let labels: Vec<Vec<u8>> = text.split('.').map(|label| label.into()).collect();
        let is_label = |label: &Vec<u8>| (1..=LABEL_MAX).contains(&label.len());
        let name = Self(labels);
        let fits = name.0.iter().all(is_label) && name.length() <= NAME_MAX;
        fits.then_some(name).ok_or(BadName)
    }

    /// The labels.
    #[must_use]
    pub fn labels(&self) -> &[Vec<u8>] {
        &self.0
    }

    /// Appends it as it is on the wire.
    pub fn write(&self, out: &mut Vec<u8>) {
        for label in &self.0 {
            out.push(u8::try_from(label.len()).unwrap_or_default());
            out.extend_from_slice(label);
        }
        out.push(0);
    }

    /// Bytes on the wire.
    fn length(&self) -> usize {
        self.0.iter().map(|label| label.len() + 1).sum::<usize>() + 1
    }

    /// Reads one. A reference must point to before what refers to it, so following them ends.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Malformed> {
        let mut name = Self(Vec::new());
        let mut length = 1;
        // labels are read here, first where the name stands, then wherever it refers to
        let mut at = reader.clone();
        let mut begin = reader.position();
        let mut is_referred = false;
        loop {
            let count = at.byte()?;
            if count & REFERENCE == REFERENCE {
                let low = at.byte()?;
                if !is_referred {
                    reader.go_to(at.position());
                    is_referred = true;
                }
                let target = usize::from(count & !REFERENCE) << 8 | usize::from(low);
                if target >= begin {
                    return Err(Malformed);
                }
                at.go_to(target);
                begin = target;
                continue;
            }
            let count = usize::from(count);
            if count > LABEL_MAX {
                return Err(Malformed);
            }
            length += count + usize::from(count > 0);
            if length > NAME_MAX {
                return Err(Malformed);
            }
            if count == 0 {
                break;
            }
            name.0.push(at.bytes(count)?.to_vec());
        }
        if !is_referred {
            reader.go_to(at.position());
        }
        Ok(name)
    }
}

impl PartialEq for Name {
    /// Case does not count.
    fn eq(&self, other: &Self) -> bool {
        let pairs = || self.0.iter().zip(&other.0);
        self.0.len() == other.0.len() && pairs().all(|(one, other)| one.eq_ignore_ascii_case(other))
    }
}

impl fmt::Display for Name {
    /// For people: what is no plain text is escaped.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels: Vec<String> = self
            .0
            .iter()
            .map(|label| String::from_utf8_lossy(label).escape_debug().to_string())
            .collect();
        f.write_str(&labels.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], at: usize) -> Result<(String, usize), Malformed> {
        let mut reader = Reader::new(bytes);
        reader.go_to(at);
        let name = Name::read(&mut reader)?;
        Ok((name.to_string(), reader.position()))
    }

    #[test]
    fn a_name_may_end_with_an_earlier_one() {
        let bytes = b"\x05local\x00\x04_tcp\xc0\x00\x04_nut\xc0\x07";
        assert_eq!(read(bytes, 0), Ok(("local".into(), 7)));
        assert_eq!(read(bytes, 7), Ok(("_tcp.local".into(), 14)));
        assert_eq!(read(bytes, 14), Ok(("_nut._tcp.local".into(), 21)));
    }

    #[test]
    fn a_name_that_refers_to_itself_or_ahead_is_none() {
        for (bytes, at) in [
            (&b"\xc0\x00"[..], 0),
            (b"\x01a\xc0\x00", 0),
            (b"\xc0\x02\x01a\x00", 0),
            (b"\x01a\x01b\xc0\x00", 0),
            // two that refer to each other
            (b"\xc0\x02\xc0\x00", 2),
            (b"\x40", 0),
            (b"\x05loc", 0),
            (b"", 0),
            (b"\xc0", 0),
        ] {
            assert_eq!(read(bytes, at), Err(Malformed), "{bytes:?}");
        }
    }

    #[test]
    fn a_name_has_255_bytes_at_most() {
        let mut bytes = Vec::new();
        for _ in 0..4 {
            bytes.push(63);
            bytes.extend([b'a'; 63]);
        }
        bytes.push(0);
        assert_eq!(read(&bytes, 0), Err(Malformed));
        assert_eq!(
            Name::new(&["a".repeat(63).as_str(); 4].join(".")),
            Err(BadName)
        );
        assert!(Name::new(&["a".repeat(62).as_str(); 4].join(".")).is_ok());
        assert_eq!(Name::new("a..b"), Err(BadName));
        assert_eq!(Name::new(&"a".repeat(64)), Err(BadName));
    }

    #[test]
    fn case_does_not_count_and_length_does() {
        let name = |text| Name::new(text).unwrap();
        assert_eq!(name("_NUT._tcp.local"), name("_nut._TCP.Local"));
        assert_ne!(name("a.b"), name("a.b.c"));
    }
}
