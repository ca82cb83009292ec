//! Whether the credentials of a session are right, found out once for each session and each version of upsd.users.
//!
//! A password that stands in upsd.users as text is compared at once. One that stands there as a hash takes a noticeable
//! time, so the line that needs it is held ([`crate::Next::Hold`]), the shell is asked to do the work elsewhere
//! ([`Effect::Verify`]), and tells the outcome ([`Hub::verified`]); then the line is served again ([`Effect::Resume`]).
//!
//! * One check is done at a time. Of those that wait, sessions that were right before go first, then whose address has
//!   guessed wrong the least: nobody who guesses keeps a upsmon waiting.
//! * While a session of a user is known to be right, its password decides for all others of that user, without a check.
//! * Who guesses has to wait ([`crate::guesses`]), but not a session that was right before.

use std::collections::HashMap;
use std::net::IpAddr;

use model::Tick;
use proto::Refusal;
use secret::{Hash, Room, Secret};

use crate::access::{Evidence, Wrong, examine};
use crate::complaints::Complaints;
use crate::effect::{Effect, Severity};
use crate::guesses::{Admission, Guesses};
use crate::hub::Hub;
use crate::session::{ConnId, Session};

/// Sessions that may wait for a check.
const QUEUE_MAX: usize = 1024;

/// What is known of a session's credentials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nothing.
    #[default]
    Unknown,
    /// It has waited for its turn to try.
    Admitted,
    /// It will be known; a line is held meanwhile.
    Waiting,
    /// Too many were waiting for a check.
    Crowded,
    /// By the users of this generation.
    Known { right: bool, generation: u64 },
}

/// A password to be held against a hash: work for a thread that nobody waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    hash: Hash,
    password: Secret,
}

impl Check {
    /// Does the work.
    #[must_use]
    pub fn perform(&self, room: &mut Room) -> bool {
        self.hash.is_of_in(&self.password, room)
    }
}

/// The check that is being done.
#[derive(Debug)]
struct Checking {
    conn: ConnId,
    peer: IpAddr,
    name: Box<str>,
    password: Secret,
    generation: u64,
}

/// What is known and in progress about credentials.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    guesses: Guesses,
    /// Counts the versions of upsd.users.
    generation: u64,
    /// Whose turn to try comes at some time.
    delayed: Vec<(Tick, ConnId)>,
    /// Who waits for a check.
    queue: Vec<ConnId>,
    checking: Option<Checking>,
    /// For each user a session that is right.
    witnesses: HashMap<Box<str>, ConnId>,
    pub(crate) complaints: Complaints,
}

/// What became of a look at credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Judged {
    Right,
    Wrong,
    /// It takes time: the line is to be held.
    Later,
}

impl Hub {
    /// Judges the credentials of a session that has given some.
    pub(crate) fn judge(&mut self, conn: ConnId, now: Tick) -> Result<Judged, Refusal> {
        let generation = self.gate.generation;
        let session = self.sessions.get_mut(&conn).ok_or(Refusal::AccessDenied)?;
        match session.standing {
            Standing::Known {
                right,
                generation: of,
            } if of == generation => {
                return Ok(if right { Judged::Right } else { Judged::Wrong });
            }
            Standing::Waiting => return Ok(Judged::Later),
            Standing::Crowded => {
                session.standing = Standing::Unknown;
                self.tell_refusal(conn, "too many passwords are waiting to be checked", now);
                return Err(Refusal::AccessDenied);
            }
            Standing::Admitted | Standing::Unknown | Standing::Known { .. } => {}
        }
        if !session.was_right
            && session.standing != Standing::Admitted
            && let Some(judged) = self.admit(conn, now)?
        {
            return Ok(judged);
        }
        Ok(self.look(conn, now))
    }

    /// Makes who guesses wait; `None` for who may try at once.
    fn admit(&mut self, conn: ConnId, now: Tick) -> Result<Option<Judged>, Refusal> {
        let Some(session) = self.sessions.get_mut(&conn) else {
            return Err(Refusal::AccessDenied);
        };
        let (name, password) = session.credentials()?;
        let guesses = &mut self.gate.guesses;
        if guesses.is_known_wrong(session.peer, name, password) {
            self.conclude(conn, Err(Wrong::Password), now);
            return Ok(Some(Judged::Wrong));
        }
        match guesses.admit(session.peer, now) {
            Admission::Now => Ok(None),
            Admission::Later(turn) => {
                session.standing = Standing::Waiting;
                self.gate.delayed.push((turn, conn));
                Ok(Some(Judged::Later))
            }
            Admission::Refused => {
                self.tell_refusal(conn, "too many passwords were tried from its address", now);
                Err(Refusal::AccessDenied)
            }
        }
    }

    /// Looks at the users; what takes time is put into the queue.
    fn look(&mut self, conn: ConnId, now: Tick) -> Judged {
        match self.outcome(conn) {
            Some(outcome) => {
                self.conclude(conn, outcome, now);
                if outcome.is_ok() {
                    Judged::Right
                } else {
                    Judged::Wrong
                }
            }
            None => {
                self.enqueue(conn);
                self.check_next(now);
                Judged::Later
            }
        }
    }

    /// What can be said without a check.
    fn outcome(&self, conn: ConnId) -> Option<Result<(), Wrong>> {
        let session = self.sessions.get(&conn)?;
        let Ok((name, password)) = session.credentials() else {
            return Some(Err(Wrong::User));
        };
        match examine(&self.users, name, password, session.peer) {
            Evidence::Right => Some(Ok(())),
            Evidence::Wrong(why) => Some(Err(why)),
            Evidence::Hash(_) => {
                let witness = self.gate.witnesses.get(name)?;
                let witness = self.sessions.get(witness)?.password.as_ref()?;
                Some(if witness.is(password) {
                    Ok(())
                } else {
                    Err(Wrong::Password)
                })
            }
        }
    }

    fn conclude(&mut self, conn: ConnId, outcome: Result<(), Wrong>, now: Tick) {
        let generation = self.gate.generation;
        let Some(session) = self.sessions.get_mut(&conn) else {
            return;
        };
        let right = outcome.is_ok();
        session.standing = Standing::Known { right, generation };
        let Err(why) = outcome else {
            session.was_right = true;
            let name = session.username.clone().unwrap_or_default();
            self.gate.witnesses.entry(name).or_insert(conn);
            return;
        };
        let peer = session.peer;
        if let Ok((name, password)) = session.credentials() {
            self.gate.guesses.wrong(peer, name, password, now);
        }
        self.tell_refusal(conn, why.text(), now);
    }

    /// Logs a refusal; of many only some, and the number of the others.
    pub(crate) fn tell_refusal(&mut self, conn: ConnId, why: &str, now: Tick) {
        let Some(withheld) = self.gate.complaints.admit(now) else {
            return;
        };
        let who = self
            .sessions
            .get(&conn)
            .map(Session::who)
            .unwrap_or_default();
        let more = match withheld {
            0 => String::new(),
            _ => format!("; {withheld} more were refused before and are not told"),
        };
        self.log(
            Severity::Notice,
            format!("Access denied: {who}: {why}{more}"),
        );
    }

    fn enqueue(&mut self, conn: ConnId) {
        if let Some(session) = self.sessions.get_mut(&conn) {
            session.standing = Standing::Waiting;
        }
        self.gate.queue.push(conn);
        if self.gate.queue.len() > QUEUE_MAX {
            let last = self.queue_by_merit().pop();
            if let Some(last) = last {
                self.gate.queue.retain(|waiting| *waiting != last);
                self.release(last, Standing::Crowded);
            }
        }
    }

    /// Those that wait, the best first.
    fn queue_by_merit(&self) -> Vec<ConnId> {
        let mut queue = self.gate.queue.clone();
        queue.sort_by_key(|conn| self.merit(*conn));
        queue
    }

    /// Less is better.
    fn merit(&self, conn: ConnId) -> (bool, usize) {
        let session = self.sessions.get(&conn);
        session.map_or((true, usize::MAX), |session| {
            (!session.was_right, self.gate.guesses.count(session.peer))
        })
    }

    /// Begins the next check, if none is being done; what needs none any more is settled.
    fn check_next(&mut self, now: Tick) {
        while self.gate.checking.is_none() {
            let best = self.gate.queue.iter().copied().enumerate();
            let Some((at, conn)) = best.min_by_key(|(_, conn)| self.merit(*conn)) else {
                return;
            };
            self.gate.queue.remove(at);
            match self.outcome(conn) {
                Some(outcome) => {
                    self.conclude(conn, outcome, now);
                    self.effect(Effect::Resume(conn));
                }
                None => self.begin_check(conn),
            }
        }
    }

    fn begin_check(&mut self, conn: ConnId) {
        let Some(session) = self.sessions.get(&conn) else {
            return;
        };
        let Ok((name, password)) = session.credentials() else {
            return;
        };
        let Evidence::Hash(hash) = examine(&self.users, name, password, session.peer) else {
            return;
        };
        let check = Check {
            hash: hash.clone(),
            password: password.clone(),
        };
        self.gate.checking = Some(Checking {
            conn,
            peer: session.peer,
            name: name.into(),
            password: password.clone(),
            generation: self.gate.generation,
        });
        self.effect(Effect::Verify(Box::new(check)));
    }

    /// The check of the last [`Effect::Verify`] is done.
    pub fn verified(&mut self, right: bool, now: Tick) {
        let Some(done) = self.gate.checking.take() else {
            return;
        };
        if done.generation != self.gate.generation {
            self.release(done.conn, Standing::Unknown);
        } else if self.sessions.contains_key(&done.conn) {
            let outcome = if right { Ok(()) } else { Err(Wrong::Password) };
            self.conclude(done.conn, outcome, now);
            self.effect(Effect::Resume(done.conn));
        } else if !right {
            // who hangs up has guessed all the same
            self.gate
                .guesses
                .wrong(done.peer, &done.name, &done.password, now);
        }
        self.check_next(now);
    }

    /// Has a session's line served again.
    fn release(&mut self, conn: ConnId, standing: Standing) {
        if let Some(session) = self.sessions.get_mut(&conn) {
            session.standing = standing;
            self.effect(Effect::Resume(conn));
        }
    }

    /// Time has passed.
    pub(crate) fn tick_gate(&mut self, now: Tick) {
        self.gate.guesses.expire(now);
        let delayed = std::mem::take(&mut self.gate.delayed);
        let (due, later) = delayed.into_iter().partition(|(turn, _)| *turn <= now);
        self.gate.delayed = later;
        let due: Vec<(Tick, ConnId)> = due;
        for (_, conn) in due {
            self.release(conn, Standing::Admitted);
        }
        if let Some(untold) = self.gate.complaints.rest(now) {
            self.log(
                Severity::Notice,
                format!("Access denied: {untold} more were refused"),
            );
        }
    }

    /// There are new users.
    pub(crate) fn reset_gate(&mut self) {
        self.gate.generation += 1;
        self.gate.guesses.forget_all();
        self.gate.witnesses.clear();
    }

    /// A session has ended.
    pub(crate) fn leave_gate(&mut self, conn: ConnId, session: &Session) {
        if session.standing == Standing::Waiting {
            self.gate.queue.retain(|waiting| *waiting != conn);
            self.gate.delayed.retain(|(_, waiting)| *waiting != conn);
        }
        let name = session.username.as_deref().unwrap_or_default();
        if self.gate.witnesses.get(name) == Some(&conn) {
            self.gate.witnesses.remove(name);
        }
    }
}

#[cfg(test)]
mod tests;
