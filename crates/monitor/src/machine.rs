//! [`Monitor`]: every event goes in here, every action comes out.

use std::time::Duration;

use model::{Notice, Tick};

use crate::action::{Action, Level};
use crate::decision::{Cause, Decision, good};
use crate::event::Event;
use crate::policy::{Policy, Role, Setup};
use crate::report::Line;
use crate::sequence::{Phase, Sequence};
use crate::supply::{Supply, UpsId};
use crate::verdict::Verdict;

/// How often it is told that nothing can be shut down any more.
const NOPARENT_PERIOD: Duration = Duration::from_secs(120);
/// A system that said it is going to sleep and is awake for so long has changed its mind without telling.
const FALLING_ASLEEP_MAX: Duration = Duration::from_secs(60);

/// upsmon's state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Monitor {
    policy: Policy,
    supplies: Vec<Supply>,
    next_id: u32,
    phase: Phase,
    /// When the system said that it is going to sleep.
    asleep: Option<Tick>,
    /// When the loss of the privileged process was told last.
    helper_lost: Option<Tick>,
}

impl Monitor {
    /// A monitor that has heard of nothing yet.
    ///
    /// A setup whose power values cannot reach MINSUPPLIES would shut down at once: the caller refuses it before.
    #[must_use]
    pub fn new(setup: &Setup) -> Self {
        let mut monitor = Self {
            policy: setup.policy,
            supplies: Vec::new(),
            next_id: 0,
            phase: Phase::Watching,
            asleep: None,
            helper_lost: None,
        };
        monitor.configure(setup);
        monitor
    }

    /// The settings in force.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The UPSes, in the order of the configuration.
    #[must_use]
    pub fn supplies(&self) -> &[Supply] {
        &self.supplies
    }

    /// The UPS with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<UpsId> {
        let supply = self.supplies.iter().find(|supply| supply.name == name);
        supply.map(|supply| supply.id)
    }

    /// The name of a UPS; empty when it is gone.
    #[must_use]
    pub fn name(&self, id: UpsId) -> &str {
        let supply = self.supplies.iter().find(|supply| supply.id == id);
        supply.map_or("", |supply| &supply.name)
    }

    /// Where in the course of things it is.
    #[must_use]
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Time between two polls of a UPS: POLLFREQALERT as long as any of them is in trouble.
    #[must_use]
    pub fn poll_period(&self) -> Duration {
        let policy = &self.policy;
        let alerting = self
            .supplies
            .iter()
            .any(|supply| supply.is_alerting(policy));
        let low = self
            .supplies
            .iter()
            .any(|supply| supply.low_since.is_some());
        match (alerting, policy.oblbduration) {
            (false, _) => policy.pollfreq,
            (true, oblb) if low && !oblb.is_zero() => policy.pollfreqalert.min(oblb),
            (true, _) => policy.pollfreqalert,
        }
    }

    /// When [`Event::Tick`] is wanted next, if nothing else happens before.
    #[must_use]
    pub fn wake_at(&self, now: Tick) -> Option<Tick> {
        match &self.phase {
            Phase::Watching => {
                let verdicts = self
                    .supplies
                    .iter()
                    .map(|supply| supply.judge(&self.policy, now));
                verdicts
                    .filter_map(|verdict| match verdict {
                        Verdict::Waiting(_, until) => Some(until),
                        Verdict::Fine | Verdict::Critical(_) => None,
                    })
                    .min()
            }
            Phase::Shutting(sequence) => sequence.wake_at(),
        }
    }

    /// Takes an event and tells what to do about it. `now` never goes back.
    pub fn step(&mut self, event: Event, now: Tick) -> Vec<Action> {
        let mut actions = match event {
            Event::Polled(..) | Event::ToldNothing(_) | Event::Failed(..) => {
                self.take_poll(event, now)
            }
            Event::LoggedIn(id) => self.with(id, Supply::accepted),
            Event::LoginRefused(id, why) => {
                let policy = self.policy;
                self.with(id, |supply| supply.refused(&why, &policy, now))
            }
            Event::Disconnected(id) => self.with(id, |supply| {
                supply.logged_in = false;
                Vec::new()
            }),
            Event::UserFsd => self.take_user_fsd(now),
            Event::Reload(setup) => self.reload(&setup),
            Event::Stop => self.stop(),
            Event::Suspending => self.suspend(now),
            Event::Resumed { announced } => self.resume(announced),
            Event::HelperLost => self.lose_helper(now),
            Event::FsdAnswered(..)
            | Event::Logins(..)
            | Event::CommandDone
            | Event::CommandFailed(_)
            | Event::Tick => self.go_on(event, now),
        };
        self.judge(now, &mut actions);
        actions
    }

    fn with(&mut self, id: UpsId, change: impl FnOnce(&mut Supply) -> Vec<Action>) -> Vec<Action> {
        let supply = self.supplies.iter_mut().find(|supply| supply.id == id);
        supply.map(change).unwrap_or_default()
    }

    fn take_poll(&mut self, event: Event, now: Tick) -> Vec<Action> {
        let policy = self.policy;
        let (id, actions) = match event {
            Event::Polled(id, report) => (
                id,
                self.with(id, |supply| supply.hear(report, &policy, now)),
            ),
            Event::ToldNothing(id) => (id, self.with(id, Supply::hear_nothing)),
            Event::Failed(id, why) => (id, self.with(id, |supply| supply.fail(&why, &policy, now))),
            _ => return Vec::new(),
        };
        match &mut self.phase {
            Phase::Watching => actions,
            // nobody is told any more; only a primary that could not set FSD has a reason to look
            Phase::Shutting(sequence) => {
                let supply = self.supplies.iter().find(|supply| supply.id == id);
                supply
                    .and_then(|supply| sequence.seen(supply))
                    .into_iter()
                    .collect()
            }
        }
    }

    fn take_user_fsd(&mut self, now: Tick) -> Vec<Action> {
        match self.phase {
            Phase::Watching => self.begin(Cause::UserFsd, now),
            Phase::Shutting(_) => log(Level::Notice, "a shutdown is under way already"),
        }
    }

    /// Whether too little is good. A sleeping system is not judged: nothing was heard.
    fn judge(&mut self, now: Tick, actions: &mut Vec<Action>) {
        if self
            .asleep
            .is_some_and(|since| now.since(since) >= FALLING_ASLEEP_MAX)
        {
            self.asleep = None;
        }
        if self.phase != Phase::Watching || self.asleep.is_some() {
            return;
        }
        if good(&self.supplies, &self.policy, now) < self.policy.minsupplies {
            let mut begun = self.begin(Cause::TooFewSupplies, now);
            actions.append(&mut begun);
        }
    }

    fn begin(&mut self, cause: Cause, now: Tick) -> Vec<Action> {
        let decision = Decision::weigh(cause, &self.supplies, &self.policy, now);
        let (sequence, mut actions) = Sequence::begin(&self.supplies, &self.policy, now);
        self.phase = Phase::Shutting(sequence);
        actions.insert(0, Action::Decided(decision));
        actions
    }

    fn go_on(&mut self, event: Event, now: Tick) -> Vec<Action> {
        match &mut self.phase {
            Phase::Watching => self.remind(now),
            Phase::Shutting(sequence) => {
                sequence.step(event, &mut self.supplies, &self.policy, now)
            }
        }
    }

    /// Why a new configuration would not be taken over, if it would not.
    #[must_use]
    pub fn refuses(&self, setup: &Setup) -> Option<(Level, String)> {
        let (power, needed) = (setup.power(), setup.policy.minsupplies);
        if self.phase != Phase::Watching {
            let text = "reload refused: a shutdown is under way".to_owned();
            return Some((Level::Warning, text));
        }
        (power < needed).then(|| {
            let text = format!(
                "reload refused: the power values add up to {power}, MINSUPPLIES is {needed}; the old configuration \
                 stays in force"
            );
            (Level::Critical, text)
        })
    }

    /// Takes over a new configuration, whole or not at all.
    fn reload(&mut self, setup: &Setup) -> Vec<Action> {
        if let Some((level, text)) = self.refuses(setup) {
            return log(level, text);
        }
        let dropped = self.supplies.iter().filter(|supply| {
            supply.line == Line::OnBattery
                && setup.supplies.iter().all(|kept| kept.name != supply.name)
        });
        let warnings = dropped
            .map(|supply| {
                let text = format!(
                    "UPS [{}] is on battery and not monitored any more",
                    supply.name
                );
                Action::Log(Level::Warning, text)
            })
            .collect();
        let supervised = self.policy.supervised;
        self.configure(setup);
        self.policy.supervised = supervised;
        warnings
    }

    fn configure(&mut self, setup: &Setup) {
        self.policy = setup.policy;
        let mut before = std::mem::take(&mut self.supplies);
        for wanted in &setup.supplies {
            let known = before.iter().position(|supply| supply.name == wanted.name);
            let supply = if let Some(at) = known {
                let mut supply = before.swap_remove(at);
                supply.redefine(wanted);
                supply
            } else {
                let id = UpsId(self.next_id);
                self.next_id = self.next_id.wrapping_add(1);
                Supply::new(id, wanted)
            };
            self.supplies.push(supply);
        }
    }

    fn stop(&mut self) -> Vec<Action> {
        match &mut self.phase {
            Phase::Watching => vec![Action::Exit { failed: false }],
            Phase::Shutting(sequence) => sequence.stop(),
        }
    }

    fn suspend(&mut self, now: Tick) -> Vec<Action> {
        self.asleep = Some(now);
        vec![notice(Notice::SuspendStarting)]
    }

    /// What was known before a sleep is not known after it: polls tell anew.
    fn resume(&mut self, announced: bool) -> Vec<Action> {
        self.asleep = None;
        let mut actions = Vec::new();
        if !announced {
            actions.push(notice(Notice::SuspendTimejumpUnexpected));
        }
        actions.push(notice(Notice::SuspendFinished));
        if self.phase == Phase::Watching {
            self.supplies.iter_mut().for_each(Supply::forget);
            actions.push(Action::Reconnect);
        }
        actions
    }

    fn lose_helper(&mut self, now: Tick) -> Vec<Action> {
        self.helper_lost = Some(now);
        let mut actions = no_parent();
        match &mut self.phase {
            Phase::Watching if self.policy.supervised => {
                actions.push(Action::Exit { failed: true });
            }
            Phase::Watching => {}
            Phase::Shutting(sequence) => actions.extend(sequence.lose_helper(now)),
        }
        actions
    }

    /// A danger that lasts is told again and again.
    fn remind(&mut self, now: Tick) -> Vec<Action> {
        match self.helper_lost {
            Some(told) if now.since(told) >= NOPARENT_PERIOD => {
                self.helper_lost = Some(now);
                no_parent()
            }
            _ => Vec::new(),
        }
    }

    /// Whether it is primary of any UPS.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        self.supplies
            .iter()
            .any(|supply| supply.role == Role::Primary)
    }
}

pub(crate) fn notice(notice: Notice) -> Action {
    Action::Notify {
        notice,
        ups: None,
        detail: String::new(),
    }
}

fn log(level: Level, text: impl Into<String>) -> Vec<Action> {
    vec![Action::Log(level, text.into())]
}

fn no_parent() -> Vec<Action> {
    let text =
        "the privileged upsmon process is gone: this host can not be shut down; restart upsmon";
    vec![
        notice(Notice::NoParent),
        Action::Log(Level::Critical, text.to_owned()),
    ]
}

#[cfg(test)]
mod tests;
