//! Whether a UPS is critical, and by which rule (spec upsmon.md, section 7).
//!
//! A lost connection is not lost power. C NUT takes a UPS for dead at the first failed poll when it was calibrating, on
//! bypass, off or in alarm before, so that restarting upsd while a "replace battery" alarm is on powers a site down. Here
//! such a UPS has to be silent for DEADTIME, and its last status must not have said that it is on line;
//! `COMMLOSSCRITICAL` has the other ways, C NUT's among them ([`CommLoss`]).
//!
//! Silence is judged only after a poll that brought nothing: a POLLFREQ longer than DEADTIME makes nobody silent.

use model::Tick;

use crate::flags::Flag;
use crate::policy::{CommLoss, Policy};
use crate::report::Line;
use crate::supply::{Comm, Supply};

/// A reason to take a UPS for critical. First match in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A primary told its hosts to shut down.
    Fsd,
    /// It fell silent while overloaded for OVERDURATION.
    SilentOver,
    /// It fell silent while in alarm.
    SilentAlarm,
    /// It fell silent while calibrating.
    SilentCalibrating,
    /// It fell silent on bypass.
    SilentBypass,
    /// It fell silent while off.
    SilentOff,
    /// It has been off for OFFDURATION.
    Off,
    /// It is on battery, and the battery is low.
    LowBattery,
    /// It was on battery and has been silent for DEADTIME.
    SilentOnBattery,
    /// It is on battery with a low one, and the primary has not told this secondary to shut down within HOSTSYNC.
    PrimarySilent,
}

/// Each rule's name and what it says, for logs and `--explain`.
#[rustfmt::skip]
const RULES: &[(Rule, &str, &str)] = &[
    (Rule::Fsd,               "fsd",                "FSD is set: a primary is shutting its hosts down"),
    (Rule::SilentOver,        "silent-over",        "silent after OVER that had lasted OVERDURATION"),
    (Rule::SilentAlarm,       "silent-alarm",       "silent after ALARM, and ALARMCRITICAL is 1"),
    (Rule::SilentCalibrating, "silent-calibrating", "silent after CAL"),
    (Rule::SilentBypass,      "silent-bypass",      "silent after BYPASS"),
    (Rule::SilentOff,         "silent-off",         "silent after OFF, and OFFDURATION is not negative"),
    (Rule::Off,               "off",                "OFF has lasted OFFDURATION"),
    (Rule::LowBattery,        "low-battery",        "OB and LB, for OBLBDURATION, not calibrating"),
    (Rule::SilentOnBattery,   "silent-on-battery",  "OB, then silent for DEADTIME, and OBLBDURATION"),
    (Rule::PrimarySilent,     "primary-silent",     "as secondary: OB and LB or silent for HOSTSYNC without FSD from the primary"),
];

impl Rule {
    /// All of them, in the order in which they are tried.
    pub fn all() -> impl Iterator<Item = Self> {
        RULES.iter().map(|row| row.0)
    }

    /// As logs name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What it says.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> (Self, &'static str, &'static str) {
        const NONE: (Rule, &str, &str) = (Rule::Fsd, "", "");
        RULES.get(self as usize).copied().unwrap_or(NONE)
    }
}

/// What a UPS is worth right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its power counts.
    Fine,
    /// Its power counts until then, unless something changes.
    Waiting(Rule, Tick),
    /// Its power counts no more.
    Critical(Rule),
}

impl Verdict {
    /// The rule, if the UPS is critical by it.
    #[must_use]
    pub fn rule(self) -> Option<Rule> {
        match self {
            Self::Critical(rule) => Some(rule),
            Self::Fine | Self::Waiting(..) => None,
        }
    }
}

impl Supply {
    /// Judges what is known by now.
    #[must_use]
    pub fn judge(&self, policy: &Policy, now: Tick) -> Verdict {
        if self.flags.has(Flag::Fsd) {
            return Verdict::Critical(Rule::Fsd);
        }
        let silent = self.silent_state(policy).map(|rule| match policy.commloss {
            CommLoss::AtOnce => Verdict::Critical(rule),
            CommLoss::Deadtime | CommLoss::NotOnLine => after(self.silent_from(policy), rule, now),
        });
        if let Some(critical @ Verdict::Critical(_)) = silent {
            return critical;
        }
        if self.has_been_off(policy) {
            return Verdict::Critical(Rule::Off);
        }
        match self.low(policy, now) {
            Verdict::Fine => silent.unwrap_or(Verdict::Fine),
            low => low,
        }
    }

    /// The state whose silence counts, if it is silent in one.
    fn silent_state(&self, policy: &Policy) -> Option<Rule> {
        let counts = match policy.commloss {
            CommLoss::AtOnce => self.comm == Comm::Lost,
            CommLoss::Deadtime => self.quiet,
            CommLoss::NotOnLine => self.quiet && !self.said_online,
        };
        let over = policy.overduration.zip(self.over_since.zip(self.heard));
        let over = over.is_some_and(|(least, (since, heard))| heard.since(since) >= least);
        let states = [
            (over, Rule::SilentOver),
            (
                policy.alarmcritical && self.flags.has(Flag::Alarm),
                Rule::SilentAlarm,
            ),
            (self.flags.has(Flag::Calibrating), Rule::SilentCalibrating),
            (self.flags.has(Flag::Bypass), Rule::SilentBypass),
            (
                policy.offduration.is_some() && self.flags.has(Flag::Off),
                Rule::SilentOff,
            ),
        ];
        let state = states.iter().find(|(holds, _)| *holds);
        state.filter(|_| counts).map(|(_, rule)| *rule)
    }

    /// When it has been silent for DEADTIME.
    fn silent_from(&self, policy: &Policy) -> Tick {
        self.heard.unwrap_or_default() + policy.deadtime
    }

    /// Whether OFF was *seen* for OFFDURATION: silence does not prolong it.
    fn has_been_off(&self, policy: &Policy) -> bool {
        let seen = policy.offduration.zip(self.off_since.zip(self.heard));
        seen.is_some_and(|(least, (since, heard))| heard.since(since) >= least)
    }

    /// On battery with a low battery, said or inferred from silence.
    fn low(&self, policy: &Policy, now: Tick) -> Verdict {
        let (rule, since, low_from) = match self.low_since {
            Some(since) => (Rule::LowBattery, since, since),
            None if self.line == Line::OnBattery && self.quiet => {
                // calibration runs a battery down on purpose; its silence has a rule of its own
                if self.flags.has(Flag::Calibrating) {
                    return Verdict::Fine;
                }
                let heard = self.heard.unwrap_or_default();
                (Rule::SilentOnBattery, heard, self.silent_from(policy))
            }
            None => return Verdict::Fine,
        };
        let lasted = low_from + policy.oblbduration;
        if self.is_primary() {
            return after(lasted, rule, now);
        }
        let given_up = lasted.max(since + policy.hostsync);
        after(given_up, Rule::PrimarySilent, now)
    }
}

fn after(until: Tick, rule: Rule, now: Tick) -> Verdict {
    if now >= until {
        Verdict::Critical(rule)
    } else {
        Verdict::Waiting(rule, until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_stands_where_it_points_and_has_its_own_name() {
        for (row, rule) in RULES.iter().zip(Rule::all()) {
            assert_eq!(rule.row(), *row);
            assert_eq!(RULES.iter().filter(|other| other.1 == row.1).count(), 1);
        }
        assert_eq!(RULES.len(), Rule::PrimarySilent as usize + 1);
    }
}
