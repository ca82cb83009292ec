//! A device that is lost and found.

use std::time::Duration;

use driver::Error;

use crate::fake::{Lab, Step};

fn gone() -> Error {
    Error::Gone("unplugged".into())
}

#[test]
fn a_lost_device_is_opened_again() {
    let script = vec![
        Step::Tell(|report| _ = report.status("OL")),
        Step::Fail(gone),
        Step::Closed(1),
        Step::Tell(|report| _ = report.status("OL").set("ups.load", "9")),
    ];
    let lab = Lab::start("lost", "", script);
    let mut client = lab.client();
    client.wait("DATASTALE");
    client.wait(r#"SETINFO driver.reconnect_count "1""#);
    let told = client.wait(r#"SETINFO driver.state "reconnect.trying""#);
    assert_eq!(told, [r#"SETINFO driver.reconnect_max_tries "-1""#]);
    let mut other = lab.quiet_client();
    assert_eq!(other.ask("INSTCMD load.off TRACKING L1"), "TRACKING L1 3");
    client.wait(r#"SETINFO driver.reconnect_count "2""#);
    client.wait("DELINFO driver.reconnect_count");
    let told = client.wait("DATAOK");
    assert!(
        told.contains(&r#"SETINFO ups.load "9""#.to_owned()),
        "{told:?}"
    );
}

#[test]
fn after_so_many_attempts_the_driver_fails() {
    let script = vec![Step::Tell(|_| ()), Step::Fail(gone), Step::Closed(99)];
    let lab = Lab::start("tries", "reconnect_max_tries = 1", script);
    assert_eq!(lab.driver.join().code(), 1);
    let lab = Lab::start(
        "notry",
        "reconnect_max_tries = 0",
        vec![Step::Tell(|_| ()), Step::Fail(gone)],
    );
    assert_eq!(lab.driver.join().code(), 1);
}

#[test]
fn a_device_that_seems_gone_while_it_is_listened_to_is_polled_at_once() {
    // not before there is a client
    let (after, times) = (8, 1);
    let script = vec![
        Step::Tell(|report| _ = report.status("OL")),
        Step::Vanish { after, times },
        Step::Fail(gone),
    ];
    let lab = Lab::start("talking-vanishes", "pollinterval = 600", script);
    let mut client = lab.client();
    client.wait("DATASTALE");
    client.wait("DATAOK");
}

#[test]
fn a_device_that_calls_is_polled_at_once() {
    let script = vec![
        Step::Tell(|report| _ = report.status("OL")),
        Step::Call { after: 8 },
        Step::Tell(|report| _ = report.status("OB")),
    ];
    let lab = Lab::start("talking-calls", "pollinterval = 600", script);
    lab.client().wait(r#"SETINFO ups.status "OB""#);
}

#[test]
fn a_device_that_seems_gone_and_is_there_is_not_polled_again_and_again() {
    let (after, times) = (2, 5);
    let script = vec![
        Step::Tell(|report| _ = report.status("OL")),
        Step::Vanish { after, times },
    ];
    let port = "talking-flickers";
    let lab = Lab::start(port, "pollinterval = 600", script);
    std::thread::sleep(Duration::from_millis(700));
    // two at the start, and one because it seemed gone
    let polls = crate::fake::polls(port);
    assert_eq!(polls, 3);
    assert_eq!(lab.client().ask("PING"), "PONG");
}

#[test]
fn a_command_may_find_the_device_gone() {
    let lab = Lab::start("cmdgone", "", vec![]);
    let mut client = lab.client();
    client.send("INSTCMD test.lost TRACKING G1");
    client.wait("TRACKING G1 3");
    client.wait("DATASTALE");
    client.wait("DATAOK");
}
