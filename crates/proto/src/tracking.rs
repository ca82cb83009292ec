//! Tracked requests: an id, and what became of it (spec net-protocol.md, section 11).

use std::fmt;

/// Name of one tracked request: a UUID of version 4 in upper-case hex, 36 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrackingId([u8; 16]);

impl TrackingId {
    /// An id from 16 random bytes, which must come from a good source: who guesses an id reads its result.
    #[must_use]
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        let [_, _, _, _, _, _, version, _, variant, ..] = &mut bytes;
        *version = (*version & 0x0f) | 0x40;
        *variant = (*variant & 0x3f) | 0x80;
        Self(bytes)
    }

    /// Reads an id, in any case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let dashes = [8, 13, 18, 23];
        if text.len() != 36 || !text.is_ascii() {
            return None;
        }
        let (mut bytes, mut nibble) = ([0u8; 16], 0);
        for (at, c) in text.chars().enumerate() {
            if dashes.contains(&at) {
                if c != '-' {
                    return None;
                }
                continue;
            }
            let digit = u8::try_from(c.to_digit(16)?).ok()?;
            let byte = bytes.get_mut(nibble / 2)?;
            *byte = *byte << 4 | digit;
            nibble += 1;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for TrackingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if matches!(at, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

/// What became of a tracked request. The numbers are those of the driver socket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No answer yet.
    Pending,
    /// 0: done.
    Handled,
    /// 1: the driver does not know the command or variable.
    Unknown,
    /// 2: the value or parameter is not valid.
    Invalid,
    /// 4: the value cannot be put into the device's terms.
    Unconvertible,
    /// 3: tried and failed.
    Failed,
}

impl Outcome {
    /// Reads a driver's result. What is no number is no success: C takes it for 0.
    #[must_use]
    pub fn from_driver(result: &str) -> Self {
        match result.trim().parse::<i64>() {
            Ok(-1) => Self::Pending,
            Ok(0) => Self::Handled,
            Ok(2) => Self::Invalid,
            Ok(3) => Self::Failed,
            Ok(4) => Self::Unconvertible,
            _ => Self::Unknown,
        }
    }

    /// The number that a driver sends.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::Pending => "-1",
            Self::Handled => "0",
            Self::Unknown => "1",
            Self::Invalid => "2",
            Self::Failed => "3",
            Self::Unconvertible => "4",
        }
    }

    /// The answer to `GET TRACKING id`.
    #[must_use]
    pub fn answer(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Handled => "SUCCESS",
            Self::Unknown => "ERR UNKNOWN",
            Self::Invalid | Self::Unconvertible => "ERR INVALID-ARGUMENT",
            Self::Failed => "ERR FAILED",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_looks_as_clients_expect() {
        let id = TrackingId::from_random([0xff; 16]).to_string();
        assert_eq!(id, "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF");
        assert_eq!(id.len(), 36);
    }

    #[test]
    fn ids_are_read_in_any_case() {
        let id = TrackingId::from_random([0xa7; 16]);
        assert_eq!(TrackingId::parse(&id.to_string()), Some(id));
        assert_eq!(TrackingId::parse(&id.to_string().to_lowercase()), Some(id));
        for bad in ["", "A7", &"x".repeat(36), &"é".repeat(18), &"-".repeat(36)] {
            assert_eq!(TrackingId::parse(bad), None);
        }
    }

    #[test]
    fn driver_results_map_as_specified() {
        for (result, answer) in [
            ("-1", "PENDING"),
            ("0", "SUCCESS"),
            ("1", "ERR UNKNOWN"),
            ("2", "ERR INVALID-ARGUMENT"),
            ("3", "ERR FAILED"),
            ("4", "ERR INVALID-ARGUMENT"),
            ("5", "ERR UNKNOWN"),
            ("PENDING", "ERR UNKNOWN"),
        ] {
            assert_eq!(Outcome::from_driver(result).answer(), answer, "{result}");
        }
    }
}
