use std::net::Ipv4Addr;
use std::time::Duration;

use config::{User, Users};
use text::Lexer;

use super::*;
use crate::Next;

/// A hub with the device `lab1`, connected and fresh, at a time that tests move on.
struct Lab {
    hub: Hub,
    now: Tick,
}

fn user(name: &str, actions: &[&str], instcmds: &[&str]) -> User {
    let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    User {
        name: name.into(),
        password: Some(config::Password::Plain(config::Secret::new("pw"))),
        actions: owned(actions),
        instcmds: owned(instcmds),
        ..User::default()
    }
}

fn spec(name: &str) -> DeviceSpec {
    DeviceSpec {
        name: name.into(),
        driver: "dummy-ups".into(),
        desc: None,
    }
}

impl Lab {
    fn new() -> Self {
        let users = Users {
            users: vec![
                user("admin", &["SET", "FSD"], &["ALL"]),
                user("prim", &["login", "master", "fsd"], &[]),
            ],
        };
        let mut serial = 0;
        let ids = Box::new(move || {
            serial += 1;
            TrackingId::from_random([serial; 16])
        });
        let mut hub = Hub::new(Settings::default(), users, Descriptions::default(), ids);
        hub.set_devices(vec![spec("lab1"), spec("ghost")]);
        let mut lab = Self {
            hub,
            now: Tick::secs(1000),
        };
        let id = lab.id("lab1");
        lab.hub.driver_connected(id, "dummy-ups-lab1", lab.now);
        for line in [
            r#"SETINFO ups.status "OL""#,
            r#"SETINFO lab.name "abc""#,
            "SETFLAGS lab.name RW STRING",
            "SETAUX lab.name 5",
            "ADDCMD Load.Off",
            "DATAOK",
            "DUMPDONE",
        ] {
            lab.driver("lab1", line);
        }
        let _ = lab.hub.take_outbox(id);
        let _ = lab.hub.take_effects();
        lab
    }

    fn id(&self, ups: &str) -> DeviceId {
        self.hub.device(ups).unwrap().id
    }

    fn driver(&mut self, ups: &str, line: &str) {
        let mut lexer = Lexer::new();
        lexer.feed(format!("{line}\n").as_bytes());
        let words: Vec<&str> = lexer.words().iter().collect();
        let id = self.id(ups);
        self.hub.driver_says(id, &words, self.now);
    }

    fn client(&mut self) -> ConnId {
        self.hub.open(Ipv4Addr::LOCALHOST.into(), self.now)
    }

    fn known(&mut self, name: &str) -> ConnId {
        let conn = self.client();
        assert_eq!(self.ask(conn, &format!("USERNAME {name}")), "OK\n");
        assert_eq!(self.ask(conn, "PASSWORD pw"), "OK\n");
        conn
    }

    fn ask(&mut self, conn: ConnId, line: &str) -> String {
        self.serve(conn, line).0
    }

    fn serve(&mut self, conn: ConnId, line: &str) -> (String, Next) {
        let mut lexer = Lexer::new();
        lexer.feed(format!("{line}\n").as_bytes());
        let mut out = String::new();
        let next = self.hub.serve(conn, lexer.words(), self.now, &mut out);
        (out, next)
    }

    /// The sessions that are to be closed since the last call.
    fn closed(&mut self) -> Vec<ConnId> {
        let closed = |effect| match effect {
            Effect::Close(conn) => Some(conn),
            _ => None,
        };
        let effects = self.hub.take_effects();
        effects.into_iter().filter_map(closed).collect()
    }

    fn later(&mut self, secs: u64) {
        self.now = self.now + Duration::from_secs(secs);
        self.hub.tick(self.now);
    }
}

#[test]
fn a_listing_is_rendered_anew_when_the_device_or_the_latch_changes() {
    let mut lab = Lab::new();
    let conn = lab.known("prim");
    let first = lab.ask(conn, "LIST VAR lab1");
    assert!(first.contains("VAR lab1 ups.status \"OL\"\n"));
    assert_eq!(lab.ask(conn, "LIST VAR lab1"), first);
    lab.driver("lab1", r#"SETINFO ups.status "OB""#);
    assert!(
        lab.ask(conn, "LIST VAR lab1")
            .contains("VAR lab1 ups.status \"OB\"\n")
    );
    assert_eq!(lab.ask(conn, "FSD lab1"), "OK FSD-SET\n");
    assert!(
        lab.ask(conn, "LIST VAR lab1")
            .contains("VAR lab1 ups.status \"FSD OB\"\n")
    );
    let shouted = lab.ask(conn, "LIST VAR LAB1");
    assert!(
        shouted.starts_with("BEGIN LIST VAR LAB1\nVAR LAB1 ")
            && shouted.ends_with("END LIST VAR LAB1\n")
    );
}

#[test]
fn the_latch_outlives_the_driver_and_stays_out_of_list_rw() {
    let mut lab = Lab::new();
    let conn = lab.known("prim");
    lab.ask(conn, "FSD lab1");
    let id = lab.id("lab1");
    lab.hub.driver_gone(id, "end of file");
    assert_eq!(
        lab.ask(conn, "GET VAR lab1 ups.status"),
        "ERR DRIVER-NOT-CONNECTED\n"
    );
    lab.hub.driver_connected(id, "dummy-ups-lab1", lab.now);
    assert_eq!(
        lab.ask(conn, "GET VAR lab1 ups.status"),
        "VAR lab1 ups.status \"FSD WAIT\"\n"
    );
    lab.driver("lab1", "SETFLAGS ups.status RW");
    assert!(
        lab.ask(conn, "LIST RW lab1")
            .contains("RW lab1 ups.status \"WAIT\"\n")
    );
}

#[test]
fn silence_makes_data_stale_and_a_word_makes_them_fresh() {
    let mut lab = Lab::new();
    let conn = lab.client();
    for _ in 0..17 {
        lab.later(1);
    }
    assert_eq!(lab.ask(conn, "LIST VAR lab1"), "ERR DATA-STALE\n");
    let effects = lab.hub.take_effects();
    let id = lab.id("lab1");
    assert_eq!(
        effects
            .iter()
            .filter(|effect| **effect == Effect::Flush(id))
            .count(),
        2
    );
    assert_eq!(lab.hub.take_outbox(id), "PING\nPING\n");
    let stale = |effect: &&Effect| matches!(effect, Effect::Log(Severity::Notice, line) if line.contains("is stale"));
    assert_eq!(effects.iter().filter(stale).count(), 1);
    lab.driver("lab1", "FOO bar");
    assert_eq!(lab.ask(conn, "GET VAR lab1 ups.status"), "ERR DATA-STALE\n");
    lab.driver("lab1", "PONG");
    assert_eq!(
        lab.ask(conn, "GET VAR lab1 ups.status"),
        "VAR lab1 ups.status \"OL\"\n"
    );
}

#[test]
fn logins_are_counted_until_the_session_ends() {
    let mut lab = Lab::new();
    let (first, second) = (lab.known("prim"), lab.known("prim"));
    assert_eq!(lab.ask(first, "LOGIN lab1"), "OK\n");
    assert_eq!(lab.ask(second, "ATTACH LAB1"), "OK\n");
    assert_eq!(lab.ask(second, "ATTACH lab1"), "ERR ALREADY-ATTACHED\n");
    assert_eq!(lab.ask(second, "LOGIN lab1"), "ERR ALREADY-LOGGED-IN\n");
    assert_eq!(lab.ask(first, "GET NUMLOGINS lab1"), "NUMLOGINS lab1 2\n");
    assert_eq!(lab.ask(first, "GET NUMATTACH lab1"), "NUMATTACH lab1 2\n");
    lab.hub.closed(second);
    lab.hub.closed(second);
    assert_eq!(lab.ask(first, "GET NUMLOGINS lab1"), "NUMLOGINS lab1 1\n");
}

#[test]
fn a_reload_keeps_what_did_not_change() {
    let mut lab = Lab::new();
    let (stays, leaves) = (lab.known("prim"), lab.known("prim"));
    lab.ask(stays, "LOGIN lab1");
    lab.ask(leaves, "LOGIN ghost");
    let (lab1, ghost) = (lab.id("lab1"), lab.id("ghost"));
    lab.hub
        .set_devices(vec![spec("LAB1"), spec("new1"), spec("new2")]);
    let effects = lab.hub.take_effects();
    let (new1, new2) = (lab.id("new1"), lab.id("new2"));
    assert!(effects.contains(&Effect::Connect(new1)) && effects.contains(&Effect::Connect(new2)));
    assert!(effects.contains(&Effect::Forget(ghost)) && effects.contains(&Effect::Close(leaves)));
    assert!(!effects.contains(&Effect::Forget(lab1)) && !effects.contains(&Effect::Close(stays)));
    assert_eq!(lab.ask(stays, "GET NUMLOGINS lab1"), "NUMLOGINS lab1 1\n");
    let order: Vec<String> = lab
        .ask(stays, "LIST UPS")
        .lines()
        .map(str::to_owned)
        .collect();
    assert!(
        order[1].starts_with("UPS new1")
            && order[2].starts_with("UPS new2")
            && order[3].starts_with("UPS LAB1")
    );
    assert_eq!(lab.ask(stays, "GET UPSDESC ghost"), "ERR UNKNOWN-UPS\n");
}

#[test]
fn another_driver_for_the_same_ups_drops_its_data_but_not_its_logins() {
    let mut lab = Lab::new();
    let conn = lab.known("prim");
    lab.ask(conn, "LOGIN lab1");
    lab.ask(conn, "FSD lab1");
    let id = lab.id("lab1");
    lab.hub.set_devices(vec![
        DeviceSpec {
            driver: "usbhid-ups".into(),
            ..spec("lab1")
        },
        spec("ghost"),
    ]);
    let effects = lab.hub.take_effects();
    let at = |wanted: &Effect| effects.iter().position(|effect| effect == wanted).unwrap();
    assert!(at(&Effect::Forget(id)) < at(&Effect::Connect(id)));
    assert_eq!(
        lab.ask(conn, "GET VAR lab1 lab.name"),
        "ERR DRIVER-NOT-CONNECTED\n"
    );
    lab.hub.driver_connected(id, "usbhid-ups-lab1", lab.now);
    assert_eq!(lab.ask(conn, "GET NUMLOGINS lab1"), "NUMLOGINS lab1 1\n");
    assert_eq!(
        lab.ask(conn, "GET VAR lab1 ups.status"),
        "VAR lab1 ups.status \"FSD WAIT\"\n"
    );
}

#[test]
fn a_changed_password_holds_for_open_sessions() {
    let mut lab = Lab::new();
    let conn = lab.known("prim");
    assert_eq!(lab.ask(conn, "PRIMARY lab1"), "OK PRIMARY-GRANTED\n");
    lab.hub.set_users(Users::default());
    assert_eq!(lab.ask(conn, "PRIMARY lab1"), "ERR ACCESS-DENIED\n");
}

#[test]
fn refusals_are_logged_once_a_session_and_without_the_password() {
    let mut lab = Lab::new();
    let conn = lab.client();
    lab.ask(conn, "USERNAME admin");
    lab.ask(conn, "PASSWORD s3cr3t");
    lab.ask(conn, "FSD lab1");
    lab.ask(conn, "FSD lab1");
    let effects = lab.hub.take_effects();
    let notices = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Log(Severity::Notice, _)));
    assert_eq!(notices.count(), 1);
    assert!(!format!("{effects:?}{:?}", lab.hub.sessions).contains("s3cr3t"));
}

#[test]
fn a_tracked_request_is_followed_to_its_end() {
    let mut lab = Lab::new();
    let conn = lab.known("admin");
    lab.ask(conn, "SET TRACKING ON");
    let answer = lab.ask(conn, "INSTCMD lab1 load.off \"a b\"");
    let id = answer
        .strip_prefix("OK TRACKING ")
        .unwrap()
        .trim()
        .to_owned();
    let lab1 = lab.id("lab1");
    assert_eq!(
        lab.hub.take_outbox(lab1),
        format!("INSTCMD load.off \"a b\" TRACKING {id}\n")
    );
    assert_eq!(
        lab.ask(conn, &format!("GET TRACKING {}", id.to_lowercase())),
        "PENDING\n"
    );
    lab.driver("lab1", &format!("TRACKING {id} 2"));
    assert_eq!(
        lab.ask(conn, &format!("GET TRACKING {id}")),
        "ERR INVALID-ARGUMENT\n"
    );
    lab.later(3601);
    assert_eq!(
        lab.ask(conn, &format!("GET TRACKING {id}")),
        "ERR UNKNOWN\n"
    );
}

#[test]
fn a_driver_that_does_not_read_is_dropped_and_the_client_told() {
    let mut lab = Lab::new();
    let conn = lab.known("admin");
    let failed = (0..20_000)
        .map(|_| lab.ask(conn, "SET VAR lab1 lab.name x"))
        .find(|answer| answer != "OK\n");
    assert_eq!(failed.as_deref(), Some("ERR SET-FAILED\n"));
    let id = lab.id("lab1");
    assert!(lab.hub.take_effects().contains(&Effect::Disconnect(id)));
}

#[test]
fn a_value_that_would_break_the_drivers_line_is_too_long() {
    let mut lab = Lab::new();
    let conn = lab.known("admin");
    lab.driver("lab1", "SETAUX lab.name 600");
    assert_eq!(
        lab.ask(conn, &format!("SET VAR lab1 lab.name {}", "x".repeat(496))),
        "ERR TOO-LONG\n"
    );
    assert_eq!(
        lab.ask(conn, &format!("SET VAR lab1 lab.name {}", "x".repeat(495))),
        "OK\n"
    );
}

#[test]
fn values_are_compared_decoded_with_the_choices() {
    let mut lab = Lab::new();
    let conn = lab.known("admin");
    lab.driver("lab1", r#"ADDENUM lab.name "a\"b""#);
    assert_eq!(lab.ask(conn, r#"SET VAR lab1 lab.name "a\"b""#), "OK\n");
    assert_eq!(
        lab.ask(conn, "SET VAR lab1 lab.name A"),
        "ERR INVALID-VALUE\n"
    );
}

#[test]
fn an_unescaped_broadcast_is_asked_for_again() {
    let mut lab = Lab::new();
    lab.driver("lab1", r#"SETINFO ups.model "he "said" so""#);
    let id = lab.id("lab1");
    assert_eq!(lab.hub.take_outbox(id), "DUMPALL\n");
    assert!(lab.hub.take_effects().contains(&Effect::Flush(id)));
    lab.driver("lab1", r#"SETINFO ups.model "he \"said\" so""#);
    lab.later(10);
    assert_eq!(lab.hub.take_outbox(id), "PING\n", "all is well");
    for garbled in ["SETINFO", "addenum"] {
        lab.hub
            .driver_garbled(id, &[garbled, "ups.model", "x"], lab.now);
        assert_eq!(lab.hub.take_outbox(id), "DUMPALL\n");
        lab.later(200);
        let _ = lab.hub.take_outbox(id);
    }
    lab.hub.driver_garbled(id, &["PONG"], lab.now);
    assert_eq!(lab.hub.take_outbox(id), "");
}

#[test]
fn mistakes_without_end_fill_neither_the_log_nor_the_drivers_time() {
    let mut lab = Lab::new();
    let id = lab.id("lab1");
    for _ in 0..1000 {
        lab.hub
            .driver_garbled(id, &["SETINFO", "ups.model", "x"], lab.now);
        lab.driver("lab1", "ADDENUM no.such 1");
        lab.driver("lab1", r#"SETINFO ups.model "he "said" so""#);
        lab.driver("lab1", "DATASTALE");
        lab.driver("lab1", "DATAOK");
    }
    let is_line = |effect: &&Effect| matches!(effect, Effect::Log(..));
    assert_eq!(lab.hub.take_effects().iter().filter(is_line).count(), 10);
    assert_eq!(lab.hub.take_outbox(id), "DUMPALL\n");
    lab.later(1);
    assert_eq!(lab.hub.take_outbox(id), "");
    lab.later(1);
    assert_eq!(
        lab.hub.take_outbox(id),
        "DUMPALL\n",
        "the last one may still be wrong"
    );
    lab.later(60);
    let _ = lab.hub.take_effects();
    lab.driver("lab1", "ADDENUM no.such 1");
    let logged = lab.hub.take_effects();
    let told = |text: &str| {
        logged
            .iter()
            .any(|effect| matches!(effect, Effect::Log(_, line) if line.contains(text)))
    };
    assert!(
        told("1990 more mistakes") && told("no.such ignored"),
        "{logged:?}"
    );
}

#[test]
fn an_echo_that_no_client_can_read_is_refused() {
    let mut lab = Lab::new();
    let conn = lab.client();
    let name = "f".repeat(510);
    assert_eq!(
        lab.ask(conn, &format!("GET VAR {name} server.version")),
        "ERR INVALID-ARGUMENT\n"
    );
    lab.driver("lab1", &format!("SETINFO {} \"x\"", "n".repeat(511)));
    let list = lab.ask(conn, "LIST VAR lab1");
    assert!(
        list.lines().all(|line| line.len() <= proto::LINE_MAX)
            && list.ends_with("END LIST VAR lab1\n")
    );
}

#[test]
fn idle_sessions_are_closed_silent_ones_sooner_and_any_line_counts() {
    let mut lab = Lab::new();
    let (idle, busy, silent) = (lab.client(), lab.client(), lab.client());
    lab.ask(idle, "");
    lab.ask(busy, "");
    lab.later(61);
    assert_eq!(lab.closed(), [silent]);
    lab.hub.closed(silent);
    lab.later(139);
    lab.ask(busy, "");
    lab.later(101);
    assert_eq!(lab.closed(), [idle]);
    lab.hub.set_settings(Settings {
        idle_timeout: None,
        ..Settings::default()
    });
    lab.later(99_999);
    assert!(!lab.hub.take_effects().contains(&Effect::Close(busy)));
}

#[test]
fn logout_closes_and_a_broken_line_is_answered() {
    let mut lab = Lab::new();
    let conn = lab.client();
    assert_eq!(
        lab.serve(conn, "LOGOUT x"),
        ("ERR INVALID-ARGUMENT\n".into(), Next::Open)
    );
    assert_eq!(
        lab.serve(conn, "DETACH"),
        ("OK Goodbye\n".into(), Next::Close)
    );
    let mut out = String::new();
    lab.hub.serve_broken(conn, lab.now, &mut out);
    assert_eq!(out, "ERR INVALID-ARGUMENT\n");
}

#[test]
fn clients_are_listed_newest_first_in_the_configured_spelling() {
    let mut lab = Lab::new();
    for address in ["192.0.2.1", "::ffff:192.0.2.2"] {
        let conn = lab.hub.open(address.parse().unwrap(), lab.now);
        lab.ask(conn, "USERNAME prim");
        lab.ask(conn, "PASSWORD pw");
        lab.ask(conn, "LOGIN lab1");
    }
    let conn = lab.client();
    let expected = "BEGIN LIST CLIENT LAB1\nCLIENT lab1 192.0.2.2\nCLIENT lab1 192.0.2.1\nEND LIST CLIENT LAB1\n";
    assert_eq!(lab.ask(conn, "LIST CLIENT LAB1"), expected);
}

#[test]
fn a_permission_is_looked_up_under_the_right_name() {
    let mut lab = Lab::new();
    let conn = lab.known("admin");
    assert_eq!(lab.ask(conn, "LOGIN lab1"), "ERR ACCESS-DENIED\n");
    assert_eq!(lab.ask(conn, "MASTER lab1"), "ERR ACCESS-DENIED\n");
    assert_eq!(lab.ask(conn, "INSTCMD lab1 LOAD.OFF"), "OK\n");
    let conn = lab.known("prim");
    assert_eq!(lab.ask(conn, "MASTER lab1"), "OK MASTER-GRANTED\n");
    assert_eq!(
        lab.ask(conn, "INSTCMD lab1 load.off"),
        "ERR ACCESS-DENIED\n"
    );
    assert_eq!(lab.ask(conn, "SET VAR lab1 nope x"), "ERR ACCESS-DENIED\n");
}

#[test]
fn types_are_composed_in_the_order_clients_know() {
    let mut lab = Lab::new();
    let conn = lab.client();
    let mut kind = |lines: &[&str]| {
        for line in lines {
            lab.driver("lab1", line);
        }
        lab.ask(conn, "GET TYPE lab1 t")
    };
    assert_eq!(kind(&["SETINFO t \"1\""]), "TYPE lab1 t NUMBER\n");
    assert_eq!(kind(&["SETFLAGS t RW NUMBER"]), "TYPE lab1 t RW NUMBER\n");
    assert_eq!(kind(&["ADDRANGE t 1 2"]), "TYPE lab1 t RW RANGE NUMBER\n");
    assert_eq!(
        kind(&["SETFLAGS t RW STRING", "SETAUX t 3", "ADDENUM t x"]),
        "TYPE lab1 t RW ENUM RANGE STRING:3\n"
    );
    assert_eq!(
        kind(&["DELINFO t", "SETINFO t 1", "SETFLAGS t RW STRING"]),
        "TYPE lab1 t RW STRING:0\n"
    );
}

#[test]
fn encryption_is_begun_once_and_only_where_there_is_a_certificate() {
    let mut lab = Lab::new();
    let conn = lab.client();
    let refused = |word: &str| (format!("ERR {word}\n"), Next::Open);
    assert_eq!(
        lab.serve(conn, "STARTTLS"),
        refused("FEATURE-NOT-CONFIGURED")
    );
    lab.hub.offer_encryption(true);
    assert_eq!(
        lab.serve(conn, "STARTTLS now"),
        ("OK STARTTLS\n".into(), Next::Encrypt)
    );
    lab.hub.encrypted(conn);
    assert_eq!(lab.serve(conn, "STARTTLS"), refused("ALREADY-SSL-MODE"));
    for line in ["USERNAME prim", "PASSWORD pw", "LOGIN lab1"] {
        assert_eq!(lab.serve(conn, line), ("OK\n".into(), Next::Open));
    }
    let told = lab.hub.take_effects();
    let is_marked = |effect: &Effect| matches!(effect, Effect::Log(_, line) if line.ends_with("UPS [lab1] (SSL)"));
    assert!(told.iter().any(is_marked), "{told:?}");
}

#[test]
fn failed_handshakes_are_told_ten_times_a_minute() {
    let mut lab = Lab::new();
    let conn = lab.client();
    let _ = lab.hub.take_effects();
    for _ in 0..100 {
        lab.hub.not_encrypted(conn, "no TLS", lab.now);
    }
    assert_eq!(lab.hub.take_effects().len(), 10);
}
