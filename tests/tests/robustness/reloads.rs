//! Reloads under load: 20 a second, with good and bad files in turn. No client loses its connection or gets an answer
//! that belongs to neither configuration.

use crate::watch::PROMPT;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier};
use std::thread::{self, sleep};
use std::time::Duration;
use testkit::{PATIENCE, Signal, Wire};
use tests::Site;

const ROUNDS: usize = 60;
const PAUSE: Duration = Duration::from_millis(50);
const CLIENTS: usize = 4;
const DATA: &str = "ups.status: OL\n";

/// LIST UPS with the one configuration, and with the other.
const ALONE: &[&str] = &["UPS kept \"UPS kept\""];
const BOTH: &[&str] = &["UPS other \"UPS other\"", "UPS kept \"UPS kept\""];

/// What is done to the files, in turn.
const CHANGES: &[fn(&Site)] = &[
    |site| _ = site.devices(&[("kept", DATA), ("other", DATA)]),
    |site| _ = site.sandbox.write("ups.conf", "[broken\n driver"),
    |site| _ = site.devices(&[("kept", DATA)]),
    |site| fs::remove_file(site.sandbox.etc().join("ups.conf")).unwrap(),
    |site| {
        site.devices(&[("kept", DATA), ("other", DATA)]);
        site.sandbox
            .write("upsd.users", "[admin]\n password = \"unfinished\n");
    },
    |site| {
        site.devices(&[("kept", DATA)]);
        site.sandbox.write(
            "upsd.users",
            "[admin]\n password = secret\n upsmon primary\n",
        );
    },
];

#[test]
fn clients_do_not_notice_good_and_bad_reloads() {
    let site = Site::new();
    site.sandbox.write(
        "upsd.users",
        "[admin]\n password = secret\n upsmon primary\n",
    );
    site.devices(&[("kept", DATA)]);
    let _driver = site.driver("kept");
    let mut upsd = site.upsd();
    site.await_value("kept", "ups.status", "OL");
    let ended = Arc::new(AtomicBool::new(false));
    let all_in = Arc::new(Barrier::new(CLIENTS + 1));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|_| client(site.port, Arc::clone(&all_in), Arc::clone(&ended)))
        .collect();
    all_in.wait();
    for change in CHANGES.iter().cycle().take(ROUNDS) {
        change(&site);
        upsd.signal(Signal::SIGHUP);
        sleep(PAUSE);
    }
    ended.store(true, Ordering::SeqCst);
    // each stays until the last has asked, which counts them
    let served: Vec<_> = clients.into_iter().map(|client| client.join()).collect();
    for client in served {
        assert!(client.expect("a client was not served").1 > 10);
    }
    // the last good one is in force
    upsd.signal(Signal::SIGHUP);
    upsd.wait_for_line("configuration reloaded", PATIENCE);
    assert_eq!(Wire::connect(site.port).list("UPS"), ALONE);
    assert_eq!(upsd.stop(), Some(0));
}

/// Asks on one connection, once all are logged in; the connection, and how often it was answered.
fn client(
    port: u16,
    all_in: Arc<Barrier>,
    ended: Arc<AtomicBool>,
) -> thread::JoinHandle<(Wire, u32)> {
    thread::spawn(move || {
        let mut client = Wire::connect(port).with_patience(PROMPT);
        for request in ["USERNAME admin", "PASSWORD secret", "LOGIN kept"] {
            assert_eq!(client.ask(request), "OK");
        }
        all_in.wait();
        let mut answers = 0;
        while !ended.load(Ordering::SeqCst) {
            assert_eq!(
                client.ask("GET VAR kept ups.status"),
                "VAR kept ups.status \"OL\""
            );
            let list = client.list("UPS");
            assert!(list == ALONE || list == BOTH, "{list:#?}");
            assert_eq!(
                client.ask("GET NUMLOGINS kept"),
                format!("NUMLOGINS kept {CLIENTS}")
            );
            answers += 1;
        }
        (client, answers)
    })
}
