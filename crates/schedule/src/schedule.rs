//! All timers.

use std::time::Duration;

use model::Tick;

use crate::request::{Request, Sender};
use crate::timer::Timer;

/// The daemon ends when it has had nothing to do for so long.
pub const IDLE_TIME: Duration = Duration::from_secs(15);
/// Timers at a time; one more is refused.
pub const TIMERS_MAX: usize = 10_000;

/// A script to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its last argument.
    pub argument: String,
    /// The timer that was due, for the environment; `None` for the command of a CANCEL.
    pub timer: Option<Timer>,
}

/// The timers that run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Schedule {
    /// In the order in which they were started.
    timers: Vec<Timer>,
    /// Since when there has been none.
    idle_since: Tick,
}

impl Schedule {
    /// No timers yet.
    #[must_use]
    pub fn new(now: Tick) -> Self {
        Self {
            timers: Vec::new(),
            idle_since: now,
        }
    }

    /// The timers, in the order in which they were started.
    #[must_use]
    pub fn timers(&self) -> &[Timer] {
        &self.timers
    }

    /// Carries a request out. Lists are the caller's to write.
    pub fn take(&mut self, request: Request, now: Tick) -> Vec<Run> {
        match request {
            Request::Start {
                name,
                after,
                shared,
                sender,
            } => self.start(name, now + after, shared, &sender),
            Request::Cancel {
                name,
                command,
                matched,
                sender,
            } => return self.cancel(&name, command, matched.then_some(&sender), now),
            Request::List => {}
        }
        Vec::new()
    }

    /// Whether there is room for another timer.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.timers.len() >= TIMERS_MAX
    }

    /// Takes out what is due, in the order in which it is due, and of what is due at the same time in the order in which
    /// it was started.
    pub fn due(&mut self, now: Tick) -> Vec<Run> {
        let (mut due, waiting): (Vec<_>, Vec<_>) = std::mem::take(&mut self.timers)
            .into_iter()
            .partition(|timer| timer.due <= now);
        self.timers = waiting;
        due.sort_by_key(|timer| timer.due);
        self.note_idle(!due.is_empty(), now);
        let run = |timer: Timer| Run {
            argument: timer.name.clone(),
            timer: Some(timer),
        };
        due.into_iter().map(run).collect()
    }

    /// When something is to be done next: a timer is due, or the daemon may end.
    #[must_use]
    pub fn wake_at(&self) -> Tick {
        let due = self.timers.iter().map(|timer| timer.due).min();
        due.unwrap_or(self.idle_since + IDLE_TIME)
    }

    /// Whether nothing has been to do for long enough.
    #[must_use]
    pub fn is_over(&self, now: Tick) -> bool {
        self.timers.is_empty() && now >= self.idle_since + IDLE_TIME
    }

    /// A client came or a script ended: not idle yet.
    pub fn stir(&mut self, now: Tick) {
        self.idle_since = now;
    }

    fn start(&mut self, name: String, due: Tick, shared: bool, sender: &Sender) {
        let mut running = self.timers.iter_mut().filter(|timer| timer.name == name);
        if let Some(timer) = running.next().filter(|_| shared) {
            timer.join(sender);
        } else if !self.is_full() {
            self.timers.push(Timer::new(name, due, sender));
        }
    }

    fn cancel(
        &mut self,
        name: &str,
        command: String,
        matching: Option<&Sender>,
        now: Tick,
    ) -> Vec<Run> {
        let before = self.timers.len();
        self.timers.retain(|timer| {
            timer.name != name || matching.is_some_and(|sender| !timer.matches(sender))
        });
        let cancelled = self.timers.len() < before;
        self.note_idle(cancelled, now);
        if cancelled || command.is_empty() {
            return Vec::new();
        }
        vec![Run {
            argument: command,
            timer: None,
        }]
    }

    fn note_idle(&mut self, changed: bool, now: Tick) {
        if changed && self.timers.is_empty() {
            self.idle_since = now;
        }
    }
}

#[cfg(test)]
mod tests;
