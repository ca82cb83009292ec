//! From the decision to shut down to the end (spec upsmon.md, sections 8 and 9). Nothing here goes back.

use std::time::Duration;

use model::{Notice, Tick};

use crate::action::{Action, Level};
use crate::event::Event;
use crate::flags::Flag;
use crate::machine::notice;
use crate::policy::{Policy, ShutdownExit};
use crate::supply::{Supply, UpsId};

/// How often a primary counts who is still logged in.
const COUNT_PERIOD: Duration = Duration::from_millis(250);
/// The first pause before SHUTDOWNCMD is tried again; it doubles up to [`RETRY_MAX`].
const RETRY_FIRST: Duration = Duration::from_secs(2);
/// The longest pause. There is no last attempt: giving up would leave the host running into the end of its battery.
const RETRY_MAX: Duration = Duration::from_secs(60);

/// Where in the course of things upsmon is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// As nearly always.
    Watching,
    /// A shutdown is under way.
    Shutting(Sequence),
}

impl Phase {
    /// In words.
    #[must_use]
    pub fn describe(&self, now: Tick) -> String {
        let left = |until: Tick| until.since(now).as_secs_f64();
        match self {
            Self::Watching => "no shutdown".to_owned(),
            Self::Shutting(sequence) => match &sequence.stage {
                Stage::Syncing { until, .. } => format!(
                    "shutting down, waiting for the other hosts for {:.1} s at most",
                    left(*until)
                ),
                Stage::Final { until } => {
                    format!("shutting down, SHUTDOWNCMD in {:.1} s", left(*until))
                }
                Stage::Acting { .. } => "SHUTDOWNCMD is running".to_owned(),
                Stage::Failed { retry, .. } => {
                    format!(
                        "SHUTDOWNCMD failed and is tried again in {:.1} s",
                        left(*retry)
                    )
                }
                Stage::Lingering { .. } | Stage::Ended => "SHUTDOWNCMD was run".to_owned(),
            },
        }
    }
}

/// A shutdown under way.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence {
    stage: Stage,
    /// SIGTERM came: end as soon as the command was run.
    stopping: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Stage {
    /// Others shut down first.
    Syncing {
        until: Tick,
        count_at: Tick,
        told: bool,
        primaries: Vec<Primary>,
    },
    /// FINALDELAY passes.
    Final { until: Tick },
    /// SHUTDOWNCMD runs.
    Acting { attempt: u32, began: Tick },
    /// It failed.
    Failed { attempt: u32, retry: Tick },
    /// It ran; upsmon stays for SHUTDOWNEXIT.
    Lingering { until: Option<Tick> },
    /// Nothing is left to do.
    Ended,
}

/// A UPS that this host is primary of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Primary {
    id: UpsId,
    /// The server has accepted FSD.
    fsd: bool,
    /// FSD was asked for, and the answer is due.
    asking: bool,
    /// A count was asked for, and the answer is due.
    counting: bool,
    /// How many others are logged in, as far as is known.
    others: Option<u32>,
}

impl Sequence {
    /// Tells every UPS that this host is primary of, the healthy ones too; without any goes on at once.
    pub(crate) fn begin(supplies: &[Supply], policy: &Policy, now: Tick) -> (Self, Vec<Action>) {
        let primaries = supplies.iter().filter(|supply| supply.is_primary());
        let primaries: Vec<_> = primaries.map(|supply| Primary::new(supply.id)).collect();
        let mut sequence = Self {
            stage: Stage::Ended,
            stopping: false,
        };
        if primaries.is_empty() {
            let actions = sequence.enter_final(policy, now);
            return (sequence, actions);
        }
        let actions = primaries
            .iter()
            .map(|primary| Action::SetFsd(primary.id))
            .collect();
        sequence.stage = Stage::Syncing {
            until: now + policy.hostsync,
            count_at: now + COUNT_PERIOD,
            told: false,
            primaries,
        };
        (sequence, actions)
    }

    /// What happens while it is under way.
    pub(crate) fn step(
        &mut self,
        event: Event,
        supplies: &mut [Supply],
        policy: &Policy,
        now: Tick,
    ) -> Vec<Action> {
        match event {
            Event::FsdAnswered(id, answer) => self.fsd_answered(id, answer, supplies),
            Event::Logins(id, count) => self.counted(id, count, supplies, policy, now),
            Event::CommandDone => self.command_done(policy, now),
            Event::CommandFailed(why) => self.command_failed(&why, now),
            _ => self.tick(policy, now),
        }
    }

    pub(crate) fn wake_at(&self) -> Option<Tick> {
        match &self.stage {
            Stage::Syncing {
                until, count_at, ..
            } => Some(*until.min(count_at)),
            Stage::Final { until } => Some(*until),
            Stage::Failed { retry, .. } => Some(*retry),
            Stage::Lingering { until } => *until,
            Stage::Acting { .. } | Stage::Ended => None,
        }
    }

    /// A poll came in: a server that could not be told before is told now.
    pub(crate) fn seen(&mut self, supply: &Supply) -> Option<Action> {
        let Stage::Syncing { primaries, .. } = &mut self.stage else {
            return None;
        };
        let primary = primaries
            .iter_mut()
            .find(|primary| primary.id == supply.id)?;
        let silent = supply.quiet || supply.flags.has(Flag::Fsd);
        if primary.fsd || primary.asking || silent {
            return None;
        }
        primary.asking = true;
        Some(Action::SetFsd(supply.id))
    }

    /// SIGTERM: what has begun is finished first.
    pub(crate) fn stop(&mut self) -> Vec<Action> {
        self.stopping = true;
        if let Stage::Lingering { .. } = self.stage {
            return self.end();
        }
        let text = "asked to end, but a shutdown is under way: it is finished first";
        vec![Action::Log(Level::Notice, text.to_owned())]
    }

    /// Whoever was to run the command is gone: somebody else has to.
    pub(crate) fn lose_helper(&mut self, now: Tick) -> Vec<Action> {
        match self.stage {
            Stage::Acting { .. } => self.command_failed("the process that ran it is gone", now),
            _ => Vec::new(),
        }
    }

    fn fsd_answered(
        &mut self,
        id: UpsId,
        answer: Result<(), String>,
        supplies: &mut [Supply],
    ) -> Vec<Action> {
        let Stage::Syncing { primaries, .. } = &mut self.stage else {
            return Vec::new();
        };
        let primary = primaries.iter_mut().find(|primary| primary.id == id);
        let supply = supplies.iter_mut().find(|supply| supply.id == id);
        let Some((primary, supply)) = primary.zip(supply) else {
            return Vec::new();
        };
        primary.asking = false;
        primary.counting = true;
        let mut actions: Vec<_> = match answer {
            Ok(()) => {
                primary.fsd = true;
                supply.tell_fsd().into_iter().collect()
            }
            Err(why) => {
                let text = format!(
                    "FSD set on UPS [{}] failed: {why}; hosts that depend on it do not know of this shutdown",
                    supply.name
                );
                vec![Action::Log(Level::Error, text)]
            }
        };
        actions.push(Action::CountLogins(id));
        actions
    }

    fn counted(
        &mut self,
        id: UpsId,
        count: Option<u32>,
        supplies: &[Supply],
        policy: &Policy,
        now: Tick,
    ) -> Vec<Action> {
        let Stage::Syncing {
            primaries, told, ..
        } = &mut self.stage
        else {
            return Vec::new();
        };
        let own = supplies
            .iter()
            .any(|supply| supply.id == id && supply.logged_in);
        if let Some(primary) = primaries.iter_mut().find(|primary| primary.id == id) {
            primary.counting = false;
            primary.others = count.map(|count| count.saturating_sub(own.into()));
        }
        if primaries.iter().all(|primary| primary.others == Some(0)) {
            return self.enter_final(policy, now);
        }
        let all_answered = primaries
            .iter()
            .all(|primary| !primary.counting && !primary.asking);
        if all_answered && !std::mem::replace(told, true) {
            return vec![notice(Notice::ShutdownHostSync)];
        }
        Vec::new()
    }

    fn tick(&mut self, policy: &Policy, now: Tick) -> Vec<Action> {
        match &mut self.stage {
            Stage::Syncing { until, .. } if now >= *until => {
                let mut actions = vec![Action::Log(
                    Level::Warning,
                    "Host sync timer expired, forcing shutdown".to_owned(),
                )];
                actions.extend(self.enter_final(policy, now));
                actions
            }
            Stage::Syncing {
                count_at,
                primaries,
                ..
            } if now >= *count_at => {
                *count_at = now + COUNT_PERIOD;
                let due = primaries.iter_mut().filter(|primary| primary.may_count());
                due.map(|primary| {
                    primary.counting = true;
                    Action::CountLogins(primary.id)
                })
                .collect()
            }
            Stage::Final { until } if now >= *until => self.act(1, policy, now),
            Stage::Failed { attempt, retry } if now >= *retry => {
                let attempt = attempt.saturating_add(1);
                self.act(attempt, policy, now)
            }
            Stage::Lingering { until: Some(until) } if now >= *until => self.end(),
            _ => Vec::new(),
        }
    }

    fn enter_final(&mut self, policy: &Policy, now: Tick) -> Vec<Action> {
        const TEXT: &str = "Executing automatic power-fail shutdown";
        self.stage = Stage::Final {
            until: now + policy.finaldelay,
        };
        let mut actions = vec![
            Action::Log(Level::Critical, TEXT.to_owned()),
            Action::Broadcast(TEXT),
            notice(Notice::Shutdown),
        ];
        if policy.finaldelay.is_zero() {
            actions.extend(self.act(1, policy, now));
        }
        actions
    }

    fn act(&mut self, attempt: u32, policy: &Policy, now: Tick) -> Vec<Action> {
        self.stage = Stage::Acting {
            attempt,
            began: now,
        };
        let log_out = attempt == 1 && policy.shutdownexit == ShutdownExit::AtOnce;
        let mut actions = vec![Action::ShutDown];
        if log_out {
            actions.push(Action::LogOut);
        }
        actions
    }

    fn command_done(&mut self, policy: &Policy, now: Tick) -> Vec<Action> {
        let Stage::Acting { began, .. } = self.stage else {
            return Vec::new();
        };
        let until = match policy.shutdownexit {
            _ if self.stopping => return self.end(),
            ShutdownExit::AtOnce => return self.end(),
            ShutdownExit::After(span) => Some(began + span),
            ShutdownExit::Never => None,
        };
        self.stage = Stage::Lingering { until };
        self.tick(policy, now)
    }

    fn command_failed(&mut self, why: &str, now: Tick) -> Vec<Action> {
        let Stage::Acting { attempt, .. } = self.stage else {
            return Vec::new();
        };
        let doubled = RETRY_FIRST.saturating_mul(1 << (attempt - 1).min(10));
        let pause = doubled.min(RETRY_MAX);
        self.stage = Stage::Failed {
            attempt,
            retry: now + pause,
        };
        let text = format!(
            "Unable to call shutdown command: {why}; attempt {attempt}, trying again in {} s",
            pause.as_secs()
        );
        vec![Action::Log(Level::Critical, text)]
    }

    fn end(&mut self) -> Vec<Action> {
        self.stage = Stage::Ended;
        vec![Action::LogOut, Action::Exit { failed: false }]
    }
}

impl Primary {
    fn new(id: UpsId) -> Self {
        Self {
            id,
            fsd: false,
            asking: true,
            counting: false,
            others: None,
        }
    }

    /// Whether the next count may be asked for: answers are awaited one at a time.
    fn may_count(&self) -> bool {
        !self.asking && !self.counting
    }
}
