//! Commands that are more than one report.

use driver::Settings;
use hid::Descriptor;
use proto::Outcome;
use usb::class::Kind;
use usb::{Identity, Simulated};

use super::*;
use crate::opening::open;
use crate::options::Options;

/// A collection: its usage and its type.
type Collection = (u32, u8);

/// Items of an Eaton that can bypass: collections around it, usage, report, value.
#[rustfmt::skip]
const ITEMS: &[(&[Collection], u32, u8, u8)] = &[
    (&[(0x84_001e, 0x84)],                   0x84_0040, 1, 230), // Flow.[4].ConfigVoltage
    (&[(0x84_001e, 0x84)],                   0x84_0042, 2, 50),  // Flow.[4].ConfigFrequency
    (&[(0x84_0016, 0), (0x84_001a, 0x82)],   0x84_0030, 3, 230), // PowerConverter.Input.[2].Voltage
    (&[(0x84_0016, 0), (0x84_001a, 0x82)],   0x84_0032, 4, 50),  // PowerConverter.Input.[2].Frequency
    (&[(0x84_0016, 0), (0x84_001a, 0x82)],   0x84_0051, 5, 0),   // PowerConverter.Input.[2].SwitchOffControl
    (&[(0x84_0016, 0), (0x84_001a, 0x85)],   0x84_006c, 6, 1),   // PowerConverter.Input.[5].Switchable
];

fn usage(usage: u32) -> Vec<u8> {
    [&[0x0b][..], &usage.to_le_bytes()].concat()
}

fn descriptor() -> Vec<u8> {
    let mut bytes = [
        &usage(0x84_0004)[..],
        &[0xa1, 1, 0x15, 0, 0x26, 255, 0, 0x75, 8, 0x95, 1],
    ]
    .concat();
    for (collections, item, report, _) in ITEMS {
        for (collection, kind) in *collections {
            bytes.extend(usage(*collection));
            bytes.extend([0xa1, *kind]);
        }
        bytes.extend([0x85, *report]);
        bytes.extend(usage(*item));
        bytes.extend([0xb1, 2]);
        bytes.extend(collections.iter().map(|_| 0xc0));
    }
    bytes.push(0xc0);
    bytes
}

fn eaton() -> (Simulated, HidUps) {
    let device = Simulated::new(Identity {
        vid: 0x0463,
        pid: 0xffff,
        ..Identity::default()
    });
    for (_, _, report, value) in ITEMS {
        device.set_report(Kind::Feature, *report, &[*report, *value]);
    }
    let settings = Settings {
        options: vec![("pollonly".to_owned(), None)],
        ..Settings::default()
    };
    let options = Options::of(&settings).unwrap();
    let read = Descriptor::parse(&descriptor());
    let opened = open(Box::new(device.clone()), read, &options, &Clock::default());
    let mut ups = opened.unwrap().ups;
    ups.begin(&mut Report::default()).unwrap();
    (device, ups)
}

#[test]
fn the_end_of_a_bypass_is_told_before_that_of_the_mode() {
    let (device, mut ups) = eaton();
    assert_eq!(ups.known.value("input.eco.switchable"), Some("ECO"));
    let outcome = ups
        .command("experimental.bypass.ecomode.stop", None)
        .unwrap();
    assert_eq!(outcome, Outcome::Handled);
    let written = device.written();
    let written: Vec<_> = written
        .iter()
        .map(|(_, _, bytes)| bytes.as_slice())
        .collect();
    assert_eq!(written, [&[5, 1][..], &[6, 0], &[6, 0]]);
}

#[test]
fn a_command_whose_needs_are_not_met_sends_nothing() {
    let (device, mut ups) = eaton();
    let outcome = ups
        .command("experimental.bypass.ecomode.start", None)
        .unwrap();
    assert_eq!(outcome, Outcome::Invalid);
    assert_eq!(device.written(), []);
}
