//! The answer to `a`: which letters a unit has. `version.alerts.letters`, on modular units with a fourth part for letters of
//! two bytes: a first byte, a colon, all second bytes.

/// What a unit can be asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CommandSet {
    /// Letters, in the order in which they are told.
    pub(crate) letters: Vec<u8>,
    /// Letters of two bytes.
    pub(crate) pairs: Vec<[u8; 2]>,
}

impl CommandSet {
    /// Reads the answer; old units answer something else, or nothing.
    pub(crate) fn parse(answer: &[u8]) -> Option<Self> {
        let parts: Vec<&[u8]> = answer.split(|byte| *byte == b'.').collect();
        let (version, letters, pairs) = match parts.as_slice() {
            [version, _, letters] => (version, letters, &[][..]),
            [version, _, letters, pairs] if !pairs.is_empty() => (version, letters, *pairs),
            _ => return None,
        };
        let valid = matches!(version, [b'0'..=b'9']) && !letters.is_empty();
        valid.then(|| Self {
            letters: letters.to_vec(),
            pairs: pairs_of(pairs),
        })
    }
}

fn pairs_of(bytes: &[u8]) -> Vec<[u8; 2]> {
    let mut first = None;
    let mut pairs = Vec::new();
    for (at, &byte) in bytes.iter().enumerate() {
        let next = bytes.get(at.saturating_add(1));
        match (byte, next, first) {
            (b':', ..) => {}
            (_, Some(b':'), _) => first = Some(byte),
            (_, _, Some(first)) => pairs.push([first, byte]),
            _ => {}
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_follow_version_and_alerts() {
        let set = CommandSet::parse(b"3.!$%+?=#|.\x01\x1a-ABC").unwrap();
        assert_eq!(set.letters, b"\x01\x1a-ABC");
        assert!(set.pairs.is_empty());
    }

    #[test]
    fn a_modular_unit_has_letters_of_two_bytes() {
        let set = CommandSet::parse(b"3.!$.AB.\x9f:\xd3\xd4\xa0:1").unwrap();
        assert_eq!(set.letters, b"AB");
        assert_eq!(set.pairs, [[0x9f, 0xd3], [0x9f, 0xd4], [0xa0, b'1']]);
        assert!(CommandSet::parse(b"3..A.xyz").unwrap().pairs.is_empty());
    }

    #[test]
    fn other_answers_are_no_command_set() {
        for answer in [
            &b""[..],
            b"NA",
            b"3",
            b"3.AB",
            b"33.!.AB",
            b"x.!.AB",
            b"3.!.",
            b"3.!.AB.",
            b"3.!.AB.C.D",
        ] {
            assert_eq!(CommandSet::parse(answer), None, "{answer:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(answer: Vec<u8>) {
            if let Some(set) = CommandSet::parse(&answer) {
                prop_assert!(set.letters.len() + set.pairs.len() <= answer.len());
            }
        }
    }
}
