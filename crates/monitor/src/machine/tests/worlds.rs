//! Small worlds, walked through whole: every sequence of events of a given length.
//!
//! Two UPSes, nine events for each and one for the administrator, ten steps of time between them. Worlds that have come to
//! the same state are walked on once. In each one the invariants of `Watcher` have to hold.

use super::*;
use crate::flags::Flag;
use crate::report::Line;
use model::Notice;
use std::collections::HashSet;

const STATUSES: [&str; 6] = ["OL", "OB", "OB LB", "OL CAL", "ALARM", "FSD OL"];
const DEPTH: usize = 6;
const STEP: Duration = Duration::from_secs(8);

/// A world: the machine, and what an observer outside remembers of it.
#[derive(Clone, PartialEq, Eq, Hash)]
struct World {
    monitor: Monitor,
    now: Tick,
    watcher: Watcher,
}

/// What is seen from outside, independently of the machine.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
struct Watcher {
    shutdowns: u32,
    decided_at: Option<Tick>,
    /// For each UPS: the last status it told, and when.
    told: [Option<(usize, Tick)>; 2],
    /// When the answers began to be missing, for each UPS.
    lost: [bool; 2],
    /// The notices that are in force.
    onbatt: [bool; 2],
    user: bool,
}

#[derive(Clone, Copy, Debug)]
enum Move {
    Told(usize, usize),
    Failed(usize),
    Wait(usize),
    Answered(usize),
    UserFsd,
}

fn moves() -> Vec<Move> {
    let mut moves = vec![Move::UserFsd];
    for ups in 0..2 {
        moves.extend((0..STATUSES.len()).map(|status| Move::Told(ups, status)));
        moves.extend([Move::Failed(ups), Move::Wait(ups), Move::Answered(ups)]);
    }
    moves
}

fn id(ups: usize) -> UpsId {
    [A, B][ups]
}

impl World {
    fn new(role: Role, minsupplies: u32) -> Self {
        let policy = Policy {
            minsupplies,
            ..Policy::default()
        };
        Self {
            monitor: Monitor::new(&setup(policy, &[("a", 1, role), ("b", 1, role)])),
            now: Tick::secs(1000),
            watcher: Watcher::default(),
        }
    }

    fn play(&mut self, step: Move) {
        match step {
            Move::Told(ups, status) => {
                self.watcher.told[ups] = Some((status, self.now));
                self.watcher.lost[ups] = false;
                let report = Report::of(STATUSES[status], "").unwrap();
                self.event(Event::Polled(id(ups), report));
            }
            Move::Failed(ups) => {
                self.watcher.lost[ups] = true;
                self.event(Event::Failed(id(ups), String::new()));
            }
            Move::Wait(ups) => self.event(Event::ToldNothing(id(ups))),
            Move::Answered(ups) => {
                self.event(Event::FsdAnswered(id(ups), Ok(())));
                self.event(Event::Logins(id(ups), Some(0)));
            }
            Move::UserFsd => {
                self.watcher.user = true;
                self.event(Event::UserFsd);
            }
        }
    }

    /// Time passes, and the machine is woken when it asked for it.
    fn pass(&mut self, span: Duration) {
        let until = self.now + span;
        while self.now < until {
            let wanted = self.monitor.wake_at(self.now).filter(|at| *at > self.now);
            self.now = wanted.unwrap_or(until).min(until);
            self.event(Event::Tick);
        }
    }

    fn event(&mut self, event: Event) {
        for action in self.monitor.step(event, self.now) {
            self.watch(action);
        }
    }

    fn watch(&mut self, action: Action) {
        match action {
            Action::ShutDown => {
                self.watcher.shutdowns += 1;
                assert_eq!(self.watcher.shutdowns, 1, "never two");
                let decided = self
                    .watcher
                    .decided_at
                    .expect("a shutdown has a recorded cause");
                let policy = self.monitor.policy();
                let most = policy.hostsync + policy.finaldelay + secs(1);
                assert!(self.now.since(decided) <= most, "too late");
            }
            Action::Decided(decision) => {
                assert_eq!(self.watcher.decided_at, None, "decided once");
                self.watcher.decided_at = Some(self.now);
                let caused = decision.inputs.iter().any(|input| input.rule.is_some());
                assert!(caused || self.watcher.user, "{decision}");
                self.justify(&decision);
            }
            Action::Notify {
                notice,
                ups: Some(ups),
                ..
            } => self.watch_notice(notice, ups),
            _ => {}
        }
    }

    /// Each critical UPS must have said something that outweighs being on line.
    fn justify(&self, decision: &crate::Decision) {
        for (ups, input) in decision.inputs.iter().enumerate() {
            if input.rule.is_none() {
                continue;
            }
            let (status, at) = self.watcher.told[ups].expect("heard of");
            let told = Report::of(STATUSES[status], "").unwrap();
            let fsd = told.flags.has(Flag::Fsd);
            assert!(
                fsd || told.line != Line::OnLine,
                "comm loss alone, last known on line"
            );
            let silent = self.now.since(at) >= self.monitor.policy().deadtime;
            let low = told.line == Line::OnBattery || self.watcher.onbatt[ups];
            let said = fsd || (low && told.flags.has(Flag::LowBattery));
            assert!(said || silent, "{decision}");
        }
    }

    fn watch_notice(&mut self, notice: Notice, ups: UpsId) {
        let onbatt = &mut self.watcher.onbatt[ups.0 as usize];
        match notice {
            Notice::OnBatt => assert!(!std::mem::replace(onbatt, true), "ONBATT is an edge"),
            Notice::Online => assert!(std::mem::replace(onbatt, false), "ONLINE is an edge"),
            _ => {}
        }
    }

    /// What must have happened by now, had the machine been right. Called when a step has passed in full.
    fn expect(&self) {
        if self.watcher.decided_at.is_some() {
            return;
        }
        let policy = self.monitor.policy();
        let role = self.monitor.supplies()[0].role;
        let patience = if role == Role::Primary {
            Duration::ZERO
        } else {
            policy.hostsync
        };
        let critical = |ups: &usize| {
            self.watcher.told[*ups].is_some_and(|(status, at)| match STATUSES[status] {
                "FSD OL" => true,
                "OB LB" => self.now.since(at) > patience,
                "OB" => {
                    let quiet = self.watcher.lost[*ups];
                    quiet && self.now.since(at) > policy.deadtime.max(patience)
                }
                "ALARM" => self.watcher.lost[*ups] && self.now.since(at) > policy.deadtime,
                _ => false,
            })
        };
        let lost = (0..2).filter(critical).count();
        let needed = usize::try_from(policy.minsupplies).unwrap();
        assert!(2 - lost >= needed, "a rule holds and nothing was decided");
    }

    /// Whatever was decided ends in a shutdown.
    fn finish(mut self) {
        let policy = *self.monitor.policy();
        self.pass(policy.hostsync + policy.finaldelay + secs(1));
        let decided = self.watcher.decided_at.is_some();
        assert_eq!(
            self.watcher.shutdowns > 0,
            decided,
            "what is decided is done"
        );
    }
}

fn walk(first: World) -> (u64, usize) {
    let (moves, mut worlds, mut steps) = (moves(), HashSet::from([first]), 0);
    for _ in 0..DEPTH {
        let mut next = HashSet::new();
        for world in worlds {
            for step in &moves {
                let mut world = world.clone();
                steps += 1;
                world.play(*step);
                world.pass(STEP);
                world.expect();
                next.insert(world);
            }
        }
        worlds = next;
    }
    let ends = worlds.len();
    worlds.into_iter().for_each(World::finish);
    (steps, ends)
}

fn every_world_is_right(role: Role, minsupplies: u32) {
    let (steps, ends) = walk(World::new(role, minsupplies));
    println!("{role:?}, MINSUPPLIES {minsupplies}: {steps} steps, {ends} different ends");
    assert!(ends > 10_000);
}

#[test]
fn in_every_small_world_a_primary_with_a_spare_supply_is_right() {
    every_world_is_right(Role::Primary, 1);
}

#[test]
fn in_every_small_world_a_primary_without_a_spare_supply_is_right() {
    every_world_is_right(Role::Primary, 2);
}

#[test]
fn in_every_small_world_a_secondary_with_a_spare_supply_is_right() {
    every_world_is_right(Role::Secondary, 1);
}

#[test]
fn in_every_small_world_a_secondary_without_a_spare_supply_is_right() {
    every_world_is_right(Role::Secondary, 2);
}
