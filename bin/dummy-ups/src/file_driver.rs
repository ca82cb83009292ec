//! The simulated device: plays a file on a clock (soft-drivers.md, A3 and A8 to A10).
//!
//! Decisions are made by [`Play`] and [`Scene`]; here are the clock, the file and the log.

use std::path::PathBuf;
use std::time::Instant;

use driver::{Depth, Driver, Error, Report};
use model::Tick;
use model::name::strip_prefix;
use proto::Outcome;
use tracing::{debug, info, warn};

use crate::file;
use crate::flags;
use crate::instruction::{VALUE_MAX, assign, check_name};
use crate::play::{Move, Play, Repeat};
use crate::scene::Scene;
use crate::script::{self, Fault, Script};

/// A device that exists in a file only.
pub(crate) struct FileDriver {
    path: PathBuf,
    /// What `driver.parameter.mode` says.
    mode: &'static str,
    play: Play,
    scene: Scene,
    started: Instant,
    /// What was wrong at the last pass, so that a loop does not tell it every two seconds.
    told: Vec<Fault>,
}

impl FileDriver {
    /// A device that plays the file at `path`.
    pub(crate) fn new(path: PathBuf, mode: &'static str, repeat: Repeat) -> Self {
        Self {
            path,
            mode,
            play: Play::new(repeat),
            scene: Scene::default(),
            started: Instant::now(),
            told: Vec::new(),
        }
    }

    /// One poll at a time that the caller tells.
    fn poll_at(&mut self, now: Tick, report: &mut Report) -> Result<(), Error> {
        let version = file::look(&self.path).ok();
        match self.play.next(version, now) {
            Move::Rest => return Ok(()),
            Move::GoOn => {}
            Move::Read | Move::Missing => self.begin()?,
        }
        let (part, pause) = self.play.part(now);
        for instruction in part {
            self.scene.apply(instruction, report);
        }
        if let Some(pause) = pause {
            debug!(
                "{}:{}: pausing for {:?}",
                self.path.display(),
                pause.line,
                pause.span
            );
        }
        self.scene.show(report);
        Ok(())
    }

    fn begin(&mut self) -> Result<(), Error> {
        let (version, bytes) = file::read(&self.path).map_err(|error| {
            let path = self.path.display();
            // not `Gone`: a driver opened anew would begin with the values of an unused device
            Error::Timeout(format!(
                "cannot read the definition file {path}: {error}; put it there or correct port in ups.conf"
            ))
        })?;
        let script = script::parse(&bytes);
        self.tell(&script);
        self.scene.begin();
        self.play.begin(version, script.steps);
        Ok(())
    }

    fn tell(&mut self, script: &Script) {
        if self.told == script.faults {
            return;
        }
        let path = self.path.display();
        for Fault { line, text, why } in &script.faults {
            warn!("{path}:{line}: {why}: {text}");
        }
        if script.more_faults > 0 {
            warn!("{path}: {} more lines are wrong", script.more_faults);
        }
        self.told.clone_from(&script.faults);
    }
}

impl Driver for FileDriver {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        report.set("driver.parameter.mode", self.mode);
        for (var, value) in [
            ("ups.mfr", "Dummy Manufacturer"),
            ("ups.model", "Dummy UPS"),
            ("ups.status", "OL"),
        ] {
            report.set(var, value);
            flags::declare(var, report);
        }
        report.add_command("load.off"); // offered and not known, as in C
        self.poll_at(Tick(self.started.elapsed()), report)
    }

    fn poll(&mut self, _depth: Depth, report: &mut Report) -> Result<(), Error> {
        self.poll_at(Tick(self.started.elapsed()), report)
    }

    fn set(&mut self, var: &str, value: &str, report: &mut Report) -> Result<Outcome, Error> {
        if ["driver.", "server."]
            .iter()
            .any(|prefix| strip_prefix(var, prefix).is_some())
        {
            return Ok(Outcome::Unknown);
        }
        if let Err(why) = check_name(var) {
            info!("SET {var:?} is refused: {why}");
            return Ok(Outcome::Invalid);
        }
        if value.len() > VALUE_MAX {
            info!(
                "SET {var:?} is refused: the value has {} bytes; send at most {VALUE_MAX}",
                value.len()
            );
            return Ok(Outcome::Invalid);
        }
        self.scene.apply(assign(var, value.to_owned()), report);
        self.scene.show(report);
        Ok(Outcome::Handled)
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        warn!("a simulated device cannot be shut down");
        Ok(Outcome::Failed)
    }
}

#[cfg(test)]
mod tests;
