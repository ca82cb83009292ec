//! The EEPROM.

use super::*;
use crate::fake::{RINGS, Want};
use crate::variables::Variable;

#[test]
fn a_value_is_rotated_to() {
    let mut lab = Lab::new(Fake::smart_ups());
    assert_eq!(lab.set("battery.runtime.low", "480"), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "q-q-qq");
    assert_eq!(lab.value("battery.runtime.low"), Some("480"));
    assert_eq!(lab.set("battery.runtime.low", "480"), Outcome::Handled);
    assert_eq!(lab.fake.heard(), "q");
}

#[test]
fn a_value_that_is_not_listed_is_not_looked_for() {
    let mut lab = Lab::new(Fake::smart_ups());
    assert_eq!(lab.set("battery.runtime.low", "600"), Outcome::Failed);
    assert_eq!(lab.set("battery.charge", "50"), Outcome::Unknown);
    assert_eq!(lab.set("no.such", "50"), Outcome::Unknown);
    assert_eq!(lab.fake.heard(), "");
}

#[test]
fn no_ring_is_gone_round_twice() {
    let mut lab = Lab::new(Fake::smart_ups());
    // listed, but not in the ring
    lab.fake
        .with(|state| state.rings.insert(b'k', vec!["0", "T"]));
    assert_eq!(lab.set("battery.alarm.threshold", "N"), Outcome::Failed);
    assert_eq!(lab.fake.heard(), "k-k-kkk");
    // a ring that never comes back to where it was, and has no end
    lab.fake
        .with(|state| state.rings.insert(b'k', vec!["5", "6"]));
    lab.fake.set(b"k", "0");
    assert_eq!(lab.set("battery.alarm.threshold", "N"), Outcome::Failed);
    assert_eq!(lab.fake.heard(), "k-k-k-k-kkk");
    assert_eq!(lab.value("battery.alarm.threshold"), Some("6"));
}

#[test]
fn a_text_is_written_with_its_padding() {
    let mut lab = Lab::new(Fake::smart_ups());
    assert_eq!(lab.set("ups.id", "ABC"), Outcome::Handled);
    assert_eq!(lab.fake.heard(), r"c-ABC\r\r\r\r\rc");
    assert_eq!(lab.value("ups.id"), Some("ABC"));
    assert_eq!(lab.set("ups.id", ""), Outcome::Handled);
    assert_eq!(lab.value("ups.id"), Some(""));
    assert_eq!(lab.set("ups.id", "12345678"), Outcome::Handled);
    lab.fake.heard();
    for wrong in ["123456789", "A#B", "A*B", "A\rB", "\u{e4}"] {
        assert_eq!(lab.set("ups.id", wrong), Outcome::Failed, "{wrong:?}");
    }
    assert_eq!(lab.fake.heard(), "");
}

#[test]
fn the_rest_of_a_text_that_is_refused_is_not_sent() {
    let mut lab = Lab::new(Fake::smart_ups());
    // it does not let this one be changed, so the text would be commands
    lab.fake.trouble(At::Write(1), Trouble::Na);
    assert_eq!(lab.set("ups.id", "KKZZSSUU"), Outcome::Failed);
    assert_eq!(lab.fake.heard(), "c-");
}

/// An edit for each variable that can be set, and the letter of it.
fn edits() -> Vec<(&'static str, String, u8)> {
    let texts = [
        ("ups.id", "ABC", b'c'),
        ("battery.date", "12345678", b'x'),
        // how the text begins that it has
        ("ups.id", "UPS", b'c'),
    ];
    let texts = texts.map(|(var, value, letter)| (var, value.to_owned(), letter));
    let rings = RINGS.iter().map(|(letter, ring)| {
        let row = Variable::of(&[*letter]).next().unwrap();
        (row.var, row.form.value(ring.last().unwrap()), *letter)
    });
    texts.into_iter().chain(rings).collect()
}

/// What a unit has, as it is published.
fn has(fake: &Fake, letter: u8) -> String {
    let raw = fake.with(|state| state.values.get(&vec![letter]).cloned());
    let row = Variable::of(&[letter]).next().unwrap();
    let plain = |c: char| if c.is_control() { '?' } else { c };
    let text = row.form.value(&raw.unwrap()).replace('\r', "");
    text.chars().map(plain).collect()
}

/// A unit that is edited, and something happens to the edit's write number `at`; how many writes there were.
fn interrupted(edit: &(&str, String, u8), trouble: Trouble, at: usize) -> usize {
    let (var, value, letter) = edit;
    let mut lab = Lab::new(Fake::smart_ups());
    lab.fake.trouble(At::Write(at), trouble);
    let mut report = Report::default();
    let outcome = lab.driver.set(var, value, &mut report);
    let writes = lab.fake.with(|state| state.heard.len());
    lab.fake.peace();
    let what = format!("{var} {trouble:?} {at}: {outcome:?}, {}", lab.fake.heard());
    assert!(writes < 60, "{what}");
    if let Ok(outcome) = outcome {
        lab.seen.tell(report);
        if outcome == Outcome::Handled {
            assert_eq!(has(&lab.fake, *letter), *value, "{what}");
            assert_eq!(lab.value(var), Some(value.as_str()), "{what}");
        }
        // the line may have been pulled at the very end
        if trouble != Trouble::Pulled {
            let told = lab.fake.with(|state| (state.smart, state.want.clone()));
            assert_eq!(told, (true, Want::Letter), "{what}");
        }
    } else {
        assert_eq!(trouble, Trouble::Pulled, "{what}");
    }
    if trouble == Trouble::Pulled {
        lab = lab.plugged_in_again();
    }
    lab.poll().unwrap_or_else(|why| panic!("{what}: {why}"));
    assert!(lab.fake.with(|state| state.smart), "{what}");
    assert_eq!(lab.status(), "OL", "{what}");
    // what was not told together with the failure is by the next round that reads all
    lab.clock.sleep(Duration::from_secs(3600));
    lab.poll().unwrap_or_else(|why| panic!("{what}: {why}"));
    assert_eq!(
        lab.value(var),
        Some(has(&lab.fake, *letter).as_str()),
        "{what}"
    );
    // and it can be set as ever
    assert_eq!(lab.set(var, value), Outcome::Handled, "{what}");
    assert_eq!(has(&lab.fake, *letter), *value, "{what}");
    writes
}

/// Edits of all that can be edited are interrupted at each of their writes, in each way: they end, the unit is in smart mode
/// afterwards and waits for nothing, what is published is what it has, and success is told only when it has what was wanted.
#[test]
fn an_edit_that_is_interrupted_leaves_everything_in_order() {
    for edit in edits() {
        for trouble in Trouble::ALL {
            let mut at = 0;
            // the writes of recovering from it are disturbed, too, as there is always one more
            while interrupted(&edit, *trouble, at) > at {
                at += 1;
            }
            assert!(at > 2, "{edit:?} {trouble:?}");
        }
    }
}

#[test]
fn an_edit_on_a_line_that_stays_bad_ends() {
    for edit in edits() {
        let (var, value, letter) = &edit;
        for trouble in Trouble::ALL {
            for bad in [vec![*letter], b"-".to_vec(), b"Y".to_vec(), b"\r".to_vec()] {
                let mut lab = Lab::new(Fake::smart_ups());
                lab.fake.trouble(At::Letter(bad.clone()), *trouble);
                let _ = lab.driver.set(var, value, &mut Report::default());
                let writes = lab.fake.with(|state| state.heard.len());
                assert!(
                    writes < 80,
                    "{var} {trouble:?} {bad:?}: {}",
                    lab.fake.heard()
                );
                lab.fake.peace();
                if *trouble == Trouble::Pulled {
                    lab = lab.plugged_in_again();
                }
                // the unit may wait for the rest of a text, and answers may be late
                assert!(
                    (0..20).any(|_| lab.poll().is_ok()),
                    "{var} {trouble:?} {bad:?}"
                );
                lab.poll().unwrap();
                // what is not there for a while is gone until the next start
                let gone = *trouble == Trouble::Na && bad == [*letter];
                let expected = if gone {
                    Outcome::Unknown
                } else {
                    Outcome::Handled
                };
                assert_eq!(lab.set(var, value), expected, "{var} {trouble:?} {bad:?}");
            }
        }
    }
}
