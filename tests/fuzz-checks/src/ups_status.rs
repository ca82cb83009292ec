//! The status that upsmon decides by, as a server may tell it: words of `ups.status`, and those of modes in a second line.

use monitor::{Line, Report};

/// Nothing is lost, nothing invented: critical words are there if and only if the status has them as whole words, and what
/// upsmon does not know it repeats.
pub fn check_ups_status(bytes: &[u8]) {
    // as all that comes over the network
    let printable = |byte: &u8| matches!(byte, b'\n' | 0x20..=0x7e);
    let text: String = bytes
        .iter()
        .copied()
        .filter(printable)
        .map(char::from)
        .collect();
    let (status, modes) = text.split_once('\n').unwrap_or((&text, ""));
    let words: Vec<&str> = status.split_ascii_whitespace().collect();
    let has = |known: &str| words.iter().any(|word| word.eq_ignore_ascii_case(known));
    let Some(report) = Report::of(status, modes) else {
        assert!(
            words.iter().all(|word| *word == "WAIT"),
            "{status:?} tells something"
        );
        return;
    };
    let line = match (has("OB"), has("OL")) {
        (true, _) => Line::OnBattery,
        (false, true) => Line::OnLine,
        (false, false) => Line::Unknown,
    };
    assert_eq!(report.line, line, "{status:?}");
    assert_eq!(report.replace_battery, has("RB"), "{status:?}");
    let flags = report.flags.words();
    let flagged = |known: &str| flags.split(' ').any(|flag| flag == known);
    for critical in ["LB", "FSD", "OFF", "CAL", "BYPASS", "ALARM", "OVER"] {
        assert_eq!(
            flagged(critical),
            has(critical),
            "{critical} in {status:?}: {flags:?}"
        );
    }
    for other in &report.other {
        assert!(words.contains(&other.as_str()));
    }
    // told again in the same words it is the same
    let again = Report::of(&report.text, modes);
    assert_eq!(again.as_ref(), Some(&report));
}
