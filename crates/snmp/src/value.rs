//! What an agent says an object is.

use crate::oid::Oid;

/// A value, by its type on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// INTEGER.
    Integer(i64),
    /// OCTET STRING: a text, or bytes.
    Text(Vec<u8>),
    /// OBJECT IDENTIFIER.
    Oid(Oid),
    /// IpAddress.
    IpAddress([u8; 4]),
    /// Counter32.
    Counter32(u32),
    /// Gauge32, which is Unsigned32, too.
    Gauge32(u32),
    /// TimeTicks: hundredths of a second.
    TimeTicks(u32),
    /// Opaque: bytes of anything.
    Opaque(Vec<u8>),
    /// Counter64.
    Counter64(u64),
    /// NULL.
    Null,
    /// There is none: noSuchName, noSuchObject, noSuchInstance or endOfMibView.
    Missing,
}

impl Value {
    /// Whether the agent has no such value.
    #[must_use]
    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Its type as messages and recordings name it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Integer(_) => "integer",
            Self::Text(_) => "text",
            Self::Oid(_) => "oid",
            Self::IpAddress(_) => "ip",
            Self::Counter32(_) => "counter",
            Self::Gauge32(_) => "gauge",
            Self::TimeTicks(_) => "ticks",
            Self::Opaque(_) => "opaque",
            Self::Counter64(_) => "counter64",
            Self::Null => "null",
            Self::Missing => "missing",
        }
    }
}
