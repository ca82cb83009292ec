//! `shutdown`: the drivers cut the power of their UPSes, rank by rank (spec cli.md, section 10.3).
//!
//! Each is waited for, whatever `nowait` says: the system powers off when this ends, and a UPS that has not got its command by
//! then stays on, or never comes back. One that hangs is ended, so that it neither holds its device nor the others up.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use config::Section;
use daemon::Exit;
use tracing::{error, info};

use crate::Error;
use crate::launch::{end, launch, wait, would_launch};
use crate::order::by_rank;
use crate::site::Site;

/// How long a driver that hangs may take to end.
const END_TIME: Duration = Duration::from_secs(5);

/// Cuts the power. A UPS that is named is cut whatever its rank is.
pub(crate) fn shutdown(site: &Site, sections: &[&Section], named: bool) -> Result<Exit, Error> {
    let ranked = if named {
        sections.to_vec()
    } else {
        by_rank(sections)
    };
    let mut all = true;
    for section in ranked {
        let (program, line) = site.shutdown_line(section);
        if site.testing {
            would_launch(&program, &line);
        } else {
            info!("Shutdown UPS: {}", section.name);
            all &= cut(site, section, &program, &line);
        }
    }
    Ok(Exit::of(all))
}

fn cut(site: &Site, section: &Section, program: &Path, line: &[OsString]) -> bool {
    let name = &section.name;
    let mut child = match launch(program, line) {
        Ok(child) => child,
        Err(why) => {
            error!(
                "Can't start {}: {why}; UPS {name} stays on",
                program.display()
            );
            return false;
        }
    };
    match wait(&mut child, site.conf.maxstartdelay(section)) {
        Ok(Some(status)) if status.success() => true,
        Ok(Some(status)) => {
            error!("UPS {name} stays on: its driver failed with {status}");
            false
        }
        Ok(None) => {
            error!("UPS {name} may stay on: its driver hangs, and is ended");
            end(&mut child, END_TIME);
            false
        }
        Err(why) => {
            error!("UPS {name}: {why}");
            false
        }
    }
}
