//! Having a running instance do something: `-c`, and the first part of `-k` (spec sock-protocol.md, sections 10 and 12).

use std::path::Path;
use std::time::Duration;

use daemon::Exit;
use daemon::pidfile::{Signal, by_prefix, send};
use proto::Outcome;
use tracing::{error, info, warn};

use super::{Task, fail};
use crate::cli::Args;
use crate::device::Info;
use crate::framework::ALLOW_KILLPOWER;
use crate::instance::Instance;
use crate::setup::Source;
use crate::{run, socket};

/// How long a command may take.
const ANSWER: Duration = Duration::from_secs(15);
/// How long the instance may take to cut the power: as long as its device's slowest routine.
const POWER_OFF: Duration = Duration::from_secs(300);

/// What `-c` can ask for, in the order in which abbreviations are looked up: `-c reload` is `reload-or-error`, as in C.
const COMMANDS: [(&str, Request); 6] = [
    (
        "reload-or-error",
        Request::Command("driver.reload-or-error"),
    ),
    ("exit", Request::Command("driver.exit")),
    ("reload", Request::Command("driver.reload")),
    ("reload-or-exit", Request::Command("driver.reload-or-exit")),
    ("data-dump", Request::Dump),
    ("dump", Request::Dump),
];

/// The same as signals, for `-P`.
const SIGNALS: [(&str, Signal); 5] = [
    ("exit", Signal::SIGTERM),
    ("reload", Signal::SIGHUP),
    ("reload-or-exit", Signal::SIGUSR1),
    ("data-dump", Signal::SIGURG),
    ("dump", Signal::SIGURG),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Request {
    Command(&'static str),
    Dump,
}

/// `-c`: the exit code is the result, 255 when nobody answers.
pub(crate) fn command(task: &Task<'_>, word: &str) -> Result<Exit, Exit> {
    if let Some(pid) = task.args.common.pid {
        let signal = by_prefix(word, &SIGNALS).ok_or_else(|| unknown(word))?;
        return send(signal, Some(pid), &task.pid_file(), &task.programs())
            .map(|_| Exit::Success)
            .map_err(fail);
    }
    let request = by_prefix(word, &COMMANDS).ok_or_else(|| unknown(word))?;
    let path = task.socket();
    let unreachable = |error| {
        fail(format_args!(
            "cannot talk to the driver behind {}: {error}",
            path.display()
        ));
        Exit::Unreachable
    };
    let mut instance = Instance::connect(&path).map_err(unreachable)?;
    match request {
        Request::Command(name) => instance
            .command(name, ANSWER)
            .map(result)
            .map_err(unreachable),
        Request::Dump => instance
            .dump(ANSWER)
            .map(|tree| print(&tree))
            .map_err(unreachable),
    }
}

fn unknown(word: &str) -> Exit {
    let known: Vec<&str> = COMMANDS.iter().map(|(name, _)| *name).collect();
    fail(format_args!(
        "-c: {word:?} is no command; use one of {}",
        known.join(", ")
    ))
}

fn print(tree: &model::StateTree) -> Exit {
    daemon::banner::say(run::listing(tree).trim_end());
    Exit::Success
}

fn result(outcome: Outcome) -> Exit {
    match outcome {
        Outcome::Handled => Exit::Success,
        Outcome::Invalid => Exit::NeedsRestart,
        Outcome::Failed => Exit::Code(3),
        Outcome::Unknown | Outcome::Unconvertible | Outcome::Pending => Exit::Failure,
    }
}

/// Prints what the instance behind `socket` publishes; false when there is none.
pub(crate) fn dump(socket: &Path) -> bool {
    let dumped = Instance::connect(socket).and_then(|mut instance| instance.dump(ANSWER));
    dumped.is_ok_and(|tree| print(&tree) == Exit::Success)
}

/// Has the instance behind `socket` cut the power; whether it did.
pub(crate) fn kill_power(socket: &Path) -> bool {
    let Ok(mut instance) = Instance::connect(socket) else {
        return false;
    };
    info!("asking the running instance to cut the power");
    let done = instance
        .set(ALLOW_KILLPOWER, "1", ANSWER)
        .and_then(|_| instance.command("driver.killpower", POWER_OFF));
    match done {
        Ok(Outcome::Handled) => return true,
        Ok(outcome) => warn!(
            "the running instance did not cut the power: {}",
            outcome.answer()
        ),
        Err(error) => warn!("the running instance did not cut the power: {error}"),
    }
    false
}

/// With a wrong configuration nothing is done, but one thing: a running instance is still asked to cut the power,
/// because it had a configuration that worked.
pub(crate) fn last_resort(info: &Info, args: &Args, source: &Source) -> Exit {
    if !args.kill_power {
        return Exit::Failure;
    }
    let names = std::iter::once(info.name).chain(info.aliases.iter().copied());
    let killed = names
        .map(|name| socket::path(source.paths.state(None), name, &source.ups))
        .any(|path| kill_power(&path));
    if killed {
        return Exit::Success;
    }
    error!(target: daemon::log::CRIT, "the power of UPS [{}] was not cut", source.ups);
    Exit::Failure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_be_abbreviated_and_are_looked_up_in_cs_order() {
        let request = |word| by_prefix(word, &COMMANDS);
        assert_eq!(
            request("reload"),
            Some(Request::Command("driver.reload-or-error"))
        );
        assert_eq!(request("e"), Some(Request::Command("driver.exit")));
        assert_eq!(
            request("reload-or-ex"),
            Some(Request::Command("driver.reload-or-exit"))
        );
        assert_eq!(request("d"), Some(Request::Dump));
        assert_eq!(request("stop"), None);
    }

    #[test]
    fn results_are_exit_codes() {
        assert_eq!(result(Outcome::Handled).code(), 0);
        assert_eq!(result(Outcome::Invalid).code(), 2);
    }
}
