//! What the main thread has been told, so that it is not woken for a poll that brings nothing new.
//!
//! A report changes nothing when everything in it was told before. With one exception: whether a battery is charging is
//! told from its charge in two reports, so the one after a change counts as well.
//!
//! Only hashes are kept; a driver publishes hundreds of values, and most of them never change.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use model::status::Status;

use crate::report::{Report, Update};

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Told {
    updates: BTreeMap<u64, u64>,
    status: Option<Status>,
    alarms: Option<Vec<String>>,
    /// Nothing has changed since a report that was told, and that had a status if there is one at all.
    settled: bool,
    /// Of the settings that were in force.
    epoch: u64,
}

impl Told {
    /// Whether a report has to be told, given that it is if it has to. `epoch` changes with the settings: then all is news.
    pub(crate) fn is_news(&mut self, report: &Report, epoch: u64) -> bool {
        if self.epoch != epoch {
            self.forget();
            self.epoch = epoch;
        }
        let mut news = false;
        for update in &report.updates {
            let now = hash(update);
            news |= self.updates.insert(hash(&aspect(update)), now) != Some(now);
        }
        news |= replaced(&mut self.status, report.status.as_ref());
        news |= replaced(&mut self.alarms, report.alarms.as_ref());
        let has_status = report.status.is_some() || self.status.is_none();
        let was_settled = self.settled;
        self.settled = !news && (was_settled || has_status);
        news || !was_settled
    }

    /// Something else has changed what is published.
    pub(crate) fn forget(&mut self) {
        *self = Self {
            epoch: self.epoch,
            ..Self::default()
        };
    }
}

/// What an update is about: a later one about the same replaces it.
fn aspect(update: &Update) -> (u8, &str) {
    match update {
        Update::Set { var, .. } | Update::Remove { var } => (0, var),
        Update::Flags { var, .. } => (1, var),
        Update::MaxLen { var, .. } => (2, var),
        Update::Choices { var, .. } => (3, var),
        Update::Ranges { var, .. } => (4, var),
        Update::AddCommand { name } | Update::RemoveCommand { name } => (5, name),
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Takes the new value over, if there is one; whether it is another.
fn replaced<T: Clone + PartialEq>(known: &mut Option<T>, new: Option<&T>) -> bool {
    let differs = new.is_some() && known.as_ref() != new;
    if differs {
        *known = new.cloned();
    }
    differs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Published;

    type Fill = fn(&mut Report);

    /// For each report whether it has to be told.
    fn told(reports: &[Fill]) -> Vec<bool> {
        let mut told = Told::default();
        let judge = |fill: &Fill| {
            let mut report = Report::default();
            fill(&mut report);
            told.is_news(&report, 0)
        };
        reports.iter().map(judge).collect()
    }

    const FIRST: Fill = |report| _ = report.status("OL").no_alarms().set("battery.charge", "97");
    const MORE: Fill = |report| _ = report.status("OL").set("battery.charge", "98");

    #[test]
    fn what_is_repeated_is_told_twice_and_then_no_more() {
        assert_eq!(told(&[FIRST; 5]), [true, true, false, false, false]);
        let changing: [Fill; 6] = [FIRST, FIRST, FIRST, MORE, MORE, MORE];
        assert_eq!(told(&changing), [true, true, false, true, true, false]);
    }

    #[test]
    fn a_report_that_says_less_is_no_change() {
        let less: Fill = |report| _ = report.status("OL");
        assert_eq!(
            told(&[FIRST, FIRST, less, FIRST]),
            [true, true, false, false]
        );
    }

    #[test]
    fn the_second_telling_is_one_with_a_status() {
        let value: Fill = |report| _ = report.set("battery.charge", "97");
        assert_eq!(
            told(&[FIRST, value, FIRST, value, FIRST]),
            [true, true, true, false, false]
        );
        assert_eq!(told(&[value; 3]), [true, true, false], "there is none");
    }

    #[test]
    fn every_kind_of_change_is_told() {
        let changes: [Fill; 9] = [
            |report| _ = report.set("a", "1"),
            |report| _ = report.remove("a"),
            |report| _ = report.max_len("a", 1),
            |report| _ = report.choices("a", &["x"]),
            |report| _ = report.ranges("a", &[]),
            |report| _ = report.add_command("a"),
            |report| _ = report.remove_command("a"),
            |report| _ = report.no_alarms(),
            |report| _ = report.alarm("x"),
        ];
        assert_eq!(told(&changes), [true; 9]);
        let (set, removed) = (changes[0], changes[1]);
        assert_eq!(told(&[set, removed, set, removed]), [true; 4]);
    }

    #[test]
    fn with_new_settings_and_after_anything_else_all_is_news() {
        let mut report = Report::default();
        FIRST(&mut report);
        let mut told = Told::default();
        let news = [0, 0, 0, 1, 1, 1].map(|epoch| told.is_news(&report, epoch));
        assert_eq!(news, [true, true, false, true, true, false]);
        told.forget();
        assert!(told.is_news(&report, 1));
    }

    /// The rule of the module, in every small world: who applies only what has to be told publishes the same at every
    /// moment.
    #[test]
    fn leaving_out_what_is_no_news_changes_nothing() {
        const STEPS: u32 = 5;
        for world in 0..6u32.pow(STEPS) {
            let (mut all, mut some) = (Published::default(), Published::default());
            let mut told = Told::default();
            for step in 0..STEPS {
                let choice = world / 6u32.pow(step) % 6;
                let mut report = Report::default();
                report.set("battery.charge", (choice % 2).to_string());
                match choice / 2 {
                    0 => {}
                    1 => _ = report.status("OL"),
                    _ => _ = report.status("OB"),
                }
                if told.is_news(&report, 0) {
                    let _ = some.apply(report.clone());
                }
                let _ = all.apply(report);
                assert_eq!(all.listing(), some.listing(), "world {world}, step {step}");
            }
        }
    }
}
