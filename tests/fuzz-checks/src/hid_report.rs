//! A whole driver on a device of which only the report descriptor is as it should be.

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::time::Duration;

use driver::testing::Published;
use driver::{Clock, Depth, Driver, Settings};
use hid::Descriptor;
use usb::class::{Kind, descriptor_lengths, report_descriptor};
use usb::{Bus, Identity, Place, Replay, Simulated};

/// Recordings of a device of each subdriver.
const RECORDINGS: &[&str] = &[
    include_str!("../../../bin/usbhid-ups/tests/recordings/apc.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/arduino.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/belkin.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/cps.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/delta_ups.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/ecoflow.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/ever.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/idowell.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/legrand.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/liebert.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/mge.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/openups.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/powercom.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/powervar.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/salicru.rec"),
    include_str!("../../../bin/usbhid-ups/tests/recordings/tripplite.rec"),
];

/// The words that may stand in `ups.status` of such a device.
const STATUS: &[&str] = &[
    "ALARM", "CAL", "OL", "OB", "DISCHRG", "CHRG", "LB", "OVER", "RB", "TRIM", "BOOST", "BYPASS",
    "OFF",
];

/// Who a device is, and its report descriptor.
static DEVICES: LazyLock<Vec<(Identity, Vec<u8>)>> =
    LazyLock::new(|| RECORDINGS.iter().map(|text| device(text)).collect());

fn device(text: &str) -> (Identity, Vec<u8>) {
    let recording = recording::Recording::parse(text).expect("a recording of ours");
    let mut bus = Replay::new(&recording).expect("a recording of ours");
    let identity = bus.list().expect("a bus").remove(0);
    let mut device = bus.open(&identity, &Place::default()).expect("its device");
    let lengths = descriptor_lengths(&mut *device).expect("a descriptor");
    let length = lengths.first().copied().unwrap_or_default();
    let bytes = report_descriptor(&mut *device, length).expect("a descriptor");
    (identity, bytes)
}

/// Reports of any bytes and any length, and strings of any text, make a status of known words and values that fit into a
/// line; commands and settings are refused or performed. The first byte chooses the device.
pub fn check_hid_report(bytes: &[u8]) {
    let Some((&first, bytes)) = bytes.split_first() else {
        return;
    };
    let chosen = usize::from(first) % DEVICES.len();
    let Some((identity, descriptor)) = DEVICES.get(chosen) else {
        return;
    };
    let mut source = bytes.iter().copied().cycle();
    let named = |name: &Option<String>| Some(name.clone().unwrap_or_else(|| "-".to_owned()));
    let mut device = Simulated::new(Identity {
        vendor: named(&identity.vendor),
        product: named(&identity.product),
        serial: named(&identity.serial),
        ..identity.clone()
    });
    let length = u16::try_from(descriptor.len()).ok();
    device.set_descriptor(descriptor, length, length);
    fill(&device, descriptor, &mut source);
    let settings = Settings {
        clock: Clock::standing(),
        poll_interval: Duration::from_secs(2),
        ..Settings::default()
    };
    let Ok(mut driver) = usbhid_ups::find(Box::new(device.clone()), &settings) else {
        return;
    };
    let mut published = Published::default();
    published.after(|report| _ = driver.identify(report));
    for round in 0..3 {
        published.after(|report| _ = driver.poll(Depth::Full, report));
        let event: Vec<u8> = source.by_ref().take(round * 4).collect();
        device.interrupt_with(&event);
        published.after(|report| {
            _ = driver.listen(Duration::ZERO, report);
        });
        holds(&published);
        fill(&device, descriptor, &mut source);
    }
    act(&mut *driver, &mut published, &mut source);
    holds(&published);
}

/// Each report gets its identifier and any bytes, mostly as many as there should be.
fn fill(device: &Simulated, descriptor: &[u8], source: &mut impl Iterator<Item = u8>) {
    for (id, length) in Descriptor::parse(descriptor).reports() {
        let odd = source.next().unwrap_or_default();
        let length = if odd < 16 { usize::from(odd) } else { length };
        let mut report: Vec<u8> = source.take(length).collect();
        if let Some(first) = report.first_mut().filter(|_| odd < 240) {
            *first = id;
        }
        device.set_report(Kind::Feature, id, &report);
    }
    let text: Vec<u8> = source.take(9).collect();
    let text = String::from_utf8_lossy(&text);
    // all of them: for one that is missing the driver waits before it asks again
    for index in 4..=u8::MAX {
        device.set_string(index, &text);
    }
}

fn act(driver: &mut dyn Driver, published: &mut Published, source: &mut impl Iterator<Item = u8>) {
    let commands: BTreeSet<String> = published.tree().commands().map(str::to_owned).collect();
    let text: Vec<u8> = source.take(6).collect();
    let text = String::from_utf8_lossy(&text).into_owned();
    for command in &commands {
        published.after(|report| {
            _ = driver.command(command, Some(&text), report);
            _ = driver.command(command, None, report);
        });
    }
    let variables: Vec<String> = published
        .listing()
        .lines()
        .filter_map(|line| line.split_once(':').map(|(name, _)| name.to_owned()))
        .collect();
    for var in variables {
        published.after(|report| {
            _ = driver.set(&var, &text, report);
            _ = driver.set(&var, "42", report);
        });
    }
    let _ = driver.shut_down();
}

fn holds(published: &Published) {
    for word in published
        .value("ups.status")
        .unwrap_or_default()
        .split_whitespace()
    {
        assert!(STATUS.contains(&word), "{word:?}");
    }
    for line in published.listing().lines() {
        assert!(line.len() < 2048, "{line}");
        let value = line.split_once(": ").map_or("", |(_, value)| value);
        assert!(!["nan", "inf", "-inf", "NaN"].contains(&value), "{line}");
    }
}
