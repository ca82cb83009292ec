//! Reports of a device that answers wrongly.

use usb::simulated::{Fault, Where};
use usb::{Identity, Simulated};

use super::*;

/// Reports 1 to 9 of two bytes behind the identifier, with one item in each byte.
fn descriptor() -> Descriptor {
    let mut bytes = vec![
        0x05, 0x84, 0x09, 0x04, 0xa1, 1, 0x15, 0, 0x25, 100, 0x75, 8, 0x95, 1,
    ];
    for id in 1..=9 {
        bytes.extend([0x85, id, 0x09, 0x30, 0xb1, 2, 0x09, 0x31, 0xb1, 2]);
    }
    bytes.push(0xc0);
    Descriptor::parse(&bytes)
}

struct Lab {
    device: Simulated,
    descriptor: Descriptor,
    reports: Reports,
}

impl Lab {
    fn new() -> Self {
        let device = Simulated::new(Identity::default());
        for id in 1..=9 {
            device.set_report(Kind::Feature, id, &[id, 10 + id, 20 + id]);
        }
        let descriptor = descriptor();
        let reports = Reports::new(&descriptor, usize::MAX, Clock::default());
        Self {
            device,
            descriptor,
            reports,
        }
    }

    fn get(&mut self, id: u8) -> Result<Vec<u8>, Error> {
        let bytes = self.reports.get(&mut self.device, id, Duration::ZERO);
        bytes.map(<[u8]>::to_vec)
    }

    fn plant(&self, id: Option<u8>, fault: Fault) {
        self.device
            .plant(Where::Get(Kind::Feature), id, fault, None);
    }

    fn item(&self, id: u8, place: usize) -> Item {
        let mut items = self.descriptor.items().iter();
        *items
            .by_ref()
            .filter(|item| item.report == id)
            .nth(place)
            .unwrap()
    }
}

fn silence() -> Fault {
    Fault::Error(Error::Timeout("planted".to_owned()))
}

#[test]
fn two_answers_that_fail_to_come_mean_that_the_device_is_dead() {
    let mut lab = Lab::new();
    for id in 1..=9 {
        lab.get(id).unwrap();
    }
    lab.plant(Some(3), silence());
    lab.get(3).unwrap_err();
    lab.get(4).unwrap();
    assert!(!lab.reports.is_dead(), "one of them may be slow");
    lab.plant(None, silence());
    lab.get(4).unwrap_err();
    assert!(!lab.reports.is_dead());
    lab.get(5).unwrap_err();
    assert!(lab.reports.is_dead());
    lab.device.clear_faults();
    lab.get(5).unwrap();
    assert!(!lab.reports.is_dead());
}

#[test]
fn a_refusal_is_a_sign_of_life() {
    let mut lab = Lab::new();
    lab.get(1).unwrap();
    lab.plant(Some(1), silence());
    lab.plant(Some(2), Fault::Error(Error::Stalled("planted".to_owned())));
    for _ in 0..5 {
        lab.get(1).unwrap_err();
        lab.get(2).unwrap_err();
        assert!(!lab.reports.is_dead());
    }
}

#[test]
fn reports_that_were_never_answered_are_asked_for_once() {
    let mut lab = Lab::new();
    for id in 1..=3 {
        lab.plant(Some(id), silence());
        lab.get(id).unwrap_err();
    }
    assert!(!lab.reports.is_dead(), "some devices have a few of them");
    lab.get(4).unwrap();
    lab.device.clear_faults();
    let why = lab.get(1).unwrap_err();
    assert!(why.to_string().contains("never answered"), "{why}");
}

#[test]
fn a_device_that_answers_nothing_from_the_beginning_is_dead() {
    let mut lab = Lab::new();
    lab.plant(None, silence());
    let tries = (1..=9).take_while(|id| lab.get(*id).is_err() && !lab.reports.is_dead());
    assert_eq!(tries.count(), 3);
}

#[test]
fn what_has_failed_is_not_asked_again_in_the_same_walk() {
    let mut lab = Lab::new();
    lab.plant(Some(1), Fault::Error(Error::Stalled("planted".to_owned())));
    let walk = Duration::from_secs(100);
    let mut get = |reports: &mut Reports| reports.get(&mut lab.device, 1, walk).is_ok();
    assert!(!get(&mut lab.reports));
    lab.device.clear_faults();
    let mut again = |reports: &mut Reports| reports.get(&mut lab.device, 1, walk).is_ok();
    assert!(!again(&mut lab.reports));
    lab.reports.forget();
    assert!(again(&mut lab.reports));
}

#[test]
fn an_answer_that_cannot_be_the_report_is_none() {
    let mut lab = Lab::new();
    lab.get(1).unwrap();
    for length in [0, 1] {
        lab.device.clear_faults();
        lab.plant(None, Fault::Short(length));
        assert!(lab.get(1).is_err());
    }
    lab.device.clear_faults();
    lab.device.set_report(Kind::Feature, 1, &[2, 0, 0]);
    let why = lab.get(1).unwrap_err();
    assert!(why.to_string().contains("the answer is report 02"), "{why}");
    lab.device.set_report(Kind::Feature, 1, &[1, 7]);
    assert_eq!(
        lab.get(1).unwrap(),
        [1, 7, 21],
        "a short one leaves the rest"
    );
}

#[test]
fn firmware_that_never_says_the_identifier_is_believed() {
    let mut lab = Lab::new();
    for id in 1..=9 {
        lab.device.set_report(Kind::Feature, id, &[0, id, id]);
        assert_eq!(lab.get(id).unwrap(), [0, id, id]);
    }
}

#[test]
fn bits_that_never_came_are_known_to_be_missing() {
    let mut lab = Lab::new();
    let (first, second) = (lab.item(1, 0), lab.item(1, 1));
    assert!(!lab.reports.holds(&first));
    lab.device.set_report(Kind::Feature, 1, &[1, 7]);
    lab.get(1).unwrap();
    assert!(lab.reports.holds(&first) && !lab.reports.holds(&second));
    assert_eq!(lab.reports.hear(&[1, 8, 9]), Some(1));
    assert!(lab.reports.holds(&second));
}
