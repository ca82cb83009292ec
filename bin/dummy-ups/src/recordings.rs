//! The recordings of this package are what the README and `cargo xtask demo` take them for.

use std::fs;
use std::path::Path;

use model::name::same;
use model::number::reading;
use model::status::{Readings, Rules, Status, compose};

use crate::instruction::Instruction;
use crate::script::{Script, parse};

fn recording(name: &str) -> Script {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("recordings")
        .join(name);
    let script = parse(&fs::read(path).unwrap());
    assert_eq!(script.faults, []);
    script
}

fn values<'s>(script: &'s Script, name: &str) -> Vec<&'s str> {
    let value = |step: &'s crate::script::Step| match &step.what {
        Instruction::Set { var, value } if same(var, name) => Some(value.as_str()),
        Instruction::Status(value) if same(name, "ups.status") => Some(value.as_str()),
        _ => None,
    };
    script.steps.iter().filter_map(value).collect()
}

#[test]
fn every_variable_of_the_recordings_is_a_standard_one() {
    for name in ["tower-1500.dev", "outage.seq"] {
        for step in recording(name).steps {
            if let Instruction::Set { var, .. } = step.what {
                assert!(model::catalog::variable(&var).is_some(), "{name}: {var}");
            }
        }
    }
}

#[test]
fn the_tower_is_one_device_in_one_state() {
    let tower = recording("tower-1500.dev");
    assert_eq!(values(&tower, "ups.mfr"), ["Locknut Labs"]);
    assert_eq!(values(&tower, "ups.status"), ["OL"]);
    assert!(tower.steps.len() >= 45, "{}", tower.steps.len());
    assert!(
        !tower
            .steps
            .iter()
            .any(|step| matches!(step.what, Instruction::Timer(_)))
    );
}

#[test]
fn the_outage_goes_through_all_its_states_and_back() {
    let outage = recording("outage.seq");
    let states = [
        "OL CHRG",
        "OL",
        "OB DISCHRG",
        "OB DISCHRG LB",
        "OL CHRG",
        "OL",
    ];
    assert_eq!(values(&outage, "ups.status"), states);
    let numbers = |name| {
        values(&outage, name)
            .iter()
            .map(|value| value.parse().unwrap())
            .collect()
    };
    let charges: Vec<u32> = numbers("battery.charge");
    let runtimes: Vec<u32> = numbers("battery.runtime");
    for readings in [charges, runtimes] {
        let lowest = readings
            .iter()
            .position(|reading| readings.iter().min() == Some(reading));
        let (falling, rising) = readings.split_at(lowest.unwrap());
        assert!(falling.is_sorted_by(|a, b| a > b) && rising.is_sorted_by(|a, b| a < b));
    }
}

/// The framework adds CHRG or DISCHRG when the charge moves against the status.
#[test]
fn the_charge_never_moves_against_the_status_not_even_from_round_to_round() {
    let infer = Rules {
        ignore_lb: false,
        infer_charging: true,
    };
    let (mut now, mut words) = (Readings::default(), Status::default());
    let steps = recording("outage.seq").steps;
    for step in steps.iter().chain(&steps) {
        match &step.what {
            Instruction::Status(text) => words = Status::of(text),
            Instruction::Set { var, value } if var == "battery.charge" => {
                now.charge = reading(value)
            }
            Instruction::Timer(_) => {
                let composed = compose(&words, &now, infer).text;
                assert_eq!(Status::of(&composed), words, "line {}", step.line);
                now.charge_before = now.charge;
            }
            _ => {}
        }
    }
}

#[test]
fn each_step_of_the_outage_can_be_watched() {
    for step in recording("outage.seq").steps {
        if let Instruction::Timer(span) = step.what {
            assert!((4..=6).contains(&span.as_secs()), "line {}", step.line);
        }
    }
}
