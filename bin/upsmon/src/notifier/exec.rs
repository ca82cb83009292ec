//! NOTIFYCMD: a program of the administrator, run without a shell.
//!
//! It gets the message as its last argument, and UPSNAME and NOTIFYTYPE beside our environment. What it says on
//! standard error is kept for the log. It is never killed: only it knows what it is in the middle of.

use std::cell::RefCell;
use std::process::{ExitStatus, Stdio};
use std::rc::Rc;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::{Child, ChildStderr, Command};
use tokio::task::{JoinHandle, spawn_local};
use tokio::time::timeout;
use tracing::{debug, error};

use super::{Delivery, NotifyCommand};

/// How many scripts may run at a time; more, and the next ones are not started.
const RUNNING_MAX: usize = 32;
/// How much of what a script says on standard error is kept: the end of it.
const TOLD_MAX: usize = 4096;
/// What a script has left behind in the pipe is read within this time.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// The scripts that run.
#[derive(Debug, Default)]
pub(super) struct Scripts {
    /// Each has a share.
    running: Rc<()>,
    /// Each whose standard error is open has a share; a daemon that a script has started may keep it for long.
    open: Rc<()>,
}

/// A script that runs. Dropped, it runs on and its end is noted all the same.
#[derive(Debug)]
pub(super) struct Script {
    name: String,
    watch: JoinHandle<()>,
}

impl Script {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Returns when it has ended. Dropping the future loses nothing.
    pub(super) async fn ended(&mut self) {
        let _ = (&mut self.watch).await;
    }
}

impl Scripts {
    /// Runs `command` for `delivery`. None when that is not possible, which is logged.
    pub(super) fn start(&self, command: &NotifyCommand, delivery: &Delivery) -> Option<Script> {
        let name = name(delivery);
        let (program, args) = command.argv.split_first()?;
        if Rc::strong_count(&self.running) > RUNNING_MAX {
            error!("{name} is not run: {RUNNING_MAX} earlier ones have not ended");
            return None;
        }
        let mut ready = Command::new(program);
        ready
            .args(args)
            .arg(&delivery.message)
            .env("UPSNAME", delivery.ups.as_deref().unwrap_or_default())
            .env("NOTIFYTYPE", delivery.notice.name())
            .stdin(Stdio::null());
        if Rc::strong_count(&self.open) <= RUNNING_MAX {
            ready.stderr(Stdio::piped());
        }
        match ready.spawn() {
            Ok(child) => Some(self.watch(child, name)),
            Err(why) => {
                error!("{name} cannot be run: {program}: {why}");
                None
            }
        }
    }

    fn watch(&self, mut child: Child, name: String) -> Script {
        let stderr = child.stderr.take();
        let told = stderr.map(|stderr| Told::listen(stderr, Rc::clone(&self.open)));
        let running = Rc::clone(&self.running);
        let about = name.clone();
        let watch = spawn_local(async move {
            let ended = child.wait().await;
            let words = match told {
                Some(told) => told.last_words().await,
                None => String::new(),
            };
            match ended {
                Ok(status) => log_end(&about, status, &words),
                Err(why) => error!("{about} is out of sight: {why}"),
            }
            drop(running);
        });
        Script { name, watch }
    }
}

fn name(delivery: &Delivery) -> String {
    match &delivery.ups {
        Some(ups) => format!("NOTIFYCMD for {} of {ups}", delivery.notice.name()),
        None => format!("NOTIFYCMD for {}", delivery.notice.name()),
    }
}

fn log_end(name: &str, status: ExitStatus, words: &str) {
    let line = end(name, status, words);
    if status.success() {
        debug!("{line}");
    } else {
        error!("{line}");
    }
}

fn end(name: &str, status: ExitStatus, words: &str) -> String {
    let result = if status.success() { "ended" } else { "failed" };
    let said = if words.is_empty() { "" } else { "; it said: " };
    format!("{name} {result}: {status}{said}{words}")
}

/// What a script says on standard error. It is listened to until all who have it open are gone, so that none of them
/// is ended by a closed pipe.
#[derive(Debug)]
struct Told {
    tail: Rc<RefCell<Vec<u8>>>,
    reader: JoinHandle<()>,
}

impl Told {
    fn listen(mut stderr: ChildStderr, open: Rc<()>) -> Self {
        let tail = Rc::new(RefCell::default());
        let kept = Rc::clone(&tail);
        let reader = spawn_local(async move {
            let mut buffer = [0; 1024];
            while let Ok(count @ 1..) = stderr.read(&mut buffer).await {
                keep(
                    &mut kept.borrow_mut(),
                    buffer.get(..count).unwrap_or_default(),
                );
            }
            drop(open);
        });
        Self { tail, reader }
    }

    /// The end of it, in one line.
    async fn last_words(mut self) -> String {
        let _ = timeout(LAST_WORDS, &mut self.reader).await;
        one_line(&self.tail.borrow())
    }
}

fn keep(tail: &mut Vec<u8>, more: &[u8]) {
    tail.extend_from_slice(more);
    let excess = tail.len().saturating_sub(TOLD_MAX);
    tail.drain(..excess);
}

fn one_line(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().map(|line| line.replace(char::is_control, " "));
    let lines: Vec<_> = lines.filter(|line| !line.trim().is_empty()).collect();
    lines.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::process::ExitStatusExt;

    #[test]
    fn the_log_names_event_ups_code_and_last_words() {
        let status = ExitStatus::from_raw(3 << 8);
        assert_eq!(
            end("NOTIFYCMD for ONBATT of a@b", status, "no route | gave up"),
            "NOTIFYCMD for ONBATT of a@b failed: exit status: 3; it said: no route | gave up"
        );
        let killed = end("NOTIFYCMD for SHUTDOWN", ExitStatus::from_raw(9), "");
        assert_eq!(killed, "NOTIFYCMD for SHUTDOWN failed: signal: 9 (SIGKILL)");
    }

    #[test]
    fn only_the_end_of_long_complaints_is_kept_and_in_one_line() {
        let mut tail = Vec::new();
        keep(&mut tail, &[b'a'; 3000]);
        keep(&mut tail, &[b'b'; 3000]);
        assert_eq!(tail.len(), TOLD_MAX);
        assert!(tail.starts_with(b"a") && tail.ends_with(b"b"));
        assert_eq!(
            one_line(b"one\r\n\n\x1b[1mtwo\xff\n"),
            "one |  [1mtwo\u{fffd}"
        );
        assert_eq!(one_line(b"\n \n"), "");
    }
}
