//! How a driver ends, and what it leaves.

use std::time::Duration;

use crate::fake::{Lab, Step};

#[test]
fn driver_exit_is_answered_and_the_socket_goes() {
    let lab = Lab::start("exit", "", vec![]);
    let path = lab.driver.socket().to_owned();
    let mut client = lab.quiet_client();
    assert_eq!(
        client.ask("INSTCMD driver.exit TRACKING X1"),
        "TRACKING X1 0"
    );
    assert!(client.is_closed());
    assert_eq!(lab.driver.join().code(), 0);
    assert!(!path.exists());
}

#[test]
fn killpower_needs_its_flag_and_ends_the_driver() {
    let lab = Lab::start("kill", "sdcommands = no.such,shutdown.default", vec![]);
    let mut client = lab.client();
    client.send("SET driver.flag.allow_killpower yes TRACKING K1");
    client.wait("TRACKING K1 0");
    client.send("INSTCMD driver.killpower TRACKING K2");
    let told = client.wait("TRACKING K2 0");
    assert!(
        told.contains(&r#"SETINFO driver.state "fsd.killpower""#.to_owned()),
        "{told:?}"
    );
    assert_eq!(lab.driver.join().code(), 0);
}

#[test]
fn power_that_could_not_be_cut_is_a_failure() {
    let lab = Lab::start("stubborn", "allow_killpower", vec![]);
    let mut client = lab.quiet_client();
    assert_eq!(
        client.ask("INSTCMD driver.killpower TRACKING K1"),
        "TRACKING K1 3"
    );
    assert_eq!(lab.driver.join().code(), 1);
}

#[test]
fn work_that_was_accepted_is_finished_before_the_end() {
    let script = vec![Step::Tell(|_| ()), Step::Sleep(Duration::from_secs(2))];
    let lab = Lab::start("finish", "", script);
    let mut client = lab.client();
    client.wait_for_a_poll();
    client.send("NOBROADCAST");
    client.send("SET lab.mode off TRACKING F1\nINSTCMD driver.exit TRACKING F2");
    client.wait("TRACKING F2 0");
    client.wait("TRACKING F1 0");
    assert_eq!(lab.driver.join().code(), 0);
}
