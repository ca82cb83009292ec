//! The device calls: a trap or an inform has the status read before the next poll is due.
//!
//! Nothing is taken from what it says, so whoever can make one only makes the driver ask, and that seldom.

use std::task::Waker;
use std::time::{Duration, Instant};

use driver::{Clock, Heard};
use snmp::{Peer, Traps, Waited};
use tracing::{debug, info, warn};

/// No more often than this a call has the device polled. One that comes sooner waits, or for the next poll.
const REST: Duration = Duration::from_secs(5);

/// A port that is listened on, and how often that matters.
#[derive(Debug)]
pub(crate) struct Calls {
    /// Nothing when it failed.
    traps: Option<Traps>,
    peer: Peer,
    clock: Clock,
    pace: Pace,
    waker: Waker,
}

impl Calls {
    pub(crate) fn new(traps: Traps, peer: Peer, clock: Clock) -> Self {
        Self {
            waker: traps.waker(),
            traps: Some(traps),
            peer,
            clock,
            pace: Pace::default(),
        }
    }

    /// What ends [`listen`](Self::listen) from another thread.
    pub(crate) fn waker(&self) -> Waker {
        self.waker.clone()
    }

    /// The device may have another address.
    pub(crate) fn renew(&mut self) {
        if let Some(traps) = &mut self.traps {
            traps.renew(&self.peer);
        }
    }

    /// It is polled now, for whatever reason.
    pub(crate) fn answered(&mut self) {
        self.pace.is_called = false;
    }

    /// Waits for a call that is to be answered now, at most so long.
    pub(crate) fn listen(&mut self, within: Duration) -> Heard {
        let until = Instant::now() + within;
        loop {
            let now = self.clock.since_start();
            let due = self.pace.due(now);
            if due == Some(Duration::ZERO) {
                self.pace.answer(now);
                return Heard::Called;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Heard::Nothing;
            }
            match self.wait(due.map_or(left, |due| due.min(left))) {
                Some(Waited::Called) => self.pace.is_called = true,
                Some(Waited::Woken) => return Heard::Nothing,
                Some(Waited::Nothing) => {}
                None => return Heard::Deaf,
            }
        }
    }

    /// What comes; nothing when nobody can listen.
    fn wait(&mut self, within: Duration) -> Option<Waited> {
        let traps = self.traps.as_mut()?;
        let waited = traps.wait(within);
        if let Some(complaint) = traps.complaint() {
            info!("{complaint}");
        }
        match waited {
            Ok(waited) => {
                debug!("traps: {waited:?}");
                Some(waited)
            }
            Err(error) => {
                warn!("traps are not heard any more: {error}");
                self.traps = None;
                None
            }
        }
    }
}

/// When a call is answered.
#[derive(Debug, Default)]
struct Pace {
    is_called: bool,
    answered: Option<Duration>,
}

impl Pace {
    /// How long until it is; nothing when there was no call.
    fn due(&self, now: Duration) -> Option<Duration> {
        let due = self.answered.map_or(now, |answered| answered + REST);
        self.is_called.then(|| due.saturating_sub(now))
    }

    const fn answer(&mut self, now: Duration) {
        self.is_called = false;
        self.answered = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_calls_one_is_answered_at_once_and_one_after_a_rest() {
        let second = Duration::from_secs(1);
        let mut pace = Pace::default();
        assert_eq!(pace.due(second), None);
        pace.is_called = true;
        assert_eq!(pace.due(second), Some(Duration::ZERO));
        pace.answer(second);
        assert_eq!(pace.due(second), None);
        pace.is_called = true;
        assert_eq!(pace.due(2 * second), Some(4 * second));
        assert_eq!(pace.due(6 * second), Some(Duration::ZERO));
        assert_eq!(pace.due(60 * second), Some(Duration::ZERO));
    }
}
