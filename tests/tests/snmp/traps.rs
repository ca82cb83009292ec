//! The built driver is called: it reads the status at once, and takes nothing from what it was told.

use std::net::UdpSocket;
use std::thread::sleep;
use std::time::Duration;

use snmp::wire::keys::Master;
use snmp::wire::v3::{self, Engine};
use snmp::wire::{Kind, Pdu, community};
use snmp::{Login, Value};
use testkit::free_port;

use crate::bench::{oid, v3};
use crate::driven::{Device, Driven, LOGINS, SOON};

const SOURCE: &str = "1.3.6.1.2.1.33.1.4.1.0";
/// Nothing of this is a poll's doing.
const RARELY: &str = "pollfreq = 600\npollinterval = 600\n";
/// A trap that is not taken is waited for so long.
const WATCHED: Duration = Duration::from_secs(1);

struct Called {
    driven: Driven,
    port: u16,
    agent: UdpSocket,
}

impl Called {
    fn start(test: &str, lines: &str) -> Option<Self> {
        let port = free_port().unwrap();
        let lines = format!("{lines}{RARELY}trap_port = {port}\n");
        let mut driven = Device::start(test, "ups.snmprec", &lines)?.serve();
        driven.expect_value("ups.status", "OL");
        driven.expect_fresh(true, "nothing");
        let agent = UdpSocket::bind("127.0.0.1:0").unwrap();
        agent.set_read_timeout(Some(SOON)).unwrap();
        Some(Self {
            driven,
            port,
            agent,
        })
    }

    /// The device has another source of power: 3 is the mains, 5 the battery.
    fn source(&mut self, number: i64) {
        self.driven.tell(&format!("put {SOURCE}|2|{number}"));
    }

    fn send(&self, bytes: &[u8]) {
        let to = ("127.0.0.1", self.port);
        self.agent.send_to(bytes, to).unwrap();
    }

    #[track_caller]
    fn expect(&mut self, status: &str) {
        self.driven.expect_value("ups.status", status);
    }
}

/// It says that the source is this one.
fn pdu(kind: Kind, source: i64) -> Pdu {
    Pdu {
        kind,
        request_id: 77,
        status: 0,
        index: 0,
        bindings: vec![(oid(SOURCE), Value::Integer(source))],
    }
}

fn message(community: &str, kind: Kind, source: i64) -> Vec<u8> {
    community::Message {
        version: 1,
        community: community.as_bytes().to_vec(),
        pdu: pdu(kind, source),
    }
    .bytes()
}

/// A trap of the user that the driver asks as.
fn signed(source: i64) -> Vec<u8> {
    let Login::V3(user) = v3(Some("SHA256"), Some("AES")) else {
        panic!("another version")
    };
    let master = Master::new(user.auth.as_ref().unwrap()).unwrap();
    let engine = Engine {
        id: b"of the agent".to_vec(),
        boots: 1,
        time: 1,
    };
    let keys = master.localized(&engine.id).unwrap();
    let message = v3::Message {
        id: 1,
        engine,
        user: user.name.into_bytes(),
        pdu: pdu(Kind::Trap, source),
    };
    message.bytes(Some(&keys), 1).unwrap()
}

#[test]
fn a_trap_has_the_status_read_at_once_and_says_nothing_itself() {
    let test = "a_trap_has_the_status_read_at_once_and_says_nothing_itself";
    let lines = format!("{}trap_community = alarm\n", LOGINS[1]);
    let Some(mut called) = Called::start(test, &lines) else {
        return;
    };
    called.source(5);
    // noise, strangers, and the community of requests
    called.send(b"");
    called.send(&[0x30; 2_000]);
    called.send(&message("guess", Kind::Trap, 5));
    called.send(&message("private", Kind::Inform, 5));
    called.send(&signed(5));
    sleep(WATCHED);
    assert!(called.driven.socket.status_has("OL"));
    called.send(&message("alarm", Kind::Trap, 5));
    called.expect("OB");
    // it lies; an inform is answered
    called.driven.device.agent.tell("asked");
    called.send(&message("alarm", Kind::Inform, 3));
    let mut buffer = [0; 1_000];
    let length = called.agent.recv(&mut buffer).unwrap();
    assert_eq!(buffer[..length], message("alarm", Kind::Response, 3));
    called.source(3);
    called.expect("OL");
}

#[test]
fn a_user_of_version_3_calls_with_his_signature() {
    let test = "a_user_of_version_3_calls_with_his_signature";
    let Some(mut called) = Called::start(test, LOGINS[2]) else {
        return;
    };
    called.source(5);
    let mut flipped = signed(5);
    if let Some(last) = flipped.last_mut() {
        *last ^= 1;
    }
    called.send(&flipped);
    called.send(&message("private", Kind::Trap, 5));
    sleep(WATCHED);
    assert!(called.driven.socket.status_has("OL"));
    called.send(&signed(5));
    called.expect("OB");
}

#[test]
fn many_calls_make_few_polls() {
    let test = "many_calls_make_few_polls";
    let Some(mut called) = Called::start(test, LOGINS[0]) else {
        return;
    };
    called.driven.device.agent.tell("asked");
    called.source(5);
    for _ in 0..200 {
        called.send(&message("private", Kind::Trap, 5));
    }
    called.expect("OB");
    let asked = called.driven.device.agent.tell("asked");
    // a quick reading is one request or two; of a second one the rest is not over, unless this machine is slow
    assert!(asked.split_whitespace().count() <= 8, "{asked}");
    assert_eq!(called.driven.driver.stop(), Some(0));
}
