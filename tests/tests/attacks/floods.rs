//! More connections than there may be, and lines without end.

use std::collections::VecDeque;
use std::io::{ErrorKind, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::{Duration, Instant};

use testkit::{PATIENCE, Signal, Wire, connect_from, may_open, skipped_unless_ci};

use crate::victim::{MEMORY_MAX, Victim, log_in, memory_of, upsmon};

const FLOOD: usize = 10_000;
/// Connections that the attacker holds; the older ones he gives up.
const HELD: usize = 3000;
const MAXCONN: usize = 1000;
const ATTACKER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 66);

/// Opens [`FLOOD`] connections, each of which begins with `words`.
fn flood(port: u16, words: &str) -> VecDeque<TcpStream> {
    let mut held = VecDeque::new();
    for _ in 0..FLOOD {
        let mut stream = connect_from(ATTACKER, port).unwrap();
        // it may be closed already
        let _ = stream.write_all(words.as_bytes());
        held.push_back(stream);
        if held.len() > HELD {
            held.pop_front();
        }
    }
    held
}

/// A flood of connections that begin with `words`, on a server with a certificate.
fn withstand(words: &str, attack: &str) {
    if !may_open(HELD as u64 + 1000) {
        return skipped_unless_ci(attack, "a limit of 4,000 open files");
    }
    let mut victim = Victim::with_certificate(&format!("MAXCONN {MAXCONN}\n"));
    let mut early = Wire::connect(victim.site.port);
    assert_eq!(log_in(&mut early, "pri", "pw of pri"), "OK");
    let logged_in = "User pri@127.0.0.1 logged into UPS [calm]";
    victim.upsd.wait_for_line(logged_in, PATIENCE);
    let held = flood(victim.site.port, words);
    // all places are taken, and whoever comes from elsewhere gets one
    let mut late = Wire::connect(victim.site.port);
    assert_eq!(log_in(&mut late, "guest", "pw of guest"), "OK");
    // as after a restart of its host
    victim.upsmon.signal(Signal::SIGKILL);
    victim.upsmon.wait_for_end(PATIENCE);
    victim.upsmon = upsmon(&victim.site);
    victim.upsd.wait_for_line(logged_in, PATIENCE);
    assert!(early.ask("GET VAR calm ups.status").starts_with("VAR"));
    assert!(late.ask("GET VAR calm ups.status").starts_with("VAR"));
    let told = victim.logged("maxconn exceeded");
    // once in ten seconds
    assert!((1..=6).contains(&told), "{told} lines");
    drop(held);
    victim.finish(attack);
}

#[test]
fn ten_thousand_silent_connections_keep_no_place_from_others() {
    withstand("", "10,000 silent connections");
}

#[test]
fn ten_thousand_half_lines_keep_no_place_from_others() {
    withstand("GET VAR calm", "10,000 half lines");
}

#[test]
fn ten_thousand_talkative_connections_keep_no_place_from_others() {
    withstand("VER\nLIST UPS\n", "10,000 talkative connections");
}

#[test]
fn ten_thousand_unfinished_handshakes_keep_no_place_from_others() {
    withstand("STARTTLS\n", "10,000 unfinished handshakes");
}

#[test]
fn an_address_has_as_many_connections_as_it_may() {
    let victim = Victim::new("MAXCONN_PER_PEER 50\n");
    let mut streams: Vec<Wire> = (0..200)
        .map(|_| Wire::from(connect_from(ATTACKER, victim.site.port).unwrap()))
        .collect();
    let served = streams.iter_mut().filter_map(|client| {
        let _ = client.try_send("VER");
        client.try_read_line().ok()
    });
    assert_eq!(served.count(), 50);
    assert!(
        Wire::connect(victim.site.port)
            .ask("VER")
            .starts_with("Network")
    );
    assert_eq!(victim.logged("MAXCONN_PER_PEER is reached"), 10);
    victim.finish("200 connections where 50 may be");
}

#[test]
fn a_thousand_hosts_behind_one_address_are_welcome() {
    if !may_open(3000) {
        return skipped_unless_ci(
            "a_thousand_hosts_behind_one_address",
            "a limit of 3,000 open files",
        );
    }
    let victim = Victim::new("");
    let begun = Instant::now();
    let mut clients: Vec<Wire> = (0..1000).map(|_| Wire::connect(victim.site.port)).collect();
    for client in &mut clients {
        client
            .send("USERNAME guest")
            .send("PASSWORD \"pw of guest\"")
            .send("LOGIN calm");
    }
    for client in &mut clients {
        assert_eq!(
            client.read_until("OK").len() + client.read_until("OK").len(),
            2
        );
        assert_eq!(client.read_line(), "OK");
    }
    println!("1,000 logins with a hashed password: {:?}", begun.elapsed());
    let mut one = Wire::connect(victim.site.port);
    assert_eq!(one.ask("GET NUMLOGINS calm"), "NUMLOGINS calm 1002");
    victim.finish("1,000 clients of one address");
}

#[test]
fn a_line_of_a_gigabyte_is_not_heard_out() {
    const GIGABYTE: usize = 1 << 30;
    for (what, piece) in [
        ("one word", "x".repeat(1 << 16)),
        ("many words", "word ".repeat(1 << 14)),
        ("an open quote", format!("\"{}", "a\n".repeat(1 << 15))),
        ("a comment", format!("#{}", "c".repeat(1 << 16))),
    ] {
        let victim = Victim::new("");
        let mut stream = connect_from(ATTACKER, victim.site.port).unwrap();
        stream
            .set_write_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let mut sent = 0;
        let mut piece = piece.as_bytes();
        let why = loop {
            assert!(sent < GIGABYTE, "{what}: all of it was heard out");
            match stream.write(piece) {
                Ok(bytes) => sent += bytes,
                Err(why) => break why.kind(),
            }
            piece = piece
                .strip_prefix(b"\"")
                .or(piece.strip_prefix(b"#"))
                .unwrap_or(piece);
        };
        assert!(
            matches!(why, ErrorKind::ConnectionReset | ErrorKind::BrokenPipe),
            "{what}: {why}"
        );
        assert!(memory_of(victim.upsd.pid()) < MEMORY_MAX);
        victim.upsd.wait_for_line(
            "Connection of 127.0.0.66 closed: its line has more than 4 MiB",
            PATIENCE,
        );
        println!("{what}: closed after {sent} bytes");
        victim.finish(what);
    }
}
