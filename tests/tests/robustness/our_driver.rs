//! Our driver with a server that is deaf, floods or stands still, and a device that changes all the time.

use crate::process::memory;
use crate::watch::{MEMORY_MAX, PROMPT};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::thread::{scope, sleep};
use std::time::{Duration, Instant};
use testkit::{PATIENCE, Running, Signal, Wire, eventually};
use tests::Site;

/// How long a flood lasts.
const FLOOD: Duration = Duration::from_secs(2);

fn site() -> Site {
    let site = Site::new();
    site.devices(&[("lab", "ups.status: OL\n")]);
    site.sandbox.write(
        "upsd.conf",
        &format!("LISTEN 127.0.0.1 {}\nMAXAGE 2\n", site.port),
    );
    site
}

fn connect(site: &Site) -> UnixStream {
    let stream = UnixStream::connect(site.sandbox.socket("dummy-ups", "lab")).unwrap();
    stream.set_read_timeout(Some(PROMPT)).unwrap();
    stream
        .set_write_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    stream
}

/// Expects that a well-behaved connection is answered at once, behind what is told to all.
fn pings(site: &Site) {
    let mut stream = connect(site);
    stream.write_all(b"NOBROADCAST\nPING\n").unwrap();
    let mut lines = BufReader::new(stream).lines();
    assert!(lines.any(|line| line.unwrap() == "PONG"));
}

/// Lets `flood` work on the driver while its answers to others and its memory are looked at.
fn endure(site: &Site, driver: &Running, flood: impl Fn(Instant) + Sync) {
    let end = Instant::now() + FLOOD;
    let mut answers = 0;
    scope(|scope| {
        scope.spawn(|| flood(end));
        while Instant::now() < end {
            pings(site);
            answers += 1;
            sleep(Duration::from_millis(20));
            assert!(memory(driver) < MEMORY_MAX, "{} kB", memory(driver));
        }
    });
    assert!(answers > 10, "{answers} answers");
}

#[test]
fn a_server_that_does_not_read_is_dropped_and_others_are_served() {
    let site = site();
    let driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    endure(&site, &driver, |end| {
        while Instant::now() < end {
            let mut deaf = connect(&site);
            while Instant::now() < end && deaf.write_all(&b"DUMPALL\n".repeat(100)).is_ok() {}
        }
    });
    driver.wait_for_line("does not read what it is sent and is dropped", PATIENCE);
    site.await_value("lab", "ups.status", "OL");
}

#[test]
fn a_flood_of_commands_is_refused_in_part_and_polls_go_on() {
    let site = site();
    let driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    endure(&site, &driver, |end| {
        let mut stream = connect(&site);
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let block =
            b"INSTCMD load.off TRACKING 0123\nSET ups.load \"5\" TRACKING 0456\n".repeat(50);
        let mut line = String::new();
        while Instant::now() < end {
            stream.write_all(&block).unwrap();
            for _ in 0..100 {
                read_answer(&mut reader, &mut line);
            }
        }
    });
    site.devices(&[("lab", "ups.status: OB\n")]);
    site.await_value("lab", "ups.status", "OB");
}

/// Each tracked command has its answer, whatever else is told meanwhile.
fn read_answer(reader: &mut BufReader<UnixStream>, line: &mut String) {
    loop {
        line.clear();
        reader.read_line(line).unwrap();
        assert!(!line.is_empty(), "the connection ended");
        if line.starts_with("TRACKING ") {
            return;
        }
    }
}

#[test]
fn long_lines_and_garbage_are_told_and_skipped() {
    let site = site();
    let driver = site.driver("lab");
    endure(&site, &driver, |end| {
        let mut stream = connect(&site);
        stream.write_all(b"NOBROADCAST\n").unwrap();
        let block = [&[0xff, 0, b'"', 7].repeat(10_000)[..], b"\" \"#\nFOO bar\n"].concat();
        while Instant::now() < end && stream.write_all(&block).is_ok() {}
    });
    assert!(
        driver.printed().lines().count() < 100,
        "{}",
        driver.printed()
    );
    connect(&site).write_all(b"INSTCMD driv").unwrap();
    pings(&site);
}

#[test]
fn a_device_file_that_is_replaced_all_the_time_is_read_to_its_last_version() {
    let site = site();
    let mut driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    let end = Instant::now() + FLOOD;
    for number in 0.. {
        let text = format!(
            "ups.status: OL\nups.load: {number}\n{}",
            "# pad\n".repeat(500)
        );
        site.sandbox.write("lab.dev", &text);
        if Instant::now() > end {
            break;
        }
    }
    // in place, without the one step of a rename
    for number in 0..200 {
        std::fs::write(
            site.sandbox.etc().join("lab.dev"),
            format!("ups.load: {number}\n"),
        )
        .unwrap();
    }
    site.sandbox
        .write("lab.dev", "ups.status: OL\nups.load: 42\n");
    site.await_value("lab", "ups.load", "42");
    site.await_value("lab", "ups.status", "OL");
    assert!(driver.ended().is_none());
}

#[test]
fn a_driver_that_stands_still_is_stale_and_fresh_again_when_it_goes_on() {
    let site = site();
    let mut driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    driver.signal(Signal::SIGSTOP);
    site.await_error("lab", "Data stale");
    site.devices(&[("lab", "ups.status: OB\n")]);
    driver.signal(Signal::SIGCONT);
    site.await_value("lab", "ups.status", "OB");
}

#[test]
fn a_server_that_stands_still_serves_the_present_when_it_goes_on() {
    let site = site();
    let mut driver = site.driver("lab");
    let mut upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    let mut waiting = Wire::connect(site.port);
    upsd.signal(Signal::SIGSTOP);
    waiting.send("GET VAR lab ups.status");
    site.devices(&[("lab", "ups.status: OB\n")]);
    // longer than MAXAGE: the silence is the server's own
    sleep(Duration::from_secs(4));
    pings(&site);
    assert!(driver.ended().is_none());
    upsd.signal(Signal::SIGCONT);
    site.await_value("lab", "ups.status", "OB");
    let answer = waiting.read_line();
    let honest = [
        "VAR lab ups.status \"OB\"",
        "VAR lab ups.status \"OL\"",
        "ERR DATA-STALE",
    ];
    assert!(honest.contains(&answer.as_str()), "{answer}");
    assert!(
        eventually(PATIENCE, || (waiting.ask("GET VAR lab ups.status")
            == honest[0])
            .then_some(()))
        .is_some()
    );
}
