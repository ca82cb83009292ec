//! Every history of up to eight events, and what must hold in each.

use super::*;

const EVENTS: [Event; 7] = [
    Event::Answered,
    Event::Failed,
    Event::Lost,
    Event::Opened,
    Event::Absent,
    Event::Refused,
    Event::Tick,
];

const START: Health = Health {
    next: None,
    failures: 0,
    attempts: 0,
    openings: 0,
    resets: 0,
    opened: None,
};

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Events that can happen: those of an open device while it is open, those of attempts when one was advised.
fn can_happen(health: Health, event: Event, now: Duration) -> bool {
    let may_open = health.advice(now) == Advice::Open;
    match event {
        Event::Answered | Event::Failed | Event::Lost => health.is_open(),
        Event::Opened | Event::Absent | Event::Refused => may_open,
        Event::Tick => true,
    }
}

fn walk(
    health: Health,
    now: Duration,
    depth: u32,
    resets: u32,
    visit: &mut impl FnMut(Health, Event, Duration, Health, Advice, u32),
) {
    if depth == 0 {
        return;
    }
    for event in EVENTS {
        for later in [Duration::ZERO, Duration::from_millis(1500), seconds(31)] {
            let now = now + later;
            if !can_happen(health, event, now) {
                continue;
            }
            let (next, advice) = health.step(event, now);
            let resets = match (event, advice) {
                (Event::Answered, _) => 0,
                (_, Advice::Reset) => resets + 1,
                _ => resets,
            };
            visit(health, event, now, next, advice, resets);
            walk(next, now, depth - 1, resets, visit);
        }
    }
}

#[test]
fn in_no_history_is_it_busy_or_lost_for_long() {
    let mut seen = 0u64;
    walk(
        START,
        seconds(100),
        6,
        0,
        &mut |before, event, now, after, advice, resets| {
            seen += 1;
            assert!(resets <= RESETS_MAX, "{before:?} {event:?}");
            if let Advice::Wait(until) = advice {
                assert!(
                    until > now && until <= now + PAUSE_MAX,
                    "{before:?} {event:?} {advice:?}"
                );
            }
            match event {
                Event::Answered => assert_eq!(
                    (after, advice),
                    (
                        Health {
                            opened: before.opened,
                            ..START
                        },
                        Advice::Use
                    )
                ),
                Event::Opened => {
                    assert_eq!(advice, Advice::Use);
                    assert!(
                        before.opened.is_none_or(|last| now >= last + LOOK),
                        "{before:?} twice within a second"
                    );
                }
                // a failed attempt is never followed by another one at once
                Event::Absent | Event::Refused => {
                    assert!(matches!(advice, Advice::Wait(_)), "{before:?} {event:?}")
                }
                Event::Tick => assert_eq!(before, after),
                Event::Failed | Event::Lost => {}
            }
            assert_eq!(advice == Advice::Use, after.is_open());
        },
    );
    assert!(seen > 100_000, "{seen}");
}

#[test]
fn a_device_that_worked_is_opened_at_once_when_it_is_lost() {
    assert_eq!(START.step(Event::Lost, seconds(5)).1, Advice::Open);
}

#[test]
fn a_device_that_is_lost_again_and_again_is_opened_at_most_once_a_second() {
    let (mut health, mut now, mut openings) = (START, seconds(0), 0);
    while now < seconds(60) {
        now += Duration::from_millis(10);
        let (next, advice) = health.step(Event::Tick, now);
        health = next;
        if advice == Advice::Open {
            openings += 1;
            health = health.step(Event::Opened, now).0;
            health = health.step(Event::Answered, now).0;
        }
        health = health.step(Event::Lost, now).0;
    }
    assert!((55..=61).contains(&openings), "{openings}");
}

#[test]
fn single_failures_are_borne_and_an_answer_forgives_them() {
    let mut health = START;
    for event in [
        Event::Failed,
        Event::Failed,
        Event::Answered,
        Event::Failed,
        Event::Failed,
    ] {
        let (next, advice) = health.step(event, seconds(5));
        assert_eq!(advice, Advice::Use);
        health = next;
    }
    assert_eq!(health.step(Event::Failed, seconds(5)).1, Advice::Open);
}

#[test]
fn an_absent_device_is_looked_for_every_second_for_ever() {
    let (mut health, _) = START.step(Event::Lost, seconds(0));
    for now in 0..1000 {
        let (next, advice) = health.step(Event::Absent, seconds(now));
        assert_eq!(advice, Advice::Wait(seconds(now + 1)));
        health = next;
    }
}

#[test]
fn a_device_that_refuses_is_tried_less_and_less_often() {
    let (mut health, _) = START.step(Event::Lost, seconds(0));
    let mut now = seconds(0);
    let mut pauses = Vec::new();
    for _ in 0..8 {
        let (next, advice) = health.step(Event::Refused, now);
        let Advice::Wait(until) = advice else {
            panic!("{advice:?}")
        };
        pauses.push((until - now).as_secs());
        (health, now) = (next, until);
    }
    assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
    let (health, _) = health.step(Event::Absent, now);
    let (_, advice) = health.step(Event::Refused, now + LOOK);
    assert_eq!(
        advice,
        Advice::Wait(now + LOOK + LOOK),
        "plugged anew, it starts anew"
    );
}

#[test]
fn a_device_that_opens_and_never_answers_is_reset_twice_and_then_left_with_long_pauses() {
    let mut health = START;
    let mut now = seconds(0);
    let mut told = Vec::new();
    for _ in 0..12 {
        let (lost, advice) = health.step(Event::Lost, now);
        let wait = match lost.step(Event::Tick, now).1 {
            Advice::Wait(until) => until - now,
            _ => Duration::ZERO,
        };
        told.push(if advice == Advice::Reset {
            "reset".to_owned()
        } else {
            wait.as_secs().to_string()
        });
        now += wait;
        health = lost.step(Event::Opened, now).0;
    }
    assert_eq!(
        told,
        [
            "0", "1", "2", "reset", "2", "4", "reset", "4", "8", "16", "30", "30"
        ]
    );
}

#[test]
fn a_refused_request_is_a_sign_of_life() {
    let of = |word| Event::of(&Error::from_word(word, "x").unwrap());
    assert_eq!(of("stalled"), Event::Answered);
    for word in ["timeout", "overflow", "io", "other"] {
        assert_eq!(of(word), Event::Failed, "{word}");
    }
    for word in ["gone", "busy", "denied", "notfound"] {
        assert_eq!(of(word), Event::Lost, "{word}");
    }
}
