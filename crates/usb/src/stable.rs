//! Which device is the one that was lost: the driver must find the same unit again, and never its twin.
//!
//! The reference compares vendor and product numbers and the three strings after the first opening (spec usbhid.md,
//! section 2, point 4c), which cannot tell units without serial numbers apart (spec users.md, pain 20). So the port counts,
//! too, wherever the strings alone do not say enough:
//!
//! | serial number | twin seen | the device is the same when |
//! |---|---|---|
//! | yes | no | numbers and strings are equal, wherever it is plugged in |
//! | no | no | so, but its old port is preferred |
//! | any | yes | so, and it is at the same port |
//!
//! A *twin* is another device with equal numbers and strings that was there at the same time.

use crate::identity::Identity;

/// What is remembered about an opened device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stable {
    identity: Identity,
    twin_seen: bool,
    /// Bus and address of those that were looked at last; every plugging makes a new address.
    looked_at: Vec<(u8, u8)>,
}

impl Stable {
    /// Remembers `opened`, which was one of `present`.
    #[must_use]
    pub fn new(opened: &Identity, present: &[Identity]) -> Self {
        let mut stable = Self {
            identity: opened.clone(),
            twin_seen: false,
            looked_at: Vec::new(),
        };
        stable.look_at(present);
        stable.look_around(present);
        stable
    }

    /// The device as it was when it was opened last.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Takes note of where it was found again.
    pub fn settle(&mut self, found: &Identity) {
        self.identity.bus = found.bus;
        self.identity.address = found.address;
        self.identity.ports.clone_from(&found.ports);
    }

    /// Takes note of twins: with one around, only the port tells them apart.
    pub fn look_around(&mut self, present: &[Identity]) {
        self.twin_seen |= present.iter().filter(|other| self.may_be(other)).count() > 1;
    }

    /// Whether numbers and strings are ours. Strings that could not be read say nothing, if the port is ours.
    #[must_use]
    pub fn may_be(&self, other: &Identity) -> bool {
        let at_home = self.identity.same_port(other);
        let equal = |ours: &Option<String>, theirs: &Option<String>| {
            ours == theirs || (at_home && theirs.is_none())
        };
        self.identity.vid == other.vid
            && self.identity.pid == other.pid
            && equal(&self.identity.vendor, &other.vendor)
            && equal(&self.identity.product, &other.product)
            && equal(&self.identity.serial, &other.serial)
    }

    /// Whether a device, its strings not yet known, is worth opening: with a twin around only the one at our port is, so
    /// that the twin's driver is not disturbed.
    #[must_use]
    pub fn deserves_a_look(&self, listed: &Identity) -> bool {
        let same_model = self.identity.vid == listed.vid && self.identity.pid == listed.pid;
        same_model && (!self.twin_seen || self.identity.same_port(listed))
    }

    /// Those of the devices listed that are worth opening; takes note of them.
    pub fn look_at(&mut self, listed: &[Identity]) -> Vec<Identity> {
        let worth: Vec<Identity> = listed
            .iter()
            .filter(|listed| self.deserves_a_look(listed))
            .cloned()
            .collect();
        self.looked_at = worth.iter().map(plugging).collect();
        worth
    }

    /// Whether one of these was plugged in since the last look.
    #[must_use]
    pub fn sees_news(&self, listed: &[Identity]) -> bool {
        listed
            .iter()
            .any(|other| self.deserves_a_look(other) && !self.looked_at.contains(&plugging(other)))
    }

    /// The lost device among those present, or why none of them is it.
    ///
    /// # Errors
    /// One sentence, for the log.
    pub fn find<'a>(&self, present: &'a [Identity]) -> Result<&'a Identity, String> {
        let all: Vec<&Identity> = present.iter().filter(|other| self.may_be(other)).collect();
        if let Some(at_home) = all.iter().find(|other| self.identity.same_port(other)) {
            return Ok(at_home);
        }
        match all.as_slice() {
            [] => Err(format!("{} is not on the bus", self.identity)),
            [only] if !self.twin_seen => Ok(only),
            [only] => Err(format!(
                "{} is not at its port, and {only} may be its twin; restart the driver if it was moved there",
                self.identity
            )),
            several => Err(format!(
                "{} is not at its port, and {} others look the same; restart the driver if it was moved",
                self.identity,
                several.len()
            )),
        }
    }
}

const fn plugging(identity: &Identity) -> (u8, u8) {
    (identity.bus, identity.address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(port: u8, serial: Option<&str>) -> Identity {
        Identity {
            vid: 0x0764,
            pid: 0x0501,
            product: Some("UPS".into()),
            serial: serial.map(Into::into),
            bus: 1,
            address: port + 10,
            ports: vec![port],
            ..Identity::default()
        }
    }

    fn again(present: &[Identity], later: &[Identity]) -> Option<u8> {
        let stable = Stable::new(&present[0], present);
        stable.find(later).ok().map(|found| found.ports[0])
    }

    #[test]
    fn a_unit_with_a_serial_number_is_found_wherever_it_is_plugged_in() {
        let ours = at(1, Some("A"));
        let other = at(2, Some("B"));
        assert_eq!(
            again(&[ours, other.clone()], &[other.clone(), at(3, Some("A"))]),
            Some(3)
        );
        assert_eq!(again(&[at(1, Some("A"))], &[other]), None);
    }

    #[test]
    fn without_a_serial_number_the_port_is_preferred() {
        assert_eq!(again(&[at(1, None)], &[at(2, None), at(1, None)]), Some(1));
        assert_eq!(again(&[at(1, None)], &[at(2, None)]), Some(2));
    }

    #[test]
    fn a_twin_is_never_taken_for_ours() {
        for serial in [None, Some("000000000000")] {
            let both = [at(1, serial), at(2, serial)];
            assert_eq!(again(&both, &both[1..]), None);
            assert_eq!(again(&both, &both), Some(1));
        }
        assert_eq!(again(&[at(1, None)], &[at(2, None), at(3, None)]), None);
    }

    #[test]
    fn a_twin_that_comes_later_counts_too() {
        let mut stable = Stable::new(&at(1, None), &[at(1, None)]);
        stable.look_around(&[at(1, None), at(2, None)]);
        assert!(
            stable
                .find(&[at(2, None)])
                .unwrap_err()
                .contains("may be its twin")
        );
    }

    #[test]
    fn a_string_that_cannot_be_read_does_not_hide_the_device_at_its_port() {
        let ours = [at(1, Some("A"))];
        assert_eq!(again(&ours, &[at(1, None)]), Some(1));
        assert_eq!(again(&ours, &[at(2, None)]), None);
        assert_eq!(again(&ours, &[at(1, Some("B"))]), None);
    }

    #[test]
    fn where_it_was_found_again_is_its_port_from_then_on() {
        let mut stable = Stable::new(&at(1, None), &[at(1, None)]);
        stable.settle(&at(2, None));
        let present = [at(1, None), at(2, None)];
        assert_eq!(stable.find(&present).unwrap().ports, [2]);
    }

    #[test]
    fn who_is_plugged_in_again_is_news_once() {
        let before = at(1, None);
        let mut stable = Stable::new(&before, std::slice::from_ref(&before));
        let after = Identity {
            address: 99,
            ..before.clone()
        };
        let other = Identity {
            pid: 1,
            ..after.clone()
        };
        assert!(!stable.sees_news(&[before]));
        assert!(!stable.sees_news(&[other]));
        assert!(stable.sees_news(std::slice::from_ref(&after)));
        stable.look_at(std::slice::from_ref(&after));
        assert!(!stable.sees_news(&[after]));
    }

    #[test]
    fn another_model_is_never_ours() {
        assert_eq!(
            again(
                &[at(1, None)],
                &[Identity {
                    pid: 1,
                    ..at(1, None)
                }]
            ),
            None
        );
    }
}
