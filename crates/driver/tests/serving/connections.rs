//! Many clients, slow clients, rude clients.

use std::io::{ErrorKind, Read, Write};
use std::time::Duration;

use crate::fake::Lab;

#[test]
fn a_client_that_never_reads_is_dropped_and_others_live() {
    let lab = Lab::start("slowreader", "", vec![]);
    let mut greedy = lab.client();
    greedy
        .stream
        .set_write_timeout(Some(Duration::from_millis(500)))
        .unwrap();
    let flood = "DUMPALL\n".repeat(512);
    let failed = (0..200).find_map(|_| greedy.stream.write_all(flood.as_bytes()).err());
    let kind = failed.map(|error| error.kind());
    assert!(
        matches!(
            kind,
            Some(ErrorKind::BrokenPipe | ErrorKind::ConnectionReset)
        ),
        "{kind:?}"
    );

    let mut other = lab.quiet_client();
    assert_eq!(other.ask("PING"), "PONG");
    assert_eq!(lab.driver.stop().code(), 0);
}

#[test]
fn more_connections_than_there_are_places_are_refused() {
    let lab = Lab::start("crowd", "", vec![]);
    let mut crowd: Vec<_> = (0..64).map(|_| lab.quiet_client()).collect();
    for client in &mut crowd {
        assert_eq!(client.ask("PING"), "PONG");
    }
    let mut late = lab.client();
    let mut byte = [0];
    assert!(matches!(late.stream.read(&mut byte), Ok(0) | Err(_)));
    drop(crowd.pop());
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(lab.quiet_client().ask("PING"), "PONG");
}

#[test]
fn requests_may_come_in_pieces_and_in_heaps() {
    let lab = Lab::start("pieces", "", vec![]);
    let mut client = lab.quiet_client();
    for piece in ["PI", "N", "G\nPING\nGET", "PID\n"] {
        client.stream.write_all(piece.as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(client.line().as_deref(), Some("PONG"));
    assert_eq!(client.line().as_deref(), Some("PONG"));
    assert!(client.line().unwrap().starts_with("PID "));
}

#[test]
fn a_dump_arrives_in_one_piece() {
    let lab = Lab::start("onepiece", "", vec![]);
    let mut client = lab.quiet_client();
    client.send("DUMPALL");
    let mut whole = vec![0; 65536];
    let length = client.stream.read(&mut whole).unwrap();
    assert!(whole[..length].ends_with(b"DUMPDONE\n"), "{length}");
}
