//! When a device is tried again, opened again, reset: decided from what happened and when, without a clock.
//!
//! ```text
//! open ---- 3 failures in a row, or one that says so ----> lost: try at once, then after 1, 2, 4 ... 30 s
//!   ^                                                        |  not on the bus: look every second
//!   '-- an answer -- opened, on trial <---- opened ----------'
//!                       |  opened 3 times without an answer between: reset the port, at most twice
//!                       '-> lost
//! ```
//!
//! Looking whether the device is there costs little and is done every second, so that a device that comes back is served
//! soon; attempts on a device that is there and does not work become rarer (spec users.md, pain 1).

use std::time::Duration;

use crate::error::{Error, Meaning};

/// Failures in a row after which a device that is still there is opened again.
const FAILURES_MAX: u32 = 3;
/// Openings without any answer after which the port is reset.
const OPENINGS_BEFORE_RESET: u32 = 3;
/// Resets until the device answers again.
const RESETS_MAX: u32 = 2;
/// How often to look for a device that is not on the bus, and the first pause after a failed attempt.
pub const LOOK: Duration = Duration::from_secs(1);
/// The longest pause.
pub const PAUSE_MAX: Duration = Duration::from_secs(30);

/// What is known; changed only by [`Health::step`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Not before this; `None` while the device is open.
    next: Option<Duration>,
    /// Failures since the last answer or opening.
    failures: u32,
    /// Failed attempts to open since the device was on the bus.
    attempts: u32,
    /// Openings since the last answer.
    openings: u32,
    /// Resets since the last answer.
    resets: u32,
    /// When it was opened last; it is not opened twice within a second, however well it answers between.
    opened: Option<Duration>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A request was answered; a stalled one, too, as it takes a living device to refuse.
    Answered,
    /// All requests of a round failed, and perhaps the next will not.
    Failed,
    /// The device is gone, or somebody else's.
    Lost,
    /// An attempt to open it succeeded.
    Opened,
    /// It was not opened, as it is not on the bus.
    Absent,
    /// It is there and was not opened.
    Refused,
    /// Nothing: what is to be done now?
    Tick,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Use the device.
    Use,
    /// Open it, now.
    Open,
    /// Reset its port, close it, and open it when the time has come.
    Reset,
    /// Close it if it is open; nothing before that time.
    Wait(Duration),
}

impl Event {
    /// What an error of a control transfer means. That the interrupt endpoint has nothing to say is no failure: callers
    /// leave its [`Error::Timeout`] out.
    #[must_use]
    pub const fn of(error: &Error) -> Self {
        match (error, error.meaning()) {
            (Error::Stalled(_), _) => Self::Answered,
            (_, Meaning::Reopen) => Self::Lost,
            _ => Self::Failed,
        }
    }
}

impl Health {
    /// What is known after `event`, and what to do. `now` is the time since some start.
    #[must_use]
    pub fn step(self, event: Event, now: Duration) -> (Self, Advice) {
        match event {
            Event::Answered if self.next.is_none() => (
                Self {
                    opened: self.opened,
                    ..Self::default()
                },
                Advice::Use,
            ),
            Event::Failed if self.next.is_none() => self.failed(now),
            Event::Lost if self.next.is_none() => self.lost(now),
            Event::Opened => self.opened(now),
            Event::Absent => Self {
                attempts: 0,
                ..self
            }
            .wait(now, LOOK),
            Event::Refused => {
                let attempts = self.attempts.saturating_add(1);
                Self { attempts, ..self }.wait(now, pause(self.attempts))
            }
            Event::Answered | Event::Failed | Event::Lost | Event::Tick => (self, self.advice(now)),
        }
    }

    /// What an attempt to open the device came to.
    #[must_use]
    pub const fn opening<T>(result: &Result<T, Error>) -> Event {
        match result {
            Ok(_) => Event::Opened,
            Err(Error::Gone(_)) => Event::Absent,
            Err(_) => Event::Refused,
        }
    }

    /// Whether the device is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.next.is_none()
    }

    fn failed(self, now: Duration) -> (Self, Advice) {
        let failures = self.failures.saturating_add(1);
        if failures < FAILURES_MAX {
            (Self { failures, ..self }, Advice::Use)
        } else {
            self.lost(now)
        }
    }

    /// At once after it has worked, later and later when it was opened in vain.
    fn lost(self, now: Duration) -> (Self, Advice) {
        let due = self.openings >= OPENINGS_BEFORE_RESET && self.resets < RESETS_MAX;
        if due {
            let resets = self.resets.saturating_add(1);
            let next = Some(now.saturating_add(LOOK));
            return (
                Self {
                    next,
                    failures: 0,
                    attempts: 0,
                    openings: 0,
                    resets,
                    ..self
                },
                Advice::Reset,
            );
        }
        let rest = self.opened.map_or(Duration::ZERO, |opened| {
            opened.saturating_add(LOOK).saturating_sub(now)
        });
        let after = match self.openings.saturating_add(self.resets) {
            0 => rest,
            in_vain => pause(in_vain.saturating_sub(1)).max(rest),
        };
        Self {
            failures: 0,
            attempts: 0,
            ..self
        }
        .wait(now, after)
    }

    fn opened(self, now: Duration) -> (Self, Advice) {
        let openings = self.openings.saturating_add(1);
        (
            Self {
                next: None,
                failures: 0,
                attempts: 0,
                openings,
                opened: Some(now),
                ..self
            },
            Advice::Use,
        )
    }

    fn wait(self, now: Duration, after: Duration) -> (Self, Advice) {
        let next = now.saturating_add(after);
        let lost = Self {
            next: Some(next),
            ..self
        };
        (lost, lost.advice(now))
    }

    fn advice(&self, now: Duration) -> Advice {
        match self.next {
            None => Advice::Use,
            Some(next) if next <= now => Advice::Open,
            Some(next) => Advice::Wait(next),
        }
    }
}

fn pause(before: u32) -> Duration {
    let factor = 1u32.checked_shl(before.min(16)).unwrap_or(u32::MAX);
    LOOK.saturating_mul(factor).min(PAUSE_MAX)
}

#[cfg(test)]
mod tests;
