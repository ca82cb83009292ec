//! Starts and cancels from many processes at once, daemons that die.

use crate::site::Site;
use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;
use testkit::{PATIENCE, Signal, eventually, is_running, signal_process};

/// Interleavings played; `LOCKNUT_ROUNDS` sets another number.
const ROUNDS: u32 = 240;
const LANES: u32 = 8;

/// A small generator: which interleaving is played need not be secret, only repeatable.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Each round has a name of its own and starts it, starts and cancels it, cancels it first, or cancels it too late; the
/// rounds of all lanes run into each other.
#[test]
fn parallel_starts_and_cancels_lose_none_and_fire_each_once() {
    let rounds = std::env::var("LOCKNUT_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok());
    let rounds: u32 = rounds.unwrap_or(ROUNDS);
    let seed = std::env::var("LOCKNUT_SEED")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(1);
    let rules: String = (0..rounds)
        .map(|round| {
            format!("AT ONBATT u{round} START-TIMER t{round} 1\nAT ONLINE u{round} CANCEL-TIMER t{round} late{round}\n")
        })
        .collect();
    let site = Site::with_script(&rules, "echo \"$1\" >> \"$DIR/notes\"\n");
    let expected = std::thread::scope(|scope| {
        let lanes: Vec<_> = (0..LANES)
            .map(|lane| {
                let site = &site;
                scope.spawn(move || play(site, Chance(seed + u64::from(lane)), lane, rounds))
            })
            .collect();
        let mut expected = BTreeMap::new();
        for lane in lanes {
            expected.extend(lane.join().unwrap());
        }
        expected
    });
    let all = expected.values().sum::<usize>();
    site.wait_for_notes(all, PATIENCE);
    // nothing more comes
    std::thread::sleep(Duration::from_millis(1500));
    let mut noted: BTreeMap<String, usize> = BTreeMap::new();
    for note in site.notes() {
        *noted.entry(note).or_default() += 1;
    }
    assert_eq!(noted, expected);
    eprintln!("upssched: {rounds} rounds, {all} scripts run, each as often as it had to");
}

/// What has to be run how often.
fn play(site: &Site, mut chance: Chance, lane: u32, rounds: u32) -> BTreeMap<String, usize> {
    let mut expected = BTreeMap::new();
    for round in (lane..rounds).step_by(usize::try_from(LANES).unwrap()) {
        let ups = format!("u{round}");
        match chance.below(4) {
            0 => {
                site.tell("ONBATT", &ups);
                expected.insert(format!("t{round}"), 1);
            }
            1 => {
                site.tell("ONBATT", &ups);
                site.tell("ONLINE", &ups);
                // a machine that takes a second for one process lets it fire first
                if site.notes().iter().any(|note| *note == format!("t{round}")) {
                    expected.insert(format!("t{round}"), 1);
                    expected.insert(format!("late{round}"), 1);
                }
            }
            2 => {
                site.tell("ONLINE", &ups);
                site.tell("ONBATT", &ups);
                expected.insert(format!("late{round}"), 1);
                expected.insert(format!("t{round}"), 1);
            }
            _ => {
                site.tell("ONBATT", &ups);
                site.tell("ONBATT", &ups);
                expected.insert(format!("t{round}"), 2);
            }
        }
        std::thread::sleep(Duration::from_millis(chance.below(20)));
    }
    expected
}

#[test]
fn many_that_start_at_once_start_one_daemon() {
    let site = Site::new("AT ONBATT * START-TIMER low 2\n");
    std::thread::scope(|scope| {
        for number in 0..20 {
            let site = &site;
            scope.spawn(move || site.tell("ONBATT", &format!("u{number}")));
        }
    });
    let rows = site.list().stdout.lines().count();
    assert_eq!(rows + site.notes().len(), 20, "all are with the one daemon");
    site.wait_for_notes(20, PATIENCE);
}

#[test]
fn a_daemon_that_was_killed_leaves_nothing_in_the_way() {
    let site = Site::new("AT ONBATT * START-TIMER low 60\nAT ONLINE * CANCEL-TIMER low\n");
    for _ in 0..5 {
        site.tell("ONBATT", "a");
        let pid = site.daemon().unwrap();
        signal_process(pid, Signal::SIGKILL);
        assert!(eventually(PATIENCE, || (!is_running(pid)).then_some(())).is_some());
        assert!(site.file("pipe").exists(), "it is left behind");
        site.tell("ONLINE", "a");
    }
    site.tell("ONBATT", "a");
    assert_eq!(site.list().stdout.lines().count(), 1);
}

#[test]
fn a_lock_that_nobody_holds_is_taken_whatever_its_rights_are() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new("AT ONBATT * START-TIMER low 60\n");
    fs::write(site.file("lock"), "").unwrap();
    fs::set_permissions(site.file("lock"), fs::Permissions::from_mode(0o000)).unwrap();
    site.tell("ONBATT", "a");
    assert_eq!(site.list().stdout.lines().count(), 1);
}

#[test]
fn where_no_daemon_can_be_started_it_is_told_and_nothing_hangs() {
    let site = Site::new("");
    let conf = "CMDSCRIPT /bin/true\nPIPEFN /no/such/dir/pipe\nLOCKFN /no/such/dir/lock\nAT ONBATT * START-TIMER low 1\n";
    site.sandbox.write("upssched.conf", conf);
    let done = site.ours("ONBATT", "a", "m").run();
    assert_eq!(done.code, Some(1));
    assert!(
        done.stderr.contains("cannot open /no/such/dir/lock"),
        "{}",
        done.stderr
    );
}
