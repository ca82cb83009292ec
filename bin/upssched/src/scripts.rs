//! CMDSCRIPT, run without a shell (spec upssched.md, sections 2 and 5.2).

use std::collections::{HashMap, VecDeque};
use std::process::{Command, ExitStatus, Stdio};

use schedule::Run;
use tokio::process::Command as AsyncCommand;
use tracing::{debug, error};

/// Scripts that run at the same time; more of them wait.
const RUNNING_MAX: usize = 32;

/// EXECUTE: runs the script to its end, with our environment.
pub(crate) fn run_now(script: &[String], argument: &str) {
    let Some((program, args)) = script.split_first() else {
        return;
    };
    let mut command = Command::new(program);
    command.args(args).arg(argument);
    match command.status() {
        Ok(status) => log_end(program, argument, status),
        Err(why) => error!("cannot run {program} {argument}: {why}"),
    }
}

/// The scripts of timers. Those of one name run one after the other, those of different names side by side.
#[derive(Debug, Default)]
pub(crate) struct Scripts {
    /// What runs, by name, and what waits for it.
    busy: HashMap<String, VecDeque<Run>>,
    /// What waits because too many run.
    waiting: VecDeque<Run>,
}

impl Scripts {
    /// What may start now; the others are kept.
    pub(crate) fn admit(&mut self, run: Run) -> Option<Run> {
        if let Some(queue) = self.busy.get_mut(&run.argument) {
            queue.push_back(run);
            return None;
        }
        if self.busy.len() >= RUNNING_MAX {
            self.waiting.push_back(run);
            return None;
        }
        self.busy.insert(run.argument.clone(), VecDeque::new());
        Some(run)
    }

    /// A script has ended: what may start in its place.
    pub(crate) fn ended(&mut self, name: &str) -> Option<Run> {
        if let Some(next) = self.busy.get_mut(name).and_then(VecDeque::pop_front) {
            return Some(next);
        }
        self.busy.remove(name);
        let next = self.waiting.pop_front()?;
        self.admit(next)
    }

    /// Whether nothing runs or waits.
    pub(crate) fn is_idle(&self) -> bool {
        self.busy.is_empty() && self.waiting.is_empty()
    }
}

/// Runs the script of a timer that was due, to its end.
pub(crate) async fn run(script: &[String], run: &Run) {
    let Some((program, args)) = script.split_first() else {
        return;
    };
    let mut command = AsyncCommand::new(program);
    command.args(args).arg(&run.argument).stdin(Stdio::null());
    // the daemon has none of these in its own environment
    let timer = run.timer.as_ref();
    for (name, value) in [
        ("NOTIFYTYPE", timer.and_then(schedule::Timer::notice_text)),
        ("UPSNAME", timer.and_then(schedule::Timer::ups_text)),
        ("NOTIFYMSG", timer.and_then(schedule::Timer::message_text)),
    ] {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    match command.status().await {
        Ok(status) => log_end(program, &run.argument, status),
        Err(why) => error!("cannot run {program} {}: {why}", run.argument),
    }
}

fn log_end(program: &str, argument: &str, status: ExitStatus) {
    if status.success() {
        debug!("{program} {argument} ended");
    } else {
        error!("{program} {argument} failed: {status}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(name: &str) -> Run {
        Run {
            argument: name.to_owned(),
            timer: None,
        }
    }

    #[test]
    fn scripts_of_one_name_wait_for_each_other() {
        let mut scripts = Scripts::default();
        assert_eq!(scripts.admit(run("a")), Some(run("a")));
        assert_eq!(scripts.admit(run("b")), Some(run("b")));
        assert_eq!(scripts.admit(run("a")), None);
        assert_eq!(scripts.ended("b"), None);
        assert_eq!(scripts.ended("a"), Some(run("a")));
        assert!(!scripts.is_idle());
        assert_eq!(scripts.ended("a"), None);
        assert!(scripts.is_idle());
    }

    #[test]
    fn only_so_many_run_and_none_is_lost() {
        let mut scripts = Scripts::default();
        let names: Vec<_> = (0..100).map(|number| number.to_string()).collect();
        let mut running: VecDeque<_> = names
            .iter()
            .filter_map(|name| scripts.admit(run(name)))
            .collect();
        assert_eq!(running.len(), RUNNING_MAX);
        let mut done = Vec::new();
        while let Some(ended) = running.pop_front() {
            running.extend(scripts.ended(&ended.argument));
            done.push(ended.argument);
        }
        assert_eq!(done, names);
        assert!(scripts.is_idle());
    }
}
