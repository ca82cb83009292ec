//! The bits that the status is made of (spec usbhid.md, section 9; usbhid-conversions.md, section 1.5).

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::doubt::Held;

/// Words that set or clear a bit. A `!` in front clears it; some clear another.
const WORDS: &[&str] = &[
    "online",
    "offline",
    "dischrg",
    "chrg",
    "lowbatt",
    "overload",
    "replacebatt",
    "shutdownimm",
    "trim",
    "boost",
    "bypassauto",
    "bypassman",
    "ecomode",
    "essmode",
    "off",
    "cal",
    "overheat",
    "commfault",
    "depleted",
    "timelimitexp",
    "fullycharged",
    "notfullycharged",
    "awaitingpower",
    "fanfail",
    "nobattery",
    "battvoltlo",
    "battvolthi",
    "chargerfail",
    "vrange",
    "frange",
];

/// Pairs of which one clears the other.
const OPPOSITES: &[(&str, &str)] = &[
    ("online", "offline"),
    ("fullycharged", "notfullycharged"),
    ("ecomode", "essmode"),
];

/// Alarms, in the order in which they are told.
const ALARMS: &[(&str, &str)] = &[
    ("replacebatt", "Replace battery!"),
    ("shutdownimm", "Shutdown imminent!"),
    ("fanfail", "Fan failure!"),
    ("nobattery", "No battery installed!"),
    ("battvoltlo", "Battery voltage too low!"),
    ("battvolthi", "Battery voltage too high!"),
    ("chargerfail", "Battery charger fail!"),
    ("overheat", "Temperature too high!"),
    ("commfault", "Internal UPS fault!"),
    ("awaitingpower", "Awaiting power!"),
    ("bypassauto", "Automatic bypass mode!"),
    ("bypassman", "Manual bypass mode!"),
];

/// What the configuration says of odd states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    /// `onlinedischarge_onbattery`: on line and discharging is on battery.
    pub(crate) discharging_is_on_battery: bool,
    /// `onlinedischarge_calibration`: on line and discharging is calibrating.
    pub(crate) discharging_is_calibrating: bool,
    /// `lbrb_log_delay_sec`: LB and RB on line have to last so long.
    pub(crate) hold: Duration,
    /// `lbrb_log_delay_without_calibrating`: not only while calibrating.
    pub(crate) hold_always: bool,
    /// `implausible_hold_polls`: in so many polls LB and RB do not count while nothing else speaks for them.
    pub(crate) hold_polls: u32,
}

/// The bits.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits {
    set: BTreeSet<&'static str>,
    low_since: Option<Instant>,
}

impl Bits {
    /// Takes what a row of the status says; other texts mean nothing.
    pub(crate) fn take(&mut self, text: &str) {
        let (clear, word) = match text.strip_prefix('!') {
            Some(word) => (true, word),
            None => (false, text),
        };
        if word.eq_ignore_ascii_case("normal") && !clear {
            // the reference has no word that ends these, so that there they last for ever
            self.set.remove("ecomode");
            self.set.remove("essmode");
            return;
        }
        let Some(word) = WORDS.iter().find(|known| known.eq_ignore_ascii_case(word)) else {
            return;
        };
        if clear {
            self.set.remove(word);
            return;
        }
        for (one, other) in OPPOSITES {
            if word == one {
                self.set.remove(other);
            } else if word == other {
                self.set.remove(one);
            }
        }
        self.set.insert(word);
    }

    pub(crate) fn has(&self, word: &str) -> bool {
        self.set.contains(word)
    }

    /// The words of `ups.status`.
    pub(crate) fn status(
        &mut self,
        charge: Option<f64>,
        policy: &Policy,
        held: Held,
        now: Instant,
    ) -> Vec<&'static str> {
        let mut words = Vec::new();
        let (online, discharging) = (self.has("online"), self.has("dischrg"));
        let mut calibrating = self.has("cal");
        let line = match (online, discharging) {
            (true, true) if policy.discharging_is_calibrating => {
                calibrating = true;
                policy.discharging_is_on_battery.then_some("OB")
            }
            (true, true) if policy.discharging_is_on_battery => Some("OB"),
            (true, _) => Some("OL"),
            (false, true) => Some("OB"),
            (false, false) => self.has("offline").then_some("OB"),
        };
        if calibrating {
            words.push("CAL");
        }
        words.extend(line);
        if discharging && !self.has("depleted") {
            words.push("DISCHRG");
        }
        let partly = charge.is_some_and(|charge| charge > 0.0 && charge < 100.0);
        let unknown = !self.has("fullycharged") && !self.has("notfullycharged");
        if self.has("chrg") && (self.has("notfullycharged") || (unknown && partly)) {
            words.push("CHRG");
        }
        let early = self.is_early(online, calibrating, policy, now);
        if self.is_low() && !early && !held.low {
            words.push("LB");
        }
        if self.has("overload") {
            words.push("OVER");
        }
        if self.wants_replacement() && !early && !held.replace {
            words.push("RB");
        }
        let others = [("trim", "TRIM"), ("boost", "BOOST")];
        words.extend(
            others
                .iter()
                .filter(|(bit, _)| self.has(bit))
                .map(|(_, word)| *word),
        );
        if self.has("bypassauto") || self.has("bypassman") {
            words.push("BYPASS");
        }
        if self.has("off") {
            words.push("OFF");
        }
        words
    }

    /// Whether the device says that its battery is low.
    pub(crate) fn is_low(&self) -> bool {
        self.has("lowbatt") || self.is_ending()
    }

    /// Whether it announces that it will switch off.
    pub(crate) fn is_ending(&self) -> bool {
        self.has("timelimitexp") || self.has("shutdownimm")
    }

    /// Whether its battery is to be replaced.
    pub(crate) fn wants_replacement(&self) -> bool {
        self.has("replacebatt") || self.has("nobattery")
    }

    /// Whether LB has to last longer first, and RB with it.
    fn is_early(&mut self, online: bool, calibrating: bool, policy: &Policy, now: Instant) -> bool {
        let holds = online && !policy.hold.is_zero() && (calibrating || policy.hold_always);
        self.low_since = if self.is_low() && holds {
            Some(self.low_since.unwrap_or(now))
        } else {
            None
        };
        self.low_since
            .is_some_and(|since| now.duration_since(since) < policy.hold)
    }

    /// The alarms.
    pub(crate) fn alarms(&self) -> Vec<&'static str> {
        let active = ALARMS.iter().filter(|(bit, _)| self.has(bit));
        active.map(|(_, text)| *text).collect()
    }

    /// `input.transfer.reason`.
    pub(crate) fn transfer_reason(&self) -> Option<&'static str> {
        if self.has("vrange") {
            Some("input voltage out of range")
        } else if self.has("frange") {
            Some("input frequency out of range")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(words: &[&str], charge: Option<f64>, policy: &Policy) -> String {
        let mut bits = Bits::default();
        words.iter().for_each(|word| bits.take(word));
        bits.status(charge, policy, Held::default(), Instant::now())
            .join(" ")
    }

    #[test]
    fn the_status_follows_from_the_bits() {
        for (bits, expected) in [
            (&["online"][..], "OL"),
            (&["offline", "dischrg"], "OB DISCHRG"),
            (&["dischrg"], "OB DISCHRG"),
            (&["offline"], "OB"),
            (&["!online"], ""),
            (&["online", "chrg", "notfullycharged"], "OL CHRG"),
            (&["online", "chrg", "fullycharged"], "OL"),
            (&["online", "dischrg"], "OL DISCHRG"),
            (&["offline", "dischrg", "depleted"], "OB"),
            (&["offline", "lowbatt"], "OB LB"),
            (&["offline", "timelimitexp"], "OB LB"),
            (
                &["online", "replacebatt", "overload", "offline", "lowbatt"],
                "OB LB OVER RB",
            ),
            (&["online", "replacebatt", "overload"], "OL OVER RB"),
            (&["online", "cal", "trim", "boost"], "CAL OL TRIM BOOST"),
            (&["bypassauto", "off"], "BYPASS OFF"),
            (&["online", "offline"], "OB"),
            (&["online", "yes", "Normal"], "OL"),
        ] {
            assert_eq!(status(bits, None, &Policy::default()), expected, "{bits:?}");
        }
        assert_eq!(
            status(&["online", "chrg"], Some(50.0), &Policy::default()),
            "OL CHRG"
        );
        assert_eq!(
            status(&["online", "chrg"], Some(100.0), &Policy::default()),
            "OL"
        );
    }

    #[test]
    fn a_mode_that_saves_energy_ends_with_normal() {
        let mut bits = Bits::default();
        for (word, eco, ess) in [
            ("ecomode", true, false),
            ("essmode", false, true),
            ("normal", false, false),
        ] {
            bits.take(word);
            assert_eq!((bits.has("ecomode"), bits.has("essmode")), (eco, ess));
        }
    }

    #[test]
    fn on_line_and_discharging_is_what_the_configuration_says() {
        let on_battery = Policy {
            discharging_is_on_battery: true,
            ..Policy::default()
        };
        assert_eq!(
            status(&["online", "dischrg"], None, &on_battery),
            "OB DISCHRG"
        );
        let calibrating = Policy {
            discharging_is_calibrating: true,
            ..Policy::default()
        };
        assert_eq!(
            status(&["online", "dischrg"], None, &calibrating),
            "CAL DISCHRG"
        );
        let both = Policy {
            discharging_is_on_battery: true,
            ..calibrating
        };
        assert_eq!(
            status(&["online", "dischrg"], None, &both),
            "CAL OB DISCHRG"
        );
    }

    #[test]
    fn a_glimpse_of_low_battery_on_line_may_be_held_back() {
        let policy = Policy {
            hold: Duration::from_secs(3),
            hold_always: true,
            ..Policy::default()
        };
        let mut bits = Bits::default();
        bits.take("online");
        bits.take("lowbatt");
        let begun = Instant::now();
        assert_eq!(
            bits.status(None, &policy, Held::default(), begun).join(" "),
            "OL"
        );
        assert_eq!(
            bits.status(
                None,
                &policy,
                Held::default(),
                begun + Duration::from_secs(3)
            )
            .join(" "),
            "OL LB"
        );
        bits.take("offline");
        assert_eq!(
            bits.status(None, &policy, Held::default(), begun).join(" "),
            "OB LB",
            "on battery it counts at once"
        );
    }
}
