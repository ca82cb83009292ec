//! `bench serial`: our nutdrv_qx, as packages ship it, and C NUT's, on the same simulated devices: how long until the data of a
//! device are good, or until a line that says nothing is given up.
//!
//! Both wait most of the time, so that several are measured at once. A pseudo terminal has no speed: on a line an answer takes a
//! fifth of a second, for both.

mod case;
mod targets;
mod trial;

use super::drivers::make::Make;
use super::figures::{Figures, Unit};
use super::table;
use crate::failure::{Failure, Result};
use crate::side_by_side;
use crate::workspace::Workspace;
use case::Case;
use trial::{Outcome, Trial};

/// How often everything is measured.
const ROUNDS: usize = 3;
/// Drivers that wait at the same time.
const AT_ONCE: usize = 12;
/// Where simulated devices are.
const SIMULATOR: &str = "tests/devices/serial/qx_sim.py";

/// Measures, prints the table, and fails when a promise is not kept.
pub(crate) fn run() -> Result<()> {
    let workspace = Workspace::load()?;
    let makes = Make::all(&workspace, &["nutdrv_qx"])?;
    let script = workspace.root.join(SIMULATOR);
    let cases = Case::all();
    let each = |case: &Case| makes.iter().map(|make| Trial::new(make, *case)).collect();
    let trials: Vec<Vec<Trial>> = cases.iter().map(each).collect();
    let waiting: Vec<Trial> = (0..ROUNDS)
        .flat_map(|_| trials.iter().flatten())
        .cloned()
        .collect();
    println!("{} starts, {AT_ONCE} at a time…", waiting.len());
    let outcomes = side_by_side::each(AT_ONCE, waiting, |trial| trial.perform(&script));
    let outcomes: Vec<Outcome> = outcomes.into_iter().collect::<Result<_>>()?;
    let mut figures = Figures::default();
    for case in &cases {
        for outcome in outcomes
            .iter()
            .filter(|outcome| outcome.trial.case == *case)
        {
            outcome.note(&mut figures, Unit::Millis);
        }
    }
    println!("\n{}", table::of(&figures));
    println!("{}", trial::found(&outcomes));
    let (text, all_met) = targets::judge(&figures, &cases);
    println!("{text}");
    if all_met {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}
