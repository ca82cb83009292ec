//! Each command of AT, the list, the end of the daemon.

use crate::site::Site;
use std::time::Duration;
use testkit::{PATIENCE, eventually};

#[test]
fn execute_runs_the_script_before_upssched_ends() {
    let site = Site::new(
        "AT ONBATT rack@srv EXECUTE now\nAT ONBATT * EXECUTE too\nAT ONLINE * EXECUTE not\n",
    );
    site.tell("ONBATT", "rack@srv");
    assert_eq!(
        site.notes(),
        [
            "now type=ONBATT ups=rack@srv msg=",
            "too type=ONBATT ups=rack@srv msg="
        ]
    );
    assert!(site.daemon().is_none(), "no timer, no daemon");
}

#[test]
fn a_timer_fires_once_with_what_it_was_started_for() {
    let site = Site::new("AT ONBATT * START-TIMER low 1\n");
    site.tell("ONBATT", "rack@srv");
    assert!(site.notes().is_empty());
    let notes = site.wait_for_notes(1, PATIENCE);
    assert_eq!(notes, ["low type=ONBATT ups=rack@srv msg=a message"]);
}

#[test]
fn a_cancelled_timer_does_not_fire_and_a_late_cancel_runs_its_command() {
    let site = Site::new("AT ONBATT * START-TIMER low 2\nAT ONLINE * CANCEL-TIMER low late\n");
    site.tell("ONBATT", "a");
    site.tell("ONLINE", "a");
    site.tell("ONLINE", "a");
    assert_eq!(site.wait_for_notes(1, PATIENCE), ["late type= ups= msg="]);
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(site.notes().len(), 1);
}

#[test]
fn a_cancel_without_command_starts_no_daemon() {
    let site = Site::new("AT ONLINE * CANCEL-TIMER low\nAT COMMOK * CANCEL-TIMER low late\n");
    site.tell("ONLINE", "a");
    assert!(site.daemon().is_none());
    site.tell("COMMOK", "a");
    assert_eq!(site.wait_for_notes(1, PATIENCE), ["late type= ups= msg="]);
}

#[test]
fn a_shared_timer_carries_all_its_upses_and_matched_cancels_by_ups() {
    let site = Site::new(
        "AT COMMBAD * START-TIMER-SHARED lost 2\nAT ONBATT * START-TIMER low 2\nAT ONLINE * CANCEL-TIMER-MATCHED low\n",
    );
    site.tell("COMMBAD", "a");
    site.tell("COMMBAD", "b");
    site.tell("ONBATT", "a");
    site.tell("ONBATT", "b");
    site.tell("ONLINE", "a");
    let mut notes = site.wait_for_notes(2, PATIENCE);
    std::thread::sleep(Duration::from_millis(500));
    notes.sort();
    assert_eq!(
        notes,
        [
            "lost type=COMMBAD ups=a,b msg=a message",
            "low type=ONBATT ups=b msg=a message"
        ]
    );
    assert_eq!(site.notes().len(), 2);
}

#[test]
fn the_list_shows_what_runs() {
    let site = Site::new("AT ONBATT * START-TIMER low 60\nAT FSD * START-TIMER-SHARED grp 90\n");
    let none = site.list();
    assert_eq!(
        (none.code, none.stderr.trim()),
        (Some(1), "upssched timer is not running")
    );
    site.tell("ONBATT", "rack@srv1");
    site.tell("FSD", "");
    let list = site.list();
    assert_eq!(list.code, Some(0));
    let rows: Vec<Vec<_>> = list
        .stdout
        .lines()
        .map(|row| row.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 2, "{}", list.stdout);
    assert_eq!(
        (rows[0][0], rows[0][3], rows[0][4], rows[0][5]),
        ("low", "ONBATT", "rack@srv1", "a message")
    );
    assert_eq!((rows[1][0], rows[1][4]), ("grp", "\"\""));
    let left: u32 = rows[0][2].parse().unwrap();
    assert!((50..=60).contains(&left));
}

#[test]
fn a_script_that_hangs_stops_nobody_else() {
    let site = Site::with_script(
        "AT ONBATT * START-TIMER hang 0\nAT ONBATT * START-TIMER low 1\n",
        "[ \"$1\" = hang ] && exec sleep 20\necho \"$1\" >> \"$DIR/notes\"\n",
    );
    site.tell("ONBATT", "a");
    assert_eq!(site.wait_for_notes(1, Duration::from_secs(10)), ["low"]);
}

#[test]
fn the_daemon_ends_when_it_has_had_nothing_to_do() {
    let site = Site::new("AT ONBATT * START-TIMER low 0\n");
    site.tell("ONBATT", "a");
    site.wait_for_notes(1, PATIENCE);
    assert!(site.daemon().is_some());
    let gone = || site.daemon().is_none().then_some(());
    assert!(eventually(Duration::from_secs(30), gone).is_some());
    assert!(!site.file("pipe").exists());
    site.tell("ONBATT", "a");
    site.wait_for_notes(2, PATIENCE);
}

#[test]
fn without_upsmon_around_it_says_so() {
    let site = Site::new("");
    let done = testkit::Program::locknut("upssched", &site.sandbox)
        .arg("x")
        .run();
    assert_eq!(done.code, Some(1));
    assert!(done.stdout.contains("UPSNAME and NOTIFYTYPE must be set"));
}

#[test]
fn mistakes_are_told_and_the_rest_is_done() {
    let site = Site::new("AT ONBATT * EXEC x\nAT ONBATT * EXECUTE good\n");
    let done = site.ours("ONBATT", "a", "m").run();
    assert!(
        done.stderr.contains("invalid command \"EXEC\""),
        "{}",
        done.stderr
    );
    assert_eq!(site.notes().len(), 1);
    let check = testkit::Program::locknut("upssched", &site.sandbox)
        .arg("-t")
        .run();
    assert_eq!(check.code, Some(1));
    assert!(
        check.stderr.ends_with("1 errors, 0 warnings; 1 rules\n"),
        "{}",
        check.stderr
    );
}
