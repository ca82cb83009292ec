//! Found, asked, lost and found again, on a bus of one simulated device.

use super::*;
use std::sync::{Arc, Mutex};
use usb::simulated::{Fault as Wrong, Where};
use usb::{Place, Simulated};

/// A bus with one device, which may be plugged in and out.
#[derive(Clone)]
struct Desk(Arc<Mutex<(Simulated, bool)>>);

impl Desk {
    fn new(device: &Simulated) -> Self {
        Self(Arc::new(Mutex::new((device.clone(), true))))
    }

    fn unplug(&self) {
        let mut desk = self.0.lock().unwrap();
        desk.0.unplug();
        desk.1 = false;
    }

    fn plug(&self) {
        let mut desk = self.0.lock().unwrap();
        desk.0 = desk.0.plug();
        desk.1 = true;
    }

    fn device(&self) -> Simulated {
        self.0.lock().unwrap().0.clone()
    }
}

impl Bus for Desk {
    fn list(&mut self) -> Result<Vec<Identity>, UsbError> {
        let desk = self.0.lock().unwrap();
        Ok(desk
            .1
            .then(|| desk.0.identity().clone())
            .into_iter()
            .collect())
    }
    fn describe(&mut self, listed: &Identity) -> Result<Identity, UsbError> {
        Ok(listed.clone())
    }
    fn open(&mut self, _: &Identity, _: &Place) -> Result<Box<dyn UsbDevice>, UsbError> {
        Ok(Box::new(self.device()))
    }
}

/// A krauler device, whose answers are strings.
fn krauler() -> Simulated {
    let device = Simulated::new(Identity {
        vid: 1,
        bus: 1,
        address: 4,
        ports: vec![1],
        ..Identity::default()
    });
    device.set_string(3, "x226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r");
    device
}

fn settings(options: &[(&str, &str)]) -> Settings {
    let option = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
    Settings {
        options: options.iter().map(option).collect(),
        ..Settings::default()
    }
}

fn find(desk: &Desk, options: &[(&str, &str)]) -> Result<Box<Usb>, Error> {
    Usb::find(Box::new(desk.clone()), &settings(options)).map(Box::new)
}

#[test]
fn a_known_device_is_asked_as_its_row_says() {
    let desk = Desk::new(&krauler());
    let mut usb = find(&desk, &[]).unwrap();
    assert_eq!(usb.usb(), Some((1, 0)));
    assert_eq!(
        usb.exchange(b"Q1\r").unwrap(),
        b"(226.0 195.0 226.0 014 49.0 27.5 30.0 00001000\r"
    );
    assert_eq!(usb.exchange(b"QS\r").unwrap(), b"QS\r");
    assert_eq!((usb.site.language, usb.framing.name), (0x0409, "krauler"));
}

#[test]
fn options_say_which_device_and_how_it_is_asked() {
    let desk = Desk::new(&krauler());
    let error = find(&desk, &[("productid", "0001")]).err().unwrap();
    assert!(
        error.to_string().contains("productid is \"0000\""),
        "{error}"
    );
    let wanted = [
        ("vendorid", "0001"),
        ("productid", "0000"),
        ("subdriver", "fabula"),
        ("langid_fix", "0x4095"),
    ];
    let mut usb = find(&desk, &wanted).unwrap();
    assert_eq!((usb.site.language, usb.framing.name), (0x4095, "fabula"));
    assert!(usb.exchange(b"Q1\r").unwrap().starts_with(b"x226.0"));
}

#[test]
fn a_device_that_was_pulled_out_is_found_again() {
    let desk = Desk::new(&krauler());
    let mut usb = find(&desk, &[]).unwrap();
    desk.unplug();
    assert!(matches!(usb.exchange(b"Q1\r"), Err(Fault::Gone(_))));
    let mut away = (usb as Box<dyn Transport>).lose().unwrap();
    assert!(!away.is_back());
    let Err((mut away, why)) = away.find() else {
        panic!("it is not there")
    };
    assert!(matches!(why, Error::Gone(_)), "{why}");
    desk.plug();
    assert!(away.is_back());
    let mut usb = away.find().ok().unwrap();
    assert!(usb.exchange(b"Q1\r").unwrap().starts_with(b"(226.0"));
}

#[test]
fn what_a_device_refuses_is_a_failed_exchange_however_often() {
    let desk = Desk::new(&krauler());
    let mut usb = find(&desk, &[]).unwrap();
    for _ in 0..5 {
        assert!(matches!(usb.exchange(b"F\r"), Err(Fault::Failed(_))));
    }
    assert!(usb.exchange(b"Q1\r").is_ok(), "that it has");
    assert_eq!(desk.device().resets(), 0);
}

#[test]
fn an_endpoint_that_stalls_again_and_again_leads_to_a_reset() {
    let desk = Desk::new(&ippon());
    let mut usb = find(&desk, &[]).unwrap();
    let refused = UsbError::Stalled("x".to_owned());
    desk.device()
        .plant(Where::Interrupt, None, Wrong::Error(refused), None);
    for _ in 0..2 {
        assert!(matches!(usb.exchange(b"Q1\r"), Err(Fault::Failed(_))));
    }
    assert_eq!(desk.device().resets(), 0);
    assert!(matches!(usb.exchange(b"Q1\r"), Err(Fault::Gone(_))));
    assert_eq!(desk.device().resets(), 1);
}

/// An ippon device; reports are written to number 2, as it has them the wrong way round.
fn ippon() -> Simulated {
    let device = Simulated::new(Identity {
        vid: 0x06da,
        pid: 3,
        bus: 1,
        address: 4,
        ports: vec![1],
        ..Identity::default()
    });
    device.set_any_report();
    device
}

#[test]
fn a_late_answer_is_not_taken_for_the_next_one() {
    let device = ippon();
    let mut usb = find(&Desk::new(&device), &[]).unwrap();
    assert_eq!(usb.exchange(b"I\r").unwrap(), b"", "it is silent");
    device.interrupt_with(b"#late\r");
    assert_eq!(usb.exchange(b"Q1\r").unwrap(), b"");
}
