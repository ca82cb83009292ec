//! Reading the configuration again (SIGHUP, SIGUSR1, `driver.reload*`).
//!
//! The new configuration is read and checked whole. If anything is wrong with it, all of it is told and the old
//! one stays. Otherwise what may change while running does, and the rest is named.

use config::{Problem, Severity};
use daemon::Exit;
use proto::Outcome;
use tracing::{error, info, warn};

use super::Hub;
use crate::setup::Setup;
use crate::{framework, reload, state};

/// What became of a reload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reloaded {
    /// All of it is in effect.
    Fully,
    /// Some settings need a restart.
    Partly,
    /// The file is wrong, or cannot be read.
    NotAtAll,
}

impl Hub {
    /// Takes over what it can.
    pub(crate) fn reload(&mut self) {
        self.read_again();
    }

    /// The same, and asks to exit if something needs a restart. A wrong file is no reason to stop serving.
    pub(crate) fn reload_or_exit(&mut self) {
        if self.read_again() == Reloaded::Partly {
            info!(target: daemon::log::NOTICE, "exiting, because some settings need a restart");
            self.exit(Exit::ReloadOrExit);
        }
    }

    /// The same, and tells whether all of it is in effect.
    pub(super) fn reload_or_error(&mut self) -> Outcome {
        match self.read_again() {
            Reloaded::Fully => Outcome::Handled,
            Reloaded::Partly => Outcome::Invalid,
            Reloaded::NotAtAll => Outcome::Failed,
        }
    }

    fn read_again(&mut self) -> Reloaded {
        let before = self
            .publisher()
            .tree()
            .value("driver.state")
            .map(str::to_owned);
        self.parts.systemd.reloading();
        self.set_state(state::RELOADING);
        let reloaded = match Setup::read(self.parts.info, &self.parts.source) {
            Ok((setup, problems)) => {
                log(&problems);
                self.take_over(&setup)
            }
            Err(problems) => {
                log(&problems);
                error!("the configuration is wrong, the old one stays in effect");
                Reloaded::NotAtAll
            }
        };
        self.set_state(before.as_deref().unwrap_or(state::QUIET));
        self.parts.systemd.reloaded();
        reloaded
    }

    fn take_over(&mut self, setup: &Setup) -> Reloaded {
        let needing = reload::needing_restart(&self.parts.setup, setup);
        let merged = reload::merged(&self.parts.setup, setup);
        framework::publish_changed(&mut self.parts.publisher, &self.parts.setup, &merged);
        self.parts.setup = merged;
        self.parts.live.set(self.parts.setup.limits);
        self.apply_verbosity();
        if needing.is_empty() {
            info!("the configuration was read again");
            return Reloaded::Fully;
        }
        warn!(
            "the configuration was read again; only a restart can change {}",
            needing.join(", ")
        );
        Reloaded::Partly
    }
}

fn log(problems: &[Problem]) {
    for problem in problems {
        match problem.severity {
            Severity::Error => error!("{problem}"),
            Severity::Warning => warn!("{problem}"),
        }
    }
}
