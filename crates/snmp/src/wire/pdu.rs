//! What a message is about: a request, or the answer to one.

use super::Garbled;
use super::ber::{self, Reader};
use crate::oid::Oid;
use crate::value::Value;

/// Bindings that are read of one message.
pub const BINDINGS_MAX: usize = 1_000;

/// What is asked, or that it is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// These objects.
    Get,
    /// The ones behind these.
    Next,
    /// The answer to any of these.
    Response,
    /// Set these.
    Set,
    /// Many behind these.
    Bulk,
    /// Somebody is told something.
    Trap,
    /// The same, and an answer is waited for.
    Inform,
    /// Version 3: what is wrong with a message.
    Report,
}

/// Each kind and its tag.
static TAGS: &[(Kind, u8)] = &[
    (Kind::Get, 0xa0),
    (Kind::Next, 0xa1),
    (Kind::Response, 0xa2),
    (Kind::Set, 0xa3),
    (Kind::Bulk, 0xa5),
    (Kind::Inform, 0xa6),
    (Kind::Trap, 0xa7),
    (Kind::Report, 0xa8),
];

/// A request or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdu {
    /// Which.
    pub kind: Kind,
    /// An answer has its request's.
    pub request_id: i32,
    /// error-status; of [`Kind::Bulk`] how many of the bindings are not repeated.
    pub status: u32,
    /// error-index: which binding the status is about, from 1; of [`Kind::Bulk`] how often the others are repeated.
    pub index: u32,
    /// Objects and their values.
    pub bindings: Vec<(Oid, Value)>,
}

impl Pdu {
    /// A request for these objects.
    pub(crate) fn asking<'a>(kind: Kind, oids: impl IntoIterator<Item = &'a Oid>) -> Self {
        let bindings = oids.into_iter().map(|oid| (oid.clone(), Value::Null));
        Self {
            kind,
            request_id: 0,
            status: 0,
            index: 0,
            bindings: bindings.collect(),
        }
    }

    pub(crate) fn put(&self, out: &mut Vec<u8>) {
        let mut tags = TAGS.iter();
        let tag = tags
            .find(|(kind, _)| *kind == self.kind)
            .map(|(_, tag)| *tag);
        ber::nest(out, tag.unwrap_or_default(), |out| {
            ber::put_integer(out, self.request_id.into());
            ber::put_integer(out, self.status.into());
            ber::put_integer(out, self.index.into());
            ber::nest(out, ber::SEQUENCE, |out| {
                for (oid, value) in &self.bindings {
                    ber::nest(out, ber::SEQUENCE, |out| {
                        ber::put_oid(out, oid);
                        ber::put_value(out, value);
                    });
                }
            });
        });
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, Garbled> {
        let (tag, mut content) = reader.element()?;
        let kind = TAGS.iter().find(|(_, known)| *known == tag);
        let (kind, _) = kind.ok_or(Garbled("neither a request nor an answer"))?;
        let request_id = i32::try_from(content.integer()?);
        let request_id = request_id.map_err(|_| Garbled("a request id out of range"))?;
        let status = content.natural()?;
        let index = content.natural()?;
        let mut list = content.expect(ber::SEQUENCE)?;
        let mut bindings = Vec::new();
        while !list.is_empty() {
            if bindings.len() == BINDINGS_MAX {
                return Err(Garbled("too many objects in one message"));
            }
            let mut binding = list.expect(ber::SEQUENCE)?;
            bindings.push((binding.oid()?, binding.value()?));
        }
        Ok(Self {
            kind: *kind,
            request_id,
            status,
            index,
            bindings,
        })
    }
}
