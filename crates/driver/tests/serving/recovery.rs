//! A device that is lost and found.

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
fn a_command_may_find_the_device_gone() {
    let lab = Lab::start("cmdgone", "", vec![]);
    let mut client = lab.client();
    client.send("INSTCMD test.lost TRACKING G1");
    client.wait("TRACKING G1 3");
    client.wait("DATASTALE");
    client.wait("DATAOK");
}
