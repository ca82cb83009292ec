//! Everything that a line may do to every question of a unit.

use super::*;

/// What is asked at a poll, and what more once an hour.
const POLLED: &str = "QCPXLfBj";
const HOURLY: &str = "Erpcsluoxeqkb\x01";

/// Each letter of the text, as it is written.
fn letters(text: &str) -> impl Iterator<Item = Vec<u8>> {
    text.bytes().map(|letter| vec![letter])
}

/// What is published but for the status, which may be older than the rest, and what the framework adds.
fn values(lab: &Lab) -> Vec<String> {
    let lines = lab.seen.listing();
    let is_value = |line: &&str| !line.starts_with("ups.status");
    lines.lines().filter(is_value).map(str::to_owned).collect()
}

/// Whether trouble does no harm to what a healthy unit answers to this letter.
fn is_harmless(trouble: Trouble, letter: &[u8]) -> bool {
    let answer = Fake::smart_ups().with(|state| match letter {
        b"Q" => format!("{:02X}\r\n", state.status),
        _ => format!("{}\r\n", state.values[letter]),
    });
    let (came, late, _) = trouble.spoil(letter, answer.clone().into_bytes());
    let same = came == answer.as_bytes() && late.is_zero();
    same || matches!(trouble, Trouble::Twice | Trouble::Alerts)
}

#[test]
fn trouble_with_one_answer_is_over_with_the_next_poll_and_nothing_wrong_is_published() {
    let healthy = Lab::new(Fake::smart_ups());
    for hour in [false, true] {
        for at in 0..24 {
            for trouble in Trouble::ALL.iter().copied() {
                let mut lab = Lab::new(Fake::smart_ups());
                if hour {
                    lab.clock.sleep(Duration::from_secs(3600));
                }
                lab.fake.trouble(At::Write(at), trouble);
                let first = lab.poll();
                let what = format!("{trouble:?} {at}: {first:?}, {}", lab.fake.heard());
                assert_eq!(values(&lab), values(&healthy), "{what}");
                assert_eq!(lab.status(), "OL", "{what}");
                lab.fake.peace();
                if matches!(first, Err(Error::Gone(_))) {
                    assert_eq!(trouble, Trouble::Pulled, "{what}");
                    lab = lab.plugged_in_again();
                }
                // an answer that is very late makes those behind it late
                let polls = if trouble == Trouble::Late { 3 } else { 1 };
                assert!((0..polls).any(|_| lab.poll().is_ok()), "{what}");
                assert_eq!(lab.seen.listing(), healthy.seen.listing(), "{what}");
            }
        }
    }
}

#[test]
fn trouble_that_stays_makes_the_data_stale_or_does_no_harm() {
    let healthy = Lab::new(Fake::smart_ups());
    for letter in letters(POLLED) {
        for trouble in Trouble::ALL.iter().copied() {
            let mut lab = Lab::new(Fake::smart_ups());
            lab.fake.trouble(At::Letter(letter.clone()), trouble);
            let harmless = is_harmless(trouble, &letter);
            // of a text that is always the same nobody can tell that it is wrong, and what is not there is taken back
            let told = letter == b"X" || (trouble == Trouble::Na && letter != b"Q");
            for _ in 0..3 {
                let polled = lab.poll();
                let what = format!("{letter:?} {trouble:?}: {polled:?}, {}", lab.fake.heard());
                assert_eq!(lab.status(), "OL", "{what}");
                let same = values(&lab) == values(&healthy);
                match polled {
                    Ok(()) => assert!(told || (same && harmless), "{what}"),
                    Err(_) => assert!(same && !harmless, "{what}"),
                }
                if trouble == Trouble::Pulled {
                    break;
                }
            }
            lab.fake.peace();
            if trouble == Trouble::Pulled {
                lab = lab.plugged_in_again();
            }
            let what = format!("{letter:?} {trouble:?}");
            // answers that are very late come one by one
            let polls = if trouble == Trouble::Late { 9 } else { 1 };
            assert!((0..polls).any(|_| lab.poll().is_ok()), "{what}");
            // what is not there for a while is gone until the next start
            let gone = trouble == Trouble::Na && letter != b"Q";
            assert!(gone || values(&lab) == values(&healthy), "{what}");
        }
    }
}

#[test]
fn a_status_that_is_spoilt_is_never_one() {
    for status in [0x08, 0x10, 0x50, 0x18, 0x00, 0xff] {
        for trouble in Trouble::ALL
            .iter()
            .copied()
            .filter(|trouble| *trouble != Trouble::Pulled)
        {
            let mut lab = Lab::new(Fake::smart_ups());
            lab.fake.with(|state| state.status = status);
            lab.fake.trouble(At::Letter(b"Q".to_vec()), trouble);
            let before = lab.status().to_owned();
            let polled = lab.poll().is_ok();
            let said = crate::status::Register::parse(format!("{status:02X}").as_bytes());
            let said = said.unwrap().words();
            let shown = lab
                .seen
                .value("ups.status")
                .unwrap_or_default()
                .replace(" DISCHRG", "");
            assert_eq!(shown, if polled { said } else { before }, "{trouble:?}");
            lab.fake.peace();
            lab.poll().unwrap();
        }
    }
}

#[test]
fn trouble_at_the_start_hides_nothing() {
    let mut expected = Lab::identified(Fake::smart_ups(), &settings("apcsmart", &[]));
    let writes = expected.fake.with(|state| std::mem::take(&mut state.heard));
    expected.poll().unwrap();
    for (at, letter) in writes.iter().enumerate() {
        for trouble in Trouble::ALL.iter().copied() {
            let is_list = matches!(letter.as_slice(), b"a" | b"\x1a");
            let silent = matches!(
                trouble,
                Trouble::Deaf | Trouble::Lost | Trouble::Late | Trouble::Restart
            );
            let says_no = matches!(trouble, Trouble::Na | Trouble::No | Trouble::Piece(0));
            // who does not tell its letters is a very old unit
            if trouble == Trouble::Pulled || (is_list && (silent || says_no)) {
                continue;
            }
            let fake = Fake::smart_ups();
            fake.trouble(At::Write(at), trouble);
            let mut lab = Lab::identified(fake, &settings("apcsmart", &[]));
            lab.fake.peace();
            let what = format!("{trouble:?} {at} {letter:?} {}", lab.fake.heard());
            let first = lab.poll();
            assert!(first.is_ok() || lab.poll().is_ok(), "{what}: {first:?}");
            assert_eq!(lab.seen.listing(), expected.seen.listing(), "{what}");
        }
    }
}

#[test]
fn every_letter_that_is_asked_is_tried() {
    let mut lab = Lab::new(Fake::smart_ups());
    lab.clock.sleep(Duration::from_secs(3600));
    lab.poll().unwrap();
    let mut asked = lab.fake.with(|state| state.heard.concat());
    let mut tried = [POLLED, HOURLY].concat().into_bytes();
    asked.sort_unstable();
    tried.sort_unstable();
    assert_eq!(asked, tried);
}
