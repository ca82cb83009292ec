//! What is known of the devices of a recording, and where the play is.

use crate::device::Interface;
use crate::error::Error;
use crate::identity::Identity;
use crate::traffic::{Answer, Call, Session};

/// All devices, and the present step.
#[derive(Debug)]
pub(super) struct Scene {
    cast: Vec<Actor>,
    pub(super) step: usize,
    asked: usize,
    sent: Vec<String>,
    unknown: Vec<String>,
}

/// A device from one opening to the next.
#[derive(Debug)]
struct Actor {
    session: Session,
    /// For each exchange, whether it was played.
    played: Vec<bool>,
    /// The step in which it left.
    leaves: Option<usize>,
    /// It was told that it is gone.
    has_left: bool,
    /// The next interrupt report to what was written, where they are answers.
    due: usize,
}

impl Scene {
    pub(super) fn new(sessions: Vec<Session>) -> Self {
        Self {
            cast: sessions.into_iter().map(Actor::new).collect(),
            step: 0,
            asked: 0,
            sent: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// The devices on the bus: of those at one port the one that was opened last.
    pub(super) fn present(&self) -> impl Iterator<Item = (usize, &Identity)> {
        let opened = |actor: &Actor| actor.session.step <= self.step;
        let replaced = move |index: usize, identity: &Identity| {
            let later = self
                .cast
                .iter()
                .skip(index + 1)
                .filter(|actor| opened(actor));
            later
                .into_iter()
                .any(|actor| actor.session.identity.same_port(identity))
        };
        let actors = self.cast.iter().enumerate();
        actors
            .filter(move |(index, actor)| {
                opened(actor)
                    && !actor.is_gone(self.step)
                    && !replaced(*index, &actor.session.identity)
            })
            .map(|(index, actor)| (index, &actor.session.identity))
    }

    pub(super) fn interface(&self, session: usize) -> Interface {
        let actor = self.cast.get(session);
        actor
            .map(|actor| actor.session.interface.clone())
            .unwrap_or_default()
    }

    /// What a device answers.
    pub(super) fn answer(&mut self, session: usize, call: &Call) -> Answer {
        match call {
            Call::Set(..) | Call::Send(_) | Call::Reset => self.sent.push(call.to_string()),
            Call::Get(..) | Call::String(_) => self.asked += 1,
            Call::Interrupt(_) => {}
        }
        let step = self.step;
        let own = self.cast.get_mut(session);
        if let Some(answer) = own.and_then(|actor| actor.answer(step, call)) {
            return answer;
        }
        if let Some(answer) = self.elsewhere(session, call) {
            return answer;
        }
        self.unknown.push(call.to_string());
        Answer::Failed(stalled())
    }

    /// What the same device answered when it was opened another time, the nearest time first.
    fn elsewhere(&self, session: usize, call: &Call) -> Option<Answer> {
        let own = &self.cast.get(session)?.session.identity;
        let same = |other: &&Actor| {
            let other = &other.session.identity;
            (own.vid, own.pid, &own.serial) == (other.vid, other.pid, &other.serial)
        };
        let (before, after) = self.cast.split_at_checked(session)?;
        let others = before.iter().rev().chain(after).filter(same);
        others
            .into_iter()
            .find_map(|other| other.known(usize::MAX, call))
    }

    /// Whether a device that is present has an interrupt report that was not heard.
    pub(super) fn speaks(&self) -> bool {
        let mut present = self.present();
        present.any(|(index, _)| {
            self.cast
                .get(index)
                .is_some_and(|actor| actor.speaks(self.step))
        })
    }

    pub(super) fn notes(&mut self) -> Vec<String> {
        let mut notes = Vec::new();
        let asked = std::mem::take(&mut self.asked);
        if asked > 0 {
            notes.push(format!("asked {asked}"));
        }
        let sent = std::mem::take(&mut self.sent).into_iter();
        notes.extend(sent.map(|call| format!("sent {call}")));
        let unknown = std::mem::take(&mut self.unknown).into_iter();
        notes.extend(unknown.map(|call| format!("asked what is not in the recording: {call}")));
        notes
    }
}

fn stalled() -> String {
    Error::Stalled(String::new()).word().to_owned()
}

fn gone() -> Answer {
    Answer::Failed(Error::Gone(String::new()).word().to_owned())
}

impl Actor {
    fn new(session: Session) -> Self {
        let mut exchanges = session.exchanges.iter();
        let leaves = exchanges.find(|exchange| exchange.answer == gone());
        Self {
            leaves: leaves.map(|exchange| exchange.step),
            played: vec![false; session.exchanges.len()],
            has_left: false,
            due: 0,
            session,
        }
    }

    fn is_gone(&self, step: usize) -> bool {
        self.has_left || self.leaves.is_some_and(|leaves| leaves < step)
    }

    /// What it answers in a step; nothing if that is not known.
    fn answer(&mut self, step: usize, call: &Call) -> Option<Answer> {
        if self.is_gone(step) {
            return Some(gone());
        }
        let answer = if self.session.answers {
            self.in_turn(step, call)
        } else {
            self.next(step, call)
        };
        if answer.as_ref() == Some(&gone()) || (answer.is_none() && self.has_to_leave(step, call)) {
            self.has_left = true;
            return Some(gone());
        }
        answer.or_else(|| match call {
            Call::Get(..) | Call::String(_) => self.known(step, call),
            Call::Set(_, data) | Call::Send(data) => Some(Answer::Taken(data.len())),
            Call::Reset => Some(Answer::Ok),
            Call::Interrupt(_) => Some(Answer::Failed(
                Error::Timeout(String::new()).word().to_owned(),
            )),
        })
    }

    /// The same where interrupt reports are answers: those that followed what is written now are the next ones.
    fn in_turn(&mut self, step: usize, call: &Call) -> Option<Answer> {
        let at = match call {
            // nothing follows what was never written
            Call::Set(..) | Call::Send(_) => self.place(step, call).unwrap_or(usize::MAX),
            Call::Interrupt(_) => self.due,
            _ => return self.next(step, call),
        };
        self.due = at;
        let exchange = self.session.exchanges.get(at)?;
        if same_request(&exchange.call, call) {
            *self.played.get_mut(at)? = true;
            self.due = at.saturating_add(1);
            return Some(exchange.answer.clone());
        }
        None
    }

    /// Where this is written in this step, else before, else after it.
    fn place(&self, step: usize, call: &Call) -> Option<usize> {
        let all = self.session.exchanges.iter().zip(&self.played).enumerate();
        let same = all.filter(|(_, (exchange, _))| exchange.call == *call);
        let same: Vec<_> = same.collect();
        let now = same
            .iter()
            .find(|(_, (exchange, played))| exchange.step == step && !**played);
        let before = same
            .iter()
            .rev()
            .find(|(_, (exchange, _))| exchange.step <= step);
        let found = now.or(before).or_else(|| same.first())?;
        Some(found.0)
    }

    /// In the step in which it left, it is not known how far the driver came. Silence is not written down.
    fn has_to_leave(&self, step: usize, call: &Call) -> bool {
        self.leaves == Some(step) && !matches!(call, Call::Interrupt(_))
    }

    fn speaks(&self, step: usize) -> bool {
        let mut exchanges = self.session.exchanges.iter().zip(&self.played);
        exchanges.any(|(exchange, played)| {
            let waits = exchange.step <= step && !played && !self.session.answers;
            waits
                && matches!(
                    (&exchange.call, &exchange.answer),
                    (Call::Interrupt(_), Answer::Bytes(_))
                )
        })
    }

    /// The next answer in this step; for a report that is written, one to other bytes if there is none to these. An interrupt
    /// report waits until it is heard.
    fn next(&mut self, step: usize, call: &Call) -> Option<Answer> {
        let exchanges = self.session.exchanges.iter().zip(&mut self.played);
        let mut open: Vec<_> = exchanges
            .filter(|(exchange, played)| {
                let waits = matches!(call, Call::Interrupt(_)) && exchange.step < step;
                (exchange.step == step || waits) && !**played
            })
            .filter(|(exchange, _)| same_request(&exchange.call, call))
            .collect();
        let exact = open.iter().position(|(exchange, _)| exchange.call == *call);
        let (exchange, played) = open.get_mut(exact.unwrap_or(0))?;
        **played = true;
        Some(exchange.answer.clone())
    }

    /// The last answer up to this step, else the first one after it.
    fn known(&self, step: usize, call: &Call) -> Option<Answer> {
        let all = self.session.exchanges.iter();
        let fitting =
            all.filter(|exchange| same_request(&exchange.call, call) && exchange.answer != gone());
        let (before, mut after): (Vec<_>, Vec<_>) =
            fitting.partition(|exchange| exchange.step <= step);
        let after = (!after.is_empty()).then(|| after.swap_remove(0));
        let found = before.last().copied().or(after)?;
        Some(found.answer.clone())
    }
}

/// The same but for the buffer's length and the bytes that are written.
fn same_request(one: &Call, other: &Call) -> bool {
    match (one, other) {
        (Call::Get(one, _), Call::Get(other, _)) | (Call::Set(one, _), Call::Set(other, _)) => {
            one == other
        }
        (Call::Interrupt(_), Call::Interrupt(_)) | (Call::Send(_), Call::Send(_)) => true,
        (one, other) => one == other,
    }
}
