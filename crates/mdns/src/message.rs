//! Messages: a question, or records.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::name::Name;

/// Records that are read of a message.
pub const RECORDS_MAX: usize = 256;

const POINTER: u16 = 12;
const SERVICE: u16 = 33;
const ADDRESS_4: u16 = 1;
const ADDRESS_6: u16 = 28;
/// Class IN; the upper bit of a question's class asks for an answer to the sender alone.
const INTERNET: u16 = 1;
const TO_SENDER: u16 = 0x8000;
/// The bit of the flags that tells an answer from a question.
const IS_ANSWER: u16 = 0x8000;
/// The operation and the outcome in the flags: both 0 in an answer that counts.
const OPERATION: u16 = 0x7800;
const OUTCOME: u16 = 0x000f;

/// The message makes no sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no message of DNS")]
pub struct Malformed;

/// A record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What it is about.
    pub name: Name,
    /// What it says.
    pub data: Data,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// PTR: of a kind of service there is this one.
    Pointer(Name),
    /// SRV: a service is here.
    Service {
        /// Its port.
        port: u16,
        /// Its host.
        host: Name,
    },
    /// A, AAAA: a host has this address.
    Address(IpAddr),
}

/// The question for all services of a kind. Whoever answers is asked to answer to the sender alone.
#[must_use]
pub fn query(id: u16, kind: &Name) -> Vec<u8> {
    let mut bytes = Vec::new();
    // id, flags, one question, no records
    for number in [id, 0, 1, 0, 0, 0] {
        bytes.extend(number.to_be_bytes());
    }
    kind.write(&mut bytes);
    for number in [POINTER, TO_SENDER | INTERNET] {
        bytes.extend(number.to_be_bytes());
    }
    bytes
}

/// The records of an answer; those of kinds that are not needed here are left out.
///
/// # Errors
/// It is no answer, or breaks off.
pub fn records(bytes: &[u8]) -> Result<Vec<Record>, Malformed> {
    let mut reader = Reader::new(bytes);
    let _id = reader.number()?;
    let flags = reader.number()?;
    if flags & IS_ANSWER == 0 || flags & (OPERATION | OUTCOME) != 0 {
        return Err(Malformed);
    }
    let questions = reader.number()?;
    let mut count = 0;
    for _ in 0..3 {
        count += usize::from(reader.number()?);
    }
    for _ in 0..questions {
        Name::read(&mut reader)?;
        reader.bytes(4)?;
    }
    let mut records = Vec::new();
    for _ in 0..count.min(RECORDS_MAX) {
        records.extend(record(&mut reader)?);
    }
    Ok(records)
}

fn record(reader: &mut Reader<'_>) -> Result<Option<Record>, Malformed> {
    let name = Name::read(reader)?;
    let kind = reader.number()?;
    // its upper bit says that other records of the name do not count any more
    let class = reader.number()? & !TO_SENDER;
    let _time_to_live = reader.bytes(4)?;
    let length = usize::from(reader.number()?);
    let end = reader.position() + length;
    let data = match (class, kind) {
        (INTERNET, POINTER) => Some(Data::Pointer(Name::read(reader)?)),
        (INTERNET, SERVICE) => {
            let _priority_and_weight = reader.bytes(4)?;
            let port = reader.number()?;
            let host = Name::read(reader)?;
            Some(Data::Service { port, host })
        }
        (INTERNET, ADDRESS_4) => {
            let bytes = reader.bytes(length)?;
            let bytes: [u8; 4] = bytes.try_into().map_err(|_| Malformed)?;
            Some(Data::Address(Ipv4Addr::from(bytes).into()))
        }
        (INTERNET, ADDRESS_6) => {
            let bytes = reader.bytes(length)?;
            let bytes: [u8; 16] = bytes.try_into().map_err(|_| Malformed)?;
            Some(Data::Address(Ipv6Addr::from(bytes).into()))
        }
        _ => {
            reader.bytes(length)?;
            None
        }
    };
    if reader.position() != end {
        return Err(Malformed);
    }
    Ok(data.map(|data| Record { name, data }))
}

/// A place in a message.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    message: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(message: &'a [u8]) -> Self {
        Self { message, at: 0 }
    }

    pub(crate) const fn position(&self) -> usize {
        self.at
    }

    pub(crate) const fn go_to(&mut self, position: usize) {
        self.at = position;
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(count).ok_or(Malformed)?;
        let bytes = self.message.get(self.at..end).ok_or(Malformed)?;
        self.at = end;
        Ok(bytes)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, Malformed> {
        self.bytes(1)?.first().copied().ok_or(Malformed)
    }

    fn number(&mut self) -> Result<u16, Malformed> {
        let bytes = self.bytes(2)?.try_into().map_err(|_| Malformed)?;
        Ok(u16::from_be_bytes(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn header(flags: u16, counts: [u16; 4]) -> Vec<u8> {
        let numbers = [[0, flags].as_slice(), &counts].concat();
        numbers
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect()
    }

    /// A record with a name of one label.
    fn one(kind: u16, length: u16, data: &[u8]) -> Vec<u8> {
        let mut bytes = header(0x8400, [0, 1, 0, 0]);
        bytes.extend(b"\x01a\x00");
        bytes.extend(kind.to_be_bytes());
        bytes.extend(b"\x80\x01\x00\x00\x00\x78");
        bytes.extend(length.to_be_bytes());
        bytes.extend(data);
        bytes
    }

    #[test]
    fn a_question_is_written_as_rfc_6762_has_it() {
        let name = Name::new("_nut._tcp.local").unwrap();
        assert_eq!(
            query(7, &name),
            b"\x00\x07\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04_nut\x04_tcp\x05local\x00\x00\x0c\x80\x01"
        );
    }

    #[test]
    fn records_say_what_they_say() {
        let data = |bytes: Vec<u8>| records(&bytes).unwrap().pop().map(|record| record.data);
        let name = |text| Name::new(text).unwrap();
        assert_eq!(
            data(one(12, 4, b"\x02bc\x00")),
            Some(Data::Pointer(name("bc")))
        );
        assert_eq!(
            data(one(33, 8, b"\x00\x00\x00\x00\x0d\xa5\xc0\x0c")),
            Some(Data::Service {
                port: 3493,
                host: name("a")
            })
        );
        assert_eq!(
            data(one(1, 4, &[127, 0, 0, 1])),
            Some(Data::Address(Ipv4Addr::LOCALHOST.into()))
        );
        let six = Ipv6Addr::LOCALHOST;
        assert_eq!(
            data(one(28, 16, &six.octets())),
            Some(Data::Address(six.into()))
        );
        // TXT, and who knows what
        assert_eq!(data(one(16, 2, b"\x01x")), None);
    }

    #[test]
    fn what_is_no_answer_or_breaks_off_is_refused() {
        let whole = one(12, 4, b"\x02bc\x00");
        assert!(records(&whole).is_ok());
        for end in 0..whole.len() {
            assert_eq!(records(&whole[..end]), Err(Malformed), "{end}");
        }
        let question = query(1, &Name::new("a").unwrap());
        assert_eq!(records(&question), Err(Malformed));
        for bytes in [
            one(12, 3, b"\x02bc\x00"),
            one(12, 5, b"\x02bc\x00\x00"),
            one(1, 5, b"\x7f\x00\x00\x01\x00"),
            one(28, 4, b"\x7f\x00\x00\x01"),
            header(0x8403, [0, 0, 0, 0]),
        ] {
            assert_eq!(records(&bytes), Err(Malformed), "{bytes:?}");
        }
    }

    #[test]
    fn a_count_of_many_records_takes_no_room() {
        let bytes = header(0x8400, [u16::MAX, u16::MAX, u16::MAX, u16::MAX]);
        assert_eq!(records(&bytes), Err(Malformed));
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic_or_read_too_much(bytes: Vec<u8>) {
            let mut message = header(0x8400, [0, 3, 3, 3]);
            message.extend(bytes);
            if let Ok(records) = records(&message) {
                prop_assert!(records.len() <= RECORDS_MAX);
            }
        }
    }
}
