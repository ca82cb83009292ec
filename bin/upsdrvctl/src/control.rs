//! `-c`: commands to running drivers (spec cli.md, section 10.5).

use std::time::Duration;

use config::Section;
use daemon::Exit;
use daemon::pidfile::{self, Signal};
use driver::Instance;
use proto::Outcome;
use tracing::{error, info};

use crate::Error;
use crate::command_line::Control;
use crate::site::Site;

/// How long a driver may take to answer.
const ANSWER_TIME: Duration = Duration::from_secs(15);

/// Sends it to each driver.
pub(crate) fn control(site: &Site, sections: &[&Section], control: Control) -> Result<Exit, Error> {
    let mut all = true;
    for section in sections {
        if site.testing {
            info!(
                "would send {control:?} to the driver of UPS {}",
                section.name
            );
        } else if let Err(why) = send(site, section, control) {
            error!("driver of UPS {}: {why}", section.name);
            all = false;
        }
    }
    Ok(Exit::of(all))
}

fn send(site: &Site, section: &Section, control: Control) -> Result<(), String> {
    match control {
        Control::ReloadOrError => over_socket(site, section, "driver.reload-or-error"),
        Control::Exit => over_socket(site, section, "driver.exit"),
        Control::ReloadOrExit => signal(site, section, Signal::SIGUSR1),
        Control::Dump => signal(site, section, Signal::SIGURG),
    }
}

fn over_socket(site: &Site, section: &Section, command: &str) -> Result<(), String> {
    let path = site.socket(section);
    let unreachable = |why: std::io::Error| format!("nobody answers on {}: {why}", path.display());
    let mut instance = Instance::connect(&path).map_err(unreachable)?;
    match instance
        .command(command, ANSWER_TIME)
        .map_err(unreachable)?
    {
        Outcome::Handled => Ok(()),
        outcome => Err(format!("{command} was answered by {}", outcome.answer())),
    }
}

fn signal(site: &Site, section: &Section, signal: Signal) -> Result<(), String> {
    let file = site.pid_file(section);
    let sent = pidfile::send(signal, None, &file, &[&section.driver]);
    sent.map(|_| ()).map_err(|why| why.to_string())
}
