//! `ups.status`: a list of words, composed anew after every poll.
//!
//! A driver sets words; the framework adds what follows from other readings and puts `ALARM` in front
//! (spec sock-protocol.md, section 15). The words themselves are listed in nut-names.md, section 13;
//! unknown ones are passed on.

/// Longest text of `ups.status`, in bytes.
pub const TEXT_MAX: usize = 255;

/// The words a driver has set, each once, in the order they were set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    words: Vec<String>,
    alarm: bool,
}

impl Status {
    /// A status of the words in `text`.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut status = Self::default();
        status.set(text);
        status
    }

    /// Adds the words of `text`, which blanks separate. `ALARM` is remembered, not kept: it goes in front.
    pub fn set(&mut self, text: &str) {
        for word in text.split_ascii_whitespace() {
            if word == "ALARM" {
                self.alarm = true;
            } else if !self.has(word) && self.len() + word.len() < TEXT_MAX {
                self.words.push(word.to_owned());
            }
        }
    }

    /// Whether `word` was set.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }

    /// Whether nothing was set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && !self.alarm
    }

    fn len(&self) -> usize {
        self.words.iter().map(|word| word.len() + 1).sum()
    }
}

/// Readings that words follow from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readings {
    /// `battery.charge` before this poll, in per cent.
    pub charge_before: Option<i64>,
    /// `battery.charge` now.
    pub charge: Option<i64>,
    /// `battery.charge.low`.
    pub charge_low: Option<i64>,
    /// `battery.runtime`, in seconds.
    pub runtime: Option<i64>,
    /// `battery.runtime.low`, in seconds.
    pub runtime_low: Option<i64>,
    /// Whether an alarm is active.
    pub alarm: bool,
}

/// How the status is to be completed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// `ignorelb`: the device's LB is dropped, and LB follows from charge and runtime.
    pub ignore_lb: bool,
    /// CHRG and DISCHRG follow from a moving charge. Off in drivers that repeat another's data.
    pub infer_charging: bool,
}

/// A finished status text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The value of `ups.status`.
    pub text: String,
    /// Set when the device's CHRG or DISCHRG contradicts the movement of its charge.
    pub contradiction: bool,
}

/// Completes a status.
#[must_use]
pub fn compose(status: &Status, readings: &Readings, rules: Rules) -> Composed {
    let mut words: Vec<&str> = status.words.iter().map(String::as_str).collect();
    if rules.ignore_lb {
        words.retain(|word| *word != "LB");
        if is_low(readings) {
            words.push("LB");
        }
    }
    let mut contradiction = false;
    if let Some((moving, opposite)) = charging(readings).filter(|_| rules.infer_charging)
        && !words.contains(&moving)
    {
        contradiction = words.contains(&opposite);
        words.push(moving);
    }
    if status.alarm || readings.alarm {
        words.insert(0, "ALARM");
    }
    Composed {
        text: words.join(" "),
        contradiction,
    }
}

/// Whether charge, or else runtime, is below its threshold; a pair with an unknown half does not count.
fn is_low(readings: &Readings) -> bool {
    let below = |value: Option<i64>, low: Option<i64>| {
        value.zip(low).is_some_and(|(value, low)| value < low)
    };
    below(readings.charge, readings.charge_low) || below(readings.runtime, readings.runtime_low)
}

/// The word that a moving charge stands for, and its opposite.
fn charging(readings: &Readings) -> Option<(&'static str, &'static str)> {
    let (before, now) = readings.charge_before.zip(readings.charge)?;
    if before < 0 || !(0..100).contains(&now) || before == now {
        return None;
    }
    Some(if now > before {
        ("CHRG", "DISCHRG")
    } else {
        ("DISCHRG", "CHRG")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFER: Rules = Rules {
        ignore_lb: false,
        infer_charging: true,
    };
    const IGNORE_LB: Rules = Rules {
        ignore_lb: true,
        infer_charging: true,
    };

    fn text(status: &str, readings: &Readings, rules: Rules) -> String {
        compose(&Status::of(status), readings, rules).text
    }

    #[test]
    fn each_word_once_in_the_order_set() {
        let mut status = Status::of("OL CHRG");
        status.set("OL");
        status.set("RB  TRIM");
        assert_eq!(
            compose(&status, &Readings::default(), INFER).text,
            "OL CHRG RB TRIM"
        );
    }

    #[test]
    fn an_alarm_goes_in_front() {
        let alarm = Readings {
            alarm: true,
            ..Readings::default()
        };
        assert_eq!(text("OL", &alarm, INFER), "ALARM OL");
        assert_eq!(text("", &alarm, INFER), "ALARM");
        assert_eq!(text("OL ALARM", &Readings::default(), INFER), "ALARM OL");
    }

    #[test]
    fn ignorelb_replaces_the_devices_word_by_the_thresholds() {
        let charge = |now, low| Readings {
            charge: Some(now),
            charge_low: Some(low),
            ..Readings::default()
        };
        assert_eq!(text("OB LB", &charge(50, 20), IGNORE_LB), "OB");
        assert_eq!(text("OB", &charge(19, 20), IGNORE_LB), "OB LB");
        assert_eq!(text("OL", &charge(5, 20), IGNORE_LB), "OL LB");
        let runtime = Readings {
            runtime: Some(59),
            runtime_low: Some(60),
            ..charge(90, 20)
        };
        assert_eq!(text("OB", &runtime, IGNORE_LB), "OB LB");
        let half = Readings {
            charge: Some(5),
            ..Readings::default()
        };
        assert_eq!(text("OB", &half, IGNORE_LB), "OB");
    }

    #[test]
    fn a_moving_charge_tells_charging_from_discharging() {
        let moved = |before, now| Readings {
            charge_before: Some(before),
            charge: Some(now),
            ..Readings::default()
        };
        assert_eq!(text("OL", &moved(40, 60), INFER), "OL CHRG");
        assert_eq!(text("OB", &moved(60, 40), INFER), "OB DISCHRG");
        assert_eq!(text("OL", &moved(99, 100), INFER), "OL");
        assert_eq!(text("OL", &moved(60, 60), INFER), "OL");
        assert_eq!(text("OL", &moved(-1, 60), INFER), "OL");
        assert_eq!(text("OL", &moved(40, 60), Rules::default()), "OL");
        let composed = compose(&Status::of("OB DISCHRG"), &moved(40, 60), INFER);
        assert_eq!(
            composed,
            Composed {
                text: "OB DISCHRG CHRG".into(),
                contradiction: true
            }
        );
    }

    #[test]
    fn words_that_do_not_fit_are_left_out() {
        let status = Status::of(&format!("OL {} RB", "x".repeat(260)));
        assert_eq!(compose(&status, &Readings::default(), INFER).text, "OL RB");
    }
}
