//! `upsmon --explain`: the rules and what they see right now.

use std::fmt::Write;

use model::Tick;

use crate::decision::good;
use crate::machine::Monitor;
use crate::report::Line;
use crate::supply::{Comm, Supply};
use crate::verdict::{Rule, Verdict};

impl Supply {
    /// All that the rules look at, as `key=value`.
    #[must_use]
    pub fn facts(&self, now: Tick) -> String {
        let comm = match self.comm {
            Comm::Unknown => "unknown",
            Comm::Lost => "lost",
            Comm::Ok if self.quiet => "no-information",
            Comm::Ok => "ok",
        };
        let line = match self.line {
            Line::Unknown => "unknown",
            Line::OnLine => "online",
            Line::OnBattery => "on-battery",
        };
        let role = if self.is_primary() {
            "primary"
        } else {
            "secondary"
        };
        let mut facts = format!(
            "power={} role={role} comm={comm} line={line} status={:?}",
            self.power, self.text
        );
        let mut ago = |key: &str, since: Option<Tick>| {
            if let Some(since) = since {
                let _ = write!(facts, " {key}={:.1}s", now.since(since).as_secs_f64());
            }
        };
        ago("heard-ago", self.heard);
        ago("low-for", self.low_since);
        ago("off-for", self.off_since);
        ago("over-for", self.over_since);
        facts
    }
}

impl Monitor {
    /// The rules, the settings they use, and each UPS as they see it.
    #[must_use]
    pub fn explain(&self, now: Tick) -> String {
        let mut text = String::from("A UPS is critical by the first of these rules that holds:\n");
        for rule in Rule::all() {
            let _ = writeln!(text, "  {:<19} {}", rule.name(), rule.meaning());
        }
        self.write_settings(&mut text);
        let policy = self.policy();
        for supply in self.supplies() {
            let verdict = match supply.judge(policy, now) {
                Verdict::Fine => "counts as good".to_owned(),
                Verdict::Critical(rule) => format!("critical by rule {}", rule.name()),
                Verdict::Waiting(rule, until) => {
                    let left = until.since(now).as_secs_f64();
                    format!(
                        "counts as good, in {left:.1} s critical by rule {} unless it recovers",
                        rule.name()
                    )
                }
            };
            let _ = writeln!(text, "{}: {verdict}\n  {}", supply.name, supply.facts(now));
        }
        let good = good(self.supplies(), policy, now);
        let _ = writeln!(
            text,
            "Sum of the good power values: {good}, MINSUPPLIES {}: {}",
            policy.minsupplies,
            self.phase().describe(now)
        );
        text
    }

    fn write_settings(&self, text: &mut String) {
        let policy = self.policy();
        let never = |limit: Option<std::time::Duration>| {
            limit.map_or_else(
                || "never".to_owned(),
                |limit| format!("{}", limit.as_secs()),
            )
        };
        let _ = writeln!(
            text,
            "Settings: DEADTIME {} HOSTSYNC {} FINALDELAY {} OBLBDURATION {} OFFDURATION {} OVERDURATION {} \
             ALARMCRITICAL {} COMMLOSSCRITICAL {}; polls every {} s",
            policy.deadtime.as_secs(),
            policy.hostsync.as_secs(),
            policy.finaldelay.as_secs(),
            policy.oblbduration.as_secs(),
            never(policy.offduration),
            never(policy.overduration),
            u8::from(policy.alarmcritical),
            policy.commloss.name(),
            self.poll_period().as_secs_f64(),
        );
    }
}
