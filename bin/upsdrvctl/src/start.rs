//! `start`: each driver in the order of the file, waited for until it has gone to the background (spec cli.md, section 10.1).

use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::thread::sleep;

use config::Section;
use daemon::Exit;
use tracing::{debug, error, info};

use crate::Error;
use crate::launch::{launch, wait, would_launch};
use crate::rivals;
use crate::site::Site;
use crate::supervise;

/// Starts the drivers. One that fails does not keep the others from being tried.
pub(crate) fn start(site: &Site, sections: &[&Section]) -> Result<Exit, Error> {
    let ours: Vec<_> = sections
        .iter()
        .copied()
        .filter(|section| !rivals::refuse("start", section))
        .collect();
    let refused = ours.len() < sections.len();
    if site.testing {
        ours.iter().for_each(|section| tell(site, section));
        return Ok(Exit::of(!refused));
    }
    match ours.as_slice() {
        [] => return Ok(Exit::Failure),
        [only] if site.foreground > 0 => return become_driver(site, only),
        several if site.foreground > 0 => return supervise::run(site, several),
        _ => {}
    }
    let mut late = Vec::new();
    let mut all = true;
    for section in ours {
        match attempt(site, section) {
            Outcome::Started => info!("driver of UPS {} started", section.name),
            Outcome::Unwaited => debug!("driver of UPS {} is on its own", section.name),
            Outcome::Late(child) => late.push((section, child)),
            Outcome::Failed => all = false,
        }
    }
    for (section, mut child) in late {
        all &= has_started(section, child.try_wait().ok().flatten());
    }
    Ok(Exit::of(all && !refused))
}

enum Outcome {
    Started,
    /// Nobody was to wait.
    Unwaited,
    /// It is still about to start.
    Late(Child),
    Failed,
}

fn attempt(site: &Site, section: &Section) -> Outcome {
    let (program, line) = site.start_line(section);
    let conf = &site.conf;
    let attempts = conf.maxretry(section).max(1);
    let limit = conf.maxstartdelay(section);
    for number in 1..=attempts {
        if number > 1 {
            sleep(conf.retrydelay(section));
        }
        let mut child = match launch(&program, &line) {
            Ok(child) => child,
            Err(why) => {
                error!(
                    "Can't start {}: {why}; is driverpath in ups.conf right?",
                    program.display()
                );
                return Outcome::Failed;
            }
        };
        if site.unwaited {
            return Outcome::Unwaited;
        }
        match wait(&mut child, limit) {
            Ok(Some(status)) if status.success() => return Outcome::Started,
            Ok(Some(status)) => error!(
                "Driver {} of UPS {} failed to start: {status} (attempt {number} of {attempts})",
                section.driver, section.name
            ),
            // a second one would only evict it
            Ok(None) => {
                error!(
                    "Driver {} of UPS {} has not started within {} s; it is left to go on",
                    section.driver,
                    section.name,
                    limit.as_secs()
                );
                return Outcome::Late(child);
            }
            Err(why) => error!("Driver of UPS {}: {why}", section.name),
        }
    }
    Outcome::Failed
}

/// The last look at one that was late.
fn has_started(section: &Section, status: Option<std::process::ExitStatus>) -> bool {
    match status {
        Some(status) if status.success() => true,
        Some(status) => {
            error!("Driver of UPS {} failed to start: {status}", section.name);
            false
        }
        None => {
            error!("Driver of UPS {} is still starting", section.name);
            false
        }
    }
}

/// One driver in the foreground takes the place of this process.
fn become_driver(site: &Site, section: &Section) -> Result<Exit, Error> {
    let (program, line) = site.start_line(section);
    let source = Command::new(&program).args(line).exec();
    Err(Error::System {
        action: format!("start {}", program.display()),
        source,
    })
}

fn tell(site: &Site, section: &Section) {
    let (program, line) = site.start_line(section);
    would_launch(&program, &line);
}
