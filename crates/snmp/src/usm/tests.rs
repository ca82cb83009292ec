use std::time::Duration;

use super::*;
use crate::Secret;
use crate::login::{Auth, AuthProtocol, PrivProtocol, Privacy};
use crate::value::Value;

const REQUEST: i32 = 77;

fn user(auth: Option<bool>) -> User {
    let privacy = || Privacy {
        protocol: PrivProtocol::Aes256,
        password: Secret::new("privpass123"),
    };
    User {
        name: "bob".to_owned(),
        auth: auth.map(|has_privacy| Auth {
            protocol: AuthProtocol::Sha256,
            password: Secret::new("authpass123"),
            privacy: has_privacy.then(privacy),
        }),
    }
}

/// An agent that knows user bob.
struct Agent {
    engine: Engine,
    keys: Option<Keys>,
}

impl Agent {
    fn new(id: &[u8], user: &User) -> Self {
        let master = user.auth.as_ref().map(|auth| Master::new(auth).unwrap());
        Self {
            engine: Engine {
                id: id.to_vec(),
                boots: 5,
                time: 1_000,
            },
            keys: master.map(|master| master.localized(id).unwrap()),
        }
    }

    fn says(&self, id: i32, pdu: Pdu, is_signed: bool) -> Vec<u8> {
        let message = Message {
            id,
            engine: self.engine.clone(),
            user: b"bob".to_vec(),
            pdu,
        };
        let keys = self.keys.as_ref().filter(|_| is_signed);
        message.bytes(keys, 9).unwrap()
    }

    fn reports(&self, id: i32, about: u32, is_signed: bool) -> Vec<u8> {
        let counter = Oid::new(&[1, 3, 6, 1, 6, 3, 15, 1, 1, about, 0]).unwrap();
        let pdu = Pdu {
            bindings: vec![(counter, Value::Counter32(1))],
            ..Pdu::asking(Kind::Report, [])
        };
        self.says(id, pdu, is_signed)
    }

    fn answers(&self, id: i32) -> Vec<u8> {
        self.says(id, response(), self.keys.is_some())
    }

    fn reads(&self, bytes: &[u8]) -> Message {
        Message::read(bytes, self.keys.as_ref()).unwrap().message
    }
}

fn response() -> Pdu {
    Pdu {
        request_id: REQUEST,
        ..Pdu::asking(Kind::Response, [])
    }
}

fn question() -> Pdu {
    Pdu {
        request_id: REQUEST,
        ..Pdu::asking(Kind::Get, [])
    }
}

/// A user who has met an agent.
fn met(auth: Option<bool>) -> (Usm, Agent, Instant) {
    let user = user(auth);
    let mut usm = Usm::new(&user, "ups:161").unwrap();
    let agent = Agent::new(b"an engine", &user);
    let now = Instant::now();
    let first = Message::read(&usm.request(&question(), 1, now).unwrap(), None).unwrap();
    assert_eq!(first.message.engine, Engine::default());
    let report = agent.reports(1, 4, false);
    assert!(matches!(
        usm.hear(&report, REQUEST, &[1], now),
        Heard::Again
    ));
    (usm, agent, now)
}

#[test]
fn whoever_was_met_is_asked_and_answers_at_every_level() {
    for auth in [None, Some(false), Some(true)] {
        let (mut usm, agent, now) = met(auth);
        let later = now + Duration::from_secs(7);
        let bytes = usm.request(&question(), 2, later).unwrap();
        let asked = agent.reads(&bytes);
        assert_eq!((asked.id, asked.pdu), (2, question()));
        assert_eq!((asked.engine.boots, asked.engine.time), (5, 1_007));
        assert_eq!(asked.user, b"bob");
        let heard = usm.hear(&agent.answers(2), REQUEST, &[1, 2], later);
        assert!(matches!(heard, Heard::Answer(_)), "{auth:?}: {heard:?}");
    }
}

#[test]
fn an_answer_to_something_else_is_not_taken() {
    let (mut usm, agent, now) = met(Some(true));
    let mut hear = |bytes: &[u8], request| usm.hear(bytes, request, &[2], now);
    assert!(matches!(hear(&agent.answers(1), REQUEST), Heard::Other));
    assert!(matches!(hear(&agent.answers(2), REQUEST + 1), Heard::Other));
    let open = agent.says(2, response(), false);
    assert!(matches!(hear(&open, REQUEST), Heard::Garbled(_)));
    let mut changed = agent.answers(2);
    *changed.last_mut().unwrap() ^= 1;
    assert!(matches!(hear(&changed, REQUEST), Heard::Garbled(_)));
    let mut other = user(Some(true));
    other.auth.as_mut().unwrap().password = Secret::new("another one");
    let stranger = Agent::new(b"an engine", &other);
    assert!(matches!(
        hear(&stranger.answers(2), REQUEST),
        Heard::Garbled(_)
    ));
    assert!(matches!(hear(&agent.answers(2), REQUEST), Heard::Answer(_)));
}

#[test]
fn a_clock_is_set_by_a_signed_report_alone_and_also_backwards() {
    let (mut usm, mut agent, now) = met(Some(false));
    agent.engine.boots = 1;
    agent.engine.time = 3;
    let open = usm.hear(&agent.reports(2, 2, false), REQUEST, &[2], now);
    assert!(matches!(open, Heard::Garbled(_)));
    let signed = usm.hear(&agent.reports(2, 2, true), REQUEST, &[2], now);
    assert!(matches!(signed, Heard::Again));
    let asked = agent.reads(&usm.request(&question(), 3, now).unwrap());
    assert_eq!((asked.engine.boots, asked.engine.time), (1, 3));
}

#[test]
fn another_engine_is_met_anew() {
    let (mut usm, _, now) = met(Some(true));
    let other = Agent::new(b"another engine", &user(Some(true)));
    let report = usm.hear(&other.reports(2, 4, false), REQUEST, &[2], now);
    assert!(matches!(report, Heard::Again));
    let asked = other.reads(&usm.request(&question(), 3, now).unwrap());
    assert_eq!(asked.engine.id, b"another engine");
}

#[test]
fn each_reason_to_refuse_a_user_is_told_by_its_own() {
    let (mut usm, agent, now) = met(Some(true));
    let mut told = |about| match usm.hear(&agent.reports(2, about, false), REQUEST, &[2], now) {
        Heard::Failed(error) => error.words(),
        other => format!("{other:?}"),
    };
    assert_eq!(told(1), "level");
    assert_eq!(told(3), "user");
    assert_eq!(told(5), "password");
    assert_eq!(told(6), "privacy");
    assert!(told(7).starts_with("Garbled"));
}

#[test]
fn silence_after_meeting_is_the_users_until_he_was_answered() {
    let (mut usm, ..) = met(Some(true));
    assert_eq!(usm.lost().unwrap().words(), "unheard");
    assert_eq!(usm.lost(), None, "nobody is known now");
    let (mut usm, agent, now) = met(Some(true));
    usm.hear(&agent.answers(2), REQUEST, &[2], now);
    assert_eq!(usm.lost(), None);
}

#[test]
fn a_clock_does_not_run_out_of_its_range() {
    let known = Known {
        engine: Engine {
            time: i32::MAX.unsigned_abs(),
            ..Engine::default()
        },
        since: Instant::now(),
        keys: None,
    };
    let later = known.since + Duration::from_secs(9);
    assert_eq!(known.at(later).time, i32::MAX.unsigned_abs());
}

#[test]
fn a_login_that_no_agent_takes_is_told_at_once() {
    let told = |change: fn(&mut User)| {
        let mut user = user(Some(true));
        change(&mut user);
        Usm::new(&user, "ups").unwrap_err().to_string()
    };
    assert!(told(|user| user.name.clear()).starts_with("secName has 0 characters"));
    assert!(told(|user| user.name = "x".repeat(33)).starts_with("secName has 33"));
    let short = told(|user| user.auth.as_mut().unwrap().password = Secret::new("1234567"));
    assert!(short.starts_with("authPassword is too short"));
    let short = told(|user| {
        let privacy = &mut user.auth.as_mut().unwrap().privacy;
        privacy.as_mut().unwrap().password = Secret::new("1234567");
    });
    assert!(short.starts_with("privPassword is too short"));
}

#[test]
fn nothing_secret_is_shown() {
    let (usm, ..) = met(Some(true));
    let shown = format!("{usm:?}");
    assert!(
        shown.contains("bob") && !shown.contains("pass123"),
        "{shown}"
    );
}
