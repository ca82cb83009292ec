//! When the port of a device is reset, the last resort: decided from what happened, without a clock.
//!
//! ```text
//! opened, answers ------> nothing is wrong
//! opened, lost before any answer, three times in a row ------> reset the port, at most twice until it answers or is replugged
//! ```
//!
//! When a device is tried again is not decided here: a driver's framework does that for every bus.

/// Openings without any answer after which the port is reset.
const OPENINGS_BEFORE_RESET: u32 = 3;
/// Resets until the device answers again.
const RESETS_MAX: u32 = 2;

/// What is known; changed only by [`Health::step`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Openings since the last answer or reset.
    openings: u32,
    /// Resets since the last answer.
    resets: u32,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// The device was opened.
    Opened,
    /// It was read with success.
    Answered,
    /// It is given up for now, and still open.
    Lost,
    /// It is not on the bus: when it is plugged in again it has had its reset.
    Absent,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Nothing special.
    Go,
    /// Reset its port before closing it.
    Reset,
}

impl Health {
    /// What is known after `event`, and what to do.
    #[must_use]
    pub const fn step(self, event: Event) -> (Self, Advice) {
        let Self { openings, resets } = self;
        match event {
            Event::Opened => {
                let openings = openings.saturating_add(1);
                (Self { openings, resets }, Advice::Go)
            }
            Event::Lost if openings >= OPENINGS_BEFORE_RESET && resets < RESETS_MAX => {
                let resets = resets.saturating_add(1);
                let openings = 0;
                (Self { openings, resets }, Advice::Reset)
            }
            Event::Lost => (self, Advice::Go),
            Event::Answered | Event::Absent => (
                Self {
                    openings: 0,
                    resets: 0,
                },
                Advice::Go,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the rounds, each an opening, what then comes, and the loss, after which the port is reset.
    fn resets(rounds: usize, then: impl Fn(usize) -> Option<Event>) -> Vec<usize> {
        let mut health = Health::default();
        let mut reset = Vec::new();
        for round in 1..=rounds {
            health = health.step(Event::Opened).0;
            if let Some(event) = then(round) {
                health = health.step(event).0;
            }
            let (next, advice) = health.step(Event::Lost);
            health = next;
            if advice == Advice::Reset {
                reset.push(round);
            }
        }
        reset
    }

    #[test]
    fn a_device_that_never_answers_is_reset_twice_and_then_left_alone() {
        assert_eq!(resets(100, |_| None), [3, 6]);
    }

    #[test]
    fn a_device_that_answers_is_never_reset() {
        assert_eq!(resets(100, |_| Some(Event::Answered)), [0; 0]);
        assert_eq!(
            resets(100, |round| (round % 3 == 2).then_some(Event::Answered)),
            [0; 0]
        );
    }

    #[test]
    fn who_was_unplugged_has_new_chances() {
        let unplugged = |round| (round == 10).then_some(Event::Absent);
        assert_eq!(resets(100, unplugged), [3, 6, 13, 16]);
    }
}
