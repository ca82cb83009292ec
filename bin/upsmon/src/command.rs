//! `-c` and `--explain`: to the running instance (spec upsmon.md, section 11).

use std::path::{Path, PathBuf};

use daemon::paths::Paths;
use daemon::pidfile::{self, Signal};
use daemon::{Exit, banner};

use crate::explain;

/// What `-c` can say, in the order in which abbreviations are looked up.
const ORDERS: &[(&str, Order)] = &[
    ("fsd", Order::ForcedShutdown),
    ("stop", Order::Stop),
    ("reload", Order::Reload),
];

/// A command to the running instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Shut down now, whatever the power is like.
    ForcedShutdown,
    /// Read the configuration again.
    Reload,
    /// End.
    Stop,
}

impl Order {
    /// Reads `-c`'s word, which may be abbreviated; but nothing at all is no abbreviation of a shutdown.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn parse(word: &str) -> Result<Self, String> {
        let known = Some(word).filter(|word| !word.is_empty());
        let order = known.and_then(|word| pidfile::by_prefix(word, ORDERS));
        order.ok_or_else(|| "no command; the commands are fsd, reload and stop".to_owned())
    }

    fn signal(self) -> Signal {
        match self {
            Self::ForcedShutdown => Signal::SIGUSR1,
            Self::Reload => Signal::SIGHUP,
            Self::Stop => Signal::SIGTERM,
        }
    }

    /// What else could be done when no instance was found.
    fn hint(self) -> Option<&'static str> {
        match self {
            Self::ForcedShutdown => None,
            Self::Reload => Some("systemctl reload nut-monitor"),
            Self::Stop => Some("systemctl stop nut-monitor"),
        }
    }
}

/// Where the process id of the running instance is written.
pub(crate) fn pid_path(paths: &Paths) -> PathBuf {
    paths.pid().join("upsmon.pid")
}

/// `-c`: signals the instance `pid`, else the one that the PID file names.
pub(crate) fn send(order: Order, pid: Option<i32>) -> Exit {
    send_to(order, pid, &pid_path(&Paths::from_env()), banner::complain)
}

fn send_to(order: Order, pid: Option<i32>, path: &Path, complain: impl Fn(&str)) -> Exit {
    let Err(why) = pidfile::send(order.signal(), pid, path, &["upsmon"]) else {
        return Exit::Success;
    };
    complain(&format!("upsmon: {why}"));
    if let Some(hint) = order.hint() {
        complain(&format!("upsmon: if it runs as a service, use {hint}"));
    }
    if pid.is_none() {
        complain("upsmon: if it runs without a PID file, add -P and the number of the process");
    }
    Exit::Failure
}

/// `--explain`: prints what the running instance says about itself.
pub(crate) fn explain() -> Exit {
    match explain::ask(&explain::path(&Paths::from_env())) {
        Ok(text) => {
            banner::say(text.trim_end());
            Exit::Success
        }
        Err(why) => {
            banner::complain(&format!("upsmon: {why}"));
            Exit::Failure
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn orders_are_the_signals_of_c_nut() {
        for (word, signal) in [
            ("fsd", Signal::SIGUSR1),
            ("reload", Signal::SIGHUP),
            ("stop", Signal::SIGTERM),
        ] {
            assert_eq!(Order::parse(word).unwrap().signal(), signal);
        }
        assert!(Order::parse("").is_err());
    }

    #[test]
    fn without_an_instance_it_fails_and_says_what_else_can_be_done() {
        let dir = tempfile::tempdir().unwrap();
        let said = RefCell::new(Vec::new());
        let complain = |line: &str| said.borrow_mut().push(line.to_owned());
        let path = dir.path().join("upsmon.pid");
        assert_eq!(send_to(Order::Stop, None, &path, complain), Exit::Failure);
        let told = said.take();
        assert!(told[0].starts_with("upsmon: no running instance: there is no "));
        assert!(told[1].ends_with("systemctl stop nut-monitor"));
        assert!(told[2].contains("add -P"));
        let nobody = Some(i32::MAX);
        let exit = send_to(Order::ForcedShutdown, nobody, &path, complain);
        assert_eq!((exit, said.take().len()), (Exit::Failure, 1));
    }

    #[test]
    fn an_instance_is_signalled() {
        use std::os::unix::process::ExitStatusExt;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("upsmon.pid");
        let mut child = std::process::Command::new("sleep")
            .arg("60")
            .spawn()
            .unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        let silent = |_: &str| {};
        std::fs::write(&path, format!("{pid}\n")).unwrap();
        assert_eq!(send_to(Order::Stop, None, &path, silent), Exit::Failure);
        assert_eq!(
            send_to(Order::Stop, Some(pid), &path, silent),
            Exit::Success
        );
        assert_eq!(child.wait().unwrap().signal(), Some(15));
    }
}
