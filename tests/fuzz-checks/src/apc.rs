//! What an APC unit may say.

use apcsmart::testing::{capabilities, drive};
use driver::Update;

/// Longest string that is read from a line.
const LINE_MAX: usize = 512;
/// Writes of one drive: five attempts at smart mode, two letters for the firmware, lists of at most 512 letters, each asked
/// twice, rounds of 50 variables, edits that go round once.
const WRITES_MAX: usize = 8000;

/// Variables that are numbers whatever a unit says.
const NUMBERS: &[&str] = &[
    "battery.charge",
    "battery.runtime",
    "battery.runtime.low",
    "battery.voltage",
    "input.voltage",
    "ups.load",
    "ups.temperature",
];

/// On battery, and the battery is low.
const CRITICAL: u8 = 0x50;

/// A capability string has whole records: what it lists is in it, in order, and no more than it is long; a string that is cut
/// has no other records than the whole one.
pub fn check_apc_capability(bytes: &[u8]) {
    let bytes = bytes.get(..LINE_MAX).unwrap_or(bytes);
    let (records, _) = capabilities(bytes);
    let listed: usize = records
        .iter()
        .flat_map(|record| &record.2)
        .map(String::len)
        .sum();
    assert!(records.len() * 4 + listed <= bytes.len());
    for (letter, locale, values) in &records {
        assert!(bytes.contains(letter) && bytes.contains(locale));
        let length = values.first().map(String::len);
        assert!(length.is_some_and(|length| length > 0));
        assert!(values.iter().all(|value| Some(value.len()) == length));
        assert!(
            values
                .iter()
                .all(|value| !value.contains(|c: char| c.is_control()))
        );
    }
    let middle = bytes.get(..bytes.len() / 2).unwrap_or_default();
    // half of it is a Matrix-UPS's when the whole is, but for the mark itself
    if middle.len() > 1 {
        assert!(records.starts_with(&capabilities(middle).0));
    }
}

/// Whatever a unit answers, it is asked a bounded number of questions, and its status is what it has said: a status of two
/// digits, and one that hosts shut down for at least twice; what is to be a number is one.
pub fn check_apc_answers(bytes: &[u8]) {
    let answers = bytes.split_inclusive(|byte| *byte == b'\n').map(answer);
    let driven = drive(answers.collect());
    assert!(driven.writes <= WRITES_MAX, "{} writes", driven.writes);
    let said: Vec<u8> = driven
        .status
        .iter()
        .filter_map(|answer| register(answer))
        .collect();
    let told = driven
        .told
        .iter()
        .filter_map(|report| report.status.as_ref());
    for status in told {
        let is_critical = status.has("OB") && status.has("LB");
        let alike = said
            .iter()
            .filter(|said| (*said & CRITICAL == CRITICAL) == is_critical);
        assert!(
            alike.count() > usize::from(is_critical),
            "{status:?} of {said:x?}"
        );
    }
    for update in driven.told.iter().flat_map(|report| &report.updates) {
        if let Update::Set { var, value } = update {
            let is_number = !NUMBERS.contains(&var.as_str()) || value.trim().parse::<f64>().is_ok();
            assert!(is_number, "{var}: {value:?}");
        }
    }
}

/// `\0` alone is no answer, `\x1f` a line end within one.
fn answer(line: &[u8]) -> Vec<u8> {
    if line == b"\0\n" {
        return Vec::new();
    }
    let byte = |byte: &u8| if *byte == 0x1F { b'\n' } else { *byte };
    line.iter().map(byte).collect()
}

/// The status that an answer to `Q` tells: its first line with something beside alerts.
fn register(answer: &[u8]) -> Option<u8> {
    let (lines, _) = answer.split_at(answer.iter().rposition(|byte| *byte == b'\n')? + 1);
    let told = |line: &[u8]| -> Vec<u8> {
        let part = |byte: &&u8| !b"\r*!$%+#?=|&".contains(byte);
        line.iter().filter(part).copied().collect()
    };
    let mut lines = lines.split(|byte| *byte == b'\n').map(told);
    let line = lines.find(|line| !line.is_empty())?;
    let digits = line.len() == 2 && line.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(&line).ok().filter(|_| digits)?;
    u8::from_str_radix(text, 16).ok()
}
