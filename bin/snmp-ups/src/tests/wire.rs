//! The driver on a simulated agent over UDP, with everything that networks and agents do wrong on the way. Beside it goes a driver
//! on the same objects in memory, where nothing goes wrong: clients have to see the same of both.

use std::time::Duration;

use snmp::{Agent, Auth, AuthProtocol, Login, PrivProtocol, Privacy, Session, Settings, User};
use snmp::{Secret, Value};
use testkit::{Sandbox, SnmpAgent};

use super::lab::{EATON, Lab, oid};

const DATA: &str = include_str!("../../../../tests/devices/snmp/data/ups.snmprec");
/// What changes from poll to poll: minutes and percent.
const LIVING: [&str; 2] = ["m.33.1.2.3.0", "m.33.1.2.4.0"];
const SOURCE: &str = "m.33.1.4.1.0";
const POLLS: usize = 3;

/// With these each poll is good.
const HARMLESS: [&str; 15] = [
    "mute every=3",
    "delay=30",
    "delay=150 every=2",
    "double",
    "double=40",
    "truncate every=3",
    "garbage every=3",
    "version every=3",
    "community",
    "wrongid every=3",
    "elsewhere every=3",
    "toobig=7",
    "few=5",
    "empty=3",
    "silent=9 count=2",
];
/// The same, when answers are signed.
const OF_SIGNED: [&str; 2] = ["flip every=2", "unsigned every=2"];
/// With these none is. The second is longer than is waited, so answers come when something else is asked.
const FATAL: [&str; 6] = [
    "mute",
    "delay=450",
    "garbage",
    "wrongid",
    "elsewhere",
    "confused",
];
/// Timeout in milliseconds, and retries.
const PATIENT: (u64, u32) = (500, 19);
const HASTY: (u64, u32) = (100, 1);
/// So many polls may fail behind a fault because this machine is busy.
const AGAIN: usize = 20;

fn user() -> Login {
    Login::V3(User {
        name: "u-sha256-aes".to_owned(),
        auth: Some(Auth {
            protocol: AuthProtocol::Sha256,
            password: Secret::new("authpass123"),
            privacy: Some(Privacy {
                protocol: PrivProtocol::Aes,
                password: Secret::new("privpass123"),
            }),
        }),
    })
}

fn v1() -> Login {
    Login::V1(Secret::new("private"))
}

fn v2c() -> Login {
    Login::V2c(Secret::new("private"))
}

/// A driver on an agent over UDP, and its twin.
struct Pair {
    wire: Lab,
    twin: Lab,
    agent: SnmpAgent,
    number: i64,
    turn: usize,
    _sandbox: Sandbox,
}

impl Pair {
    fn start(test: &str, login: Login, wait: (u64, u32)) -> Option<Self> {
        Self::start_with(test, DATA, login, wait)
    }

    fn start_with(
        test: &str,
        objects: &str,
        login: Login,
        (timeout, retries): (u64, u32),
    ) -> Option<Self> {
        let sandbox = Sandbox::new();
        sandbox.write("device.snmprec", objects);
        let data = sandbox.etc().join("device.snmprec");
        let agent = SnmpAgent::start(test, &sandbox, &data.to_string_lossy(), &[])?;
        let settings = Settings {
            peer: format!("127.0.0.1:{}", agent.port()).parse().unwrap(),
            login,
            timeout: Duration::from_millis(timeout),
            retries,
        };
        let open = move || -> Box<dyn Agent> { Box::new(Session::open(&settings).unwrap()) };
        let each_poll = [("pollfreq", "0")];
        let started = (0..AGAIN)
            .find_map(|_| Lab::on(snmp::Simulated::default(), open.clone(), &each_poll).ok());
        Some(Self {
            wire: started.expect("the device is there"),
            twin: Lab::new(objects, &each_poll),
            agent,
            number: 1,
            turn: 0,
            _sandbox: sandbox,
        })
    }

    /// The device's values change.
    fn change(&mut self) {
        self.number = self.number % 90 + 1;
        self.turn += 1;
        let number = self.number;
        for (object, number) in LIVING.into_iter().zip([number, 100 - number]) {
            self.put(object, number);
        }
        // on the mains, on battery, boosting
        self.put(
            SOURCE,
            [3, 5, 6].into_iter().cycle().nth(self.turn).unwrap_or(3),
        );
    }

    fn put(&mut self, object: &str, number: i64) {
        self.agent.tell(&format!("put {}|2|{number}", oid(object)));
        self.twin.put(object, number);
    }

    fn poll(&mut self) -> Result<(), String> {
        self.twin.after(2).unwrap();
        self.wire.after(2).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn expect_same(&self, fault: &str) {
        assert!(!self.wire.seen.dump().contains("DATASTALE"), "{fault}");
        assert_eq!(
            self.wire.seen.listing(),
            self.twin.seen.listing(),
            "{fault}"
        );
    }
}

/// Each fault for some polls, all of which are good and see what the device has by then.
fn survives(test: &str, login: Login, faults: &[&str]) {
    let Some(mut pair) = Pair::start(test, login, PATIENT) else {
        return;
    };
    for fault in faults {
        pair.agent.tell(&format!("fault {fault}"));
        for _ in 0..POLLS {
            pair.change();
            let told = pair.poll();
            assert_eq!(told, Ok(()), "{fault}");
            pair.expect_same(fault);
        }
        pair.agent.tell("nofault");
    }
}

/// While a fault lasts nothing changes but that the data are stale; behind it all is as it should be.
fn recovers(test: &str, login: Login, faults: &[&str]) {
    let Some(mut pair) = Pair::start(test, login, HASTY) else {
        return;
    };
    for fault in faults {
        let before = pair.wire.seen.listing();
        pair.agent.tell(&format!("fault {fault}"));
        for _ in 0..2 {
            pair.change();
            assert!(pair.poll().is_err(), "{fault}");
            assert!(pair.wire.seen.dump().contains("DATASTALE"), "{fault}");
            assert_eq!(pair.wire.seen.listing(), before, "{fault}");
        }
        pair.agent.tell("nofault");
        pair.change();
        assert!((0..AGAIN).any(|_| pair.poll().is_ok()), "{fault}");
        pair.expect_same(fault);
    }
}

#[test]
fn in_version_1_faults_change_no_value() {
    survives("in_version_1_faults_change_no_value", v1(), &HARMLESS);
}

#[test]
fn in_version_2c_faults_change_no_value() {
    survives("in_version_2c_faults_change_no_value", v2c(), &HARMLESS);
}

#[test]
fn in_version_3_faults_change_no_value() {
    let faults = [&HARMLESS[..], &OF_SIGNED[..]].concat();
    survives("in_version_3_faults_change_no_value", user(), &faults);
}

#[test]
fn in_version_1_a_device_that_cannot_be_understood_is_stale_until_it_can() {
    let test = "in_version_1_a_device_that_cannot_be_understood_is_stale_until_it_can";
    recovers(test, v1(), &FATAL);
}

#[test]
fn in_version_2c_a_device_that_cannot_be_understood_is_stale_until_it_can() {
    let test = "in_version_2c_a_device_that_cannot_be_understood_is_stale_until_it_can";
    recovers(
        test,
        v2c(),
        &[&FATAL[..], &["version", "truncate"][..]].concat(),
    );
}

#[test]
fn in_version_3_a_device_that_cannot_be_understood_is_stale_until_it_can() {
    let test = "in_version_3_a_device_that_cannot_be_understood_is_stale_until_it_can";
    recovers(
        test,
        user(),
        &[&FATAL[..], &["flip", "unsigned"][..]].concat(),
    );
}

#[test]
fn values_that_the_agent_fails_at_or_has_no_more_are_taken_back() {
    let test = "values_that_the_agent_fails_at_or_has_no_more_are_taken_back";
    for login in [v1(), v2c(), user()] {
        let Some(mut pair) = Pair::start(test, login, PATIENT) else {
            return;
        };
        // no other object's number ends so
        let broken = "m.33.1.9.10.0";
        assert_eq!(pair.wire.value("input.transfer.high"), Some("264"));
        pair.agent.tell(&format!("remove {}", oid(broken)));
        pair.twin.agent.remove(&oid(broken));
        pair.change();
        pair.poll().unwrap();
        pair.expect_same("an object in the middle is gone");
        pair.put(broken, 270);
        // every number as a text, every text as a number
        let other = |value: &Value| match value {
            Value::Text(_) | Value::Oid(_) => Value::Integer(7),
            Value::Integer(number) => Value::Text(number.to_string().into_bytes()),
            Value::Gauge32(number) | Value::Counter32(number) | Value::TimeTicks(number) => {
                Value::Text(number.to_string().into_bytes())
            }
            other => other.clone(),
        };
        pair.agent.tell("fault wrongtype");
        let objects = snmp::snmprec::read(DATA).unwrap();
        for object in objects.keys() {
            let value = pair.twin.agent.value(object);
            pair.twin.agent.put(object, other(&value));
        }
        pair.poll().unwrap();
        pair.expect_same("wrongtype");
    }
}

#[test]
fn a_list_that_never_ends_is_not_taken_and_read_when_it_does() {
    let test = "a_list_that_never_ends_is_not_taken_and_read_when_it_does";
    for login in [v1(), v2c(), user()] {
        let Some(mut pair) = Pair::start_with(test, EATON, login, PATIENT) else {
            return;
        };
        assert_eq!(pair.wire.status(), "ALARM OL LB RB");
        pair.agent.tell("fault endless");
        pair.agent.tell("asked");
        let told = pair.poll().unwrap_err();
        assert!(told.contains("would never end"), "{told}");
        let requests = pair.agent.tell("asked").split_whitespace().count();
        assert!(requests < 12, "{requests} requests");
        assert_eq!(pair.wire.status(), "ALARM OL LB RB", "stale");
        pair.agent.tell("nofault");
        pair.put("e.534.1.7.1.0", 0);
        pair.poll().unwrap();
        pair.expect_same("endless");
        assert_eq!(pair.wire.status(), "OL");
    }
}

#[test]
fn which_objects_there_are_is_found_out_though_what_is_behind_them_is_not_told() {
    let test = "which_objects_there_are_is_found_out_though_what_is_behind_them_is_not_told";
    let Some(mut pair) = Pair::start(test, v1(), HASTY) else {
        return;
    };
    pair.agent.tell("fault mute");
    assert!(pair.poll().is_err());
    // so it is explored anew
    pair.agent.tell("nofault");
    pair.agent.tell("fault endless");
    assert!((0..AGAIN).any(|_| pair.poll().is_ok()));
    pair.expect_same("endless");
}
