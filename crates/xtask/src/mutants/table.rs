//! The faults, one a row.

/// One deliberate fault.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mutant {
    /// What it does.
    pub(super) fault: &'static str,
    /// The source, seen from the root.
    pub(super) file: &'static str,
    /// What stands there.
    pub(super) right: &'static str,
    /// What stands there instead.
    pub(super) wrong: &'static str,
}

const fn row(
    fault: &'static str,
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
) -> Mutant {
    Mutant {
        fault,
        file,
        right,
        wrong,
    }
}

const DECISION: &str = "crates/monitor/src/decision.rs";
const MACHINE: &str = "crates/monitor/src/machine.rs";
const REPORT: &str = "crates/monitor/src/report.rs";
const SEQUENCE: &str = "crates/monitor/src/sequence.rs";
const SUPPLY: &str = "crates/monitor/src/supply.rs";
const VERDICT: &str = "crates/monitor/src/verdict.rs";

#[rustfmt::skip]
pub(super) const MUTANTS: &[Mutant] = &[
    row("silence counts although the last word was on line", VERDICT, "self.quiet && !self.said_online", "self.quiet"),
    row("one failed poll is enough, DEADTIME does not count", VERDICT, "self.heard.unwrap_or_default() + policy.deadtime", "self.heard.unwrap_or_default()"),
    row("rare polls are taken for silence", VERDICT, "None if self.line == Line::OnBattery && self.quiet", "None if self.line == Line::OnBattery"),
    row("OBLBDURATION is ignored", VERDICT, "let lasted = low_from + policy.oblbduration;", "let lasted = low_from;"),
    row("a secondary does not wait for its primary", VERDICT, "        if self.is_primary() {", "        if true {"),
    row("silence prolongs OFF", VERDICT, "let seen = policy.offduration.zip(self.off_since.zip(self.heard));", "let seen = policy.offduration.zip(self.off_since.map(|since| (since, since + policy.offduration.unwrap_or_default())));"),
    row("a calibrating UPS has a low battery", SUPPLY, "let low = low && !self.flags.has(Flag::Calibrating);", ""),
    row("ONBATT is told at every poll", SUPPLY, "(Line::Unknown | Line::OnLine, Line::OnBattery)", "(_, Line::OnBattery)"),
    row("a worn battery is told at every poll", SUPPLY, "self.replace_told = Some(now);", ""),
    row("WAIT clears what was known", REPORT, r#"words.filter(|word| *word != "WAIT")"#, r#"words.filter(|_| true)"#),
    row("a device that says OL and OB is on line", REPORT, "if self.line == Line::Unknown {", "if true {"),
    row("a UPS with power value 0 counts", DECISION, "sum.saturating_add(supply.power)", "sum.saturating_add(supply.power.max(1))"),
    row("MINSUPPLIES is one too many", MACHINE, "< self.policy.minsupplies {\n            let mut begun", "<= self.policy.minsupplies {\n            let mut begun"),
    row("a shutdown begins again and again", MACHINE, "if self.phase != Phase::Watching || self.asleep.is_some() {", "if self.asleep.is_some() {"),
    row("a sleep that never comes stops all judgement", MACHINE, "Duration::from_secs(60);", "Duration::from_secs(6_000_000);"),
    row("what was known before a sleep is still believed", MACHINE, "self.supplies.iter_mut().for_each(Supply::forget);", ""),
    row("a reload may take away too much power", MACHINE, "(power < needed).then(|| {", "false.then(|| {"),
    row("a reload in the middle of a shutdown is taken over", MACHINE, "if self.phase != Phase::Watching {\n            let text", "if false {\n            let text"),
    row("who cannot be counted is nobody", SEQUENCE, "primary.others = count.map(|count| count.saturating_sub(own.into()));", "primary.others = Some(count.unwrap_or(0).saturating_sub(own.into()));"),
    row("HOSTSYNC never ends", SEQUENCE, "Stage::Syncing { until, .. } if now >= *until => {", "Stage::Syncing { until, .. } if now >= *until && false => {"),
    row("FINALDELAY is counted twice", SEQUENCE, "until: now + policy.finaldelay,", "until: now + policy.finaldelay + policy.finaldelay,"),
    row("SHUTDOWNCMD that fails is not tried again", SEQUENCE, "retry: now + pause,", "retry: now + Duration::MAX,"),
    row("SIGTERM ends a shutdown", SEQUENCE, "if let Stage::Lingering { .. } = self.stage {\n            return self.end();", "if true {\n            return self.end();"),
    row("FSD is set on sick UPSes only", SEQUENCE, "let primaries = supplies.iter().filter(|supply| supply.is_primary());", "let primaries = supplies.iter().filter(|supply| supply.is_primary() && supply.low_since.is_some());"),
];
