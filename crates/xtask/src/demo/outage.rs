//! Whether a whole outage was seen: line, battery, low battery, line again.

/// The statuses that make an outage, in order.
pub(crate) const WANTED: &str = "OL, OB, OB LB, OL";

/// Follows `ups.status` through an outage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outage {
    /// How many of the wanted statuses were seen.
    reached: usize,
    seen: Vec<String>,
}

impl Outage {
    /// Takes what `ups.status` is now, which may be what it was before.
    pub(crate) fn see(&mut self, status: Option<&str>) {
        let Some(status) = status else { return };
        if self.seen.last().is_none_or(|last| last != status) {
            self.seen.push(status.to_owned());
        }
        let wanted = WANTED.split(", ").nth(self.reached);
        if wanted.is_some_and(|wanted| is_state(status, wanted)) {
            self.reached += 1;
        }
    }

    pub(crate) fn is_over(&self) -> bool {
        self.reached == WANTED.split(", ").count()
    }

    /// Every status seen, for the user.
    pub(crate) fn seen(&self) -> String {
        if self.seen.is_empty() {
            "no status".to_owned()
        } else {
            self.seen.join(", ")
        }
    }
}

/// Whether of the words that matter here exactly the wanted ones are set.
fn is_state(status: &str, wanted: &str) -> bool {
    let has = |list: &str, word: &str| list.split_whitespace().any(|each| each == word);
    ["OL", "OB", "LB"]
        .iter()
        .all(|word| has(status, word) == has(wanted, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(statuses: &[&str]) -> Outage {
        let mut outage = Outage::default();
        statuses.iter().for_each(|status| outage.see(Some(status)));
        outage
    }

    #[test]
    fn a_whole_outage_is_over() {
        let outage = after(&["OL", "OL", "OB DISCHRG", "OB DISCHRG LB", "OL CHRG"]);
        assert!(outage.is_over());
        assert_eq!(outage.seen(), "OL, OB DISCHRG, OB DISCHRG LB, OL CHRG");
    }

    #[test]
    fn an_outage_without_low_battery_is_not() {
        assert!(!after(&["OL", "OB", "OL", "OB", "OL"]).is_over());
    }

    #[test]
    fn the_order_matters() {
        assert!(!after(&["OB LB", "OB", "OL"]).is_over());
    }
}
