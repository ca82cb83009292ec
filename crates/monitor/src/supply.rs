//! One UPS: what is known of it, and what a poll changes. Changes become notices; what stays as it was is not told again.

use std::collections::BTreeSet;

use model::{Notice, Tick};

use crate::action::{Action, Level};
use crate::flags::{Flag, Flags, TABLE};
use crate::policy::{Policy, Role, SupplySetup};
use crate::report::{Line, Report};

/// Reasons of failing polls that are told between two answers.
const REASONS_MAX: usize = 8;

/// A UPS, for as long as it is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UpsId(pub u32);

/// Whether polls are answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Comm {
    /// None was made yet.
    #[default]
    Unknown,
    /// The last one failed.
    Lost,
    /// The last one was answered.
    Ok,
}

/// One UPS.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Supply {
    pub(crate) id: UpsId,
    pub(crate) name: String,
    pub(crate) power: u32,
    pub(crate) role: Role,
    pub(crate) logged_in: bool,
    pub(crate) comm: Comm,
    /// The last of `OL` and `OB` that was seen: a status with neither leaves it in force.
    pub(crate) line: Line,
    /// Whether the last status itself said `OL`.
    pub(crate) said_online: bool,
    pub(crate) flags: Flags,
    pub(crate) other: BTreeSet<String>,
    pub(crate) alarm: Option<String>,
    /// The last status, for people.
    pub(crate) text: String,
    /// When it last told something.
    pub(crate) heard: Option<Tick>,
    /// Whether a poll since then brought nothing.
    pub(crate) quiet: bool,
    /// Since when it has been on battery with a low one, calibration aside.
    pub(crate) low_since: Option<Tick>,
    pub(crate) off_since: Option<Tick>,
    pub(crate) over_since: Option<Tick>,
    replace_told: Option<Tick>,
    nocomm_told: Option<Tick>,
    login_told: Option<Tick>,
    pub(crate) fsd_told: bool,
    failures: u32,
    /// Why polls have failed since contact was lost, as far as it was told.
    reasons: Vec<String>,
}

impl Supply {
    pub(crate) fn new(id: UpsId, setup: &SupplySetup) -> Self {
        Self {
            id,
            name: setup.name.clone(),
            power: setup.power,
            role: setup.role,
            logged_in: false,
            comm: Comm::Unknown,
            line: Line::Unknown,
            said_online: false,
            flags: Flags::default(),
            other: BTreeSet::new(),
            alarm: None,
            text: String::new(),
            heard: None,
            quiet: false,
            low_since: None,
            off_since: None,
            over_since: None,
            replace_told: None,
            nocomm_told: None,
            login_told: None,
            fsd_told: false,
            failures: 0,
            reasons: Vec::new(),
        }
    }

    /// Takes over what a reload may change.
    pub(crate) fn redefine(&mut self, setup: &SupplySetup) {
        self.power = setup.power;
        self.role = setup.role;
    }

    /// Back to knowing nothing, after a sleep; what was told at length is not told again.
    pub(crate) fn forget(&mut self) {
        let setup = SupplySetup {
            name: std::mem::take(&mut self.name),
            power: self.power,
            role: self.role,
        };
        let replace_told = self.replace_told;
        *self = Self::new(self.id, &setup);
        self.replace_told = replace_told;
    }

    /// Whether this host is its primary.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        self.role == Role::Primary
    }

    /// Whether it wants more attention than usual.
    pub(crate) fn is_alerting(&self, policy: &Policy) -> bool {
        let states = [Flag::Off, Flag::Bypass, Flag::Alarm];
        let over = policy.overduration.is_some() && self.flags.has(Flag::Over);
        self.line == Line::OnBattery || self.flags.has_any(&states) || over
    }

    /// An answer that tells something.
    pub(crate) fn hear(&mut self, report: Report, policy: &Policy, now: Tick) -> Vec<Action> {
        let mut actions = Vec::new();
        self.answered(&mut actions);
        self.heard = Some(now);
        self.quiet = false;
        self.take_line(&report, &mut actions);
        self.take_flags(&report, &mut actions);
        self.take_other(&report, &mut actions);
        if report.replace_battery && has_passed(self.replace_told, policy.rbwarntime, now) {
            self.replace_told = Some(now);
            actions.push(self.notice(Notice::ReplBatt));
        }
        self.text = report.text;
        self.mark_times(now);
        actions
    }

    /// An answer that tells nothing: whatever was known stays known.
    pub(crate) fn hear_nothing(&mut self) -> Vec<Action> {
        let mut actions = Vec::new();
        self.answered(&mut actions);
        self.quiet = true;
        actions
    }

    /// No answer.
    pub(crate) fn fail(&mut self, why: &str, policy: &Policy, now: Tick) -> Vec<Action> {
        let mut actions = Vec::new();
        self.quiet = true;
        let known = self.comm == Comm::Lost;
        let mut repeated = false;
        if !known {
            self.comm = Comm::Lost;
            self.failures = 0;
            self.reasons.clear();
            actions.push(self.notice(Notice::CommBad));
        } else if self.is_long_lost(policy, now)
            && has_passed(self.nocomm_told, policy.nocommwarntime, now)
        {
            self.nocomm_told = Some(now);
            repeated = true;
            actions.push(self.notice(Notice::NoComm));
        }
        let due = match policy.pollfail_log_throttle_max {
            None => repeated,
            Some(0) => false,
            Some(every) => self.failures.is_multiple_of(every),
        };
        let news = self.is_news(why);
        if !known || due || news {
            let text = format!("Poll UPS [{}] failed - {why}", self.name);
            actions.push(Action::Log(Level::Error, text));
        }
        self.failures = self.failures.wrapping_add(1);
        actions
    }

    /// Whether a poll has not failed for this reason since contact was lost: who has repaired the network wants to hear that
    /// the certificate is wrong. A server may say something else each time, so there is an end to it.
    fn is_news(&mut self, why: &str) -> bool {
        let news = self.reasons.len() < REASONS_MAX && !self.reasons.iter().any(|told| told == why);
        if news {
            self.reasons.push(why.to_owned());
        }
        news
    }

    /// Login or role were refused: polls go on, but nobody counts this host.
    pub(crate) fn refused(&mut self, why: &str, policy: &Policy, now: Tick) -> Vec<Action> {
        self.logged_in = false;
        if !has_passed(self.login_told, policy.nocommwarntime, now) {
            return Vec::new();
        }
        self.login_told = Some(now);
        let consequence = match self.role {
            Role::Primary => "this primary cannot tell its secondaries to shut down",
            Role::Secondary => "the primary will not wait for this host",
        };
        let name = &self.name;
        let text = format!("login on UPS [{name}] failed - {why}; {consequence}; trying again");
        vec![Action::Log(Level::Error, text)]
    }

    /// The login was accepted.
    pub(crate) fn accepted(&mut self) -> Vec<Action> {
        self.logged_in = true;
        if self.login_told.take().is_none() {
            return Vec::new();
        }
        let text = format!("login on UPS [{}] succeeded", self.name);
        vec![Action::Log(Level::Notice, text)]
    }

    /// FSD is in force: told once until it is gone again.
    pub(crate) fn tell_fsd(&mut self) -> Option<Action> {
        let told = std::mem::replace(&mut self.fsd_told, true);
        (!told).then(|| self.notice(Notice::Fsd))
    }

    fn answered(&mut self, actions: &mut Vec<Action>) {
        if self.comm == Comm::Lost {
            actions.push(self.notice(Notice::CommOk));
        }
        self.comm = Comm::Ok;
        self.nocomm_told = None;
    }

    fn take_line(&mut self, report: &Report, actions: &mut Vec<Action>) {
        self.said_online = report.line == Line::OnLine;
        match (self.line, report.line) {
            (Line::OnBattery, Line::OnLine) => actions.push(self.notice(Notice::Online)),
            (Line::Unknown | Line::OnLine, Line::OnBattery) => {
                actions.push(self.notice(Notice::OnBatt));
            }
            _ => {}
        }
        if report.line != Line::Unknown {
            self.line = report.line;
        }
    }

    fn take_flags(&mut self, report: &Report, actions: &mut Vec<Action>) {
        let before = std::mem::replace(&mut self.flags, report.flags);
        let alarm_before = std::mem::take(&mut self.alarm);
        for (flag, _, began, ended) in TABLE {
            match (before.has(*flag), report.flags.has(*flag), ended) {
                (_, true, _) if *flag == Flag::Fsd => actions.extend(self.tell_fsd()),
                (false, true, _) if *flag != Flag::Alarm => actions.push(self.notice(*began)),
                (true, false, Some(ended)) => actions.push(self.notice(*ended)),
                _ => {}
            }
        }
        self.fsd_told &= report.flags.has(Flag::Fsd);
        if report.flags.has(Flag::Alarm) {
            self.take_alarm(before.has(Flag::Alarm), alarm_before, report, actions);
        }
    }

    /// A new alarm, or another text of the same one. A text that could not be had is no change.
    fn take_alarm(
        &mut self,
        known: bool,
        before: Option<String>,
        report: &Report,
        actions: &mut Vec<Action>,
    ) {
        let changed = report.alarm.is_some() && report.alarm != before;
        self.alarm = report.alarm.clone().or(before);
        if !known || changed {
            let text = self.alarm.clone().unwrap_or_else(|| "n/a".to_owned());
            actions.push(self.notice_with(Notice::Alarm, text));
        }
    }

    fn take_other(&mut self, report: &Report, actions: &mut Vec<Action>) {
        if self.other == report.other {
            return;
        }
        self.other.clone_from(&report.other);
        if report.other.is_empty() {
            actions.push(self.notice(Notice::NotOther));
        } else {
            let words: Vec<_> = report.other.iter().map(String::as_str).collect();
            actions.push(self.notice_with(Notice::Other, words.join(" ")));
        }
    }

    /// Notes when each state that has a duration began.
    fn mark_times(&mut self, now: Tick) {
        let low = self.line == Line::OnBattery && self.flags.has(Flag::LowBattery);
        let low = low && !self.flags.has(Flag::Calibrating);
        mark(&mut self.low_since, low, now);
        mark(&mut self.off_since, self.flags.has(Flag::Off), now);
        mark(&mut self.over_since, self.flags.has(Flag::Over), now);
    }

    fn is_long_lost(&self, policy: &Policy, now: Tick) -> bool {
        // never heard of: the second failure is enough to say so
        self.heard
            .is_none_or(|heard| now.since(heard) >= policy.nocommwarntime)
    }

    fn notice(&self, notice: Notice) -> Action {
        self.notice_with(notice, String::new())
    }

    fn notice_with(&self, notice: Notice, detail: String) -> Action {
        Action::Notify {
            notice,
            ups: Some(self.id),
            detail,
        }
    }
}

fn mark(since: &mut Option<Tick>, holds: bool, now: Tick) {
    *since = holds.then(|| since.unwrap_or(now));
}

/// Whether something told at `told` may be told again.
fn has_passed(told: Option<Tick>, period: std::time::Duration, now: Tick) -> bool {
    told.is_none_or(|told| now.since(told) >= period)
}
