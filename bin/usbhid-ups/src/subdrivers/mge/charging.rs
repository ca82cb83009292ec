//! The charger. With ABM (advanced battery management) its own state says more than the two bits of the summary.

use hid::table::Read;
use hid::whole;

use crate::known::Known;

/// What is known of the charger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Charger {
    /// Whether ABM is on, as far as the device says.
    abm: Option<bool>,
    path: Path,
}

/// Which of two items tells the state; their numbers differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Path {
    #[default]
    Unknown,
    Mode,
    Status,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Charging,
    Discharging,
    Floating,
    Resting,
    Off,
}

impl Charger {
    fn has_abm(self) -> bool {
        self.abm == Some(true)
    }

    /// The first item that is read counts.
    fn choose(&mut self, path: Path) {
        if !self.has_abm() {
            self.path = Path::Unknown;
        } else if self.path == Path::Unknown {
            self.path = path;
        }
    }

    fn state(self, value: f64) -> Option<State> {
        match (self.path, whole(value)) {
            (_, 1) => Some(State::Charging),
            (Path::Status, 2) | (Path::Mode | Path::Unknown, 3) => Some(State::Floating),
            (Path::Status, 3) | (Path::Mode | Path::Unknown, 4) => Some(State::Resting),
            (Path::Status, 4) | (Path::Mode | Path::Unknown, 2) => Some(State::Discharging),
            (_, 6) => Some(State::Off),
            _ => None,
        }
    }
}

pub(super) const EATON_ABM_ENABLED: Read<Known> = Read::with(|known, value| {
    known.mge.charger.abm = match whole(value) {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    };
    None
});
pub(super) const EATON_ABM_PATH_MODE: Read<Known> = Read::with(|known, _| {
    known.mge.charger.choose(Path::Mode);
    None
});
pub(super) const EATON_ABM_PATH_STATUS: Read<Known> = Read::with(|known, _| {
    known.mge.charger.choose(Path::Status);
    None
});

pub(super) const EATON_ABM_STATUS: Read<Known> = Read::with(|known, value| {
    let charger = known.mge.charger;
    if !charger.has_abm() {
        known.remove("battery.charger.status");
        return None;
    }
    let state = match charger.state(value)? {
        State::Charging => "charging",
        State::Discharging => "discharging",
        State::Floating => "floating",
        State::Resting => "resting",
        State::Off => "off",
    };
    Some(state.to_owned())
});

pub(super) const EATON_ABM_CHRG_DISCHRG: Read<Known> = Read::with(|known, value| {
    let charger = known.mge.charger;
    if !charger.has_abm() {
        return None;
    }
    match charger.state(value)? {
        State::Charging | State::Floating => Some("chrg".to_owned()),
        State::Discharging => Some("dischrg".to_owned()),
        State::Resting | State::Off => None,
    }
});

pub(super) const EATON_DISCHARGING: Read<Known> = Read::with(|known, value| {
    let discharging = !known.mge.charger.has_abm() && whole(value) == 1;
    Some(if discharging { "dischrg" } else { "!dischrg" }.to_owned())
});

/// A battery that is full is not charged, whatever the bit says.
pub(super) const EATON_CHARGING: Read<Known> = Read::with(|known, value| {
    let full = known
        .number("battery.charge")
        .is_some_and(|charge| charge >= 100.0);
    let charging = !known.mge.charger.has_abm() && whole(value) == 1 && !full;
    Some(if charging { "chrg" } else { "!chrg" }.to_owned())
});

#[cfg(test)]
mod tests {
    use super::*;
    use hid::table::Shown;

    fn shown(known: &mut Known, read: Read<Known>, value: f64) -> Option<String> {
        match read.show(value, known) {
            Shown::Text(text) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn with_abm_the_state_of_the_charger_counts() {
        let mut known = Known::default();
        shown(&mut known, EATON_ABM_ENABLED, 1.0);
        shown(&mut known, EATON_ABM_PATH_STATUS, 0.0);
        shown(&mut known, EATON_ABM_PATH_MODE, 0.0);
        for (value, status, bit) in [
            (1.0, Some("charging"), Some("chrg")),
            (2.0, Some("floating"), Some("chrg")),
            (3.0, Some("resting"), None),
            (4.0, Some("discharging"), Some("dischrg")),
            (6.0, Some("off"), None),
            (5.0, None, None),
        ] {
            assert_eq!(
                shown(&mut known, EATON_ABM_STATUS, value).as_deref(),
                status
            );
            assert_eq!(
                shown(&mut known, EATON_ABM_CHRG_DISCHRG, value).as_deref(),
                bit
            );
        }
        assert_eq!(
            shown(&mut known, EATON_CHARGING, 1.0).as_deref(),
            Some("!chrg")
        );
    }

    #[test]
    fn the_two_items_number_their_states_differently() {
        let mut known = Known::default();
        shown(&mut known, EATON_ABM_ENABLED, 1.0);
        shown(&mut known, EATON_ABM_PATH_MODE, 0.0);
        assert_eq!(
            shown(&mut known, EATON_ABM_STATUS, 2.0).as_deref(),
            Some("discharging")
        );
        assert_eq!(
            shown(&mut known, EATON_ABM_STATUS, 4.0).as_deref(),
            Some("resting")
        );
    }

    #[test]
    fn without_abm_the_bits_count_and_a_full_battery_is_not_charged() {
        let mut known = Known::default();
        assert_eq!(shown(&mut known, EATON_ABM_CHRG_DISCHRG, 1.0), None);
        assert_eq!(
            shown(&mut known, EATON_CHARGING, 1.0).as_deref(),
            Some("chrg")
        );
        known.publish("battery.charge", "100");
        assert_eq!(
            shown(&mut known, EATON_CHARGING, 1.0).as_deref(),
            Some("!chrg")
        );
        assert_eq!(
            shown(&mut known, EATON_DISCHARGING, 1.0).as_deref(),
            Some("dischrg")
        );
    }
}
