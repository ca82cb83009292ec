//! How many mistakes of a driver, or refusals of clients, the log is told: what is repeated without end must not fill a disk.

use std::time::Duration;

use model::Tick;

/// Complaints told in each span.
const TOLD_MAX: u32 = 10;
/// After it as many are told again.
const SPAN: Duration = Duration::from_secs(60);

/// Complaints about one driver, or of one kind about all clients.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Complaints {
    /// When the span began.
    since: Tick,
    told: u32,
    withheld: u64,
}

impl Complaints {
    /// Whether one more is to be told; if so, with the number of those that were withheld before it.
    pub(crate) fn admit(&mut self, now: Tick) -> Option<u64> {
        if now.since(self.since) >= SPAN {
            self.since = now;
            self.told = 0;
        }
        if self.told >= TOLD_MAX {
            self.withheld += 1;
            return None;
        }
        self.told += 1;
        Some(std::mem::take(&mut self.withheld))
    }

    /// How many were withheld, once a span is over in which some were.
    pub(crate) fn rest(&mut self, now: Tick) -> Option<u64> {
        let over = now.since(self.since) >= SPAN && self.withheld > 0;
        over.then(|| std::mem::take(&mut self.withheld))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_a_minute_are_told_and_the_others_counted() {
        let mut complaints = Complaints::default();
        let told = (0..100).filter_map(|_| complaints.admit(Tick::secs(5)));
        assert_eq!(told.collect::<Vec<_>>(), [0; 10]);
        assert_eq!(complaints.admit(Tick::secs(59)), None);
        assert_eq!(complaints.admit(Tick::secs(60)), Some(91));
        assert_eq!(complaints.admit(Tick::secs(61)), Some(0));
    }
}
