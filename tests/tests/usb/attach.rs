//! Finding devices and reading them for the first time.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use testkit::{DeviceFile, PATIENCE, Program, json, skipped};

use crate::lab::{Bench, Lab};

/// What is to be known of each of our devices.
#[rustfmt::skip]
const KNOWN: &[(&str, &[(&str, &str)])] = &[
    ("apc",       &[("ups.mfr", "Maker"), ("ups.serial", "SNAPC01"), ("battery.charge", "97"), ("input.voltage", "230.5"), ("ups.load", "10.0")]),
    ("arduino",   &[("ups.model", "Constructed arduino"), ("ups.vendorid", "2341"), ("battery.charge", "97"), ("battery.type", "PbAc")]),
    ("cps",       &[("ups.model", "Constructed cps"), ("ups.serial", "SNCPS01"), ("battery.charge", "97"), ("battery.voltage", "27.9"), ("input.transfer.low", "160"), ("ups.delay.shutdown", "60")]),
    ("mge",       &[("ups.mfr", "Maker"), ("battery.charge", "97"), ("outlet.1.status", "on"), ("ups.load", "39")]),
    ("tripplite", &[("ups.serial", "SNTRIPPLITE01"), ("battery.charge", "97"), ("ups.delay.start", "30")]),
];

#[test]
fn each_of_our_devices_is_attached_and_read() {
    let name = "each_of_our_devices_is_attached_and_read";
    for (device, known) in KNOWN {
        let Some(lab) = Lab::new(name, device, "") else {
            return;
        };
        for (var, value) in *known {
            assert_eq!(lab.socket.value(var), Some(*value), "{device} {var}");
        }
    }
    assert_eq!(DeviceFile::all().len(), KNOWN.len(), "one is not tested");
}

/// Two units of a model, and what tells the second from the first.
fn twins(name: &str, serial: &str, option: &str) {
    let second = DeviceFile::named("cps")
        .with("/strings/3", serial)
        .with("/values/UPS.PowerSummary.RemainingCapacity", 42);
    let Some(bench) = Bench::new(name, &[DeviceFile::named("cps"), second]) else {
        return;
    };
    bench.configure(&[("first", &option.replace('2', "1")), ("second", option)]);
    let charges = [("first", "97"), ("second", "42")].map(|(ups, charge)| {
        let mut driver = bench.launch(ups);
        let socket = bench.hear(ups, &mut driver);
        assert_eq!(socket.value("battery.charge"), Some(charge), "{ups}");
        assert!(!driver.printed().contains("would do as well"));
        (driver, socket)
    });
    // both go and come back together; neither takes the other's place
    let [(_first, mut first), (_second, mut second)] = charges;
    for unplugged in [[0, 1], [1, 0]] {
        for index in unplugged {
            bench.bus.device(index).unplug();
        }
        for socket in [&mut first, &mut second] {
            socket.expect("that it is stale", PATIENCE, |said| {
                said.is_fresh() == Some(false)
            });
        }
        for index in unplugged {
            bench.bus.device(index).plug();
        }
        for (socket, charge) in [(&mut first, "97"), (&mut second, "42")] {
            socket.expect("that it is fresh", PATIENCE, |said| {
                said.is_fresh() == Some(true)
            });
            assert_eq!(socket.value("battery.charge"), Some(charge));
        }
    }
}

#[test]
fn two_of_a_kind_are_told_apart_by_their_serial_numbers() {
    let name = "two_of_a_kind_are_told_apart_by_their_serial_numbers";
    twins(name, "SNCPS02", "serial = SNCPS02");
}

#[test]
fn two_of_a_kind_with_one_serial_number_are_told_apart_by_their_ports() {
    let name = "two_of_a_kind_with_one_serial_number_are_told_apart_by_their_ports";
    twins(name, "SNCPS01", "busport = 002");
}

#[test]
fn two_that_nothing_tells_apart_are_told_and_the_second_driver_is_refused() {
    let name = "two_that_nothing_tells_apart_are_told_and_the_second_driver_is_refused";
    let cps = || DeviceFile::named("cps");
    let Some(bench) = Bench::new(name, &[cps(), cps()]) else {
        return;
    };
    bench.configure(&[("ups", ""), ("other", ""), ("third", "allow_duplicates")]);
    let mut driver = bench.launch("ups");
    let _socket = bench.hear("ups", &mut driver);
    driver.wait_for_line(
        "would do as well; tell them apart with serial or busport",
        PATIENCE,
    );
    let refused = bench.program("other").arg("-F").run();
    assert_eq!(refused.code, Some(1));
    assert!(
        refused.stderr.contains("the device is in use"),
        "{}",
        refused.stderr
    );
    let mut third = bench.launch("third");
    let socket = bench.hear("third", &mut third);
    assert_eq!(socket.value("battery.charge"), Some("97"));
}

#[test]
fn options_that_no_device_fits_are_told_with_the_devices_that_are_there() {
    let name = "options_that_no_device_fits_are_told_with_the_devices_that_are_there";
    let Some(bench) = Bench::new(name, &[DeviceFile::named("cps")]) else {
        return;
    };
    bench.configure(&[("ups", "serial = OTHER")]);
    let said = bench.refused();
    for part in ["no matching USB device found", "0764:0501", "SNCPS01"] {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
}

#[test]
fn a_device_that_may_not_be_opened_is_told_with_its_file_and_what_to_do() {
    let name = "a_device_that_may_not_be_opened_is_told_with_its_file_and_what_to_do";
    let Some(bench) = Bench::new(name, &[DeviceFile::named("cps")]) else {
        return;
    };
    let node = bench.bus.path("/dev/bus/usb/001/002");
    chmod(&node, 0o400);
    let driver = bench.unprivileged().arg("-F");
    let refused = driver.run();
    assert_eq!(refused.code, Some(1), "{}", refused.stderr);
    for part in [
        "/dev/bus/usb/001/002: permission denied; it belongs to ",
        " with mode 0400, and the driver runs as ",
        "63-nut-local.rules",
        r#"ATTR{idVendor}=="0764", ATTR{idProduct}=="0501", MODE="0664", GROUP=""#,
        "udevadm trigger",
    ] {
        assert!(
            refused.stderr.contains(part),
            "{part} is not in:\n{}",
            refused.stderr
        );
    }
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

impl Bench {
    /// The driver under an account that does not own the devices' files: root may open everything.
    fn unprivileged(&self) -> Program {
        if fs::metadata("/proc/self").unwrap().uid() != 0 {
            return self.program("ups");
        }
        let run = self.site.sandbox.run();
        chmod(run.parent().unwrap(), 0o711);
        // umockdev's own sockets are no part of what is tested
        for path in ["", "ioctl/_default", "ioctl/dev/bus/usb/001/002"] {
            chmod(&self.bus.path(path), 0o777);
        }
        chmod(&run, 0o777);
        let driver = Program::locknut("usbhid-ups", &self.site.sandbox);
        self.bus.lead(driver).args(["-a", "ups", "-u", "nobody"])
    }
}

/// More devices than ours: those that were used to write the driver.
fn collection() -> Option<Vec<PathBuf>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/devices/usb/devices");
    let dir = std::env::var_os("LOCKNUT_USB_DEVICES").map_or(beside, PathBuf::from);
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .ok()?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "json")
    });
    paths.sort();
    (!paths.is_empty()).then_some(paths)
}

/// So many are tried at once; most of the time they wait.
const LANES: usize = 8;

/// Each is attached to, broken in every way at once, pulled out, and is well in the end.
fn endures(name: &str, path: &Path) {
    let file = DeviceFile::read(path);
    let options = file.driver_options().join("\n");
    let Some(bench) = Bench::new(name, &[file]) else {
        return;
    };
    bench.configure(&[("ups", &format!("{options}\npollonly"))]);
    let mut lab = bench.attach();
    lab.expect_fresh();
    for place in ["feature", "string"] {
        lab.fault(json!({"where": place, "what": "stall"}));
    }
    lab.device().unplug();
    lab.expect_stale();
    lab.device().clear_faults();
    lab.device().plug();
    lab.expect_fresh();
    assert_eq!(lab.driver.ended(), None, "{}", path.display());
    drop(lab.socket);
    assert_eq!(lab.driver.stop(), Some(0), "{}", path.display());
}

#[test]
fn every_device_of_a_collection_is_attached_lost_and_found() {
    let name = "every_device_of_a_collection_is_attached_lost_and_found";
    let Some(paths) = collection() else {
        return skipped(
            name,
            "device files of the emulator in the directory that LOCKNUT_USB_DEVICES names",
        );
    };
    std::thread::scope(|scope| {
        for lane in 0..LANES {
            let mine = paths.iter().skip(lane).step_by(LANES);
            scope.spawn(move || mine.for_each(|path| endures(name, path)));
        }
    });
    println!("{} devices", paths.len());
}
