//! Tests of the whole machine. A [`Site`] plays events and shows what comes out as short texts.

mod notices;
mod reloads;
mod rules;
mod sequences;
mod sleeps;
mod worlds;

use std::time::Duration;

use crate::policy::SupplySetup;
use crate::{Action, Event, Monitor, Policy, Report, Role, Setup, UpsId};
use model::Tick;

const A: UpsId = UpsId(0);
const B: UpsId = UpsId(1);

/// A monitor and the time.
struct Site {
    monitor: Monitor,
    now: Tick,
}

fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

fn setup(policy: Policy, supplies: &[(&str, u32, Role)]) -> Setup {
    let supplies = supplies.iter().map(|(name, power, role)| SupplySetup {
        name: (*name).to_owned(),
        power: *power,
        role: *role,
    });
    Setup {
        policy,
        supplies: supplies.collect(),
    }
}

/// One primary UPS called `a`, all defaults.
fn primary() -> Site {
    Site::new(Policy::default(), &[("a", 1, Role::Primary)])
}

/// One secondary UPS called `a`, all defaults.
fn secondary() -> Site {
    Site::new(Policy::default(), &[("a", 1, Role::Secondary)])
}

impl Site {
    fn new(policy: Policy, supplies: &[(&str, u32, Role)]) -> Self {
        Self {
            monitor: Monitor::new(&setup(policy, supplies)),
            now: Tick::secs(1000),
        }
    }

    fn event(&mut self, event: Event) -> Vec<String> {
        let actions = self.monitor.step(event, self.now);
        let shown = actions.iter().map(|action| self.show(action));
        shown.filter(|text| !text.is_empty()).collect()
    }

    /// Lets time pass, second by second, and shows all that happens.
    fn wait(&mut self, secs: u64) -> Vec<String> {
        let until = self.now + Duration::from_secs(secs);
        let mut shown = Vec::new();
        while self.now < until {
            let second = self.now + Duration::from_secs(1);
            let wanted = self.monitor.wake_at(self.now);
            self.now = wanted
                .filter(|at| *at > self.now)
                .unwrap_or(second)
                .min(second);
            shown.extend(self.event(Event::Tick));
        }
        shown
    }

    fn poll(&mut self, id: UpsId, status: &str) -> Vec<String> {
        let event = Report::of(status, "")
            .map_or(Event::ToldNothing(id), |report| Event::Polled(id, report));
        self.event(event)
    }

    fn alarm(&mut self, id: UpsId, status: &str, text: Option<&str>) -> Vec<String> {
        let report = Report::of(status, "").unwrap().with_alarm(text);
        self.event(Event::Polled(id, report))
    }

    fn fail(&mut self, id: UpsId) -> Vec<String> {
        self.event(Event::Failed(id, "gone".to_owned()))
    }

    /// Polls that fail every five seconds for so long.
    fn fail_for(&mut self, id: UpsId, secs: u64) -> Vec<String> {
        let mut shown = Vec::new();
        for _ in 0..secs / 5 {
            shown.extend(self.fail(id));
            shown.extend(self.wait(5));
        }
        shown
    }

    fn show(&self, action: &Action) -> String {
        let name = |id: &UpsId| self.monitor.name(*id).to_owned();
        match action {
            Action::Notify {
                notice,
                ups,
                detail,
            } => {
                let ups = ups.map(|id| format!(" {}", name(&id))).unwrap_or_default();
                let detail = if detail.is_empty() {
                    String::new()
                } else {
                    format!(": {detail}")
                };
                format!("{}{ups}{detail}", notice.name())
            }
            Action::Decided(decision) => {
                let rules = decision.inputs.iter().filter_map(|input| {
                    let rule = input.rule?;
                    Some(format!(" {}:{}", input.name, rule.name()))
                });
                format!("decided{}", rules.collect::<String>())
            }
            Action::SetFsd(id) => format!("set FSD {}", name(id)),
            Action::CountLogins(id) => format!("count {}", name(id)),
            Action::ShutDown => "SHUTDOWNCMD".to_owned(),
            Action::LogOut => "log out".to_owned(),
            Action::Exit { failed: false } => "exit".to_owned(),
            Action::Exit { failed: true } => "exit as failed".to_owned(),
            Action::Reconnect => "reconnect".to_owned(),
            Action::Broadcast(_) | Action::Log(..) => String::new(),
        }
    }

    /// What one event writes to the log.
    fn logged(&mut self, event: Event) -> Vec<String> {
        let actions = self.monitor.step(event, self.now);
        let logged = actions.into_iter().filter_map(|action| match action {
            Action::Log(_, text) => Some(text),
            _ => None,
        });
        logged.collect()
    }
}
