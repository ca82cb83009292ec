//! The cases: what the servers are put through in one round.
//!
//! Both run at the same time and have each case in turn, so that whatever else this machine does meets both alike.

use super::figures::{Figures, Side, Unit, p50_micros};
use super::idle::Idle;
use super::load::Load;
use super::question::Question;
use super::stage::{MAXCONN, Stage};
use super::subject::Subject;
use super::variables::ASKED;
use super::{crowd, ingest, memory, visits};
use crate::failure::Result;
use std::thread::sleep;
use std::time::Duration;

/// How long one case lasts. C needs 44 ms for each LIST VAR, so it is short for it already.
const SLICE: Duration = Duration::from_millis(800);
/// How long a server is left alone before its memory is read.
const REST: Duration = Duration::from_millis(500);
/// Clients that ask at the same time.
pub(crate) const CLIENTS: [usize; 3] = [1, 16, 200];
/// Clients that visit at the same time.
pub(crate) const VISITORS: [usize; 2] = [1, 16];
/// Requests that are sent at once.
const PIPELINED: usize = 32;
/// Drivers that report at the same time.
const DRIVERS: usize = 500;
/// Descriptors that the largest crowd of idle clients leaves to other uses.
const DESCRIPTORS_ASIDE: usize = 400;

/// How large the cases are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Idle clients beside the one that asks.
    pub(crate) idle: Vec<usize>,
    /// Clients that come at the same instant.
    pub(crate) crowd: usize,
    maxconn: usize,
}

impl Plan {
    const IDLE: [usize; 3] = [0, 1000, 9000];

    /// As wanted, or as large as the limit of open files allows.
    pub(crate) fn for_open_files(limit: usize) -> Self {
        let most = limit.saturating_sub(DESCRIPTORS_ASIDE);
        Self {
            idle: Self::IDLE.iter().map(|&idle| idle.min(most)).collect(),
            crowd: most.min(1000),
            maxconn: MAXCONN.min(limit.saturating_sub(DESCRIPTORS_ASIDE / 2)),
        }
    }

    /// Most idle clients.
    pub(crate) fn most_idle(&self) -> usize {
        self.idle.iter().copied().max().unwrap_or(0)
    }

    /// Most idle clients, if they are fewer than wanted.
    pub(crate) fn reduced(&self) -> Option<usize> {
        Some(self.most_idle()).filter(|&most| !Self::IDLE.contains(&most))
    }
}

/// Figures by name; the targets use the same.
pub(crate) mod name {
    pub(crate) const PIPELINED: &str = "32 pipelined GETs, 1 client";
    pub(crate) const CROWD_SERVED: &str = "crowd: served";
    pub(crate) const CROWD_TIME: &str = "crowd: time until all are";

    pub(crate) fn rate(what: &str, clients: usize) -> String {
        format!("{what}, {clients} clients")
    }

    pub(crate) fn p50(what: &str, clients: usize) -> String {
        format!("{what} p50, {clients} clients")
    }

    pub(crate) fn beside(what: &str, idle: usize) -> String {
        format!("{what} p50 beside {idle} idle")
    }

    pub(crate) fn visits(clients: usize) -> String {
        format!("connect, GET, LOGOUT; {clients} clients")
    }

    pub(crate) fn resident(idle: usize, shipped: bool) -> String {
        let build = if shipped { "dist" } else { "release" };
        format!("RSS with {idle} clients, {build}")
    }

    pub(crate) fn ingest(drivers: usize) -> String {
        format!("SETINFO from {drivers} drivers")
    }
}

/// One round: every case, each server in its turn.
pub(crate) fn round(subjects: &[Subject], plan: &Plan, figures: &mut Figures) -> Result<()> {
    let turns: Result<Vec<Turn>> = subjects
        .iter()
        .map(|subject| Turn::begin(subject, plan))
        .collect();
    let mut turns = turns?;
    for case in CASES {
        for turn in turns.iter_mut().filter(|turn| !case.speed || turn.speed) {
            (case.perform)(turn, figures)?;
        }
    }
    Ok(())
}

/// A case.
struct Case {
    /// Whether it is about speed, not about memory.
    speed: bool,
    perform: fn(&mut Turn, &mut Figures) -> Result<()>,
}

const fn speed(perform: fn(&mut Turn, &mut Figures) -> Result<()>) -> Case {
    Case {
        speed: true,
        perform,
    }
}

const CASES: &[Case] = &[
    Case {
        speed: false,
        perform: |turn, figures| turn.memory(figures, 0),
    },
    speed(|turn, figures| turn.list(figures, 1)),
    speed(|turn, figures| turn.list(figures, 16)),
    speed(|turn, figures| turn.list(figures, 200)),
    speed(|turn, figures| turn.get(figures, 1)),
    speed(|turn, figures| turn.get(figures, 16)),
    speed(|turn, figures| turn.get(figures, 200)),
    speed(Turn::pipelined),
    speed(|turn, figures| turn.visits(figures, 1)),
    speed(|turn, figures| turn.visits(figures, 16)),
    speed(Turn::crowd),
    Case {
        speed: false,
        perform: Turn::idle,
    },
    speed(Turn::ingest_one),
    speed(Turn::ingest_many),
];

/// One server and what is asked of it.
struct Turn {
    plan: Plan,
    subject: Subject,
    stage: Stage,
    side: Side,
    /// Builds whose memory it stands for: C has one, so it stands beside both of ours.
    shipped: &'static [bool],
    speed: bool,
    list: Question,
    get: Question,
}

impl Turn {
    fn begin(subject: &Subject, plan: &Plan) -> Result<Self> {
        let stage = Stage::set(subject, 1, plan.maxconn)?;
        let (side, shipped): (_, &[bool]) = match subject {
            Subject::Release(_) => (Side::Ours, &[false]),
            Subject::Dist(_) => (Side::Ours, &[true]),
            Subject::C(_) => (Side::C, &[false, true]),
        };
        let get = format!("GET VAR ups0 {ASKED}");
        Ok(Self {
            plan: plan.clone(),
            subject: subject.clone(),
            side,
            shipped,
            speed: !matches!(subject, Subject::Dist(_)),
            list: Question::learn(stage.address, "LIST VAR ups0", "END LIST VAR")?,
            get: Question::learn(stage.address, &get, "VAR")?,
            stage,
        })
    }

    fn memory(&self, figures: &mut Figures, clients: usize) -> Result<()> {
        sleep(REST);
        let resident = memory::resident(self.stage.pid())?;
        for &shipped in self.shipped {
            let name = name::resident(clients, shipped);
            figures.add(self.side, &name, Unit::Kilobytes, resident);
        }
        Ok(())
    }

    fn list(&self, figures: &mut Figures, clients: usize) -> Result<()> {
        self.rate(figures, "LIST VAR", &self.list, clients)
    }

    fn get(&self, figures: &mut Figures, clients: usize) -> Result<()> {
        self.rate(figures, "GET VAR", &self.get, clients)
    }

    fn rate(
        &self,
        figures: &mut Figures,
        what: &str,
        question: &Question,
        clients: usize,
    ) -> Result<()> {
        let measured = Load::connect(self.stage.address, clients)?.measure(question, SLICE)?;
        let rate = measured.rate();
        figures.add(self.side, &name::rate(what, clients), Unit::PerSecond, rate);
        let p50 = p50_micros(measured.answers);
        figures.add(self.side, &name::p50(what, clients), Unit::Micros, p50);
        Ok(())
    }

    fn pipelined(&mut self, figures: &mut Figures) -> Result<()> {
        let burst = self.get.times(PIPELINED);
        let measured = Load::connect(self.stage.address, 1)?.measure(&burst, SLICE)?;
        let rate = measured.rate() * PIPELINED as f64;
        figures.add(self.side, name::PIPELINED, Unit::PerSecond, rate);
        Ok(())
    }

    fn visits(&self, figures: &mut Figures, clients: usize) -> Result<()> {
        let rate = visits::rate(self.stage.address, &self.get, clients, SLICE)?;
        figures.add(self.side, &name::visits(clients), Unit::PerSecond, rate);
        Ok(())
    }

    fn crowd(&mut self, figures: &mut Figures) -> Result<()> {
        let crowd = crowd::rush(self.stage.address, &self.get, self.plan.crowd)?;
        let millis = crowd.took.as_secs_f64() * 1e3;
        let served = crowd.served as f64;
        figures.add(self.side, name::CROWD_SERVED, Unit::Clients, served);
        figures.add(self.side, name::CROWD_TIME, Unit::Millis, millis);
        Ok(())
    }

    /// The same load beside more and more idle clients, and the memory with the most.
    fn idle(&mut self, figures: &mut Figures) -> Result<()> {
        let mut idle = Idle::default();
        for &count in &self.plan.idle {
            idle.grow(self.stage.address, &self.get, count)?;
            if self.speed {
                self.beside(figures, "LIST VAR", &self.list, count)?;
                self.beside(figures, "GET VAR", &self.get, count)?;
            }
        }
        self.memory(figures, self.plan.most_idle())
    }

    fn beside(
        &self,
        figures: &mut Figures,
        what: &str,
        question: &Question,
        idle: usize,
    ) -> Result<()> {
        let measured = Load::connect(self.stage.address, 1)?.measure(question, SLICE)?;
        let p50 = p50_micros(measured.answers);
        figures.add(self.side, &name::beside(what, idle), Unit::Micros, p50);
        Ok(())
    }

    fn ingest_one(&mut self, figures: &mut Figures) -> Result<()> {
        let rate = ingest::rate(&self.stage)?;
        figures.add(self.side, &name::ingest(1), Unit::PerSecond, rate);
        Ok(())
    }

    fn ingest_many(&mut self, figures: &mut Figures) -> Result<()> {
        let stage = Stage::set(&self.subject, DRIVERS, self.plan.maxconn)?;
        let rate = ingest::rate(&stage)?;
        figures.add(self.side, &name::ingest(DRIVERS), Unit::PerSecond, rate);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_reduced_visibly() {
        let plan = Plan::for_open_files(20_000);
        assert_eq!(
            (plan.idle.as_slice(), plan.crowd),
            (&[0, 1000, 9000][..], 1000)
        );
        assert_eq!(plan.reduced(), None);
        let plan = Plan::for_open_files(4096);
        assert_eq!(plan.idle, [0, 1000, 3696]);
        assert_eq!(plan.reduced(), Some(3696));
        assert!(plan.maxconn < 4096);
    }
}
