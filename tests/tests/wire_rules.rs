//! What clients of the field rely on beside words: the rules 16 to 18 of their specification.
//!
//! What C NUT can do as well is tried with its upsd, too. Rules 1 to 15 are conversations, in `compliance/conversations/wire-rules.txt`.

#![cfg(test)]

use testkit::{FakeDriver, PATIENCE, Running, Sandbox, Wire, free_port};
use tests::Subject;

/// A UPS with `count` variables, served.
fn served(subject: &Subject, count: usize) -> (u16, Running, FakeDriver, Sandbox) {
    let sandbox = Sandbox::new();
    let port = free_port().unwrap();
    sandbox
        .write("ups.conf", "[rack]\n  driver = fake-ups\n  port = none\n")
        .write(
            "upsd.conf",
            &format!("LISTEN 127.0.0.1 {port}\nMAXAGE 60\n"),
        )
        .write("upsd.users", "");
    let mut dump: Vec<String> = (0..count)
        .map(|n| format!("SETINFO lab.{n:03} \"value {n}\""))
        .collect();
    dump.extend(["SETINFO ups.status \"OL\"", "DATAOK", "DUMPDONE"].map(str::to_owned));
    let dump: Vec<&str> = dump.iter().map(String::as_str).collect();
    let driver = FakeDriver::start(&sandbox, "fake-ups", "rack", &dump);
    let upsd = subject
        .program("upsd", &sandbox)
        .arg("-F")
        .as_myself()
        .start();
    let mut wire = Wire::connect(port);
    let up = || (wire.ask("GET VAR rack ups.status") == "VAR rack ups.status \"OL\"").then_some(());
    assert!(
        testkit::eventually(PATIENCE, up).is_some(),
        "the driver's data did not arrive"
    );
    (port, upsd, driver, sandbox)
}

#[test]
fn rule_16_pipelined_requests_are_answered_in_order() {
    pipelined(&Subject::Locknut);
}

fn pipelined(subject: &Subject) {
    let (port, _upsd, _driver, _sandbox) = served(subject, 90);
    let mut wire = Wire::connect(port);
    // what an exporter asks in one scrape, all at once
    let requests: Vec<(String, String)> = (0..90)
        .flat_map(|n| {
            let desc = format!("DESC rack lab.{n:03} \"Description unavailable\"");
            let kind = format!("TYPE rack lab.{n:03} NUMBER");
            [
                (format!("GET DESC rack lab.{n:03}\n"), desc),
                (format!("GET TYPE rack lab.{n:03}\n"), kind),
            ]
        })
        .collect();
    let all: String = requests
        .iter()
        .map(|(request, _)| request.as_str())
        .collect();
    wire.send_bytes(all.as_bytes());
    for (_, expected) in &requests {
        assert_eq!(&wire.read_line(), expected);
    }
}

#[test]
fn rule_16_more_answers_than_buffers_hold_all_arrive() {
    let (port, _upsd, _driver, _sandbox) = served(&Subject::Locknut, 90);
    let mut wire = Wire::connect(port);
    let listings = 2_000;
    let asking = std::thread::scope(|scope| {
        let mut other = Wire::connect(port);
        wire.send_bytes("LIST VAR rack\n".repeat(listings).as_bytes());
        // one client's flood is no other client's business
        scope
            .spawn(move || assert_eq!(other.ask("PROTVER"), "1.3"))
            .join()
    });
    assert!(asking.is_ok());
    for _ in 0..listings {
        assert_eq!(wire.read_line(), "BEGIN LIST VAR rack");
        assert_eq!(wire.read_until("END LIST VAR rack").len(), 92);
    }
}

#[test]
fn rule_17_a_connection_for_every_value() {
    many_connections(&Subject::Locknut);
}

fn many_connections(subject: &Subject) {
    let (port, _upsd, _driver, _sandbox) = served(subject, 1);
    for _ in 0..300 {
        let mut wire = Wire::connect(port);
        assert_eq!(
            wire.ask("GET VAR rack lab.000"),
            "VAR rack lab.000 \"value 0\""
        );
        assert_eq!(wire.ask("LOGOUT"), "OK Goodbye");
        wire.expect_closed();
    }
}

#[test]
fn rule_18_the_service_can_be_announced() {
    let announcement = include_str!("../../packaging/avahi/nut.service");
    assert!(
        announcement.contains("<type>_nut._tcp</type>")
            && announcement.contains("<port>3493</port>")
    );
}

#[test]
fn answers_reach_a_client_that_has_finished_speaking() {
    half_closed(&Subject::Locknut);
}

fn half_closed(subject: &Subject) {
    let (port, _upsd, _driver, _sandbox) = served(subject, 1);
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    std::io::Write::write_all(&mut stream, b"PROTVER\nGET VAR rack lab.000\n").unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut answers = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answers).unwrap();
    assert_eq!(answers, "1.3\nVAR rack lab.000 \"value 0\"\n");
}

#[test]
fn what_follows_a_logout_is_not_carried_out() {
    let (port, _upsd, _driver, _sandbox) = served(&Subject::Locknut, 1);
    let mut wire = Wire::connect(port);
    wire.send_bytes(b"LOGOUT\nPROTVER\nGET VAR rack lab.000\n");
    assert_eq!(wire.read_line(), "OK Goodbye");
    wire.expect_closed();
}

#[test]
fn bytes_may_come_one_by_one() {
    byte_by_byte(&Subject::Locknut);
}

fn byte_by_byte(subject: &Subject) {
    let (port, _upsd, _driver, _sandbox) = served(subject, 1);
    let mut wire = Wire::connect(port);
    for byte in b"GET VAR \"rack\" lab.000\n" {
        wire.send_bytes(&[*byte]);
    }
    assert_eq!(wire.read_line(), "VAR rack lab.000 \"value 0\"");
}

#[test]
fn a_broken_line_is_answered_and_the_next_one_is_not_lost() {
    let (port, _upsd, _driver, _sandbox) = served(&Subject::Locknut, 1);
    let mut wire = Wire::connect(port);
    wire.send_bytes(b"GET VAR \"rack#x\" lab.000\nPROTVER\n");
    assert_eq!(wire.read_line(), "ERR INVALID-ARGUMENT");
    assert_eq!(wire.read_line(), "1.3");
}

#[test]
fn c_nut_keeps_the_same_rules() {
    if let Some(peers) = Subject::c("c_nut_keeps_the_same_rules") {
        pipelined(&peers);
        many_connections(&peers);
        half_closed(&peers);
        byte_by_byte(&peers);
    }
}
