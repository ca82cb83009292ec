//! Names of Eaton's models, and openUPS' thermistor.

use super::facts;
use crate::subdrivers::mge::models::identify;
use crate::subdrivers::{SUBDRIVERS, mge, openups};
use testkit::CsvLine;

#[test]
fn every_model_of_eaton_has_its_name_and_kind() {
    let Some(dir) = facts("every_model_of_eaton_has_its_name_and_kind") else {
        return;
    };
    let lines = CsvLine::read(&dir, "_mge_models.csv");
    for line in &lines {
        let ours = identify(line.get("iproduct"), line.get("imodel"));
        assert_eq!(
            (ours.name.as_str(), i64::from(ours.kind)),
            (line.get("name"), line.number("type_code")),
            "{line:?}"
        );
    }
    assert_eq!(lines.len(), mge::models::count());
    println!("models of mge {0}/{0}", lines.len());
}

#[test]
fn every_step_of_the_thermistor_is_known() {
    let Some(dir) = facts("every_step_of_the_thermistor_is_known") else {
        return;
    };
    let lines = CsvLine::read(&dir, "_openups_thermistor.csv");
    for line in &lines {
        assert_eq!(
            openups::temperature(line.number("raw")),
            line.get("celsius")
        );
    }
    println!("steps of openups {0}/{0}", lines.len());
    assert!(SUBDRIVERS.iter().any(|subdriver| subdriver.id == "openups"));
}
