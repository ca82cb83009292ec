//! Processes that are nobody's child any more: daemons that a short-lived program has left behind.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::fs;

/// Sends a signal to a process that a test knows to be its own.
pub fn signal_process(pid: i32, signal: Signal) {
    let _ = kill(Pid::from_raw(pid), signal);
}

/// Whether a process runs; one that is dead and not yet reaped does not.
#[must_use]
pub fn is_running(pid: i32) -> bool {
    fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}
