//! The seeded twin of the fuzz targets: each check on its corpus, and on inputs made of it that are the same every time.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "tests fail by panicking, and show what failed"
)]

mod mutate;

use mutate::Mutator;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use std::{fs, panic};

/// The seeds that are committed for a target, in the order of their names.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fuzz/corpus")
        .join(name);
    let mut paths: Vec<PathBuf> = fs::read_dir(&dir)
        .unwrap_or_else(|error| panic!("{}: {error}", dir.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Runs a check on its seeds and on `count` inputs made of them.
fn twin(name: &str, count: usize) {
    let check = fuzz_checks::CHECKS
        .iter()
        .find(|check| check.name == name)
        .unwrap();
    let seeds = corpus(name);
    assert!(!seeds.is_empty());
    seeds.iter().for_each(|seed| survive(check.run, seed));
    let mut mutator = Mutator::new(&seeds);
    for _ in 0..count {
        survive(check.run, &mutator.next_input());
    }
    if let Some(time) = time() {
        search(check.run, &seeds, name, time);
    }
}

/// How long each target is searched on: `LOCKNUT_FUZZ_SECONDS`, for machines that check changes and lack a nightly compiler.
fn time() -> Option<Duration> {
    number("LOCKNUT_FUZZ_SECONDS").map(Duration::from_secs)
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    let number = text.parse();
    Some(number.unwrap_or_else(|_| panic!("{variable}: {text:?} is no number")))
}

/// Inputs made up from `LOCKNUT_FUZZ_SEED`, or that no run before has seen, until the time is over. What breaks is shown, and
/// so a test.
fn search(run: fn(&[u8]), seeds: &[Vec<u8>], name: &str, time: Duration) {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let now = u64::try_from(since.as_nanos() & u128::from(u64::MAX)).unwrap();
    let begin = number("LOCKNUT_FUZZ_SEED").unwrap_or(now) | 1;
    let mut mutator = Mutator::beginning_at(seeds, begin);
    let deadline = Instant::now() + time;
    let mut tried = 0_u64;
    while Instant::now() < deadline {
        survive(run, &mutator.next_input());
        tried += 1;
    }
    // not with eprintln!, whose text the test harness keeps to itself
    let _ = writeln!(
        std::io::stderr(),
        "searched {name}: {tried} inputs in {time:?}"
    );
}

fn survive(run: fn(&[u8]), input: &[u8]) {
    if let Err(cause) = panic::catch_unwind(|| run(input)) {
        eprintln!("the input was: b\"{}\"", input.escape_ascii());
        panic::resume_unwind(cause);
    }
}

#[test]
fn every_target_calls_its_check_and_has_its_twin() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/fuzz_targets");
    for check in fuzz_checks::CHECKS {
        let name = check.name;
        let target = fs::read_to_string(dir.join(format!("{name}.rs"))).unwrap();
        assert!(
            target.contains(&format!("fuzz_checks::check_{name}(")),
            "{name}"
        );
        assert!(
            include_str!("main.rs").contains(&format!("twin(\"{name}\", ")),
            "{name}"
        );
    }
    assert_eq!(
        fs::read_dir(dir).unwrap().count(),
        fuzz_checks::CHECKS.len()
    );
}

#[test]
fn client_answers_hold() {
    twin("client_answers", 600);
}

#[test]
fn timer_requests_hold() {
    twin("timer_request", 1500);
}

#[test]
fn ups_status_holds() {
    twin("ups_status", 3000);
}

#[test]
fn hid_reports_hold() {
    twin("hid_report", 400);
}

#[test]
fn qx_answers_hold() {
    twin("qx_answers", 400);
}

#[test]
fn words_hold() {
    twin("words", 1500);
}

#[test]
fn mdns_answers_hold() {
    twin("mdns_answer", 2000);
}

#[test]
fn snmp_messages_hold() {
    twin("snmp_message", 1000);
}

#[test]
fn snmp_traps_hold() {
    twin("snmp_trap", 1000);
}

#[test]
fn requests_hold() {
    twin("request", 3000);
}

#[test]
fn ipc_lines_hold() {
    twin("ipc_line", 1500);
}

#[test]
fn ups_conf_holds() {
    twin("ups_conf", 1500);
}

#[test]
fn upsd_conf_holds() {
    twin("upsd_conf", 2000);
}

#[test]
fn edits_of_configuration_hold() {
    twin("conf_edit", 2000);
}

#[test]
fn upsd_users_holds() {
    twin("upsd_users", 1500);
}

#[test]
fn upsmon_conf_holds() {
    twin("upsmon_conf", 1500);
}

#[test]
fn upssched_conf_holds() {
    twin("upssched_conf", 1500);
}

#[test]
fn dummy_files_hold() {
    twin("dummy_file", 1500);
}

#[test]
fn cmdvartab_holds() {
    twin("cmdvartab", 1500);
}

#[test]
fn nutauth_conf_holds() {
    twin("nutauth", 2000);
}

#[test]
fn pem_files_and_certificates_hold() {
    twin("pem", 3000);
}

#[test]
fn private_keys_hold() {
    twin("private_key", 400);
}

#[test]
fn hashes_of_passwords_hold() {
    twin("password_hash", 3000);
}

#[test]
fn hid_descriptors_hold() {
    twin("hid_descriptor", 1500);
}

#[test]
fn hub_conversations_hold() {
    twin("hub_conversation", 600);
}

#[test]
fn apc_capabilities_hold() {
    twin("apc_capability", 3000);
}

#[test]
fn apc_answers_hold() {
    twin("apc_answers", 600);
}
