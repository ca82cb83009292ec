use config::{Password, Users};
use text::Lexer;

use super::*;
use crate::{Descriptions, Settings};

/// A hub with the users of a file, and time that tests move on.
struct Lab {
    hub: Hub,
    now: Tick,
}

const ADDRESS: &str = "10.0.0.1";

/// `pw`, at the least cost there is.
const HASHED: &str = "[hashed]\n password = \"$argon2id$v=19$m=8,t=1,p=1$MDEyMzQ1Njc$fNMJaoijK3DgeP32miNXsw\"\n upsmon secondary\n";

fn users(text: &str) -> Users {
    Users::parse(std::path::Path::new("upsd.users"), text.as_bytes()).value
}

impl Lab {
    fn new(text: &str) -> Self {
        let ids = Box::new(|| proto::TrackingId::from_random([0; 16]));
        let mut hub = Hub::new(
            Settings::default(),
            users(text),
            Descriptions::default(),
            ids,
        );
        hub.set_devices(vec![crate::DeviceSpec {
            name: "lab1".into(),
            driver: "dummy-ups".into(),
            desc: None,
        }]);
        let _ = hub.take_effects();
        let now = Tick::secs(1000);
        Self { hub, now }
    }

    fn client(&mut self, address: &str, user: &str, password: &str) -> ConnId {
        let conn = self.hub.open(address.parse().unwrap(), self.now);
        self.says(conn, &format!("USERNAME {user}"));
        self.says(conn, &format!("PASSWORD {password}"));
        conn
    }

    /// The answer to a line; `None` when it is held.
    fn says(&mut self, conn: ConnId, line: &str) -> Option<String> {
        let mut lexer = Lexer::new();
        lexer.feed(format!("{line}\n").as_bytes());
        let mut out = String::new();
        match self.hub.serve(conn, lexer.words(), self.now, &mut out) {
            crate::Next::Hold => {
                assert_eq!(out, "");
                None
            }
            _ => Some(out.trim_end().to_owned()),
        }
    }

    fn logs_in(&mut self, conn: ConnId) -> Option<String> {
        self.says(conn, "LOGIN lab1")
    }

    /// One try of a guesser from an address.
    fn guesses(&mut self, address: &str, password: &str) -> Option<String> {
        let conn = self.client(address, "plain", password);
        self.logs_in(conn)
    }

    /// What is to be done: checks, sessions that go on, and the log.
    fn effects(&mut self) -> (Vec<Check>, Vec<ConnId>, Vec<String>) {
        let (mut checks, mut resumed, mut log) = Default::default();
        for effect in self.hub.take_effects() {
            match effect {
                Effect::Verify(check) => Vec::push(&mut checks, *check),
                Effect::Resume(conn) => Vec::push(&mut resumed, conn),
                Effect::Log(_, line) => Vec::push(&mut log, line),
                other => panic!("{other:?}"),
            }
        }
        (checks, resumed, log)
    }

    /// Does the check there is and gives the sessions that go on.
    fn verify(&mut self) -> Vec<ConnId> {
        let (checks, mut resumed, _) = self.effects();
        let [check] = &checks[..] else {
            panic!("{checks:?}")
        };
        self.hub
            .verified(check.perform(&mut Room::default()), self.now);
        let effects = self.hub.take_effects();
        for effect in &effects {
            if let Effect::Resume(conn) = effect {
                resumed.push(*conn);
            }
        }
        let checks = effects
            .into_iter()
            .filter(|effect| matches!(effect, Effect::Verify(_)));
        let checks: Vec<Effect> = checks.collect();
        for check in checks {
            self.hub.effect(check);
        }
        resumed
    }
}

const PLAIN: &str = "[plain]\n password = pw\n upsmon secondary\n[near]\n password = pw\n networks = 10.0.0.0/8\n upsmon primary\n";
const DENIED: Option<&str> = Some("ERR ACCESS-DENIED");

#[test]
fn a_hash_is_checked_elsewhere_while_the_line_is_held() {
    let mut lab = Lab::new(HASHED);
    for (password, answer) in [("px", "ERR ACCESS-DENIED"), ("pw", "OK")] {
        let conn = lab.client(ADDRESS, "hashed", password);
        assert_eq!(lab.logs_in(conn), None);
        assert_eq!(lab.logs_in(conn), None, "still held");
        assert_eq!(lab.verify(), [conn]);
        assert_eq!(lab.logs_in(conn).as_deref(), Some(answer));
    }
}

#[test]
fn who_is_known_to_be_right_decides_for_others_of_the_user() {
    let mut lab = Lab::new(HASHED);
    let first = lab.client(ADDRESS, "hashed", "pw");
    let second = lab.client(ADDRESS, "hashed", "pw");
    let third = lab.client(ADDRESS, "hashed", "px");
    for conn in [first, second, third] {
        assert_eq!(lab.logs_in(conn), None);
    }
    // one check for all
    assert_eq!(lab.verify(), [first, second, third]);
    assert_eq!(lab.logs_in(second).as_deref(), Some("OK"));
    assert_eq!(lab.logs_in(third).as_deref(), DENIED);
    let fourth = lab.client(ADDRESS, "hashed", "pw");
    assert_eq!(lab.logs_in(fourth).as_deref(), Some("OK"));
    // nobody is left who could decide
    for conn in [first, second, fourth] {
        lab.hub.closed(conn);
    }
    let fifth = lab.client(ADDRESS, "hashed", "pw");
    assert_eq!(lab.logs_in(fifth), None);
}

#[test]
fn whoever_guesses_is_checked_last_and_those_who_were_right_first() {
    let mut lab = Lab::new(&format!(
        "{HASHED}{}",
        HASHED.replace("[hashed]", "[other]")
    ));
    let known = lab.client("10.0.0.9", "hashed", "pw");
    assert_eq!(lab.logs_in(known), None);
    lab.verify();
    assert_eq!(lab.logs_in(known).as_deref(), Some("OK"));
    for number in 0..3 {
        let conn = lab.client(ADDRESS, "nobody", &number.to_string());
        assert_eq!(lab.logs_in(conn).as_deref(), DENIED);
    }
    let _ = lab.effects();
    // all are judged anew after a change of the users
    lab.hub.set_users(users(&format!(
        "{}[new]\n password = x\n{HASHED}",
        HASHED.replace("[hashed]", "[other]")
    )));
    let busy = lab.client("10.0.0.8", "other", "px");
    assert_eq!(lab.logs_in(busy), None);
    for number in 0..3 {
        let conn = lab.client(ADDRESS, "nobody", &number.to_string());
        assert_eq!(lab.logs_in(conn).as_deref(), DENIED);
    }
    let guesser = lab.client(ADDRESS, "other", "py");
    assert_eq!(lab.logs_in(guesser), None);
    let stranger = lab.client("10.0.0.7", "other", "pz");
    assert_eq!(lab.logs_in(stranger), None);
    assert_eq!(lab.says(known, "PRIMARY lab1"), None);
    let order: Vec<ConnId> = (0..4).flat_map(|_| lab.verify()).collect();
    assert_eq!(order, [busy, known, stranger, guesser]);
}

#[test]
fn after_five_guesses_an_address_waits_and_others_do_not() {
    let mut lab = Lab::new(PLAIN);
    for number in 0..5 {
        assert_eq!(lab.guesses(ADDRESS, &number.to_string()).as_deref(), DENIED);
    }
    let right = lab.client(ADDRESS, "plain", "pw");
    assert_eq!(lab.logs_in(right), None);
    assert_eq!(lab.guesses("10.0.0.2", "pw").as_deref(), Some("OK"));
    for number in 5..20 {
        let answer = lab.guesses(ADDRESS, &number.to_string());
        assert!(answer.is_none() || answer.as_deref() == DENIED);
    }
    let _ = lab.effects();
    lab.now = Tick::secs(1001);
    lab.hub.tick(lab.now);
    let (_, resumed, _) = lab.effects();
    assert_eq!(resumed, [right]);
    assert_eq!(lab.logs_in(right).as_deref(), Some("OK"));
    // it was right once, so it waits no more
    lab.hub
        .set_users(users(&PLAIN.replace("secondary", "primary")));
    assert_eq!(
        lab.says(right, "PRIMARY lab1").as_deref(),
        Some("OK PRIMARY-GRANTED")
    );
}

#[test]
fn ten_thousand_guesses_are_ten_lines_and_their_number() {
    let mut lab = Lab::new(PLAIN);
    for number in 0..10_000_u32 {
        let address = format!("127.0.{}.{}", number / 100 % 3, number % 100);
        let conn = lab.client(&address, "plain", &number.to_string());
        let _ = lab.logs_in(conn);
        lab.hub.closed(conn);
    }
    let (_, _, log) = lab.effects();
    assert_eq!(log.len(), 10, "{log:#?}");
    assert_eq!(
        log[0],
        "Access denied: plain@127.0.0.0: the password is wrong"
    );
    lab.now = Tick::secs(1061);
    lab.hub.tick(lab.now);
    let (_, _, log) = lab.effects();
    // of each of the 300 addresses four were still waiting when they hung up
    assert_eq!(log, ["Access denied: 8790 more were refused"]);
}

#[test]
fn a_user_of_a_network_is_refused_from_elsewhere() {
    let mut lab = Lab::new(PLAIN);
    for (address, answer) in [
        ("10.1.2.3", "OK"),
        ("11.1.2.3", "ERR ACCESS-DENIED"),
        ("::ffff:10.1.2.3", "OK"),
    ] {
        let conn = lab.client(address, "near", "pw");
        assert_eq!(lab.logs_in(conn).as_deref(), Some(answer), "{address}");
    }
    let (_, _, log) = lab.effects();
    assert!(
        log.iter()
            .any(|line| line
                == "Access denied: near@11.1.2.3: the user may not come from this address"),
        "{log:?}"
    );
}

#[test]
fn reading_may_need_a_user() {
    let mut lab = Lab::new(PLAIN);
    lab.hub.set_settings(Settings {
        anonymous_read: false,
        ..Settings::default()
    });
    let stranger = lab.hub.open(ADDRESS.parse().unwrap(), lab.now);
    for line in [
        "LIST UPS",
        "GET VAR lab1 ups.status",
        "GET NUMLOGINS lab1",
        "LIST CLIENT lab1",
    ] {
        assert_eq!(
            lab.says(stranger, line).as_deref(),
            Some("ERR USERNAME-REQUIRED"),
            "{line}"
        );
    }
    assert_eq!(lab.says(stranger, "NETVER").as_deref(), Some("1.3"));
    let wrong = lab.client(ADDRESS, "plain", "px");
    assert_eq!(lab.says(wrong, "LIST UPS").as_deref(), DENIED);
    let right = lab.client(ADDRESS, "plain", "pw");
    let desc = lab.says(right, "GET UPSDESC lab1");
    assert_eq!(desc.as_deref(), Some("UPSDESC lab1 \"Unavailable\""));
}

#[test]
fn a_reload_judges_all_anew_and_one_without_changes_nobody() {
    let mut lab = Lab::new(HASHED);
    let conn = lab.client(ADDRESS, "hashed", "pw");
    assert_eq!(lab.logs_in(conn), None);
    // in the middle of the check
    lab.hub
        .set_users(users(&HASHED.replace("secondary", "primary")));
    assert_eq!(lab.verify(), [conn]);
    assert_eq!(lab.logs_in(conn), None, "the outcome was of the old users");
    assert_eq!(lab.verify(), [conn]);
    assert_eq!(lab.logs_in(conn).as_deref(), Some("OK"));
    lab.hub
        .set_users(users(&HASHED.replace("secondary", "primary")));
    assert_eq!(
        lab.says(conn, "PRIMARY lab1").as_deref(),
        Some("OK PRIMARY-GRANTED")
    );
    let Some(Password::Hashed(_)) = lab.hub.users.users[0].password else {
        panic!("no hash")
    };
}
