//! Writing a recording while it happens.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Head;
use crate::words::quoted;

/// Bytes after which a recording ends: about a day of a device whose readings move, and small enough to attach to a report.
pub const SIZE_MAX: usize = 8 << 20;

/// A recording that is being made; clones write to the same one. What is said is written at once and whole, as the process may
/// end at any time. That writing fails is no reason to stop serving the device: the recording ends, and [`Tape::trouble`] tells
/// why.
#[derive(Clone)]
pub struct Tape(Arc<Mutex<State>>);

/// Tells the time since the start.
type Now = Box<dyn Fn() -> Duration + Send>;

struct State {
    now: Now,
    /// Nothing when the recording has ended.
    to: Option<Box<dyn Write + Send>>,
    left: usize,
    /// The words of a step that is written when something is said in it.
    pending: Option<String>,
    /// Who is open.
    who: Vec<String>,
    /// The last answer to each of its calls.
    known: BTreeMap<String, String>,
    /// The last exchange that was written.
    last: String,
    trouble: Option<String>,
}

impl Tape {
    /// A recording in a new file; `now` tells the time since the start.
    ///
    /// # Errors
    /// The file cannot be made; it exists, for instance.
    pub fn create(
        path: &Path,
        head: &Head,
        now: impl Fn() -> Duration + Send + 'static,
    ) -> io::Result<Self> {
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o640)
            .open(path)?;
        Ok(Self::onto(file, head, now))
    }

    /// A recording that goes anywhere.
    #[must_use]
    pub fn onto(
        to: impl Write + Send + 'static,
        head: &Head,
        now: impl Fn() -> Duration + Send + 'static,
    ) -> Self {
        let tape = Self(Arc::new(Mutex::new(State {
            now: Box::new(now),
            to: Some(Box::new(to)),
            left: SIZE_MAX,
            pending: None,
            who: Vec::new(),
            known: BTreeMap::new(),
            last: String::new(),
            trouble: None,
        })));
        tape.state().write(&head.to_string());
        tape
    }

    /// The driver is told to do this, now.
    pub fn step(&self, words: &[&str]) {
        let mut state = self.state();
        state.pending = None;
        let line = state.step(&line(words));
        state.write(&line);
    }

    /// The same, but the step is written only if something is said in it, with the time of that.
    pub fn step_if_heard(&self, words: &[&str]) {
        self.state().pending = Some(line(words));
    }

    /// A device was opened: lines that say who it is, and lines that may be others the next time it is opened. One that was
    /// opened before need not say everything again.
    pub fn device(&self, who: &[String], now: &[String]) {
        let mut state = self.state();
        if state.who != who {
            state.who = who.to_vec();
            state.known.clear();
        }
        state.last.clear();
        let lines = who.iter().chain(now);
        let text: String = lines.map(|line| format!("@ {line}\n")).collect();
        state.say(&text);
    }

    /// An exchange.
    pub fn say(&self, call: &str, answer: &str) {
        self.state().exchange(call, answer);
    }

    /// An exchange, unless the same call had the same answer the last time.
    pub fn say_news(&self, call: &str, answer: &str) {
        let mut state = self.state();
        if state.known.get(call).map(String::as_str) != Some(answer) {
            state.known.insert(call.to_owned(), answer.to_owned());
            state.exchange(call, answer);
        }
    }

    /// An exchange, unless it is the same as the last one that was written: for devices that speak by themselves, over and over.
    pub fn say_unless_repeated(&self, call: &str, answer: &str) {
        let mut state = self.state();
        if state.last != exchange(call, answer) {
            state.exchange(call, answer);
        }
    }

    /// Why the recording has ended; told once.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.state().trouble.take()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The line of a step that happens now.
    fn step(&self, words: &str) -> String {
        format!("= {:.3} {words}\n", (self.now)().as_secs_f64())
    }

    fn exchange(&mut self, call: &str, answer: &str) {
        let text = exchange(call, answer);
        self.say(&text);
        self.last = text;
    }

    fn say(&mut self, text: &str) {
        match self.pending.take() {
            Some(words) => {
                let step = self.step(&words);
                self.write(&(step + text));
            }
            None => self.write(text),
        }
    }

    fn write(&mut self, text: &str) {
        let Some(to) = &mut self.to else { return };
        let why = match self.left.checked_sub(text.len()) {
            Some(left) => {
                self.left = left;
                to.write_all(text.as_bytes())
                    .and_then(|()| to.flush())
                    .err()
                    .map(|why| why.to_string())
            }
            None => {
                let why = format!("it has reached {} MiB", SIZE_MAX >> 20);
                let _ = writeln!(to, "# the end: {why}");
                Some(why)
            }
        };
        if let Some(why) = why {
            self.trouble = Some(format!("recording has ended: {why}"));
            self.to = None;
        }
    }
}

fn exchange(call: &str, answer: &str) -> String {
    let space = if answer.is_empty() { "" } else { " " };
    format!("> {call}\n<{space}{answer}\n")
}

fn line(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    words.join(" ")
}

impl fmt::Debug for Tape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tape")
    }
}

#[cfg(test)]
mod tests;
