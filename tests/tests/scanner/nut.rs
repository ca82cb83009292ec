//! A NUT server, and files of simulated devices.

use tests::Site;

use crate::bench::{Driver, adopt, run, scanner};

#[test]
fn each_ups_of_a_server_is_repeated_by_the_driver_that_is_named() {
    let site = Site::new();
    site.devices(&[
        ("lab", "ups.status: OL\nbattery.charge: 91\n"),
        ("attic", "ups.status: OB\n"),
    ]);
    let _running = [site.driver("lab"), site.driver("attic"), site.upsd()];
    site.await_value("lab", "battery.charge", "91");
    let port = site.port.to_string();
    let here = Site::new();
    let scan = scanner(&here.sandbox).args(["-O", "-q", "-p", &port]);
    let scanned = adopt(
        &here.sandbox,
        scan.args(["-s", "127.0.0.1", "-e", "127.0.0.3"]),
    );
    assert_eq!(scanned.told, "");
    assert_eq!(
        scanned.conf,
        format!(
            "[nutdev-nut1]\n\tdriver = \"dummy-ups\"\n\tport = \"lab@127.0.0.1:{port}\"\n\
             [nutdev-nut2]\n\tdriver = \"dummy-ups\"\n\tport = \"attic@127.0.0.1:{port}\"\n"
        )
    );
    let driver = Driver::start(&here.sandbox, &scanned, "nutdev-nut1", |program| program);
    assert_eq!(driver.value("battery.charge"), Some("91"));
}

#[test]
fn a_server_that_is_not_there_is_told_when_it_was_meant() {
    let site = Site::new();
    let scan = || scanner(&site.sandbox).args(["-O", "-p", &site.port.to_string(), "-q"]);
    let done = run(scan().args(["-s", "127.0.0.1"]));
    assert!(done.stderr.contains("NUT: 127.0.0.1"), "{}", done.stderr);
    assert!(
        done.stderr.contains("Connection refused"),
        "{}",
        done.stderr
    );
    assert_eq!(run(scan().args(["-m", "127.0.0.0/30"])).stderr, "");
}

#[test]
fn files_of_simulated_devices_are_played() {
    let site = Site::new();
    site.sandbox
        .write("lab.dev", "ups.status: OL\nups.load: 7\n");
    let scanned = adopt(&site.sandbox, scanner(&site.sandbox).args(["-n", "-q"]));
    let driver = Driver::start(&site.sandbox, &scanned, "nutdev-simulation1", |program| {
        program
    });
    assert_eq!(driver.value("ups.load"), Some("7"), "{}", scanned.conf);
}
