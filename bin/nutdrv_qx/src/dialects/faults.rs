//! What must hold of every dialect whatever the line does to its answers.

use proptest::prelude::*;

use super::DIALECTS;
use super::bench::Bench;
use super::healthy::HEALTHY;
use crate::dialect::Dialect;

fn devices() -> impl Iterator<Item = Bench> {
    HEALTHY.iter().map(|(name, answers)| {
        let dialect = DIALECTS.iter().find(|dialect| dialect.name == *name);
        let mut bench = Bench::new(dialect.unwrap(), answers);
        // semi-static rows, too
        bench.engine.touch();
        bench.polled();
        bench
    })
}

/// The requests of a device, with the answers as they come over the line.
fn requests(bench: &Bench) -> Vec<(String, Vec<u8>)> {
    bench.device.answers().to_vec()
}

/// What the line may make of an answer.
fn spoiled(request: &str, answer: &[u8]) -> Vec<Vec<u8>> {
    let body = answer.strip_suffix(b"\r").unwrap_or(answer);
    let echo = format!("{request}\r").into_bytes();
    let garbage = b"\x80\xffXYZ@~|\x07(((((11111111111111111111111111111111111111111\r".to_vec();
    let zeros = [vec![0; body.len()], vec![b'\r']].concat();
    let noise = [b"\xff\x7f", answer].concat();
    let mut all = vec![
        Vec::new(),
        echo,
        garbage,
        zeros,
        noise,
        b"NAK\r".to_vec(),
        b"(NAK\r".to_vec(),
        b"\r".to_vec(),
    ];
    for length in 0..body.len() {
        let cut = body.get(..length).unwrap();
        all.push(cut.to_vec());
        all.push([cut, b"\r"].concat());
        // another byte in a binary answer without a checksum is another number
        let mut flipped = answer.to_vec();
        if body.iter().any(u8::is_ascii_control) {
            continue;
        }
        if let Some(byte) = flipped.get_mut(length) {
            *byte = b'?';
        }
        all.push(flipped);
    }
    all
}

#[test]
fn a_spoiled_answer_changes_nothing_that_is_published() {
    for mut bench in devices() {
        let before = bench.published.listing();
        for (request, answer) in requests(&bench) {
            for wrong in spoiled(&request, &answer) {
                bench.device.set_raw(&request, wrong.clone());
                bench.engine.touch();
                // a failure is fine: it is counted, and then the data are stale
                let _ = bench.poll();
                let _ = bench.glance();
                let after = bench.published.listing();
                let shown = String::from_utf8_lossy(&wrong);
                let question = wrong.contains(&b'?') && is_text(&before, &after);
                assert!(
                    question || before == after,
                    "{request:?} {shown:?}\n{before}\n{after}"
                );
                bench.device.set_raw(&request, answer.clone());
                bench.engine.touch();
                bench.polled();
                assert_eq!(before, bench.published.listing(), "{request:?} {shown:?}");
            }
        }
    }
}

/// Whether only a text differs, by a character that came over the line so.
fn is_text(before: &str, after: &str) -> bool {
    let same = |(one, other): (&str, &str)| {
        one == other
            || other
                .split_once(": ")
                .is_some_and(|(_, value)| value.contains('?'))
    };
    before.lines().count() == after.lines().count() && before.lines().zip(after.lines()).all(same)
}

#[test]
fn every_dialect_has_a_healthy_device() {
    for dialect in DIALECTS {
        let has_one = HEALTHY.iter().any(|(name, _)| *name == dialect.name);
        assert!(has_one, "{} is not in healthy.rs", dialect.name);
    }
    for bench in devices() {
        assert_eq!(
            bench.value("ups.status"),
            Some("OL"),
            "{}",
            bench.engine.title()
        );
    }
}

/// Bytes that may look like an answer.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        any::<Vec<u8>>(),
        r"[(#]?[0-9. -]{0,120}\r?".prop_map(String::into_bytes),
        r"[(#A-Z0-9:=,? .-]{0,140}\r".prop_map(String::into_bytes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_answers_make_the_engine_panic_or_tell_what_is_no_text(answers in prop::collection::vec(bytes(), 40)) {
        for mut bench in devices() {
            for ((request, _), wrong) in requests(&bench).into_iter().zip(&answers) {
                bench.device.set_raw(&request, wrong.clone());
            }
            for _ in 0..3 {
                bench.engine.touch();
                let _ = bench.poll();
            }
            let listing = bench.published.listing();
            prop_assert!(listing.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n')), "{}", listing);
        }
    }

    #[test]
    fn no_device_makes_detection_panic(answers in prop::collection::vec(bytes(), 24)) {
        let requests: Vec<&str> = DIALECTS.iter().flat_map(|dialect| asks(dialect)).collect();
        let mut device = crate::transport::fake::Fake::default();
        for (request, answer) in requests.into_iter().zip(answers) {
            device.set_raw(request, answer);
        }
        let _ = crate::detect::find(&mut device, &driver::Settings::default());
    }
}

fn asks(dialect: &Dialect) -> Vec<&'static str> {
    let mut asks: Vec<&str> = dialect
        .rows()
        .filter_map(|(_, row)| Some(row.cell()?.query.ask))
        .collect();
    asks.dedup();
    asks.truncate(4);
    asks
}
