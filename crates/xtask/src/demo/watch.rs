//! What changed between two listings of upsc.

use std::collections::BTreeMap;
use std::time::Duration;

/// The last listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Watch {
    values: BTreeMap<String, String>,
}

impl Watch {
    /// Takes a new listing and gives the lines that are new, changed or gone, each with the time. The driver's own
    /// `driver.…` variables are of no interest here.
    pub(crate) fn look(&mut self, listing: &str, at: Duration) -> Vec<String> {
        let pairs = listing.lines().filter_map(|line| line.split_once(": "));
        let new: BTreeMap<String, String> = pairs
            .filter(|(name, _)| !name.starts_with("driver."))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let changed = new
            .iter()
            .filter(|(name, value)| self.value(name) != Some(value));
        let changed = changed.map(|(name, value)| format!("{name}: {value}"));
        let gone = self.values.keys().filter(|name| !new.contains_key(*name));
        let gone = gone.map(|name| format!("{name} is gone"));
        let lines = changed
            .chain(gone)
            .map(|line| format!("{:7.1}s  {line}", at.as_secs_f32()))
            .collect();
        self.values = new;
        lines
    }

    /// A value of the last listing.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changes_are_shown() {
        let mut watch = Watch::default();
        let first = watch.look(
            "driver.name: x\nups.load: 5\nups.status: OL\n",
            Duration::ZERO,
        );
        assert_eq!(first.len(), 2);
        let second = watch.look("ups.load: 5\nups.status: OB\n", Duration::from_millis(1500));
        assert_eq!(second, ["    1.5s  ups.status: OB"]);
        let third = watch.look("ups.status: OB\n", Duration::from_secs(2));
        assert_eq!(third, ["    2.0s  ups.load is gone"]);
        assert_eq!(watch.value("ups.status"), Some("OB"));
    }
}
