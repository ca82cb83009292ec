//! Where POWERDOWNFLAG is, and whether it will still be there in the end.
//!
//! When systemd runs its last scripts, all file systems but those of `/`, `/usr` and `/run` are gone.

use std::fs;
use std::path::Path;

use config::UpsmonConf;
use daemon::access::{Right, Who};
use daemon::power_down_flag::{self, Flag as Found};

use super::Place;
use crate::facts::{Fault, Flag, FlagFile};

/// In memory wherever systemd runs.
const VOLATILE: [&str; 2] = ["/tmp", "/dev"];
/// What is mounted to the end.
const LASTING: [&str; 3] = ["/", "/usr", "/run"];

/// Looks at it; nothing if there is none in the file.
pub(super) fn look(place: &Place<'_>, conf: &UpsmonConf) -> Option<Flag> {
    let configured = conf.powerdownflag.as_deref()?;
    let path = place.below(configured);
    let file = match power_down_flag::check(&path) {
        Found::Set => FlagFile::Set,
        Found::Foreign => FlagFile::Foreign,
        Found::Absent | Found::Unreadable(_) => FlagFile::Absent,
    };
    let dir = path.parent().unwrap_or(&path);
    let root = Who::default();
    let fault = place.may(Right::Write, Some(&root), dir);
    let fault =
        fault.or_else(|| (!dir.is_dir()).then(|| Fault::Useless("it is no directory".to_owned())));
    let itself = path
        .is_dir()
        .then(|| Fault::Useless(format!("{} is a directory", path.display())));
    let fault = fault.or(itself);
    Some(Flag {
        volatile: volatile(place, configured, dir),
        dir: fault,
        path,
        file,
    })
}

fn volatile(place: &Place<'_>, configured: &Path, dir: &Path) -> Option<String> {
    let known = VOLATILE.iter().find(|known| configured.starts_with(known));
    if let Some(known) = known {
        return Some((*known).to_owned());
    }
    if !place.is_running {
        return None;
    }
    let mounts = fs::read_to_string("/proc/self/mountinfo").ok()?;
    let dir = fs::canonicalize(dir).ok()?;
    unmounted(&mounts, &dir)
}

/// The mount point of a directory, if it is unmounted before the end.
fn unmounted(mounts: &str, dir: &Path) -> Option<String> {
    let points = mounts.lines().filter_map(|line| line.split(' ').nth(4));
    let holding = points.filter(|point| dir.starts_with(point));
    let point = holding.max_by_key(|point| point.len())?;
    let lasts = LASTING.contains(&point) || point.starts_with("/run/");
    (!lasts).then(|| point.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_on_the_root_file_system_is_gone_in_the_end() {
        let mounts = "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n22 21 0:20 / /run rw - tmpfs tmpfs rw\n\
                      23 21 8:2 / /var rw - ext4 /dev/sda2 rw\n24 22 0:21 / /run/lock rw - tmpfs tmpfs rw\n";
        for (dir, gone) in [
            ("/etc", None),
            ("/run/nut", None),
            ("/var/lib/nut", Some("/var")),
            ("/variant", None),
        ] {
            assert_eq!(unmounted(mounts, Path::new(dir)).as_deref(), gone, "{dir}");
        }
    }
}
