//! Found, not found and found again, on a bus of a few made-up devices.

use super::*;
use crate::simulated::Simulated;

#[derive(Default)]
struct Desk {
    devices: Vec<Identity>,
    /// Addresses of devices that cannot be opened, and why.
    denied: Vec<u8>,
    busy: Vec<u8>,
    described: Vec<u8>,
}

impl Bus for Desk {
    fn list(&mut self) -> Result<Vec<Identity>, Error> {
        let nameless = |id: &Identity| Identity {
            vendor: None,
            product: None,
            serial: None,
            ..id.clone()
        };
        Ok(self.devices.iter().map(nameless).collect())
    }
    fn describe(&mut self, listed: &Identity) -> Result<Identity, Error> {
        self.described.push(listed.address);
        if self.denied.contains(&listed.address) {
            return Err(Error::Denied {
                node: listed.node(),
                hint: "ask root".into(),
            });
        }
        let found = self.devices.iter().find(|id| id.address == listed.address);
        found.cloned().ok_or_else(|| Error::Gone("describe".into()))
    }
    fn open(&mut self, described: &Identity, _: &Place) -> Result<Box<dyn UsbDevice>, Error> {
        if self.busy.contains(&described.address) {
            return Err(Error::Busy {
                what: described.to_string(),
                holder: "usbhid-ups (7)".into(),
            });
        }
        Ok(Box::new(Simulated::new(described.clone())))
    }
}

fn ups(port: u8, serial: Option<&str>) -> Identity {
    Identity {
        vid: 0x051d,
        pid: 2,
        product: Some("Back-UPS".into()),
        serial: serial.map(Into::into),
        bus: 1,
        address: port,
        ports: vec![port],
        ..Identity::default()
    }
}

fn mouse() -> Identity {
    Identity {
        vid: 0x046d,
        pid: 0xc077,
        bus: 1,
        address: 9,
        ports: vec![9],
        ..Identity::default()
    }
}

fn claim(identity: &Identity, _: Known) -> Claim {
    if identity.vid == 0x051d {
        Claim::Yes(Place {
            interface: Some(1),
            ..Place::default()
        })
    } else {
        Claim::No("no known UPS".into())
    }
}

fn matcher(option: &'static str, value: &'static str) -> Matcher {
    Matcher::new(|name| (name == option).then_some(value)).unwrap()
}

fn find(desk: &mut Desk, matcher: &Matcher, allow_duplicates: bool) -> Result<Found, Error> {
    Search {
        matcher,
        place: Place::default(),
        allow_duplicates,
        claim: &claim,
    }
    .find(desk)
}

#[test]
fn the_first_device_that_is_claimed_and_matches_is_taken_and_mice_are_not_opened() {
    let mut desk = Desk {
        devices: vec![mouse(), ups(1, Some("A")), ups(2, Some("B"))],
        ..Desk::default()
    };
    let found = find(&mut desk, &Matcher::default(), false).unwrap();
    assert_eq!(found.device.identity().address, 1);
    assert_eq!(found.place.interface, Some(1));
    assert_eq!(found.others.len(), 1);
    assert_eq!(desk.described, [1, 2]);
    let found = find(&mut desk, &matcher("serial", "b"), false).unwrap();
    assert_eq!(
        (found.device.identity().address, found.others.len()),
        (2, 0)
    );
}

#[test]
fn a_device_in_use_ends_the_search_unless_duplicates_are_allowed() {
    let mut desk = Desk {
        devices: vec![ups(1, None), ups(2, None)],
        busy: vec![1],
        ..Desk::default()
    };
    let error = find(&mut desk, &Matcher::default(), false).err().unwrap();
    assert!(
        error.to_string().contains("in use by usbhid-ups (7)"),
        "{error}"
    );
    let found = find(&mut desk, &Matcher::default(), true).unwrap();
    assert_eq!(found.device.identity().address, 2);
    desk.busy.push(2);
    assert!(matches!(
        find(&mut desk, &Matcher::default(), true).err(),
        Some(Error::Busy { .. })
    ));
}

#[test]
fn a_device_that_may_not_be_opened_is_the_error_only_if_it_may_be_ours() {
    let mut desk = Desk {
        devices: vec![mouse(), ups(1, None)],
        denied: vec![1, 9],
        ..Desk::default()
    };
    let error = find(&mut desk, &Matcher::default(), false).err().unwrap();
    assert!(
        error
            .to_string()
            .contains("/dev/bus/usb/001/001: permission denied; ask root"),
        "{error}"
    );
    let error = find(&mut desk, &matcher("busport", "007"), false)
        .err()
        .unwrap();
    assert!(matches!(error, Error::NotFound(_)), "{error}");
}

#[test]
fn when_none_is_found_every_device_has_its_reason() {
    let mut desk = Desk {
        devices: vec![
            Identity {
                ports: vec![],
                ..mouse()
            },
            mouse(),
            ups(1, Some("A")),
        ],
        ..Desk::default()
    };
    let error = find(&mut desk, &matcher("serial", "B"), false)
        .err()
        .unwrap()
        .to_string();
    let lines: Vec<&str> = error.lines().collect();
    assert_eq!(
        lines,
        [
            "no matching USB device found",
            "  046d:c077 at bus 001 device 009 port 1-9: no known UPS",
            r#"  051d:0002 "Back-UPS" serial "A" at bus 001 device 001 port 1-1: serial is "A", not "B""#,
        ]
    );
    let nothing = find(&mut Desk::default(), &Matcher::default(), false)
        .err()
        .unwrap();
    assert!(
        nothing.to_string().contains("is the cable plugged in"),
        "{nothing}"
    );
}

#[test]
fn a_long_list_is_cut() {
    let mut desk = Desk {
        devices: (1..=40)
            .map(|port| Identity {
                address: port,
                ports: vec![port],
                ..mouse()
            })
            .collect(),
        ..Desk::default()
    };
    let error = find(&mut desk, &Matcher::default(), false)
        .err()
        .unwrap()
        .to_string();
    assert!(error.ends_with("and 24 more"), "{error}");
}

#[test]
fn a_lost_device_is_found_again_at_another_address_and_port() {
    let mut desk = Desk {
        devices: vec![ups(1, Some("A"))],
        ..Desk::default()
    };
    let Found {
        mut stable, place, ..
    } = find(&mut desk, &Matcher::default(), false).unwrap();
    desk.devices = vec![mouse(), ups(2, Some("B"))];
    assert!(matches!(
        Search::find_again(&mut desk, &mut stable, &place).err(),
        Some(Error::Gone(_))
    ));
    desk.devices.push(ups(3, Some("A")));
    assert_eq!(
        Search::find_again(&mut desk, &mut stable, &place)
            .unwrap()
            .identity()
            .address,
        3
    );
}

#[test]
fn the_twin_of_a_lost_device_is_left_alone() {
    let mut desk = Desk {
        devices: vec![ups(1, None), ups(2, None)],
        ..Desk::default()
    };
    let Found {
        mut stable, place, ..
    } = find(&mut desk, &Matcher::default(), false).unwrap();
    desk.devices.remove(0);
    desk.described.clear();
    assert!(matches!(
        Search::find_again(&mut desk, &mut stable, &place).err(),
        Some(Error::Gone(_))
    ));
    assert_eq!(desk.described, [0; 0]);
}

#[test]
fn a_lost_device_that_is_there_and_cannot_be_opened_is_not_absent() {
    let mut desk = Desk {
        devices: vec![ups(1, None)],
        ..Desk::default()
    };
    let Found {
        mut stable, place, ..
    } = find(&mut desk, &Matcher::default(), false).unwrap();
    desk.denied = vec![1];
    assert!(matches!(
        Search::find_again(&mut desk, &mut stable, &place).err(),
        Some(Error::Denied { .. })
    ));
}

#[test]
fn a_device_that_is_not_accepted_makes_room_for_the_next() {
    let mut desk = Desk {
        devices: vec![ups(1, Some("A")), ups(2, Some("B"))],
        ..Desk::default()
    };
    let matcher = Matcher::default();
    let search = Search {
        matcher: &matcher,
        place: Place::default(),
        allow_duplicates: false,
        claim: &claim,
    };
    let refuse = |device: &mut dyn UsbDevice, address| match device.identity().address {
        other if other == address => Ok(()),
        _ => Err(Error::Other("its descriptor makes no sense".into())),
    };
    let found = search
        .find_with(&mut desk, &mut |device| refuse(device, 2))
        .unwrap();
    assert_eq!(
        (found.device.identity().address, found.others.len()),
        (2, 0)
    );
    let error = search
        .find_with(&mut desk, &mut |device| refuse(device, 3))
        .err()
        .unwrap();
    assert_eq!(error.to_string(), "its descriptor makes no sense");
}
