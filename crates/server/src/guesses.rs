//! Who guesses at passwords: how many wrong ones came from an address, and how long it has to wait for the next try.
//!
//! The first few cost nothing, as people mistype. After them each try waits until a second has passed since the last one,
//! a few can wait at a time, and more are refused unseen. What a host says again is no new guess: a upsmon with a wrong
//! password repeats it for days, and must not make the hosts wait that share its address.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use model::Tick;
use secret::Secret;

/// Wrong guesses that cost nothing.
const FREE: usize = 5;
/// Time between two tries after that.
const PAUSE: Duration = Duration::from_secs(1);
/// Tries of one address that may wait; the last one waits for so many pauses.
const WAITING_MAX: u32 = 4;
/// After so long without a wrong guess all are forgotten.
const MEMORY: Duration = Duration::from_secs(60);
/// Wrong guesses of an address that are known again.
const REMEMBERED: usize = 32;
/// Addresses that are remembered.
const ADDRESSES_MAX: usize = 4096;

/// Whether a try may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    Now,
    /// At this time.
    Later(Tick),
    /// Too many are waiting.
    Refused,
}

/// What is known of each address.
#[derive(Debug, Default)]
pub(crate) struct Guesses {
    of: HashMap<IpAddr, Record>,
    /// Makes numbers of guesses that tell nothing to who does not have it.
    key: RandomState,
}

#[derive(Debug)]
struct Record {
    /// Different ones, the latest.
    wrong: Vec<u64>,
    /// When the latest came.
    last: Tick,
    /// When the next try may be made.
    free: Tick,
}

impl Guesses {
    /// Whether these credentials are known to be wrong: they have come from this address before.
    pub(crate) fn is_known_wrong(&self, peer: IpAddr, name: &str, password: &Secret) -> bool {
        let guess = self.number(name, password);
        let record = self.of.get(&origin(peer));
        record.is_some_and(|record| record.wrong.contains(&guess))
    }

    /// Asks for a try.
    pub(crate) fn admit(&mut self, peer: IpAddr, now: Tick) -> Admission {
        let record = match self.of.get_mut(&origin(peer)) {
            Some(record) if record.wrong.len() >= FREE => record,
            _ => return Admission::Now,
        };
        if record.free <= now {
            record.free = now + PAUSE;
            return Admission::Now;
        }
        if record.free > now + PAUSE * WAITING_MAX {
            return Admission::Refused;
        }
        let turn = record.free;
        record.free = turn + PAUSE;
        Admission::Later(turn)
    }

    /// How many wrong guesses have come from an address.
    pub(crate) fn count(&self, peer: IpAddr) -> usize {
        let record = self.of.get(&origin(peer));
        record.map_or(0, |record| record.wrong.len())
    }

    /// Takes note of a wrong guess.
    pub(crate) fn wrong(&mut self, peer: IpAddr, name: &str, password: &Secret, now: Tick) {
        let guess = self.number(name, password);
        let peer = origin(peer);
        if self.of.len() >= ADDRESSES_MAX && !self.of.contains_key(&peer) {
            self.forget_one();
        }
        let record = self.of.entry(peer).or_insert_with(|| Record {
            wrong: Vec::new(),
            last: now,
            free: now,
        });
        record.last = now;
        if record.wrong.contains(&guess) {
            return;
        }
        if record.wrong.len() >= REMEMBERED {
            record.wrong.remove(0);
        }
        record.wrong.push(guess);
        if record.wrong.len() >= FREE {
            record.free = record.free.max(now + PAUSE);
        }
    }

    /// Forgets whoever has been quiet.
    pub(crate) fn expire(&mut self, now: Tick) {
        self.of.retain(|_, record| now.since(record.last) < MEMORY);
    }

    /// New users: what was wrong may be right now.
    pub(crate) fn forget_all(&mut self) {
        self.of.clear();
    }

    /// The one that has guessed least, and of these the longest ago.
    fn forget_one(&mut self) {
        let least = self
            .of
            .iter()
            .min_by_key(|(_, record)| (record.wrong.len(), record.last));
        if let Some(peer) = least.map(|(peer, _)| *peer) {
            self.of.remove(&peer);
        }
    }

    fn number(&self, name: &str, password: &Secret) -> u64 {
        self.key.hash_one((name, password.expose()))
    }
}

/// Who has one IPv6 address has 2^64 of them.
fn origin(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V4(_) => peer,
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) & (u128::MAX << 64)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn guess(guesses: &mut Guesses, peer: &str, number: usize, now: Tick) {
        let password = Secret::new(number.to_string());
        guesses.wrong(ip(peer), "admin", &password, now);
    }

    #[test]
    fn after_five_different_guesses_each_try_waits_for_its_second() {
        let mut guesses = Guesses::default();
        let now = Tick::secs(100);
        for number in 0..4 {
            guess(&mut guesses, "10.0.0.1", number, now);
            assert_eq!(guesses.admit(ip("10.0.0.1"), now), Admission::Now);
        }
        guess(&mut guesses, "10.0.0.1", 4, now);
        let admitted: Vec<Admission> = (0..7).map(|_| guesses.admit(ip("10.0.0.1"), now)).collect();
        let later = |seconds| Admission::Later(Tick::secs(seconds));
        assert_eq!(
            admitted,
            [
                later(101),
                later(102),
                later(103),
                later(104),
                Admission::Refused,
                Admission::Refused,
                Admission::Refused
            ]
        );
        assert_eq!(guesses.admit(ip("10.0.0.2"), now), Admission::Now);
        assert_eq!(
            guesses.admit(ip("10.0.0.1"), Tick::secs(105)),
            Admission::Now
        );
        assert_eq!(guesses.admit(ip("10.0.0.1"), Tick::secs(105)), later(106));
    }

    #[test]
    fn the_same_wrong_password_again_is_no_new_guess() {
        let mut guesses = Guesses::default();
        for second in 0..1000 {
            guess(&mut guesses, "10.0.0.1", 7, Tick::secs(second));
        }
        assert_eq!(guesses.count(ip("10.0.0.1")), 1);
        assert!(guesses.is_known_wrong(ip("10.0.0.1"), "admin", &Secret::new("7")));
        assert!(!guesses.is_known_wrong(ip("10.0.0.1"), "admin", &Secret::new("8")));
        assert!(!guesses.is_known_wrong(ip("10.0.0.2"), "admin", &Secret::new("7")));
        assert_eq!(
            guesses.admit(ip("10.0.0.1"), Tick::secs(1000)),
            Admission::Now
        );
    }

    #[test]
    fn a_minute_of_quiet_is_forgiven() {
        let mut guesses = Guesses::default();
        (0..9).for_each(|number| guess(&mut guesses, "10.0.0.1", number, Tick::secs(0)));
        guesses.expire(Tick::secs(59));
        assert_eq!(guesses.count(ip("10.0.0.1")), 9);
        guesses.expire(Tick::secs(60));
        assert_eq!(guesses.count(ip("10.0.0.1")), 0);
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_and_the_table_has_a_bound() {
        let mut guesses = Guesses::default();
        for number in 0..9 {
            guess(
                &mut guesses,
                &format!("fd00::{number}"),
                number,
                Tick::secs(0),
            );
        }
        assert_eq!(guesses.count(ip("fd00::ffff")), 9);
        for number in 0..10_000_u32 {
            let peer = std::net::Ipv4Addr::from(number);
            guesses.wrong(peer.into(), "a", &Secret::new("b"), Tick::secs(1));
        }
        assert_eq!(guesses.of.len(), ADDRESSES_MAX);
        assert_eq!(guesses.count(ip("fd00::1")), 9);
    }
}
