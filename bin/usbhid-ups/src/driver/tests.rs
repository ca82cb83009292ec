//! The driver on a device that is a table of reports.

use std::sync::{Arc, Mutex};

use ::driver::testing::Published;
use usb::class::Kind;
use usb::simulated::{Fault, Where};
use usb::{Error as UsbError, Identity, Place, Simulated, UsbDevice};

use super::*;

/// What is on the bus.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Vec<Simulated>>>);

impl Shelf {
    fn with(devices: &[&Simulated]) -> Self {
        let shelf = Self::default();
        shelf.put(devices);
        shelf
    }

    fn put(&self, devices: &[&Simulated]) {
        *self.0.lock().unwrap() = devices.iter().map(|device| (*device).clone()).collect();
    }
}

impl Bus for Shelf {
    fn list(&mut self) -> Result<Vec<Identity>, UsbError> {
        let devices = self.0.lock().unwrap();
        Ok(devices
            .iter()
            .map(|device| device.identity().clone())
            .collect())
    }

    fn describe(&mut self, listed: &Identity) -> Result<Identity, UsbError> {
        Ok(listed.clone())
    }

    fn open(&mut self, wanted: &Identity, _: &Place) -> Result<Box<dyn UsbDevice>, UsbError> {
        let devices = self.0.lock().unwrap();
        let found = devices.iter().find(|device| device.identity() == wanted);
        Ok(Box::new(found.unwrap().clone()))
    }
}

/// A UPS with report 1 RemainingCapacity, 4 AudibleAlarmControl, 2 the bits ACPresent, Discharging, Charging and
/// BelowRemainingCapacityLimit of PresentStatus, and interrupt report 3 with the first two of them.
#[rustfmt::skip]
const DESCRIPTOR: &[u8] = &[
    0x05, 0x84, 0x09, 0x04, 0xa1, 1, 0x09, 0x24, 0xa1, 0, 0x15, 0, 0x25, 100, 0x75, 8, 0x95, 1,
    0x85, 1, 0x0b, 0x66, 0, 0x85, 0, 0xb1, 2,
    0x85, 4, 0x25, 3, 0x09, 0x5a, 0xb1, 2,
    0x09, 0x02, 0xa1, 0, 0x85, 2, 0x25, 1, 0x75, 1,
    0x0b, 0xd0, 0, 0x85, 0, 0xb1, 2, 0x0b, 0x45, 0, 0x85, 0, 0xb1, 2,
    0x0b, 0x44, 0, 0x85, 0, 0xb1, 2, 0x0b, 0x42, 0, 0x85, 0, 0xb1, 2,
    0x85, 3, 0x0b, 0xd0, 0, 0x85, 0, 0x81, 2, 0x0b, 0x45, 0, 0x85, 0, 0x81, 2,
    0xc0, 0xc0, 0xc0,
];

/// A model whose interrupt reports are known to be of no use.
fn device() -> Simulated {
    model(0x0003)
}

fn model(pid: u16) -> Simulated {
    let mut device = Simulated::new(Identity {
        vid: 0x051d,
        pid,
        vendor: Some("American Power Conversion".to_owned()),
        product: Some("Smart-UPS 750 FW:1.2 USB FW:9".to_owned()),
        serial: Some("AS1".to_owned()),
        ports: vec![1],
        ..Identity::default()
    });
    let length = u16::try_from(DESCRIPTOR.len()).unwrap();
    device.set_descriptor(DESCRIPTOR, Some(length), Some(length));
    device.set_report(Kind::Feature, 1, &[1, 97]);
    device.set_report(Kind::Feature, 4, &[4, 2]);
    device.set_report(Kind::Feature, 2, &[2, 0b0001]);
    device
}

struct Lab {
    shelf: Shelf,
    device: Simulated,
    driver: Box<dyn Driver>,
    published: Published,
}

impl Lab {
    fn new(device: Simulated, options: &[(&str, &str)]) -> Self {
        let options = options
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
        let settings = Settings {
            options: options.collect(),
            ..Settings::default()
        };
        let shelf = Shelf::with(&[&device]);
        let driver = UsbHidUps::find(Box::new(shelf.clone()), &settings).unwrap();
        let mut driver: Box<dyn Driver> = Box::new(driver);
        let mut published = Published::default();
        let mut report = Report::default();
        driver.identify(&mut report).unwrap();
        let _ = published.apply(report);
        Self {
            shelf,
            device,
            driver,
            published,
        }
    }

    /// The device is lost; what is on the bus at the next attempt to find it.
    fn lose_and_find(mut self, present: &[&Simulated]) -> Result<Self, Error> {
        let lost = self.driver.lose().unwrap();
        self.shelf.put(present);
        self.driver = lost.find().map_err(|(_, why)| why)?;
        Ok(self)
    }

    fn poll(&mut self) -> Result<(), Error> {
        let mut report = Report::default();
        let result = self.driver.poll(Depth::Full, &mut report);
        let _ = self.published.apply(report);
        result
    }

    fn listen(&mut self) -> Heard {
        let mut report = Report::default();
        let heard = self.driver.listen(Duration::from_millis(1), &mut report);
        let _ = self.published.apply(report);
        heard
    }

    #[track_caller]
    fn expect(&self, var: &str, value: &str) {
        assert_eq!(self.published.value(var), Some(value), "{var}");
    }
}

#[test]
fn what_the_device_says_is_published() {
    let lab = Lab::new(device(), &[]);
    for (var, value) in [
        ("battery.charge", "97"),
        ("ups.beeper.status", "enabled"),
        ("ups.status", "OL"),
        ("ups.model", "Smart-UPS 750"),
        ("ups.firmware", "1.2"),
        ("ups.firmware.aux", "9"),
        ("ups.serial", "AS1"),
        ("ups.vendorid", "051d"),
        ("driver.version.data", "APC HID 0.101"),
    ] {
        lab.expect(var, value);
    }
}

#[test]
fn a_power_failure_is_seen_and_its_end() {
    let mut lab = Lab::new(device(), &[]);
    lab.device.set_report(Kind::Feature, 2, &[2, 0b1010]);
    lab.poll().unwrap();
    lab.expect("ups.status", "OB DISCHRG LB");
    lab.device.set_report(Kind::Feature, 2, &[2, 0b0001]);
    lab.poll().unwrap();
    lab.expect("ups.status", "OL");
}

#[test]
fn an_interrupt_report_is_heard_between_polls() {
    let mut lab = Lab::new(model(0x0005), &[]);
    assert_eq!(lab.listen(), Heard::Nothing);
    lab.expect("ups.status", "OL");
    lab.device.interrupt_with(&[3, 0b10]);
    assert_eq!(lab.listen(), Heard::Something);
    lab.expect("ups.status", "OB DISCHRG");
    lab.device.unplug();
    assert_eq!(lab.listen(), Heard::Gone);
}

/// What a round does with an interrupt report that waits: takes it if it asks for one.
fn round_takes(lab: &mut Lab) -> bool {
    lab.device.interrupt_with(&[3, 0b10]);
    lab.poll().unwrap();
    let takes = lab.published.value("ups.status") == Some("OB DISCHRG");
    while lab.listen() == Heard::Something {}
    lab.device.interrupt_with(&[3, 0b01]);
    assert_eq!(lab.listen(), Heard::Something);
    lab.expect("ups.status", "OL");
    takes
}

#[test]
fn a_round_does_not_wait_for_a_device_that_is_listened_to_between_rounds() {
    let mut lab = Lab::new(model(0x0005), &[]);
    assert!(!round_takes(&mut lab));
    // listening fails: the next round finds out what is wrong
    lab.device.plant(
        Where::Interrupt,
        None,
        Fault::Error(UsbError::Io("planted".to_owned())),
        Some(2),
    );
    assert_eq!(lab.listen(), Heard::Deaf);
    assert!(matches!(lab.poll(), Err(Error::Gone(_))));
    assert!(!round_takes(&mut lab), "it was told once");
}

#[test]
fn rounds_count_their_silence_when_somebody_wants_to_know() {
    let option = ("interrupt_pipe_no_events_tolerance", "1");
    let mut lab = Lab::new(model(0x0005), &[option]);
    for _ in 0..3 {
        lab.poll().unwrap();
        lab.device.interrupt_with(&[3, 0b01]);
        assert_eq!(lab.listen(), Heard::Something);
        lab.poll().unwrap();
    }
    lab.poll().unwrap();
    assert!(matches!(lab.poll(), Err(Error::Gone(_))));
}

#[test]
fn who_shall_only_be_polled_is_not_listened_to() {
    for (pid, options) in [(0x0003, &[][..]), (0x0005, &[("pollonly", "")][..])] {
        let mut lab = Lab::new(model(pid), options);
        lab.device.interrupt_with(&[3, 0b10]);
        assert_eq!(lab.listen(), Heard::Deaf);
        lab.expect("ups.status", "OL");
    }
}

#[test]
fn a_command_sends_the_report_with_its_value() {
    let mut lab = Lab::new(device(), &[]);
    let mut report = Report::default();
    for (command, value) in [("beeper.disable", 1), ("beeper.mute", 3), ("beeper.on", 2)] {
        let done = lab.driver.command(command, None, &mut report).unwrap();
        assert_eq!(done, Outcome::Handled, "{command}");
        assert_eq!(
            lab.device.written().last().unwrap(),
            &(Kind::Feature, 4, vec![4, value])
        );
    }
    let unknown = lab
        .driver
        .command("make.coffee", None, &mut report)
        .unwrap();
    assert_eq!(unknown, Outcome::Unknown);
}

#[test]
fn a_report_that_stalls_leaves_what_was_known() {
    let mut lab = Lab::new(device(), &[]);
    let stall = Fault::Error(UsbError::Stalled("planted".to_owned()));
    lab.device
        .plant(Where::Get(Kind::Feature), Some(1), stall.clone(), None);
    lab.poll().unwrap();
    lab.expect("battery.charge", "97");
    lab.device
        .plant(Where::Get(Kind::Feature), None, stall, None);
    assert!(
        matches!(lab.poll(), Err(Error::Gone(_))),
        "nothing is answered any more"
    );
}

#[test]
fn a_device_that_is_unplugged_is_gone() {
    let mut lab = Lab::new(device(), &[]);
    lab.device.unplug();
    assert!(matches!(lab.poll(), Err(Error::Gone(_))));
}

#[test]
fn a_device_that_was_plugged_in_elsewhere_is_found_by_its_serial_number() {
    let mut lab = Lab::new(device(), &[]);
    lab.device.unplug();
    lab.poll().unwrap_err();
    let again = lab.device.plug();
    let other = model(0x0002);
    let mut lab = lab.lose_and_find(&[&other, &again]).unwrap();
    again.set_report(Kind::Feature, 2, &[2, 0b0010]);
    lab.poll().unwrap();
    lab.expect("ups.status", "OB DISCHRG");
}

#[test]
fn another_unit_is_not_taken_for_the_one_that_was_lost() {
    let lab = Lab::new(device(), &[]);
    let twin = Simulated::new(Identity {
        serial: Some("AS2".to_owned()),
        ..lab.device.identity().clone()
    });
    let found = lab.lose_and_find(&[&twin]);
    assert!(matches!(found.err(), Some(Error::Gone(_))));
}

#[test]
fn a_device_that_is_opened_again_and_again_in_vain_is_reset() {
    let mut lab = Lab::new(device(), &[]);
    let device = lab.device.clone();
    let stall = Fault::Error(UsbError::Stalled("planted".to_owned()));
    device.plant(Where::Get(Kind::Feature), None, stall, None);
    for resets in [0, 0, 1, 1, 1, 2, 2, 2, 2] {
        assert!(matches!(lab.poll(), Err(Error::Gone(_))));
        lab = lab.lose_and_find(&[&device]).unwrap();
        assert_eq!(device.resets(), resets);
    }
    device.clear_faults();
    lab.poll().unwrap();
}

#[test]
fn a_descriptor_of_nonsense_leaves_the_choice_to_the_next_device() {
    let mut broken = device();
    broken.set_descriptor(&[0xff; 40], Some(40), Some(40));
    let good = model(0x0002);
    let shelf = Shelf::with(&[&broken, &good]);
    let mut driver = UsbHidUps::find(Box::new(shelf), &Settings::default()).unwrap();
    assert_eq!(driver.ups.device().identity().pid, 0x0002);
}

#[test]
fn a_low_battery_that_is_full_has_to_be_told_again() {
    let mut lab = Lab::new(device(), &[("implausible_hold_polls", "2")]);
    lab.device.set_report(Kind::Feature, 2, &[2, 0b1010]);
    for status in ["OB DISCHRG", "OB DISCHRG", "OB DISCHRG LB"] {
        lab.poll().unwrap();
        lab.expect("ups.status", status);
        let held = lab.published.value("experimental.ups.status.held");
        assert_eq!(held, (status == "OB DISCHRG").then_some("LB"));
    }
    lab.device.set_report(Kind::Feature, 1, &[1, 20]);
    let mut lab = Lab::new(lab.device, &[("implausible_hold_polls", "2")]);
    lab.poll().unwrap();
    lab.expect("ups.status", "OB DISCHRG LB");
}

#[test]
fn what_does_not_match_is_explained() {
    let settings = Settings {
        options: vec![("serial".to_owned(), Some("other".to_owned()))],
        ..Settings::default()
    };
    let found = UsbHidUps::find(Box::new(Shelf::with(&[&device()])), &settings);
    let why = found.err().unwrap().to_string();
    assert!(
        why.contains("no matching USB device found") && why.contains("serial"),
        "{why}"
    );
}

#[test]
fn a_descriptor_of_nonsense_is_no_ups() {
    let mut device = device();
    device.set_descriptor(&[0xff; 40], Some(40), Some(40));
    let found = UsbHidUps::find(Box::new(Shelf::with(&[&device])), &Settings::default());
    assert!(matches!(found.err().unwrap(), Error::Unusable(_)));
}

#[test]
fn a_cut_report_is_no_power_failure() {
    let mut lab = Lab::new(model(0x0005), &[]);
    lab.device.interrupt_with(&[3]);
    assert_eq!(lab.listen(), Heard::Something);
    lab.expect("ups.status", "OL");
    let cut = Fault::Short(1);
    lab.device
        .plant(Where::Get(Kind::Feature), Some(2), cut, None);
    assert!(lab.poll().is_err(), "nothing is known of the status");
    lab.expect("ups.status", "OL");
}

#[test]
fn a_status_that_was_never_read_is_neither_on_line_nor_on_battery() {
    let device = device();
    device.plant(Where::Get(Kind::Feature), Some(2), Fault::Short(1), None);
    Lab::new(device, &[]).expect("ups.status", "");
}

#[test]
fn a_device_that_has_stopped_answering_is_gone_before_all_of_it_was_asked() {
    let mut lab = Lab::new(device(), &[]);
    let mut report = Report::default();
    let done = lab.driver.command("beeper.mute", None, &mut report);
    assert_eq!(
        done.unwrap(),
        Outcome::Handled,
        "so the next walk is a full one"
    );
    let silence = Fault::Error(UsbError::Timeout("planted".to_owned()));
    lab.device
        .plant(Where::Get(Kind::Feature), None, silence, Some(2));
    let why = lab.poll().unwrap_err().to_string();
    assert!(why.contains("does not answer any more"), "{why}");
}

#[test]
fn a_descriptor_that_comes_cut_short_is_asked_for_again() {
    let device = device();
    let cut = Fault::Short(46);
    device.plant(Where::Descriptor, Some(0x22), cut.clone(), Some(2));
    Lab::new(device, &[]).expect("ups.status", "OL");
    let device = self::device();
    device.plant(Where::Descriptor, Some(0x22), cut, None);
    let lab = Lab::new(device, &[]);
    lab.expect("battery.charge", "97");
    lab.expect("ups.status", "");
}

#[test]
fn of_two_lengths_the_one_that_leaves_nothing_cut_is_taken() {
    let mut device = device();
    let length = u16::try_from(DESCRIPTOR.len()).unwrap();
    device.set_descriptor(DESCRIPTOR, Some(length), Some(60));
    Lab::new(device, &[]).expect("ups.status", "OL");
}

#[test]
fn a_device_that_answers_all_but_its_status_is_stale_until_it_tells_it() {
    let mut lab = Lab::new(model(0x0005), &[]);
    let round = |lab: &mut Lab| {
        // so that the walk is a full one, and other reports are answered
        let done = lab
            .driver
            .command("beeper.mute", None, &mut Report::default());
        assert_eq!(done.unwrap(), Outcome::Handled);
        lab.poll()
    };
    lab.poll().unwrap();
    let stall = Fault::Error(UsbError::Stalled("planted".to_owned()));
    lab.device
        .plant(Where::Get(Kind::Feature), Some(2), stall, None);
    round(&mut lab).unwrap();
    round(&mut lab).unwrap();
    let why = round(&mut lab).unwrap_err();
    assert!(matches!(why, Error::Garbled(_)), "{why}");
    lab.device.clear_faults();
    round(&mut lab).unwrap();
}

#[test]
fn a_device_that_nothing_is_read_from_is_missed_all_the_same() {
    let options = &[("explore", ""), ("vendorid", "051d"), ("pollonly", "")];
    let mut lab = Lab::new(model(0x0005), options);
    lab.poll().unwrap();
    lab.device.unplug();
    assert!(matches!(lab.poll(), Err(Error::Gone(_))));
}
