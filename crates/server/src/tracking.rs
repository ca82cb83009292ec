//! Tracked requests and what became of them (spec net-protocol.md, section 11).

use std::collections::HashMap;
use std::time::Duration;

use model::Tick;
use proto::{Outcome, TrackingId};

/// Requests remembered at once; beyond that the oldest is forgotten.
const ENTRIES_MAX: usize = 10_000;

/// All tracked requests that can still be asked for.
#[derive(Debug, Default)]
pub(crate) struct Tracking {
    entries: HashMap<TrackingId, (Outcome, Tick)>,
}

impl Tracking {
    /// Begins to track a request.
    pub(crate) fn begin(&mut self, id: TrackingId, now: Tick) {
        if self.entries.len() >= ENTRIES_MAX {
            let oldest = self
                .entries
                .iter()
                .min_by_key(|(_, (_, since))| *since)
                .map(|(id, _)| *id);
            if let Some(oldest) = oldest {
                self.entries.remove(&oldest);
            }
        }
        self.entries.insert(id, (Outcome::Pending, now));
    }

    /// Records a result; false when no such request is known.
    pub(crate) fn settle(&mut self, id: TrackingId, outcome: Outcome) -> bool {
        match self.entries.get_mut(&id) {
            Some((known, _)) => {
                *known = outcome;
                true
            }
            None => false,
        }
    }

    /// What became of a request; an unknown one counts as such.
    pub(crate) fn outcome(&self, id: &str) -> Outcome {
        let entry = TrackingId::parse(id).and_then(|id| self.entries.get(&id));
        entry.map_or(Outcome::Unknown, |(outcome, _)| *outcome)
    }

    /// Forgets requests that began longer ago than `delay`.
    pub(crate) fn expire(&mut self, now: Tick, delay: Duration) {
        self.entries
            .retain(|_, (_, since)| now.since(*since) <= delay);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(byte: u8) -> TrackingId {
        TrackingId::from_random([byte; 16])
    }

    #[test]
    fn a_result_is_kept_until_it_expires() {
        let mut tracking = Tracking::default();
        tracking.begin(id(1), Tick::secs(0));
        assert_eq!(tracking.outcome(&id(1).to_string()), Outcome::Pending);
        assert!(tracking.settle(id(1), Outcome::Failed));
        tracking.expire(Tick::secs(60), Duration::from_secs(60));
        assert_eq!(tracking.outcome(&id(1).to_string()), Outcome::Failed);
        tracking.expire(Tick::secs(61), Duration::from_secs(60));
        assert_eq!(tracking.outcome(&id(1).to_string()), Outcome::Unknown);
        assert!(!tracking.settle(id(1), Outcome::Handled));
    }

    #[test]
    fn the_oldest_gives_way_when_there_are_too_many() {
        let mut tracking = Tracking::default();
        for n in 0..=ENTRIES_MAX {
            let mut bytes = [0; 16];
            bytes[..8].copy_from_slice(&(n as u64).to_be_bytes()[..8]);
            bytes[8..].copy_from_slice(&(n as u64).to_be_bytes());
            tracking.begin(TrackingId::from_random(bytes), Tick::secs(n as u64));
        }
        assert_eq!(tracking.entries.len(), ENTRIES_MAX);
    }
}
