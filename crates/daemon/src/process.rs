//! Another process: does it live, is it the program we think, tell it something.
//!
//! The name is checked because process ids are used again: after a crash the number in a PID file may
//! be anybody's. `NUT_IGNORE_CHECKPROCNAME=true` trusts the number alone.

use std::fs;
use std::path::Path;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::Error;

/// Bytes of a program's name that the kernel keeps in `comm`.
const COMM_MAX: usize = 15;

/// How many threads this process has; 1 also where `/proc` is not mounted, as in early boot.
pub(crate) fn threads() -> usize {
    fs::read_dir("/proc/self/task").map_or(1, Iterator::count)
}

/// Whether process `pid` runs. One that has ended counts as gone even before its parent has taken note.
#[must_use]
pub fn is_alive(pid: i32) -> bool {
    pid > 0 && !matches!(kill(Pid::from_raw(pid), None), Err(Errno::ESRCH)) && !is_zombie(pid)
}

/// The state is the letter behind the name, which stands in parentheses and may hold some itself.
fn is_zombie(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(") ").map(|(_, rest)| rest);
    state.is_some_and(|state| state.starts_with(['Z', 'X']))
}

/// Sends `signal` to process `pid`.
///
/// # Errors
/// It is gone or somebody else's.
pub fn signal(pid: i32, signal: Signal) -> Result<(), Error> {
    kill(Pid::from_raw(pid), signal).map_err(Error::system("signal the running instance"))
}

/// The name of a live process that is none of `programs`; `None` when it is one of them or cannot be told.
#[must_use]
pub fn foreign_name(pid: i32, programs: &[&str]) -> Option<String> {
    if std::env::var_os("NUT_IGNORE_CHECKPROCNAME").is_some_and(|value| value == "true") {
        return None;
    }
    let names = Names::of(pid);
    let known = programs.iter().any(|program| names.fit(program));
    let told = names.exe.or(names.comm);
    if known { None } else { told }
}

/// What the kernel calls a process.
#[derive(Debug, Default)]
struct Names {
    comm: Option<String>,
    exe: Option<String>,
}

impl Names {
    fn of(pid: i32) -> Self {
        let comm = fs::read_to_string(format!("/proc/{pid}/comm")).ok();
        let exe = fs::read_link(format!("/proc/{pid}/exe")).ok();
        Self {
            comm: comm.map(|name| name.trim_end().to_owned()),
            exe: exe.as_deref().and_then(base_name),
        }
    }

    fn fit(&self, program: &str) -> bool {
        let short = program.get(..COMM_MAX).unwrap_or(program);
        let comm = self.comm.as_deref().is_some_and(|comm| comm == short);
        comm || self.exe.as_deref().is_some_and(|exe| exe == program)
    }
}

/// File name of a program, also when the file was replaced while it runs.
fn base_name(exe: &Path) -> Option<String> {
    let name = exe.file_name()?.to_string_lossy();
    Some(name.strip_suffix(" (deleted)").unwrap_or(&name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me() -> i32 {
        i32::try_from(std::process::id()).unwrap()
    }

    #[test]
    fn this_process_lives_and_has_its_name() {
        assert!(is_alive(me()));
        let name = Names::of(me()).exe.unwrap();
        assert_eq!(foreign_name(me(), &["other", &name]), None);
        assert_eq!(foreign_name(me(), &["upsd"]), Some(name));
    }

    #[test]
    fn long_names_are_compared_as_the_kernel_cuts_them() {
        let names = Names {
            comm: Some("a-very-long-pro".into()),
            exe: None,
        };
        assert!(names.fit("a-very-long-program") && !names.fit("a-very"));
        assert_eq!(
            base_name(Path::new("/usr/sbin/upsd (deleted)")).as_deref(),
            Some("upsd")
        );
    }

    #[test]
    fn the_dead_do_not_count_before_they_are_buried() {
        let mut child = std::process::Command::new("true").spawn().unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        for _ in 0..500 {
            if is_zombie(pid) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert!(is_zombie(pid) && !is_alive(pid));
        child.wait().unwrap();
    }

    #[test]
    fn nobody_has_these_numbers() {
        assert!(!is_alive(0) && !is_alive(-1) && !is_alive(i32::MAX));
    }
}
