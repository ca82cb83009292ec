//! POWERDOWNFLAG: the file that tells the last script of a shutdown to have the UPS cut power (spec upsmon.md,
//! section 10).
//!
//! The helper writes it just before SHUTDOWNCMD. It counts when its first line begins with the magic text; a file
//! of that name with anything else in it is somebody else's and never touched. An empty one is nobody's: it does not
//! count, and it may be replaced.

use std::fs;
use std::path::Path;

use daemon::Exit;
use daemon::power_down_flag::{Flag, check};
use tracing::error;

/// At the start: the flag of the last shutdown goes. Whether the flag can be used in this run.
pub(crate) fn clean_up(path: &Path) -> bool {
    let place = path.display();
    match check(path) {
        Flag::Absent => true,
        Flag::Set => {
            if let Err(why) = fs::remove_file(path) {
                error!(
                    "cannot remove the power down flag {place} of the last shutdown: {why}; \
                     until it is removed, every shutdown of this system will cut its power"
                );
            }
            true
        }
        Flag::Foreign => {
            error!(
                "POWERDOWNFLAG {place} is a file that upsmon has not written; the flag is not used \
                 and the UPS will not cut power: remove the file or name another"
            );
            false
        }
        Flag::Unreadable(why) => {
            error!(
                "cannot read POWERDOWNFLAG {place}: {why}; the flag is not used and the UPS will not \
                 cut power: see to it or name another file"
            );
            false
        }
    }
}

/// `-K`: whether power is to be cut, in words for `complain` and as exit code.
pub(crate) fn tell(path: Option<&Path>, complain: impl Fn(&str)) -> Exit {
    let Some(path) = path else {
        complain("Power down flag is not set: POWERDOWNFLAG is not defined");
        return Exit::Failure;
    };
    let place = path.display();
    complain(&format!("Using power down flag file {place}"));
    let flag = check(path);
    match &flag {
        Flag::Set => complain("Power down flag is set"),
        Flag::Absent => complain("Power down flag is not set"),
        Flag::Foreign => complain(&format!(
            "POWERDOWNFLAG ({place}) does not contain the upsmon magic string"
        )),
        Flag::Unreadable(why) => {
            complain(&format!("POWERDOWNFLAG ({place}) cannot be read: {why}"));
            complain("Power down flag is not set");
        }
    }
    match flag {
        Flag::Set => Exit::Success,
        _ => Exit::Failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::path::PathBuf;
    use tempfile::TempDir;

    fn place(content: Option<&str>) -> (TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("killpower");
        if let Some(content) = content {
            fs::write(&path, content).unwrap();
        }
        (dir, path)
    }

    #[test]
    fn a_flag_is_known_by_how_its_first_line_begins() {
        for (content, expected) in [
            (None, Flag::Absent),
            (Some(""), Flag::Absent),
            (Some("upsmon-shutdown-file"), Flag::Set),
            (Some("upsmon-shutdown-file\n"), Flag::Set),
            (Some("upsmon-shutdown-file and more"), Flag::Set),
            (Some("upsmon-shutdown-fil"), Flag::Foreign),
            (Some("\nupsmon-shutdown-file"), Flag::Foreign),
            (Some(" upsmon-shutdown-file"), Flag::Foreign),
            (Some("something else"), Flag::Foreign),
        ] {
            let (_dir, path) = place(content);
            assert_eq!(check(&path), expected, "{content:?}");
        }
    }

    #[test]
    fn what_is_no_file_cannot_be_read_and_does_not_block() {
        let (dir, path) = place(None);
        assert!(matches!(check(dir.path()), Flag::Unreadable(_)));
        let mode = nix::sys::stat::Mode::S_IRWXU;
        nix::unistd::mkfifo(&path, mode).unwrap();
        assert_ne!(check(&path), Flag::Set);
    }

    #[test]
    fn the_start_removes_our_flag_and_touches_nothing_else() {
        for (content, usable, left) in [
            (None, true, None),
            (Some("upsmon-shutdown-file"), true, None),
            (Some("something else"), false, Some("something else")),
            (Some(""), true, Some("")),
        ] {
            let (_dir, path) = place(content);
            assert_eq!(clean_up(&path), usable, "{content:?}");
            assert_eq!(fs::read_to_string(&path).ok().as_deref(), left);
        }
        let (dir, _) = place(None);
        assert!(!clean_up(dir.path()));
    }

    #[test]
    fn the_last_script_is_told_in_the_words_it_knows() {
        for (content, exit, words) in [
            (None, Exit::Failure, "Power down flag is not set"),
            (Some(""), Exit::Failure, "Power down flag is not set"),
            (
                Some("upsmon-shutdown-file"),
                Exit::Success,
                "Power down flag is set",
            ),
            (
                Some("x"),
                Exit::Failure,
                "POWERDOWNFLAG (PATH) does not contain the upsmon magic string",
            ),
        ] {
            let (_dir, path) = place(content);
            let said = RefCell::new(Vec::new());
            let complain = |line: &str| said.borrow_mut().push(line.to_owned());
            assert_eq!(tell(Some(&path), complain), exit, "{content:?}");
            let name = path.to_str().unwrap();
            let using = format!("Using power down flag file {name}");
            assert_eq!(said.take(), [using, words.replace("PATH", name)]);
            assert_eq!(fs::read_to_string(&path).ok().as_deref(), content);
        }
        assert_eq!(tell(None, |_: &str| {}), Exit::Failure);
    }
}
