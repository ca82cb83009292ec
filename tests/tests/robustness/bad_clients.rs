//! A client that misbehaves costs others nothing; it is dropped where that is specified.

use crate::chance::Chance;
use crate::process::{memory, open_files};
use crate::watch::{CALM, MEMORY_MAX, PROMPT, Watch, site_with};
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use testkit::{PATIENCE, Running, Wire, eventually};
use tests::Site;

/// How long a client floods.
const FLOOD: Duration = Duration::from_secs(2);
/// `IDLETIMEOUT` where a test waits for it.
const IDLE: Duration = Duration::from_secs(2);

struct Stage {
    site: Site,
    upsd: Running,
    _calm: Running,
}

impl Stage {
    fn new() -> Self {
        Self::with("")
    }

    fn with(conf: &str) -> Self {
        let site = site_with(&[]);
        let listen = format!("LISTEN 127.0.0.1 {}\n{conf}\n", site.port);
        site.sandbox.write("upsd.conf", &listen);
        let calm = site.driver(CALM);
        let upsd = site.upsd();
        site.await_value(CALM, "ups.status", "OL");
        Self {
            site,
            upsd,
            _calm: calm,
        }
    }

    fn watch(&self) -> Watch {
        Watch::over(&self.site, &self.upsd)
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.site.port)).unwrap()
    }

    fn wire(&self) -> Wire {
        Wire::connect(self.site.port).with_patience(PATIENCE)
    }
}

/// Writes as much as the connection takes, until it takes nothing for a while or the time is over.
fn stuff(stream: &mut TcpStream, block: &[u8]) {
    stream
        .set_write_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    let end = Instant::now() + FLOOD;
    while Instant::now() < end && stream.write_all(block).is_ok() {}
}

/// Waits for the end of a connection, without reading before it is sure to have ended.
fn dropped(stream: &mut TcpStream, within: Duration) -> bool {
    stream
        .set_write_timeout(Some(Duration::from_millis(20)))
        .unwrap();
    let broken = |error: std::io::Error| {
        matches!(
            error.kind(),
            ErrorKind::BrokenPipe | ErrorKind::ConnectionReset
        )
    };
    eventually(within, || {
        stream.write_all(b"\n").is_err_and(broken).then_some(())
    })
    .is_some()
}

#[test]
fn a_client_that_never_reads_waits_alone_and_is_dropped_after_half_a_minute() {
    let stage = Stage::new();
    let watch = stage.watch();
    let mut deaf = stage.connect();
    stuff(&mut deaf, &b"LIST VAR calm\n".repeat(1000));
    // half a minute and what a busy machine needs
    assert!(dropped(&mut deaf, Duration::from_secs(60)));
    stage
        .upsd
        .wait_for_line("write to a client failed or took too long", PATIENCE);
    watch.finish();
}

#[test]
fn fifty_clients_that_never_read_are_dropped_when_they_are_idle() {
    let stage = Stage::with(&format!("IDLETIMEOUT {}", IDLE.as_secs()));
    let watch = stage.watch();
    let mut deaf: Vec<TcpStream> = (0..50).map(|_| stage.connect()).collect();
    for stream in &mut deaf {
        stream
            .set_write_timeout(Some(Duration::from_millis(50)))
            .unwrap();
        let _ = stream.write_all(&b"LIST VAR calm\n".repeat(20_000));
    }
    for stream in &mut deaf {
        assert!(dropped(stream, PATIENCE));
    }
    watch.finish();
}

#[test]
fn a_client_that_floods_and_reads_leaves_others_their_turn() {
    let stage = Stage::new();
    let watch = stage.watch();
    let ended = Arc::new(AtomicBool::new(false));
    let mut threads = Vec::new();
    for _ in 0..2 {
        let (mut writer, until) = (stage.connect(), Arc::clone(&ended));
        let mut reader = writer.try_clone().unwrap();
        threads.push(thread::spawn(move || {
            while matches!(reader.read(&mut [0; 1 << 16]), Ok(1..)) {}
        }));
        threads.push(thread::spawn(move || {
            let block = b"GET VAR calm ups.status\nLIST VAR calm\n".repeat(500);
            while !until.load(Ordering::SeqCst) && writer.write_all(&block).is_ok() {}
            let _ = writer.shutdown(std::net::Shutdown::Both);
        }));
    }
    thread::sleep(FLOOD);
    ended.store(true, Ordering::SeqCst);
    threads
        .into_iter()
        .for_each(|thread| thread.join().unwrap());
    watch.finish();
}

#[test]
fn half_a_line_and_silence_is_idle() {
    let stage = Stage::with(&format!("IDLETIMEOUT {}", IDLE.as_secs()));
    let watch = stage.watch();
    let mut half = stage.wire();
    half.send_bytes(b"GET VAR cal");
    let mut quoted = stage.wire();
    quoted.send_bytes(b"USERNAME \"");
    // letters without a line end are no sign of life
    let dripping = eventually(PATIENCE, || {
        let mut stream = stage.connect();
        stream.write_all(b"GET").unwrap();
        dropped_while_dripping(&mut stream).then_some(())
    });
    half.expect_closed();
    quoted.expect_closed();
    assert!(dripping.is_some());
    watch.finish();
}

fn dropped_while_dripping(stream: &mut TcpStream) -> bool {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if stream.write_all(b"x").is_err() {
            return true;
        }
        thread::sleep(Duration::from_millis(100));
    }
    false
}

#[test]
fn a_line_of_a_megabyte_is_refused_and_the_next_one_answered() {
    let stage = Stage::new();
    let watch = stage.watch();
    let mut client = stage.wire();
    for opening in ["", "USERNAME ", "GET VAR calm \"", "SET VAR calm x \""] {
        client.send_bytes(opening.as_bytes());
        client.send_bytes(&b"x".repeat(1 << 20));
        client.send_bytes(if opening.ends_with('"') {
            b"\"\n"
        } else {
            b"\n"
        });
        let answer = client.read_line();
        assert!(answer.starts_with("ERR ") || answer == "OK", "{answer}");
        assert_eq!(
            client.ask("GET VAR calm ups.status"),
            "VAR calm ups.status \"OL\""
        );
    }
    client.send_bytes(&b"x ".repeat(1 << 19));
    assert_eq!(client.ask(""), "ERR UNKNOWN-COMMAND");
    watch.finish();
}

#[test]
fn long_names_of_many_clients_are_cut() {
    let stage = Stage::new();
    let watch = stage.watch();
    let line = format!("USERNAME {}\nPASSWORD {0}\n", "x".repeat(100_000));
    let mut clients: Vec<Wire> = (0..300).map(|_| stage.wire()).collect();
    for client in &mut clients {
        client.send_bytes(line.as_bytes());
        assert_eq!([client.read_line(), client.read_line()], ["OK", "OK"]);
    }
    watch.finish();
}

#[test]
fn binary_is_answered_with_errors_and_costs_nobody_anything() {
    let stage = Stage::new();
    let watch = stage.watch();
    let mut chance = Chance::new(2);
    for _ in 0..20 {
        let mut stream = stage.connect();
        stream
            .set_read_timeout(Some(Duration::from_millis(50)))
            .unwrap();
        let _ = stream.write_all(&chance.bytes(100_000));
        let mut answers = Vec::new();
        let _ = stream.read_to_end(&mut answers);
        let answers = String::from_utf8(answers).unwrap();
        let complete = answers.lines().take(answers.matches('\n').count());
        complete.for_each(|line| assert!(line.starts_with("ERR "), "{line}"));
    }
    watch.finish();
}

#[test]
fn thousands_of_connections_that_come_and_go_leave_nothing() {
    let stage = Stage::new();
    let (files, before) = (open_files(&stage.upsd), memory(&stage.upsd));
    let watch = stage.watch();
    for round in 0..5000 {
        let mut stream = stage.connect();
        match round % 4 {
            0 => {}
            1 => stream.write_all(b"LIST UPS\n").unwrap(),
            2 => stream.write_all(b"LOGIN ca").unwrap(),
            _ => {
                stream.write_all(b"VER\n").unwrap();
                stream.read_exact(&mut [0]).unwrap();
            }
        }
    }
    watch.finish();
    let settled = eventually(PATIENCE, || {
        (open_files(&stage.upsd) <= files).then_some(())
    });
    assert!(
        settled.is_some(),
        "{} files, {files} before",
        open_files(&stage.upsd)
    );
    let grown = memory(&stage.upsd).saturating_sub(before);
    assert!(grown < MEMORY_MAX / 4, "{grown} kB");
    assert!(
        stage
            .wire()
            .with_patience(PROMPT)
            .ask("VER")
            .starts_with("Network UPS Tools")
    );
}
