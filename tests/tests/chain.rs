//! A value on its way: file, driver, server, client, and back.

#![cfg(test)]

use testkit::{FakeDriver, Wire};
use tests::Site;

const LAB: &str = "ups.status: OL\nups.id: cellar\nbattery.charge: 91\n";

#[test]
fn a_value_of_the_device_reaches_the_client() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let _driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "battery.charge", "91");
    assert_eq!(
        site.upsc(&["-l", &format!("localhost:{}", site.port)])
            .stdout,
        "lab\n"
    );
    assert_eq!(
        site.upsc(&["-L", &format!("localhost:{}", site.port)])
            .stdout,
        "lab: UPS lab\n"
    );
    let listing = site.listing("lab");
    for line in [
        "battery.charge: 91",
        "driver.name: dummy-ups",
        "ups.id: cellar",
        "ups.status: OL",
    ] {
        assert!(
            listing.lines().any(|each| each == line),
            "{line} is not in:\n{listing}"
        );
    }
}

#[test]
fn a_change_of_the_device_reaches_the_client() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let _driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    site.sandbox.write("lab.dev", "ups.status: OB LB\n");
    site.await_value("lab", "ups.status", "OB LB");
}

#[test]
fn a_setting_reaches_the_driver_and_comes_back() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let _driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.id", "cellar");
    let done = site.set("lab", "ups.id", "the \"attic\" #1");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!((done.stdout + &done.stderr).contains("SUCCESS"));
    site.await_value("lab", "ups.id", "the \"attic\" #1");
}

#[test]
fn a_setting_that_may_not_be_is_refused() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let _driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.id", "cellar");
    let done = site.set("lab", "device.type", "pdu");
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(
        done.stderr.contains("READONLY") || done.stderr.contains("ead-only"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_command_reaches_the_driver_and_its_result_comes_back() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let _driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    let done = site.command("lab", "driver.reload");
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!((done.stdout + &done.stderr).contains("SUCCESS"));
    let done = site.command("lab", "load.off");
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!((done.stdout + &done.stderr).contains("ERR UNKNOWN"));
}

#[test]
fn a_driver_that_is_killed_is_told_and_found_again() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    driver.kill();
    site.await_error("lab", "Driver not connected");
    let _driver = site.launch("lab");
    site.await_value("lab", "battery.charge", "91");
}

#[test]
fn a_driver_that_falls_silent_is_stale_until_it_speaks() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let dump = ["SETINFO ups.status \"OL\"", "DATAOK", "DUMPDONE"];
    let driver = FakeDriver::start(&site.sandbox, "dummy-ups", "lab", &dump);
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    driver.set_silent(true);
    site.await_error("lab", "Data stale");
    driver.set_silent(false);
    driver.broadcast("SETINFO ups.status \"OB\"");
    site.await_value("lab", "ups.status", "OB");
}

#[test]
fn a_client_stays_connected_while_drivers_come_and_go() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    let mut client = Wire::connect(site.port);
    assert_eq!(
        client.ask("GET VAR lab ups.status"),
        "VAR lab ups.status \"OL\""
    );
    driver.kill();
    site.await_error("lab", "Driver not connected");
    assert_eq!(
        client.ask("GET VAR lab ups.status"),
        "ERR DRIVER-NOT-CONNECTED"
    );
    assert_eq!(client.ask("LOGOUT"), "OK Goodbye");
    client.expect_closed();
}

#[test]
fn an_orderly_end_leaves_nothing_behind() {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let driver = site.driver("lab");
    let upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    assert_eq!(upsd.stop(), Some(0));
    assert_eq!(driver.stop(), Some(0));
    let left: Vec<_> = std::fs::read_dir(site.sandbox.run()).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
}
