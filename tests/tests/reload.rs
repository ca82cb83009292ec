//! SIGHUP: a new configuration for a server whose clients stay.

#![cfg(test)]

use testkit::{PATIENCE, Signal, Wire};
use tests::Site;

const DATA: &str = "ups.status: OL\n";

#[test]
fn a_reload_adds_and_removes_upses_and_keeps_clients() {
    let site = Site::new();
    site.devices(&[("kept", DATA), ("gone", DATA)]);
    let _kept = site.driver("kept");
    let _gone = site.driver("gone");
    let mut upsd = site.upsd();
    site.await_value("kept", "ups.status", "OL");
    site.await_value("gone", "ups.status", "OL");
    let mut client = Wire::connect(site.port);
    assert_eq!(client.ask("USERNAME admin"), "OK");
    assert_eq!(
        client.list("UPS"),
        ["UPS kept \"UPS kept\"", "UPS gone \"UPS gone\""]
    );

    site.devices(&[("kept", DATA), ("new", DATA)]);
    let _new = site.driver("new");
    upsd.signal(Signal::SIGHUP);
    site.await_value("new", "ups.status", "OL");
    site.await_error("gone", "Unknown UPS");
    // as in C, what a reload adds stands before the rest
    assert_eq!(
        client.list("UPS"),
        ["UPS new \"UPS new\"", "UPS kept \"UPS kept\""]
    );
    assert_eq!(
        client.ask("GET VAR kept ups.status"),
        "VAR kept ups.status \"OL\""
    );
    assert_eq!(client.ask("USERNAME admin"), "ERR ALREADY-SET-USERNAME");
}

#[test]
fn a_reload_changes_rights_at_once() {
    let site = Site::new();
    site.devices(&[("lab", DATA)]);
    let _driver = site.driver("lab");
    let mut upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    assert_eq!(site.command("lab", "driver.reload").code, Some(0));
    site.sandbox.write(
        "upsd.users",
        "[admin]\n  password = secret\n  actions = SET\n",
    );
    upsd.signal(Signal::SIGHUP);
    upsd.wait_for_line("configuration reloaded", PATIENCE);
    let refused = site.command("lab", "driver.reload");
    assert_eq!(refused.code, Some(1), "{refused:?}");
    assert!(
        refused.stderr.contains("ACCESS-DENIED"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_bad_file_is_told_and_the_old_configuration_stays() {
    let site = Site::new();
    site.devices(&[("lab", DATA)]);
    let _driver = site.driver("lab");
    let mut upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    let mut client = Wire::connect(site.port);
    site.sandbox
        .write("ups.conf", "[other]\n  driver = dummy-ups\n");
    upsd.signal(Signal::SIGHUP);
    upsd.wait_for_line("ups.conf:1:1: error: ", PATIENCE);
    upsd.wait_for_line("stays as it was", PATIENCE);
    assert_eq!(client.list("UPS"), ["UPS lab \"UPS lab\""]);
    assert_eq!(
        client.ask("GET VAR lab ups.status"),
        "VAR lab ups.status \"OL\""
    );
}

#[test]
fn a_missing_file_is_told_and_the_old_configuration_stays() {
    let site = Site::new();
    site.devices(&[("lab", DATA)]);
    let _driver = site.driver("lab");
    let mut upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    std::fs::remove_file(site.sandbox.etc().join("ups.conf")).unwrap();
    upsd.signal(Signal::SIGHUP);
    upsd.wait_for_line("ups.conf", PATIENCE);
    upsd.wait_for_line("stays as it was", PATIENCE);
    site.await_value("lab", "ups.status", "OL");
    site.devices(&[("lab", DATA), ("new", DATA)]);
    let _new = site.driver("new");
    upsd.signal(Signal::SIGHUP);
    site.await_value("new", "ups.status", "OL");
}
