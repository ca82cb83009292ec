//! No file descriptors left, and MAXCONN reached: upsd neither ends nor spins, serves those it has, and takes in
//! others when there is room again.

use crate::process::{behind, load, open_files};
use crate::watch::{CALM, PROMPT, site_with};
use std::io::Read;
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;
use testkit::{PATIENCE, Program, Running, Signal, Wire, eventually, installed, skipped};
use tests::Site;

/// Percent of a processor that upsd may use while it can do nothing; spinning would be 100.
const LOAD_MAX: u128 = 30;

fn served(client: &mut Wire) {
    assert_eq!(
        client.ask("GET VAR calm ups.status"),
        "VAR calm ups.status \"OL\""
    );
}

fn is_served(port: u16) -> bool {
    let mut client = Wire::connect(port).with_patience(PROMPT);
    let answer = client.send("VER").try_read_line();
    answer.is_ok_and(|line| line.starts_with("Network UPS Tools"))
}

fn await_service(port: u16) {
    assert!(eventually(PATIENCE, || is_served(port).then_some(())).is_some());
}

fn open(port: u16, count: usize) -> Vec<TcpStream> {
    (0..count)
        .map(|_| TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap())
        .collect()
}

/// How many of the connections the server has closed.
fn turned_away(streams: &mut [TcpStream]) -> usize {
    let ended = |stream: &mut TcpStream| {
        stream.set_nonblocking(true).unwrap();
        match stream.read(&mut [0]) {
            Ok(bytes) => bytes == 0,
            Err(error) => error.kind() == std::io::ErrorKind::ConnectionReset,
        }
    };
    streams.iter_mut().map(ended).filter(|ended| *ended).count()
}

#[test]
fn with_few_descriptors_the_surplus_is_turned_away() {
    let site = site_with(&[]);
    let _calm = site.driver(CALM);
    let upsd = behind("ulimit -n 48", "upsd", &site)
        .arg("-F")
        .as_myself()
        .start();
    upsd.wait_for_line("listening on", PATIENCE);
    site.await_value(CALM, "ups.status", "OL");
    let mut first = Wire::connect(site.port);
    served(&mut first);
    let mut crowd = open(site.port, 100);
    let most = eventually(PATIENCE, || (turned_away(&mut crowd) > 60).then_some(()));
    assert!(most.is_some(), "{} turned away", turned_away(&mut crowd));
    upsd.wait_for_line("maxconn exceeded", PATIENCE);
    served(&mut first);
    let load = load(&upsd, Duration::from_secs(1));
    assert!(load < LOAD_MAX, "{load} %");
    drop(crowd);
    await_service(site.port);
    served(&mut first);
    assert_eq!(upsd.stop(), Some(0));
}

#[test]
fn maxconn_turns_the_surplus_away_and_serves_the_others() {
    let site = site_with(&[]);
    let conf = format!("LISTEN 127.0.0.1 {}\nMAXCONN 10\n", site.port);
    site.sandbox.write("upsd.conf", &conf);
    let _calm = site.driver(CALM);
    let upsd = site.upsd();
    site.await_value(CALM, "ups.status", "OL");
    let mut first = Wire::connect(site.port);
    served(&mut first);
    // a listener, a driver and this client have the other three places
    let mut crowd = open(site.port, 20);
    let surplus = eventually(PATIENCE, || (turned_away(&mut crowd) == 13).then_some(()));
    assert!(surplus.is_some(), "{} turned away", turned_away(&mut crowd));
    upsd.wait_for_line("maxconn exceeded", PATIENCE);
    served(&mut first);
    drop(crowd);
    await_service(site.port);
}

/// Changes the limit of a program that runs.
fn limit(site: &Site, upsd: &Running, soft: usize) {
    let tool = installed("prlimit").unwrap();
    let done = Program::at(&tool, &site.sandbox)
        .args([
            "--pid",
            &upsd.pid().to_string(),
            &format!("--nofile={soft}:"),
        ])
        .run();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
}

#[test]
fn without_descriptors_upsd_waits_and_accepts_again_when_they_are_back() {
    if installed("prlimit").is_none() {
        return skipped("without_descriptors_upsd_waits", "prlimit of util-linux");
    }
    let site = site_with(&[]);
    let driver = site.driver(CALM);
    let mut upsd = behind("ulimit -S -n 1000", "upsd", &site)
        .arg("-F")
        .as_myself()
        .start();
    upsd.wait_for_line("listening on", PATIENCE);
    site.await_value(CALM, "ups.status", "OL");
    let mut first = Wire::connect(site.port);
    served(&mut first);
    let spare = 5;
    limit(&site, &upsd, open_files(&upsd) + spare);
    let mut crowd = open(site.port, 30);
    upsd.wait_for_line("cannot accept connections for now", PATIENCE);
    served(&mut first);
    assert_eq!(
        turned_away(&mut crowd),
        0,
        "they wait in the system's queue"
    );

    // a reload finds no file, and a driver that comes back no connection
    upsd.signal(Signal::SIGHUP);
    upsd.wait_for_line("stays as it was", PATIENCE);
    driver.kill();
    let _driver = site.driver(CALM);
    let load = load(&upsd, Duration::from_secs(2));
    assert!(load < LOAD_MAX, "{load} %");
    assert_eq!(first.list("UPS"), ["UPS calm \"UPS calm\""]);

    limit(&site, &upsd, 1000);
    upsd.wait_for_line("accepting connections again", PATIENCE);
    await_service(site.port);
    site.await_value(CALM, "ups.status", "OL");
    served(&mut first);
    drop(crowd);
    assert_eq!(upsd.stop(), Some(0));
}
