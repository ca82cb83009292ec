use driver::Clock;
use recording::Stage;
use testkit::expect_file;
use usb::class::Kind as Asked;
use usb::simulated::{Fault, Where};
use usb::{Bus, Place, Simulated};

use super::*;
use crate::{opening, recordings};

/// UPS.PowerSummary with iDeviceChemistry, iSerialNumber, Voltage in centivolts; an Input bit and an unknown usage.
#[rustfmt::skip]
const DESCRIPTOR: &[u8] = &[
    0x05, 0x84, 0x09, 0x04, 0xa1, 1, 0x09, 0x24, 0xa1, 0, 0x15, 0, 0x25, 127, 0x75, 8, 0x95, 1,
    0x85, 1, 0x0b, 0x89, 0, 0x85, 0, 0xb1, 2, 0x09, 0xff, 0xb1, 2,
    0x85, 2, 0x26, 0xff, 0x7f, 0x75, 16, 0x67, 0x21, 0xd1, 0xf0, 0, 0x55, 5, 0x09, 0x30, 0xb1, 2,
    0x85, 3, 0x25, 1, 0x75, 1, 0x65, 0, 0x55, 0, 0x0b, 0xd0, 0, 0x85, 0, 0x81, 2,
    0x85, 4, 0x75, 8, 0x0b, 0x24, 0, 0x86, 0xff, 0xb1, 2,
    0xc0, 0xc0,
];

struct Lab {
    device: Simulated,
    descriptor: Descriptor,
    reports: Reports,
    explorer: Explorer,
}

impl Lab {
    fn new() -> Self {
        let device = Simulated::new(Identity {
            vid: 0x5131,
            pid: 0x2007,
            product: Some("UPS".into()),
            serial: Some("S-7".into()),
            ..Identity::default()
        });
        device.set_string(7, "PbAc");
        device.set_report(Asked::Feature, 1, &[1, 7, 3]);
        device.set_report(Asked::Feature, 2, &[2, 0x61, 0x05]);
        let descriptor = Descriptor::parse(DESCRIPTOR);
        assert_eq!(descriptor.problems(), []);
        Self {
            reports: Reports::new(&descriptor, usize::MAX, Clock::standing()),
            explorer: Explorer::new(Names::STANDARD),
            descriptor,
            device,
        }
    }

    fn look(&mut self) -> Result<Vec<String>, Error> {
        self.explorer
            .look(&mut self.device, &mut self.reports, &self.descriptor)
    }
}

#[test]
fn every_item_is_a_line_and_later_those_that_have_changed() {
    let mut lab = Lab::new();
    let expected = [
        "Path: UPS.PowerSummary.iDeviceChemistry, Type: Feature, ReportID: 0x01, Offset: 0, Size: 8, Value: 7, String: \"PbAc\"",
        "Path: UPS.PowerSummary.iSerialNumber, Type: Feature, ReportID: 0x01, Offset: 8, Size: 8, Value: 3, String: \"X-X\"",
        "Path: UPS.PowerSummary.Voltage, Type: Feature, ReportID: 0x02, Offset: 0, Size: 16, Value: 13.77",
        "Path: UPS.PowerSummary.ACPresent, Type: Input, ReportID: 0x03, Offset: 0, Size: 1",
        "Path: UPS.PowerSummary.ff860024, Type: Feature, ReportID: 0x04, Offset: 0, Size: 8",
    ];
    assert_eq!(lab.look().unwrap(), expected);
    assert_eq!(lab.look().unwrap(), [""; 0]);
    lab.device.set_report(Asked::Feature, 2, &[2, 0x62, 0x05]);
    let changed = "Path: UPS.PowerSummary.Voltage, Type: Feature, ReportID: 0x02, Offset: 0, Size: 16, Value: 13.78";
    assert_eq!(lab.look().unwrap(), [changed]);
}

#[test]
fn what_the_device_says_by_itself_is_told_when_it_changes() {
    let mut lab = Lab::new();
    lab.look().unwrap();
    let mut heard = |report: &[u8]| lab.explorer.heard(&lab.descriptor, report);
    let expected = "Path: UPS.PowerSummary.ACPresent, Type: Input, ReportID: 0x03, Offset: 0, Size: 1, Value: 1";
    assert_eq!(heard(&[3, 1]), [expected]);
    assert_eq!(
        (heard(&[3, 1]), heard(&[9, 1]), heard(&[])),
        (vec![], vec![], vec![])
    );
    assert_eq!(heard(&[3, 0]).len(), 1);
    assert_eq!(lab.look().unwrap(), [""; 0], "no look forgets it");
}

#[test]
fn a_report_that_fails_has_no_values_and_a_lost_device_ends_it() {
    let mut lab = Lab::new();
    let stall = Fault::Error(Error::Stalled("planted".into()));
    lab.device
        .plant(Where::Get(Asked::Feature), Some(2), stall, None);
    let lines = lab.look().unwrap();
    assert!(lines[2].ends_with("Size: 16"), "{lines:?}");
    lab.device.clear_faults();
    assert_eq!(lab.look().unwrap().len(), 1);
    lab.device.unplug();
    assert!(lab.look().is_err());
}

#[test]
fn reports_that_a_model_does_not_survive_are_left_alone() {
    let identity = |vid, pid| Identity {
        vid,
        pid,
        ..Identity::default()
    };
    assert!(is_left_out(&identity(0x09ae, 0x1330), 0x54));
    assert!(is_left_out(&identity(0x0463, 0xffff), 255));
    assert!(!is_left_out(&identity(0x051d, 2), 255));
}

#[test]
fn numbers_have_the_digits_that_count() {
    for (value, expected) in [
        (0.0, "0"),
        (100.0, "100"),
        (1_966_020.0, "1966020"),
        (13.700000000000001, "13.7"),
        (-0.25, "-0.25"),
        (0.0001, "0.0001"),
        (1234.5678, "1234.57"),
    ] {
        assert_eq!(number(value), expected);
    }
}

/// What is told of a recorded device: all that it has, and what changes when its mains fail.
#[test]
fn a_recorded_device_is_explored_as_expected() {
    let path = recordings::folder().join("explore.rec");
    let text = std::fs::read_to_string(&path).unwrap();
    let (recording, replay) = recordings::read(&text).unwrap();
    let mut bus = replay.clone();
    let listed = bus.list().unwrap();
    let mut device = bus.open(&listed[0], &Place::default()).unwrap();
    let descriptor = opening::descriptor(&mut *device).unwrap();
    let mut reports = Reports::new(&descriptor, usize::MAX, Clock::standing());
    let mut explorer = Explorer::new(Names::STANDARD);
    let mut told = explorer.title(device.identity(), &descriptor);
    for (number, step) in recording.steps.iter().enumerate() {
        replay.turn_to(number);
        told.push(format!("= {}", step.words.join(" ")));
        let mut buffer = [0; 64];
        while let Ok(length) = device.interrupt(&mut buffer, Duration::ZERO) {
            told.extend(explorer.heard(&descriptor, &buffer[..length]));
        }
        told.extend(
            explorer
                .look(&mut *device, &mut reports, &descriptor)
                .unwrap(),
        );
    }
    let made = told.join("\n") + "\n";
    expect_file(&path.with_extension("explored"), &made, recordings::TEST).unwrap();
}
