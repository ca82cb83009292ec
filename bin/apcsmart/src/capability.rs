//! The answer to `^Z`: which values EEPROM variables take.
//!
//! ```text
//! #  uI34253257261  q4820205081114172023  ...
//!    | |||
//!    | ||'- length of a value, and before it how many there are: a character's distance from 0
//!    | |'-- '--- the values, one behind the other
//!    | '--- locale that the record is for, 4 is all
//!    '----- letter of the variable
//! ```
//! On Matrix-UPS the string begins with `##`, and so does every record.

/// What one variable takes in one locale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Capability {
    /// Letter of the variable.
    pub(crate) letter: u8,
    /// For which locale.
    pub(crate) locale: u8,
    /// The values, as the unit tells them, in the order in which it rotates through them.
    pub(crate) values: Vec<String>,
}

/// The records of a string, and whether it holds what it promises.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Capabilities {
    /// Those that are whole.
    pub(crate) records: Vec<Capability>,
    /// What is wrong with the string, if something is.
    pub(crate) problem: Option<Problem>,
}

/// What can be wrong with a capability string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It does not begin as one.
    Start,
    /// Its last record promises more than there is.
    End,
}

/// For all locales.
const ALL: u8 = b'4';

impl Capabilities {
    /// Reads the string. A record that is cut off, and what is not text, is left out.
    #[must_use]
    pub(crate) fn parse(text: &[u8]) -> Self {
        let mut read = Self::default();
        let (mark, mut rest): (&[u8], _) = match text {
            [b'#', b'#', ..] => (b"##", text),
            [b'#', rest @ ..] => (b"", rest),
            _ => {
                read.problem = Some(Problem::Start);
                return read;
            }
        };
        while !rest.is_empty() {
            let Some((record, behind)) = rest.strip_prefix(mark).and_then(record) else {
                read.problem = Some(Problem::End);
                break;
            };
            read.records.extend(record);
            rest = behind;
        }
        read
    }

    /// The values of a letter in a unit's locale.
    #[must_use]
    pub(crate) fn of(&self, letter: u8, locale: Option<u8>) -> Vec<String> {
        let records = self.records.iter().filter(|record| {
            record.letter == letter && (record.locale == ALL || Some(record.locale) == locale)
        });
        records.flat_map(|record| record.values.clone()).collect()
    }
}

/// The first record and what is behind it. It is none if its values are no text.
fn record(text: &[u8]) -> Option<(Option<Capability>, &[u8])> {
    let ([letter, locale, count, length], rest) = text.split_first_chunk()?;
    let (count, length) = (distance(*count), distance(*length));
    let (values, behind) = rest.split_at_checked(count.checked_mul(length)?)?;
    // a length of 0 would be no progress
    let values = values.chunks(length.max(1)).map(value);
    let record = values.collect::<Option<Vec<_>>>().map(|values| Capability {
        letter: *letter,
        locale: *locale,
        values,
    });
    Some((record.filter(|record| !record.values.is_empty()), behind))
}

/// A character as a number.
fn distance(byte: u8) -> usize {
    byte.saturating_sub(b'0').into()
}

fn value(bytes: &[u8]) -> Option<String> {
    let plain = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
    let text = std::str::from_utf8(bytes).ok().filter(|_| plain)?;
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn capability(letter: u8, locale: u8, values: &[&str]) -> Capability {
        Capability {
            letter,
            locale,
            values: values.iter().map(|&value| value.to_owned()).collect(),
        }
    }

    fn written(records: &[Capability], mark: &[u8]) -> Vec<u8> {
        let mut text = if mark.is_empty() {
            b"#".to_vec()
        } else {
            Vec::new()
        };
        for record in records {
            let as_byte = |number: usize| b'0' + u8::try_from(number).unwrap();
            let length = record.values[0].len();
            text.extend_from_slice(mark);
            text.extend([record.letter, record.locale]);
            text.extend([as_byte(record.values.len()), as_byte(length)]);
            record
                .values
                .iter()
                .for_each(|value| text.extend(value.bytes()));
        }
        text
    }

    #[test]
    fn records_follow_each_other() {
        let read = Capabilities::parse(b"#uI33253257261uD33127130133E443336168ON OFFq4420205");
        assert_eq!(read.problem, Some(Problem::End));
        assert_eq!(
            read.records,
            [
                capability(b'u', b'I', &["253", "257", "261"]),
                capability(b'u', b'D', &["127", "130", "133"]),
                capability(b'E', b'4', &["336", "168", "ON ", "OFF"]),
            ]
        );
        assert_eq!(read.of(b'u', Some(b'I')), ["253", "257", "261"]);
        assert_eq!(read.of(b'u', None), [""; 0]);
        assert_eq!(read.of(b'E', None).len(), 4);
    }

    #[test]
    fn counts_go_beyond_nine() {
        let values: Vec<String> = (0..12).map(|number| format!("{number:02}")).collect();
        let text = format!("#q4<2{}", values.concat());
        assert_eq!(Capabilities::parse(text.as_bytes()).of(b'q', None), values);
    }

    #[test]
    fn a_matrix_marks_every_record() {
        let read = Capabilities::parse(b"##uI13253##lI13208");
        assert_eq!(read.problem, None);
        assert_eq!(read.records.len(), 2);
        assert_eq!(
            Capabilities::parse(b"##uI13253lI13208").problem,
            Some(Problem::End)
        );
    }

    #[test]
    fn odd_strings_are_told_and_end() {
        for (text, records, problem) in [
            (&b""[..], 0, Some(Problem::Start)),
            (b"uI13253", 0, Some(Problem::Start)),
            (b"#", 0, None),
            (b"##", 0, Some(Problem::End)),
            (b"#u", 0, Some(Problem::End)),
            (b"#uI  uI13253", 1, None),
            (b"#uI90uI13253", 1, None),
            (b"#uI13\x01\x02\x03uI13253", 1, None),
            (b"#uI\xff\xff253", 0, Some(Problem::End)),
        ] {
            let read = Capabilities::parse(text);
            assert_eq!(
                (read.records.len(), read.problem),
                (records, problem),
                "{text:?}"
            );
        }
    }

    fn records() -> impl Strategy<Value = Vec<Capability>> {
        let one = (any::<u8>(), any::<u8>(), 1usize..9, 1usize..30).prop_flat_map(
            |(letter, locale, length, count)| {
                let value = prop::collection::vec(b' '..=b'~', length)
                    .prop_map(|bytes| String::from_utf8(bytes).unwrap());
                let values = prop::collection::vec(value, count);
                values.prop_map(move |values| Capability {
                    letter,
                    locale,
                    values,
                })
            },
        );
        // a first record that begins like a Matrix-UPS would be taken for one
        prop::collection::vec(one, 1..6).prop_filter("##", |records| records[0].letter != b'#')
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(records in records(), matrix: bool) {
            let mark: &[u8] = if matrix { b"##" } else { b"" };
            let read = Capabilities::parse(&written(&records, mark));
            prop_assert_eq!(read, Capabilities { records, problem: None });
        }

        #[test]
        fn a_string_that_is_cut_keeps_its_whole_records(records in records(), cut in 1usize..30) {
            let text = written(&records, b"");
            let text = &text[..text.len().saturating_sub(cut).max(1)];
            let read = Capabilities::parse(text);
            prop_assert!(records.starts_with(&read.records));
        }
    }
}
