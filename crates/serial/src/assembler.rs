//! From pieces, as they come, to replies.

use crate::line::{End, Input, Until};

/// Bytes kept for later calls; a device that talks without end is cut here.
const KEPT_MAX: usize = 4096;

/// What has come and was not asked for yet.
#[derive(Debug, Default)]
pub(crate) struct Assembler(Vec<u8>);

impl Assembler {
    /// Takes in a piece.
    pub(crate) fn feed(&mut self, piece: &[u8]) {
        let room = KEPT_MAX.saturating_sub(self.0.len());
        self.0.extend(piece.iter().take(room));
    }

    /// Whether nothing has come.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// A reply that has come to its end.
    pub(crate) fn whole(&mut self, until: Until<'_>) -> Option<Input> {
        let max = until.max.min(KEPT_MAX);
        let stop = self
            .0
            .iter()
            .take(max)
            .position(|byte| until.stops.contains(byte));
        let (length, end) = match stop {
            Some(at) => (at.saturating_add(1), End::Stop),
            None if self.0.len() >= max => (max, End::Full),
            None => return None,
        };
        Some(self.take(length, end))
    }

    /// What has come so far, because there will be no more.
    pub(crate) fn rest(&mut self) -> Input {
        self.take(self.0.len(), End::Quiet)
    }

    fn take(&mut self, length: usize, end: End) -> Input {
        let later = self.0.split_off(length.min(self.0.len()));
        Input {
            bytes: std::mem::replace(&mut self.0, later),
            end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reply_ends_with_its_stop_and_the_next_one_waits() {
        let mut pieces = Assembler::default();
        pieces.feed(b"(226");
        assert_eq!(pieces.whole(Until::any_of(b"\r")), None);
        pieces.feed(b".0\r(NA");
        let first = pieces.whole(Until::any_of(b"\r")).unwrap();
        assert_eq!(
            (first.bytes.as_slice(), first.end),
            (&b"(226.0\r"[..], End::Stop)
        );
        assert_eq!(pieces.whole(Until::any_of(b"\r")), None);
        assert_eq!(pieces.rest().bytes, b"(NA");
        assert!(pieces.is_empty());
    }

    #[test]
    fn a_length_ends_it_too() {
        let mut pieces = Assembler::default();
        pieces.feed(b"SM\r\n");
        let first = pieces.whole(Until::length(1)).unwrap();
        assert_eq!((first.bytes.as_slice(), first.end), (&b"S"[..], End::Full));
        assert_eq!(pieces.whole(Until::any_of(b"\n")).unwrap().bytes, b"M\r\n");
    }

    proptest! {
        #[test]
        fn no_byte_is_lost_or_doubled(pieces in prop::collection::vec(prop::collection::vec(0u8..4, 0..9), 0..20)) {
            let mut assembler = Assembler::default();
            let mut out = Vec::new();
            for piece in &pieces {
                assembler.feed(piece);
                while let Some(reply) = assembler.whole(Until::any_of(&[3]).max(7)) {
                    prop_assert!(!reply.bytes.is_empty());
                    out.extend(reply.bytes);
                }
            }
            out.extend(assembler.rest().bytes);
            prop_assert_eq!(out, pieces.concat());
        }

        #[test]
        fn a_device_that_talks_without_end_does_not_fill_the_memory(pieces in prop::collection::vec(1usize..2000, 1..20)) {
            let mut assembler = Assembler::default();
            for length in pieces {
                assembler.feed(&vec![b'x'; length]);
            }
            prop_assert!(assembler.rest().bytes.len() <= KEPT_MAX);
        }
    }
}
