//! The error-status of an answer.

use std::fmt;

/// Why an agent refused a request: the error-status of its answer (RFC 3416, 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Status(pub u32);

impl Status {
    /// The answer does not fit into a message.
    pub const TOO_BIG: Self = Self(1);
    /// Version 1: there is no such object, or it may not be written.
    pub const NO_SUCH_NAME: Self = Self(2);
    /// Version 1: a value of the wrong type, or out of range.
    pub const BAD_VALUE: Self = Self(3);
    /// Version 1: the object may not be written.
    pub const READ_ONLY: Self = Self(4);
    /// Anything else.
    pub const GEN_ERR: Self = Self(5);
    /// Who asks may not do this.
    pub const NO_ACCESS: Self = Self(6);
    /// The object has another type.
    pub const WRONG_TYPE: Self = Self(7);
    /// There is no such object, and none can be made.
    pub const NO_CREATION: Self = Self(11);
    /// Who asks may not do this.
    pub const AUTHORIZATION_ERROR: Self = Self(16);
    /// The object may not be written.
    pub const NOT_WRITABLE: Self = Self(17);

    /// Its name in the standards.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        TABLE.iter().find(|row| row.0 == self.0).map(|row| row.1)
    }

    /// The one with this name, or with this number.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let known = TABLE.iter().find(|row| row.1 == name);
        let number = known.map_or_else(|| name.parse().ok(), |row| Some(row.0));
        number.map(Self)
    }

    /// What whoever has asked for this may do about it.
    #[must_use]
    pub fn advice(self) -> &'static str {
        let row = TABLE.iter().find(|row| row.0 == self.0);
        row.map_or("see the device's log", |row| row.2)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "{}", self.0),
        }
    }
}

/// Number, name, what to do.
#[rustfmt::skip]
static TABLE: &[(u32, &str, &str)] = &[
    (1,  "tooBig",              "the device cannot send that much in one message"),
    (2,  "noSuchName",          "the device has no such object, or the community may not use it: check the community's rights"),
    (3,  "badValue",            "the device does not take this value"),
    (4,  "readOnly",            "the community may only read: give one that may write"),
    (5,  "genErr",              "the device cannot do that now; its log may say why"),
    (6,  "noAccess",            "the community or user may only read: give one that may write"),
    (7,  "wrongType",           "the device expects a value of another type; please report it"),
    (8,  "wrongLength",         "the value is too short or too long for the device"),
    (9,  "wrongEncoding",       "the device does not understand the value; please report it"),
    (10, "wrongValue",          "the device does not take this value"),
    (11, "noCreation",          "the device has no such object"),
    (12, "inconsistentValue",   "the device does not take this value now"),
    (13, "resourceUnavailable", "the device is too busy: try again later"),
    (14, "commitFailed",        "the device could not do it: try again"),
    (15, "undoFailed",          "the device could not do it and may have done a part: look at its settings"),
    (16, "authorizationError",  "the community or user may not do this: check its rights on the device"),
    (17, "notWritable",         "the device does not let this be changed"),
    (18, "inconsistentName",    "the device has no such object now"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_and_its_name_are_each_others_inverse() {
        for status in (0..30).map(Status) {
            assert_eq!(Status::from_name(&status.to_string()), Some(status));
        }
        assert_eq!(Status::from_name("nonsense"), None);
        assert_eq!(Status::WRONG_TYPE.to_string(), "wrongType");
        assert_eq!(Status(42).to_string(), "42");
    }
}
