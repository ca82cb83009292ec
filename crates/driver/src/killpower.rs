//! Cutting the power: the list of commands, tried in order until one is accepted (spec sock-protocol.md, section 17).
//!
//! `shutdown.default` in the list is the driver's own routine. The same code runs in the device thread for
//! `driver.killpower` and without any runtime for `-k`.

use proto::Outcome;
use tracing::{error, info, warn};

use crate::device::{Driver, Error};
use crate::report::Report;

/// The command that stands for the driver's own routine.
pub(crate) const DEFAULT: &str = "shutdown.default";

/// Tries `commands` in order; handled as soon as one is, else failed.
pub(crate) fn run(driver: &mut dyn Driver, commands: &[String], report: &mut Report) -> Outcome {
    for name in commands {
        let outcome = if name == DEFAULT {
            driver.shut_down()
        } else {
            driver.command_unattended(name, report)
        };
        match outcome {
            Ok(Outcome::Handled) => {
                info!(target: daemon::log::NOTICE, "shutdown command {name} was accepted");
                return Outcome::Handled;
            }
            Ok(outcome) => warn!("shutdown command {name} was refused: {}", outcome.answer()),
            Err(error) => warn!("shutdown command {name} failed: {error}"),
        }
    }
    error!(target: daemon::log::CRIT, "no shutdown command was accepted, the power stays on");
    Outcome::Failed
}

/// Performs one instant command.
pub(crate) fn one(
    driver: &mut dyn Driver,
    name: &str,
    param: Option<&str>,
    report: &mut Report,
) -> Result<Outcome, Error> {
    if name == DEFAULT {
        driver.shut_down()
    } else {
        driver.command(name, param, report)
    }
}
