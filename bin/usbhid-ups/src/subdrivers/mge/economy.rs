//! ECO, ESS and bypass: modes that go through to mains. Whether they are possible depends on mains at the moment.

use hid::table::Read;
use hid::whole;

use crate::known::Known;

/// How far voltage and frequency may be off their nominal values where the device does not say.
struct Tolerance {
    low: f64,
    high: f64,
    /// Per cent.
    frequency: f64,
    name: &'static str,
}

const ECO: Tolerance = Tolerance {
    low: 0.95,
    high: 1.05,
    frequency: 5.0,
    name: "eco",
};
const BYPASS: Tolerance = Tolerance {
    low: 0.8,
    high: 1.15,
    frequency: 10.0,
    name: "bypass",
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mains {
    Unknown,
    Within,
    Outside,
}

fn mains(known: &Known, tolerance: &Tolerance) -> Mains {
    let name = tolerance.name;
    let numbers = [
        "input.bypass.voltage",
        "input.bypass.frequency",
        "output.voltage.nominal",
        "output.frequency.nominal",
    ]
    .map(|var| known.number(var));
    let [
        Some(voltage),
        Some(frequency),
        Some(nominal),
        Some(nominal_frequency),
    ] = numbers
    else {
        return Mains::Unknown;
    };
    let set = |var: String| known.number(&var).filter(|number| *number > 0.0);
    let limits =
        set(format!("input.transfer.{name}.low")).zip(set(format!("input.transfer.{name}.high")));
    let (low, high) = limits.unwrap_or((nominal * tolerance.low, nominal * tolerance.high));
    let percent =
        set(format!("input.transfer.frequency.{name}.range")).unwrap_or(tolerance.frequency);
    let spread = nominal_frequency * percent / 100.0;
    let fits = (low..=high).contains(&voltage)
        && (nominal_frequency - spread..=nominal_frequency + spread).contains(&frequency);
    if fits { Mains::Within } else { Mains::Outside }
}

fn eco(known: &mut Known) -> Option<String> {
    match mains(known, &ECO) {
        Mains::Within => {
            known.mode("vendor:mge-hid:ECO");
            return Some("ECO".to_owned());
        }
        Mains::Outside => known.mode("vendor:mge-hid:normal"),
        Mains::Unknown => {}
    }
    known.publish("input.eco.switchable", "normal");
    None
}

fn bypass(known: &mut Known) -> Option<String> {
    if mains(known, &BYPASS) == Mains::Within {
        return Some("on".to_owned());
    }
    known.publish("input.bypass.switch.off", "off");
    None
}

pub(super) const EATON_INPUT_ECO_MODE_ON_OFF: Read<Known> = Read::With {
    show: Some(|known, value| match whole(value) {
        0 => Some("normal".to_owned()),
        1 => eco(known),
        2 => {
            known.mode("vendor:mge-hid:ESS");
            Some("ESS".to_owned())
        }
        _ => None,
    }),
    parse: Some(|_, text| match text? {
        "normal" | "vendor:mge-hid:normal" => Some(0),
        "ECO" | "vendor:mge-hid:ECO" => Some(1),
        "ESS" | "vendor:mge-hid:ESS" => Some(2),
        _ => None,
    }),
    texts: &[],
};

pub(super) const EATON_INPUT_BYPASS_MODE_ON: Read<Known> = Read::With {
    show: Some(|known, value| match whole(value) {
        0 => Some("disabled".to_owned()),
        1 => bypass(known),
        _ => None,
    }),
    parse: None,
    texts: &[(0, "disabled"), (1, "on")],
};

/// Starting needs bypass to be off and ECO not to be on; stopping needs it to be on, and switches bypass off. What is not so is
/// refused: nothing is sent.
pub(super) const EATON_INPUT_ECO_MODE_AUTO_ON_OFF: Read<Known> = Read::With {
    show: None,
    parse: Some(|known, text| {
        let is = |known: &Known, var: &str, value: &str| known.value(var) == Some(value);
        if text? == "1" {
            let may = is(known, "input.bypass.switch.on", "disabled")
                && is(known, "input.eco.switchable", "normal");
            return may.then_some(1);
        }
        let may = is(known, "input.bypass.switch.off", "disabled")
            && is(known, "input.eco.switchable", "ECO");
        may.then(|| {
            known.order("input.bypass.switch.off", "off");
            known.order("input.eco.switchable", "normal");
            known.mode("vendor:mge-hid:normal");
            0
        })
    }),
    texts: &[],
};

#[cfg(test)]
mod tests {
    use super::*;
    use hid::table::Shown;

    fn site(voltage: &str, frequency: &str) -> Known {
        let mut known = Known::default();
        for (var, value) in [
            ("input.bypass.voltage", voltage),
            ("input.bypass.frequency", frequency),
            ("output.voltage.nominal", "230"),
            ("output.frequency.nominal", "50"),
        ] {
            known.publish(var, value);
        }
        known
    }

    #[test]
    fn eco_is_on_only_while_mains_is_good() {
        for (voltage, frequency, expected) in [
            ("230", "50.0", Some("ECO")),
            ("218.5", "52.5", Some("ECO")),
            ("218.4", "50", None),
            ("230", "52.6", None),
        ] {
            let mut known = site(voltage, frequency);
            let shown = match EATON_INPUT_ECO_MODE_ON_OFF.show(1.0, &mut known) {
                Shown::Text(text) => Some(text),
                _ => None,
            };
            assert_eq!(shown.as_deref(), expected, "{voltage} {frequency}");
            let fallen_back = known.value("input.eco.switchable") == Some("normal");
            assert_eq!(fallen_back, expected.is_none());
        }
    }

    #[test]
    fn limits_of_the_device_count_before_those_of_the_table() {
        let mut known = site("200", "50");
        assert_eq!(mains(&known, &BYPASS), Mains::Within);
        known.publish("input.transfer.bypass.low", "210");
        assert_eq!(
            mains(&known, &BYPASS),
            Mains::Within,
            "one alone does not count"
        );
        known.publish("input.transfer.bypass.high", "250");
        assert_eq!(mains(&known, &BYPASS), Mains::Outside);
        assert_eq!(mains(&Known::default(), &BYPASS), Mains::Unknown);
    }

    #[test]
    fn a_stop_that_is_not_possible_sends_nothing() {
        let mut known = site("230", "50");
        let parse = |known: &mut Known, text| {
            EATON_INPUT_ECO_MODE_AUTO_ON_OFF
                .parse(Some(text), known)
                .ok()
        };
        assert_eq!(
            (parse(&mut known, "0"), parse(&mut known, "1")),
            (None, None)
        );
        known.publish("input.bypass.switch.off", "disabled");
        known.publish("input.bypass.switch.on", "disabled");
        known.publish("input.eco.switchable", "ECO");
        assert_eq!(
            (parse(&mut known, "0"), parse(&mut known, "1")),
            (Some(0), None)
        );
        known.publish("input.eco.switchable", "normal");
        assert_eq!(
            (parse(&mut known, "0"), parse(&mut known, "1")),
            (None, Some(1))
        );
    }
}
