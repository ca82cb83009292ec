//! gtec: the status by `Q4`, with a letter for each thing that is so.
//!
//! ```text
//! (236.7 243.2 212.1 220.1 230.4 002 001 50.0 371 372 041.3 22.9 IM
//!  input             fault output    %   Hz           V     °C   letters
//! ```

use super::common;
use crate::dialect::Read::{Number, With};
use crate::dialect::{Bad, Claim, Dialect, Effect, Query, Row, Seen};

const Q4: Query = Query::new("Q4", 64, b'(');

#[rustfmt::skip]
static ROWS: [Row; 8] = [
    Row::var("input.voltage",       Q4.at(1, 5),   Number(1)),
    Row::var("input.voltage.fault", Q4.at(19, 23), Number(1)),
    Row::var("output.voltage",      Q4.at(25, 29), Number(1)),
    Row::var("ups.load",            Q4.at(35, 37), Number(0)),
    Row::var("input.frequency",     Q4.at(39, 42), Number(1)),
    Row::var("battery.voltage",     Q4.at(52, 56), Number(1)),
    Row::var("ups.temperature",     Q4.at(58, 61), Number(1)),
    Row::status(                    Q4.from(63),   With(letters)),
];
static VENDOR: [Row; 3] = common::vendor(common::I);

pub(crate) static DIALECT: Dialect = Dialect {
    name: "Gtec",
    version: "0.01",
    claim: &[
        Claim::have("input.voltage"),
        Claim::answer("ups.firmware").unless("novendor"),
    ],
    rows: &[&ROWS, &common::RATINGS, &VENDOR],
    settings: &[&common::DELAYS],
    commands: &[&common::COMMANDS],
    accepted: "ACK",
    ..Dialect::BASE
};

/// What each letter means: a word of the status, an alarm, a state of the test.
#[rustfmt::skip]
const LETTERS: &[(char, &str, &str, &str)] = &[
    ('A', "!OL",    "",                     ""),
    ('B', "LB",     "",                     ""),
    ('C', "BYPASS", "",                     ""),
    ('D', "",       "UPS failed",           ""),
    ('E', "",       "",                     "Test in progress"),
    ('F', "FSD",    "",                     ""),
    ('G', "",       "Site fault",           ""),
    ('H', "",       "EPROM fail",           ""),
    ('I', "",       "",                     "Test passed - Result: OK"),
    ('J', "RB",     "",                     "Test passed - Result: Failed"),
    ('K', "",       "",                     "Battery disconnected"),
    ('L', "",       "",                     "Test status unknown"),
    ('M', "OL",     "",                     ""),
    ('N', "OVER",   "",                     ""),
    ('P', "",       "Battery disconnected", ""),
];

/// Below this voltage the output is off.
const OFF_BELOW: f64 = 50.0;

/// On line if no letter says otherwise, and off if none says what it runs on; with a voltage at the output, letters were lost then.
/// Letters that nobody knows mean nothing.
fn letters(seen: &Seen<'_>) -> Result<Vec<Effect>, Bad> {
    let text = seen.text.trim_matches(' ');
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(Bad(format!("{text:?} are no letters of a status")));
    }
    let mut words = vec!["OL !LB !BYPASS !FSD !RB !OVER"];
    let runs = text.contains(['A', 'C', 'M']);
    let volts = seen.known.number("output.voltage");
    if !runs && volts.is_none_or(|volts| volts >= OFF_BELOW) {
        return Err(Bad(format!("{text:?} does not say what it runs on")));
    }
    words.push(if runs { "!OFF" } else { "OFF" });
    let meaning = |letter| LETTERS.iter().find(|(known, ..)| *known == letter);
    let mut effects = Vec::new();
    for (_, word, alarm, test) in text.chars().filter_map(meaning) {
        words.push(word);
        if !alarm.is_empty() {
            effects.push(Effect::Alarm((*alarm).to_owned()));
        }
        if !test.is_empty() {
            effects.push(Effect::Set("battery.test.status", (*test).to_owned()));
        }
    }
    // mains that have failed outweigh all else
    if text.contains('A') {
        words.push("!OL");
    }
    effects.push(Effect::Publish(words.join(" ")));
    Ok(effects)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialects::bench::Bench;

    fn line(letters: &str) -> String {
        format!("(236.7 243.2 212.1 220.1 230.4 002 001 50.0 371 372 041.3 22.9 {letters}")
    }

    fn bench() -> Bench {
        let vendor = ("I", "#ACME POWER      SIM-1000   V1.23     ");
        Bench::new(
            &DIALECT,
            &[("Q4", &line("IM")), ("F", "#230.0 004 036.0 50.0"), vendor],
        )
    }

    #[test]
    fn an_answer_is_taken_apart() {
        let mut bench = bench();
        bench.polled();
        bench.expect(&[
            ("input.voltage", "236.7"),
            ("input.voltage.fault", "220.1"),
            ("output.voltage", "230.4"),
            ("ups.load", "1"),
            ("input.frequency", "50.0"),
            ("battery.voltage", "41.3"),
            ("battery.voltage.nominal", "36.0"),
            ("battery.test.status", "Test passed - Result: OK"),
            ("ups.temperature", "22.9"),
            ("device.mfr", "ACME POWER"),
            ("ups.status", "OL"),
        ]);
    }

    #[test]
    fn letters_are_words_alarms_and_states_of_the_test() {
        let mut bench = bench();
        for (letters, status, alarm) in [
            ("IA", "OB", None),
            ("IAB", "OB LB", None),
            ("AM", "OB", None),
            ("IC", "OL BYPASS", None),
            ("IMF", "ALARM OL FSD", Some("Shutdown imminent!")),
            ("IMD", "ALARM OL", Some("UPS failed")),
            ("IMG", "ALARM OL", Some("Site fault")),
            ("IMP", "ALARM OL", Some("Battery disconnected")),
            ("JM", "ALARM OL RB", Some("Replace battery!")),
            ("IMN", "OL OVER", None),
            ("IMZ", "OL", None),
        ] {
            bench.device.set("Q4", &line(letters));
            bench.polled().expect(&[("ups.status", status)]);
            assert_eq!(bench.value("ups.alarm"), alarm, "{letters}");
        }
        bench.device.set("Q4", &line("I").replace("230.4", "000.0"));
        bench.polled().expect(&[("ups.status", "OL OFF")]);
        bench.device.set("Q4", &line("IME"));
        bench.polled();
        bench.expect(&[("battery.test.status", "Test in progress")]);
    }

    #[test]
    fn a_quick_walk_takes_words_back_and_garbage_changes_nothing() {
        let mut bench = bench();
        bench.device.set("Q4", &line("IAB"));
        bench.glance().unwrap();
        bench.expect(&[("ups.status", "OB LB")]);
        for garbage in ["", "?!", "im", "I"] {
            bench.device.set("Q4", &line(garbage));
            bench.glance().unwrap();
            bench.expect(&[("ups.status", "OB LB")]);
        }
        bench.device.set("Q4", &line("IM"));
        bench.glance().unwrap();
        bench.expect(&[("ups.status", "OL")]);
        bench.command("shutdown.return", None, &["S.5R0003"]);
    }
}
