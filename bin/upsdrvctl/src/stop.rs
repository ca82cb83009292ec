//! `stop`: by the PID file, else over the socket (spec cli.md, section 10.2).

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use config::Section;
use daemon::Exit;
use daemon::pidfile::{self, Found, Signal};
use daemon::process;
use driver::Instance;
use tracing::{error, info, warn};

use crate::Error;
use crate::rivals;
use crate::site::Site;

/// How long a driver may take to end, and again when it is made to.
const END_TIME: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_millis(20);

/// Stops the drivers. One that cannot be stopped does not keep the others from it.
pub(crate) fn stop(site: &Site, sections: &[&Section]) -> Result<Exit, Error> {
    let mut all = true;
    for section in sections {
        if rivals::refuse("stop", section) {
            all = false;
        } else if site.testing {
            info!("would stop the driver of UPS {}", section.name);
        } else if let Err(why) = stop_one(site, section) {
            error!("Can't stop the driver of UPS {}: {why}", section.name);
            all = false;
        }
    }
    Ok(Exit::of(all))
}

fn stop_one(site: &Site, section: &Section) -> Result<(), String> {
    let file = site.pid_file(section);
    match pidfile::find(&file, &[&section.driver]) {
        Found::Running(pid) => end(pid, &file),
        found => ask(site, section).map_err(|_| {
            let why = found.running(&file);
            why.map_or_else(|why| why.to_string(), |_| String::new())
        }),
    }
}

/// Without a PID file, or with one that was left behind: over the socket.
fn ask(site: &Site, section: &Section) -> std::io::Result<()> {
    let mut instance = Instance::connect(&site.socket(section))?;
    // the end of the connection is an answer, too
    let _ = instance.command("driver.exit", END_TIME);
    if instance.is_gone(END_TIME) {
        return Ok(());
    }
    Err(std::io::ErrorKind::TimedOut.into())
}

fn end(pid: i32, file: &Path) -> Result<(), String> {
    process::signal(pid, Signal::SIGTERM).map_err(|why| why.to_string())?;
    if !is_gone(pid) {
        warn!("process {pid} does not end; it is killed");
        process::signal(pid, Signal::SIGKILL).map_err(|why| why.to_string())?;
        if !is_gone(pid) {
            return Err(format!("process {pid} can not be killed"));
        }
    }
    // one that was killed leaves it behind
    let _ = fs::remove_file(file);
    Ok(())
}

fn is_gone(pid: i32) -> bool {
    let deadline = Instant::now() + END_TIME;
    while process::is_alive(pid) {
        if Instant::now() >= deadline {
            return false;
        }
        sleep(STEP);
    }
    true
}
