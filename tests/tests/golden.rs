//! What our drivers publish of simulated devices, beside what C NUT's published of the same.
//!
//! The comparisons are `golden.py` in `tests/devices/serial` and `tests/devices/snmp`, their READMEs tell of them. C NUT's texts are no part of
//! this project.

use std::ffi::OsStr;
use std::path::Path;
use std::time::Duration;
use testkit::{Program, Sandbox, installed, our_programs, reference, skipped_unless_ci};

/// How long all cases take, with much to spare.
const ALL: Duration = Duration::from_secs(3600);

/// Runs the comparison that is in a folder of devices, with C NUT's texts in the directory that `variable` names, or `beside`.
fn compared(name: &str, devices: &str, variable: &str, beside: Option<&str>, args: [&OsStr; 2]) {
    let Some(golden) = reference(name, variable, beside, "C NUT's texts") else {
        return;
    };
    let Some(python) = installed("python3") else {
        return skipped_unless_ci(name, "python3");
    };
    let sandbox = Sandbox::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("devices");
    let compared = Program::at(&python, &sandbox)
        .arg(folder.join(devices).join("golden.py"))
        .args(args)
        .env(variable, golden)
        .run_within(ALL);
    assert_eq!(
        compared.code,
        Some(0),
        "{}{}",
        compared.stdout,
        compared.stderr
    );
}

#[test]
fn serial_devices_are_as_with_c_nut_but_for_what_is_meant() {
    let name = "serial_devices_are_as_with_c_nut_but_for_what_is_meant";
    let drivers = our_programs().unwrap();
    let args = [OsStr::new("--drivers"), drivers.as_os_str()];
    compared(name, "serial", "LOCKNUT_SERIAL_GOLDENS", None, args);
}

#[test]
fn snmp_devices_are_as_with_c_nut_but_for_what_is_meant() {
    let name = "snmp_devices_are_as_with_c_nut_but_for_what_is_meant";
    let driver = our_programs().unwrap().join("snmp-ups");
    let args = [OsStr::new("--driver"), driver.as_os_str()];
    compared(name, "snmp", "LOCKNUT_SNMP_DEVICES", Some("snmp"), args);
}
