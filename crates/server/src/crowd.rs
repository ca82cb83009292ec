//! Whose connection makes room for a new one when there are too many.
//!
//! Who is logged in, or was known by a right password, keeps the place whatever comes. Of the others those go first that
//! have said nothing, then those of the address that has the most: so a flood pushes itself out, and not the upsmon that
//! comes back. A client without either to its cost is never pushed out by another of its own address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Duration;

use model::Tick;

use crate::complaints::Complaints;
use crate::effect::Severity;
use crate::hub::Hub;
use crate::session::{ConnId, Session};

/// Silence that a new client is granted.
const GRACE: Duration = Duration::from_secs(5);

/// How many connections each address has.
#[derive(Debug, Default)]
pub(crate) struct Crowd {
    of: HashMap<IpAddr, usize>,
    /// Told of connections that were closed because of what they did or how many they were.
    complaints: Complaints,
}

impl Crowd {
    pub(crate) fn enter(&mut self, peer: IpAddr) {
        *self.of.entry(peer).or_default() += 1;
    }

    pub(crate) fn leave(&mut self, peer: IpAddr) {
        if let Some(count) = self.of.get_mut(&peer) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.of.remove(&peer);
            }
        }
    }

    fn count(&self, peer: IpAddr) -> usize {
        self.of.get(&peer).copied().unwrap_or(0)
    }
}

impl Hub {
    /// How many connections an address has.
    #[must_use]
    pub fn connections_of(&self, peer: IpAddr) -> usize {
        self.crowd.count(peer.to_canonical())
    }

    /// The connection to be closed in favour of a new one from `peer`; `None` when the new one has to go.
    #[must_use]
    pub fn dispensable(&self, peer: IpAddr, now: Tick) -> Option<ConnId> {
        let strangers = || {
            self.sessions
                .iter()
                .filter(|(_, session)| session.is_stranger())
        };
        // ids are given by age, so the first silent one has been silent longest
        let silent = strangers().find(|(_, session)| !session.spoke);
        let silent = silent.filter(|(_, session)| now.since(session.heard) >= GRACE);
        if let Some((conn, _)) = silent {
            return Some(*conn);
        }
        let peer = peer.to_canonical();
        let (greediest, most) = self.crowd.of.iter().max_by_key(|(_, count)| **count)?;
        if *greediest == peer || *most <= self.crowd.count(peer) + 1 {
            return None;
        }
        let theirs = strangers().filter(|(_, session)| session.peer == *greediest);
        theirs
            .min_by_key(|(_, session)| (session.spoke, session.heard))
            .map(|(conn, _)| *conn)
    }

    /// A connection from `peer` is closed for what `why` says; of many such only some are logged.
    pub fn expelled(&mut self, peer: IpAddr, why: &str, now: Tick) {
        let Some(withheld) = self.crowd.complaints.admit(now) else {
            return;
        };
        let more = match withheld {
            0 => String::new(),
            _ => format!("; {withheld} more were closed before and are not told"),
        };
        let line = format!("Connection of {} closed: {why}{more}", peer.to_canonical());
        self.log(Severity::Notice, line);
    }

    /// Time has passed.
    pub(crate) fn tick_crowd(&mut self, now: Tick) {
        if let Some(untold) = self.crowd.complaints.rest(now) {
            self.log(
                Severity::Notice,
                format!("{untold} more connections were closed"),
            );
        }
    }

    /// Where a connection comes from.
    #[must_use]
    pub fn peer(&self, conn: ConnId) -> Option<IpAddr> {
        self.sessions.get(&conn).map(|session| session.peer)
    }
}

impl Session {
    /// Neither logged in nor known.
    fn is_stranger(&self) -> bool {
        self.login.is_none() && !self.was_right
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Descriptions, Settings};
    use config::Users;

    fn hub() -> Hub {
        let ids = Box::new(|| proto::TrackingId::from_random([0; 16]));
        Hub::new(
            Settings::default(),
            Users::default(),
            Descriptions::default(),
            ids,
        )
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn open(hub: &mut Hub, peer: &str, second: u64) -> ConnId {
        hub.open(ip(peer), Tick::secs(second))
    }

    fn speak(hub: &mut Hub, conn: ConnId, second: u64) {
        let mut lexer = text::Lexer::new();
        lexer.feed(b"VER\n");
        hub.serve(conn, lexer.words(), Tick::secs(second), &mut String::new());
    }

    #[test]
    fn the_longest_silent_stranger_makes_room_first() {
        let mut hub = hub();
        let (spoke, first, second) = (
            open(&mut hub, "10.0.0.1", 0),
            open(&mut hub, "10.0.0.1", 1),
            open(&mut hub, "10.0.0.2", 2),
        );
        speak(&mut hub, spoke, 3);
        assert_eq!(
            hub.dispensable(ip("10.0.0.1"), Tick::secs(5)),
            None,
            "within their grace"
        );
        assert_eq!(hub.dispensable(ip("10.0.0.1"), Tick::secs(6)), Some(first));
        hub.closed(first);
        assert_eq!(hub.dispensable(ip("10.0.0.1"), Tick::secs(7)), Some(second));
    }

    #[test]
    fn then_the_address_that_has_most_but_never_who_is_known() {
        let mut hub = hub();
        let flood: Vec<ConnId> = (0..5).map(|_| open(&mut hub, "10.0.0.1", 0)).collect();
        flood.iter().for_each(|conn| speak(&mut hub, *conn, 1));
        speak(&mut hub, flood[0], 2);
        let other = open(&mut hub, "10.0.0.2", 0);
        speak(&mut hub, other, 0);
        assert_eq!(
            hub.dispensable(ip("10.0.0.2"), Tick::secs(9)),
            Some(flood[1])
        );
        assert_eq!(
            hub.dispensable(ip("::ffff:10.0.0.3"), Tick::secs(9)),
            Some(flood[1])
        );
        assert_eq!(
            hub.dispensable(ip("10.0.0.1"), Tick::secs(9)),
            None,
            "its own address"
        );
        for conn in &flood {
            if let Some(session) = hub.sessions.get_mut(conn) {
                session.was_right = true;
            }
        }
        assert_eq!(hub.dispensable(ip("10.0.0.2"), Tick::secs(9)), None);
        assert_eq!(hub.connections_of(ip("10.0.0.1")), 5);
    }
}
