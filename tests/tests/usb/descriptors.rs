//! Devices that tell wrongly what they are.

use testkit::{DeviceFile, Value, json};

use crate::lab::{Bench, Lab};

fn cps() -> DeviceFile {
    DeviceFile::named("cps")
}

/// A device with faults from the beginning.
#[track_caller]
fn bench(name: &str, device: DeviceFile, faults: &[Value]) -> Option<Bench> {
    let bench = Bench::new(name, &[device])?;
    for fault in faults {
        bench.device().fault(fault.clone());
    }
    Some(bench)
}

/// The driver attaches all the same.
#[track_caller]
fn attached(name: &str, device: DeviceFile, faults: &[Value]) -> Option<Lab> {
    let mut lab = bench(name, device, faults)?.attach();
    lab.expect_fresh();
    Some(lab)
}

/// The driver says `told` and ends; when the device is well it attaches.
#[track_caller]
fn refused(name: &str, device: DeviceFile, faults: &[Value], told: &str) {
    let Some(bench) = bench(name, device, faults) else {
        return;
    };
    let said = bench.refused();
    assert!(said.contains(told), "{told:?} is not in:\n{said}");
    if !faults.is_empty() {
        bench.device().clear_faults();
        bench.attach().expect_well();
    }
}

fn report_descriptor(fault: Value) -> Value {
    let mut whole = json!({"where": "descriptor", "key": 0x22});
    if let (Value::Object(whole), Value::Object(fault)) = (&mut whole, fault) {
        whole.extend(fault);
    }
    whole
}

#[test]
fn a_descriptor_that_is_cut_short_twice_is_read_whole() {
    let cut = report_descriptor(json!({"what": "short", "length": 200, "count": 2}));
    let name = "a_descriptor_that_is_cut_short_twice_is_read_whole";
    if let Some(lab) = attached(name, cps(), &[cut]) {
        lab.expect_well();
    }
}

#[test]
fn a_descriptor_that_stays_cut_short_is_told() {
    let cut = report_descriptor(json!({"what": "short", "length": 200}));
    let name = "a_descriptor_that_stays_cut_short_is_told";
    if let Some(mut lab) = attached(name, cps(), &[cut]) {
        let said = lab.driver.printed();
        assert!(
            said.contains("the report descriptor is cut short"),
            "{said}"
        );
        assert!(
            said.contains("does not say whether it is on line"),
            "{said}"
        );
        assert_eq!(lab.socket.value("ups.status"), Some(""));
        assert_eq!(lab.driver.ended(), None);
    }
}

#[test]
fn a_descriptor_of_nothing_or_nonsense_is_no_ups() {
    let name = "a_descriptor_of_nothing_or_nonsense_is_no_ups";
    for fault in [
        json!({"what": "short", "length": 0}),
        json!({"what": "short", "length": 1}),
        json!({"what": "raw", "raw": "ffffffffffffffffffff"}),
    ] {
        let fault = report_descriptor(fault);
        refused(
            name,
            cps(),
            &[fault],
            "the report descriptor makes no sense",
        );
    }
}

#[test]
fn a_descriptor_that_is_refused_or_fails_is_told() {
    let name = "a_descriptor_that_is_refused_or_fails_is_told";
    for (what, told) in [
        ("stall", "refused by the device"),
        ("proto", "input/output error"),
        ("overflow", "overflow"),
    ] {
        let fault = report_descriptor(json!({"what": what}));
        let told = format!("reading the report descriptor: 81 06 2200 0000: {told}");
        refused(
            name,
            cps(),
            &[fault],
            &told.replace(": overflow", ": the device sent more"),
        );
    }
}

#[test]
fn a_descriptor_without_end_is_read_to_where_requests_end() {
    let device = cps()
        .with("/hid/length_in_config", 6000)
        .with("/hid/length_by_request", 6000);
    let endless = report_descriptor(json!({"what": "endless"}));
    let name = "a_descriptor_without_end_is_read_to_where_requests_end";
    if let Some(lab) = attached(name, device, &[endless]) {
        lab.expect_well();
    }
}

#[test]
fn a_length_that_cannot_be_is_told() {
    let name = "a_length_that_cannot_be_is_told";
    for length in [0, 6145, 65535] {
        let device = cps()
            .with("/hid/length_in_config", length)
            .with("/hid/length_by_request", length);
        let told = format!("claims a report descriptor of {length} bytes");
        refused(name, device, &[], &told);
    }
}

#[test]
fn of_two_lengths_the_right_one_is_found() {
    let name = "of_two_lengths_the_right_one_is_found";
    for (place, length) in [
        ("/hid/length_in_config", 17),
        ("/hid/length_in_config", 300),
        ("/hid/length_in_config", 65535),
        ("/hid/length_by_request", 17),
    ] {
        if let Some(lab) = attached(name, cps().with(place, length), &[]) {
            lab.expect_well();
        }
    }
}

#[test]
fn a_hid_descriptor_that_is_refused_is_found_in_the_configuration() {
    let name = "a_hid_descriptor_that_is_refused_is_found_in_the_configuration";
    let fault = json!({"where": "descriptor", "key": 0x21, "what": "stall"});
    if let Some(lab) = attached(name, cps(), &[fault]) {
        lab.expect_well();
    }
}

#[test]
fn strings_that_cannot_be_read_are_missing() {
    let name = "strings_that_cannot_be_read_are_missing";
    for fault in [
        json!({"where": "string", "what": "stall"}),
        json!({"where": "string", "what": "raw", "raw": ""}),
        json!({"where": "string", "what": "raw", "raw": "04 05 41 00"}),
        json!({"where": "string", "what": "proto"}),
    ] {
        if let Some(lab) = attached(name, cps(), &[fault]) {
            let model = lab.socket.value("ups.model");
            assert_ne!(model, Some("Constructed cps"));
            assert_eq!(lab.socket.value("battery.charge"), Some("97"));
            lab.expect_well();
        }
    }
}

#[test]
fn strings_that_lie_about_their_length_are_cut() {
    let name = "strings_that_lie_about_their_length_are_cut";
    let fault = json!({"where": "string", "key": 2, "what": "raw", "raw": "ff 03 41 00 42 00"});
    if let Some(lab) = attached(name, cps(), &[fault]) {
        assert_eq!(lab.socket.value("ups.model"), Some("AB"));
        lab.expect_well();
    }
}

#[test]
fn an_index_of_no_string_is_an_empty_text() {
    let name = "an_index_of_no_string_is_an_empty_text";
    for index in [0, 99, 255] {
        let device = cps().with("/values/UPS.PowerSummary.iDeviceChemistry", index);
        if let Some(lab) = attached(name, device, &[]) {
            let battery = lab.socket.value("battery.type").unwrap_or_default();
            assert_eq!(battery, "", "index {index}");
            lab.expect_well();
        }
    }
}
