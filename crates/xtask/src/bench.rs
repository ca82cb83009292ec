//! `bench server`: our upsd and C NUT's on the same loads, in turns, and whether we are as fast and small as we promise.
//!
//! Everything is on loopback and every load is bounded in count and time. Server and load share this machine's
//! processors, so the figures compare two servers on one machine; they do not tell what a server can do.

mod cases;
mod crowd;
pub(crate) mod drivers;
mod fake_driver;
mod figures;
mod idle;
mod ingest;
mod limits;
mod load;
mod memory;
mod promise;
mod question;
mod ready;
pub(crate) mod serial;
pub(crate) mod shutdown;
pub(crate) mod snmp;
mod stage;
mod subject;
mod table;
mod targets;
pub(crate) mod tls;
mod variables;
mod visits;

use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use cases::Plan;
use figures::Figures;
use std::thread::available_parallelism;
use subject::Subject;

/// How often each server has its turn at each case.
const ROUNDS: usize = 3;

/// Measures, prints the table, and fails when a promise is not kept.
pub(crate) fn run() -> Result<()> {
    let plan = Plan::for_open_files(limits::raise_open_files()?);
    let subjects = Subject::all(&Workspace::load()?)?;
    introduce(&subjects, &plan);
    let mut figures = Figures::default();
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}…");
        cases::round(&subjects, &plan, &mut figures)?;
    }
    println!("\n{}", table::of(&figures));
    let (text, all_met) = targets::judge(&figures, &plan);
    println!("{text}");
    if all_met {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

fn introduce(subjects: &[Subject], plan: &Plan) {
    let processors = available_parallelism().map_or(1, usize::from);
    println!("{processors} processors, shared by the server and the load; loopback only");
    if !subjects.iter().any(Subject::is_c) {
        println!("C NUT is not here (`cargo xtask peers`): ours is measured alone");
    }
    if let Some(idle) = plan.reduced() {
        println!("the limit of open files allows only {idle} idle clients");
    }
}
