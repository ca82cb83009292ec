//! Emulated USB devices.

use testkit::{DeviceFile, Program, Sandbox, Umockdev, UsbBus};

use crate::bench::{Driver, adopt, run, scanner};

/// A bus with devices, and a sandbox; nothing if test `test` cannot be run here.
fn bus(test: &str, devices: &[DeviceFile]) -> Option<(UsbBus, Sandbox)> {
    let umockdev = Umockdev::find(test)?;
    let sandbox = Sandbox::new();
    Some((UsbBus::start(&umockdev, &sandbox, devices), sandbox))
}

#[test]
fn what_is_plugged_in_is_served_by_the_driver_that_is_named() {
    let test = "what_is_plugged_in_is_served_by_the_driver_that_is_named";
    let devices = [DeviceFile::named("apc"), DeviceFile::qx("cypress")];
    let Some((bus, sandbox)) = bus(test, &devices) else {
        return;
    };
    let lead = |program: Program| bus.lead(program);
    let scanned = adopt(&sandbox, lead(scanner(&sandbox)).args(["-U", "-q"]));
    assert_eq!(scanned.told, "", "{}", scanned.conf);
    assert_eq!(
        scanned.conf.matches("[nutdev-usb").count(),
        2,
        "{}",
        scanned.conf
    );
    let is_hid = |section: &&str| {
        let at = scanned
            .conf
            .find(&format!("[{section}]\n\tdriver = \"usbhid-ups\""));
        at.is_some()
    };
    let sections = ["nutdev-usb1", "nutdev-usb2"];
    let hid = sections.into_iter().find(is_hid).unwrap();
    let qx = sections
        .into_iter()
        .find(|section| !is_hid(section))
        .unwrap();
    let hid = Driver::start(&sandbox, &scanned, hid, lead);
    assert_eq!(hid.value("ups.serial"), Some("SNAPC01"), "{}", scanned.conf);
    let qx = Driver::start(&sandbox, &scanned, qx, lead);
    assert_eq!(qx.value("input.voltage"), Some("226.0"), "{}", scanned.conf);
}

#[test]
fn two_that_only_their_ports_tell_apart_get_sections_that_do() {
    let test = "two_that_only_their_ports_tell_apart_get_sections_that_do";
    let charged = DeviceFile::named("cps").with("/values/UPS.PowerSummary.RemainingCapacity", 42);
    let Some((bus, sandbox)) = bus(test, &[DeviceFile::named("cps"), charged]) else {
        return;
    };
    let lead = |program: Program| bus.lead(program);
    let scanned = adopt(&sandbox, lead(scanner(&sandbox)).arg("-U"));
    assert!(
        scanned
            .conf
            .contains("# WARNING: 2 sections have the serial number")
    );
    assert!(
        scanned.told.contains("Scanning USB bus."),
        "{}",
        scanned.told
    );
    let sections = ["nutdev-usb1", "nutdev-usb2"];
    let drivers = sections.map(|section| Driver::start(&sandbox, &scanned, section, lead));
    let mut charges = drivers
        .each_ref()
        .map(|driver| driver.value("battery.charge"));
    charges.sort_unstable();
    assert_eq!(charges, [Some("42"), Some("97")], "{}", scanned.conf);
}

#[test]
fn a_device_that_a_driver_has_is_listed_and_who_has_it_is_told() {
    let test = "a_device_that_a_driver_has_is_listed_and_who_has_it_is_told";
    let Some((bus, sandbox)) = bus(test, &[DeviceFile::named("mge")]) else {
        return;
    };
    let lead = |program: Program| bus.lead(program);
    let scanned = adopt(&sandbox, lead(scanner(&sandbox)).args(["-U", "-N"]));
    let mut driver = Driver::start(&sandbox, &scanned, "nutdev-usb1", lead);
    let done = run(lead(scanner(&sandbox)).args(["-UUU", "-P", "-q"]));
    assert!(
        done.stdout
            .starts_with("USB:driver=\"usbhid-ups\",port=\"auto\",vendorid=")
    );
    assert!(
        done.stdout.contains(",bus=\"001\",device=\""),
        "{}",
        done.stdout
    );
    assert!(
        done.stderr.contains("the device is in use by"),
        "{}",
        done.stderr
    );
    driver.expect("that the driver keeps it", |said| {
        said.is_fresh() == Some(true)
    });
}

#[test]
fn what_is_no_power_device_is_left_alone() {
    let test = "what_is_no_power_device_is_left_alone";
    let keyboard = DeviceFile::named("mge")
        .with("/device/idVendor", "046d")
        .with("/device/idProduct", "c31c");
    let Some((bus, sandbox)) = bus(test, &[keyboard]) else {
        return;
    };
    let done = run(bus.lead(scanner(&sandbox)).arg("-U"));
    assert_eq!(done.stdout, "");
    assert!(
        done.stderr.contains("no device that a driver knows"),
        "{}",
        done.stderr
    );
}
