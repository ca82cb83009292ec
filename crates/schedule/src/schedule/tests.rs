use super::*;
use std::collections::HashSet;

fn sender(notice: &str, ups: &str) -> Sender {
    Sender::new(notice, ups, &format!("{ups} {notice}"))
}

fn start(schedule: &mut Schedule, name: &str, secs: u64, from: &Sender, now: u64) {
    let request = Request::Start {
        name: name.to_owned(),
        after: Duration::from_secs(secs),
        shared: false,
        sender: from.clone(),
    };
    assert!(schedule.take(request, Tick::secs(now)).is_empty());
}

fn join(schedule: &mut Schedule, name: &str, secs: u64, from: &Sender, now: u64) {
    let request = Request::Start {
        name: name.to_owned(),
        after: Duration::from_secs(secs),
        shared: true,
        sender: from.clone(),
    };
    assert!(schedule.take(request, Tick::secs(now)).is_empty());
}

fn cancel(
    schedule: &mut Schedule,
    name: &str,
    command: &str,
    matching: Option<Sender>,
) -> Vec<String> {
    let request = Request::Cancel {
        name: name.to_owned(),
        command: command.to_owned(),
        matched: matching.is_some(),
        sender: matching.unwrap_or_default(),
    };
    arguments(&schedule.take(request, Tick::secs(1)))
}

fn arguments(runs: &[Run]) -> Vec<String> {
    runs.iter().map(|run| run.argument.clone()).collect()
}

fn due(schedule: &mut Schedule, now: u64) -> Vec<String> {
    arguments(&schedule.due(Tick::secs(now)))
}

const NOTHING: [&str; 0] = [];

#[test]
fn a_timer_fires_once_when_it_is_due() {
    let mut schedule = Schedule::default();
    start(&mut schedule, "t", 30, &sender("ONBATT", "a"), 0);
    assert_eq!(schedule.wake_at(), Tick::secs(30));
    assert_eq!(due(&mut schedule, 29), NOTHING);
    let runs = schedule.due(Tick::secs(30));
    let timer = runs[0].timer.as_ref().unwrap();
    assert_eq!(timer.notice_text().as_deref(), Some("ONBATT"));
    assert_eq!(timer.ups_text().as_deref(), Some("a"));
    assert_eq!(timer.message_text().as_deref(), Some("a ONBATT"));
    assert_eq!(due(&mut schedule, 99), NOTHING);
}

#[test]
fn what_is_due_runs_in_the_order_of_time_then_of_its_start() {
    let mut schedule = Schedule::default();
    for (name, secs) in [("c", 3), ("a", 1), ("b1", 2), ("b2", 2)] {
        start(&mut schedule, name, secs, &Sender::default(), 0);
    }
    assert_eq!(due(&mut schedule, 9), ["a", "b1", "b2", "c"]);
}

#[test]
fn a_second_start_makes_a_second_timer() {
    let mut schedule = Schedule::default();
    start(&mut schedule, "t", 10, &sender("ONBATT", "a"), 0);
    start(&mut schedule, "t", 10, &sender("ONBATT", "b"), 1);
    assert_eq!(due(&mut schedule, 10), ["t"]);
    assert_eq!(due(&mut schedule, 11), ["t"]);
}

#[test]
fn a_shared_timer_carries_every_event_once_and_keeps_its_time() {
    let mut schedule = Schedule::default();
    join(&mut schedule, "t", 10, &sender("ONBATT", "a"), 0);
    join(&mut schedule, "t", 10, &sender("ONBATT", "b"), 5);
    join(&mut schedule, "t", 10, &sender("ONBATT", "b"), 6);
    let runs = schedule.due(Tick::secs(10));
    assert_eq!(runs.len(), 1);
    let timer = runs[0].timer.as_ref().unwrap();
    assert_eq!(timer.notice_text().as_deref(), Some("ONBATT"));
    assert_eq!(timer.ups_text().as_deref(), Some("a,b"));
    assert_eq!(timer.message_text().as_deref(), Some("a ONBATT.\tb ONBATT"));
}

#[test]
fn cancel_ends_all_of_a_name_and_else_runs_its_command() {
    let mut schedule = Schedule::default();
    start(&mut schedule, "t", 10, &Sender::default(), 0);
    start(&mut schedule, "t", 20, &Sender::default(), 0);
    start(&mut schedule, "T", 30, &Sender::default(), 0);
    assert_eq!(cancel(&mut schedule, "t", "late", None), NOTHING);
    assert_eq!(cancel(&mut schedule, "t", "late", None), ["late"]);
    assert_eq!(cancel(&mut schedule, "t", "", None), NOTHING);
    assert_eq!(due(&mut schedule, 99), ["T"]);
}

#[test]
fn cancel_matched_ends_those_of_one_ups_only() {
    let mut schedule = Schedule::default();
    start(&mut schedule, "t", 10, &sender("ONBATT", "a"), 0);
    start(&mut schedule, "t", 10, &sender("ONBATT", "b"), 0);
    assert_eq!(
        cancel(&mut schedule, "t", "late", Some(sender("ONLINE", "b"))),
        NOTHING
    );
    assert_eq!(
        cancel(&mut schedule, "t", "late", Some(sender("ONLINE", "b"))),
        ["late"]
    );
    let left = schedule.due(Tick::secs(10));
    assert_eq!(left[0].timer.as_ref().unwrap().upses, ["a"]);
    start(&mut schedule, "t", 10, &sender("ONBATT", "a"), 0);
    assert_eq!(
        cancel(&mut schedule, "t", "late", Some(Sender::default())),
        NOTHING
    );
    assert!(
        schedule.timers().is_empty(),
        "without a UPS it is a plain CANCEL"
    );
}

#[test]
fn it_is_over_after_fifteen_seconds_without_a_timer() {
    let mut schedule = Schedule::new(Tick::secs(100));
    assert_eq!(schedule.wake_at(), Tick::secs(115));
    assert!(!schedule.is_over(Tick::secs(114)) && schedule.is_over(Tick::secs(115)));
    start(&mut schedule, "t", 30, &Sender::default(), 110);
    assert!(!schedule.is_over(Tick::secs(139)));
    assert_eq!(due(&mut schedule, 140), ["t"]);
    assert!(!schedule.is_over(Tick::secs(154)) && schedule.is_over(Tick::secs(155)));
    schedule.stir(Tick::secs(154));
    assert!(!schedule.is_over(Tick::secs(155)));
}

/// Every sequence of eight moves of two names: each start fires exactly once or is cancelled, never both, never neither.
#[test]
fn in_every_small_world_each_start_ends_exactly_once() {
    fn walk(
        schedule: &Schedule,
        now: u64,
        depth: u32,
        open: &[(String, u64)],
        ends: &mut HashSet<Schedule>,
    ) {
        if depth == 0 {
            let mut schedule = schedule.clone();
            assert_eq!(schedule.due(Tick::secs(now + 100)).len(), open.len());
            ends.insert(schedule);
            return;
        }
        for step in 0..5 {
            let (mut schedule, mut open) = (schedule.clone(), open.to_vec());
            let name = if step % 2 == 0 { "x" } else { "y" };
            match step {
                0 | 1 => {
                    start(&mut schedule, name, 2, &Sender::default(), now);
                    open.push((name.to_owned(), now + 2));
                }
                2 | 3 => {
                    let had = open.iter().any(|(known, _)| known == name);
                    let late = cancel(&mut schedule, name, "late", None);
                    assert_eq!(late.is_empty(), had);
                    open.retain(|(known, _)| known != name);
                }
                _ => {}
            }
            let now = now + 1;
            let fired = due(&mut schedule, now);
            let (expected, left): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|(_, at)| *at <= now);
            let expected: Vec<_> = expected.into_iter().map(|(name, _)| name).collect();
            assert_eq!(fired, expected);
            walk(&schedule, now, depth - 1, &left, ends);
        }
    }
    let mut ends = HashSet::new();
    walk(&Schedule::default(), 0, 7, &[], &mut ends);
    assert!(!ends.is_empty());
}
