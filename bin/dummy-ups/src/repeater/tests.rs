//! Against a scripted server on the loopback, polled at times that the tests say.

use super::*;
use client::Password;
use client::testing::{Server, Then, unused_port};
use driver::Update;
use model::Flags;
use model::status::Status;
use proto::HostPort;

const VARS: &str = "BEGIN LIST VAR till\nVAR till driver.version \"9\"\nVAR till lab.note \"hello\"\n\
    VAR till ups.status \"OB LB\"\nEND LIST VAR till\n";
const STALE: &str = "ERR DATA-STALE\n";

/// What upstream answers about abilities: one writable variable and a command.
const ABLE: &[(&str, &str)] = &[
    ("USERNAME admin", "OK\n"),
    ("PASSWORD secret", "OK\n"),
    ("SET TRACKING ON", "OK\n"),
    ("LIST VAR till", VARS),
    (
        "LIST RW till",
        "BEGIN LIST RW till\nRW till lab.note \"hello\"\nEND LIST RW till\n",
    ),
    (
        "LIST CMD till",
        "BEGIN LIST CMD till\nCMD till beeper.mute\nCMD till driver.reload\nEND LIST CMD till\n",
    ),
    (
        "GET TYPE till lab.note",
        "TYPE till lab.note RW ENUM STRING:8\n",
    ),
    (
        "LIST ENUM till lab.note",
        "BEGIN LIST ENUM till lab.note\nENUM till lab.note \"hello\"\nENUM till lab.note \"bye\"\nEND LIST ENUM till lab.note\n",
    ),
    (
        "LIST RANGE till lab.note",
        "BEGIN LIST RANGE till lab.note\nEND LIST RANGE till lab.note\n",
    ),
];

fn config(port: u16) -> Config {
    let server = HostPort {
        host: "127.0.0.1".to_owned(),
        port,
    };
    Config {
        address: Address {
            ups: "till".to_owned(),
            server,
        },
        credentials: None,
        encryption: tls::Client::default(),
        strict: true,
        poll_interval: Duration::from_secs(2),
    }
}

fn anonymous(server: &Server) -> Repeater {
    Repeater::new(config(server.port()))
}

fn known(server: &Server) -> Repeater {
    let credentials = Credentials {
        user: "admin".to_owned(),
        password: Password::new("secret"),
    };
    Repeater::new(Config {
        credentials: Some(credentials),
        ..config(server.port())
    })
}

fn poll(repeater: &mut Repeater, secs: u64) -> Result<Report, Error> {
    let mut report = Report::default();
    repeater
        .poll_at(Tick::secs(secs), &mut report)
        .map(|()| report)
}

fn identify(mut repeater: Repeater) -> Result<Report, Error> {
    let mut report = Report::default();
    repeater.identify(&mut report).map(|()| report)
}

fn with<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let is_replaced = |row: &&(&str, &str)| !more.iter().any(|(ask, _)| *ask == row.0);
    ABLE.iter()
        .filter(is_replaced)
        .chain(more)
        .copied()
        .collect()
}

#[test]
fn the_example_of_the_specification_is_mirrored() {
    let server = Server::answering(&[("LIST VAR till", VARS)]);
    let report = identify(anonymous(&server)).unwrap();
    let set = |var: &str, value: &str| Update::Set {
        var: var.into(),
        value: value.into(),
    };
    let expected = [
        set("driver.parameter.mode", "repeater"),
        set("lab.note", "hello"),
    ];
    assert_eq!(report.updates, expected);
    assert_eq!(report.status, Some(Status::of("OB LB")));
    assert_eq!(server.heard(), ["LIST VAR \"till\""]);
}

#[test]
fn it_is_a_proxy() {
    assert!(Repeater::new(config(1)).is_proxy());
}

#[test]
fn a_strict_start_needs_upstreams_data() {
    let nobody = identify(Repeater::new(config(unused_port())))
        .unwrap_err()
        .to_string();
    assert!(nobody.contains("Connection refused"), "{nobody}");
    for refusal in ["ERR UNKNOWN-UPS\n", STALE, "ERR DRIVER-NOT-CONNECTED\n"] {
        let server = Server::answering(&[("LIST VAR till", refusal)]);
        let error = identify(anonymous(&server)).unwrap_err().to_string();
        assert!(error.contains("repeater_disable_strict_start"), "{error}");
        let lax = Config {
            strict: false,
            ..config(server.port())
        };
        let report = identify(Repeater::new(lax)).unwrap();
        assert_eq!((report.updates.len(), report.status), (1, None));
    }
}

#[test]
fn what_cannot_get_better_ends_a_lax_start_too() {
    let old = Server::answering(&[]);
    let lax = Config {
        strict: false,
        ..config(old.port())
    };
    assert!(matches!(
        identify(Repeater::new(lax)),
        Err(Error::Config(_))
    ));
    let picky = Server::answering(&with(&[("PASSWORD secret", "ERR ACCESS-DENIED\n")]));
    let mut repeater = known(&picky);
    repeater.config.strict = false;
    assert!(matches!(identify(repeater), Err(Error::Config(_))));
}

#[test]
fn the_first_failed_poll_fails_and_the_next_list_heals() {
    let script = [
        ("LIST VAR till", VARS),
        ("LIST VAR till", STALE),
        ("LIST VAR till", VARS),
    ];
    let server = Server::answering(&script);
    let mut repeater = anonymous(&server);
    assert!(poll(&mut repeater, 0).is_ok());
    let error = poll(&mut repeater, 2).unwrap_err();
    assert!(
        matches!(&error, Error::Timeout(text) if text.contains("till@127.0.0.1")),
        "{error}"
    );
    assert!(poll(&mut repeater, 4).is_ok());
}

#[test]
fn a_server_that_closes_an_idle_connection_is_connected_again_at_once() {
    let server = Server::raw(VARS, Then::Close);
    let mut repeater = anonymous(&server);
    for secs in [0, 120, 240] {
        assert!(poll(&mut repeater, secs).is_ok(), "at {secs} s");
    }
}

#[test]
fn a_server_that_closes_a_new_connection_fails_the_poll() {
    let server = Server::raw("", Then::Close);
    let mut repeater = anonymous(&server);
    assert!(poll(&mut repeater, 0).is_err() && poll(&mut repeater, 2).is_err());
    assert_eq!(server.heard().len(), 2);
}

#[test]
fn a_server_that_hangs_costs_one_deadline() {
    let server = Server::raw("BEGIN LIST VAR till\n", Then::Wait);
    let mut repeater = Repeater::new(Config {
        poll_interval: Duration::ZERO,
        ..config(server.port())
    });
    let begun = Instant::now();
    assert!(matches!(poll(&mut repeater, 0), Err(Error::Timeout(_))));
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(repeater.link.is_none());
}

#[test]
fn abilities_are_asked_for_at_connect_and_every_minute() {
    let server = Server::answering(ABLE);
    let mut repeater = known(&server);
    let asked = || {
        server
            .heard()
            .iter()
            .filter(|line| line.starts_with("LIST RW"))
            .count()
    };
    for (secs, times) in [(0, 1), (2, 1), (58, 1), (60, 2), (62, 2)] {
        poll(&mut repeater, secs).unwrap();
        assert_eq!(asked(), times, "at {secs} s");
    }
}

#[test]
fn writable_variables_and_commands_are_mirrored_for_somebody() {
    let server = Server::answering(ABLE);
    let report = poll(&mut known(&server), 0).unwrap();
    let var = || "lab.note".to_owned();
    for update in [
        Update::Flags {
            var: var(),
            flags: Flags::RW_STRING,
        },
        Update::MaxLen {
            var: var(),
            max_len: 8,
        },
        Update::Choices {
            var: var(),
            choices: vec!["hello".into(), "bye".into()],
        },
        Update::AddCommand {
            name: "beeper.mute".into(),
        },
    ] {
        assert!(report.updates.contains(&update), "{update:?}");
    }
    assert!(!report.updates.contains(&Update::AddCommand {
        name: "driver.reload".into()
    }));
}

const ID: &str = "A7A7A7A7-A7A7-47A7-A7A7-A7A7A7A7A7A7";

#[test]
fn outcomes_are_handed_back() {
    let ok = format!("OK TRACKING {ID}\n");
    let asked = format!("GET TRACKING {ID}");
    for (answer, result, outcome) in [
        (ok.as_str(), "SUCCESS\n", Outcome::Handled),
        (&ok, "ERR UNKNOWN\n", Outcome::Unknown),
        (&ok, "ERR INVALID-ARGUMENT\n", Outcome::Invalid),
        (&ok, "ERR FAILED\n", Outcome::Failed),
        ("OK\n", "", Outcome::Handled),
        ("ERR ACCESS-DENIED\n", "", Outcome::Failed),
        ("ERR READONLY\n", "", Outcome::Unknown),
        ("ERR TOO-LONG\n", "", Outcome::Invalid),
        ("ERR DATA-STALE\n", "", Outcome::Failed),
    ] {
        let set = ("SET VAR till lab.note bye", answer);
        let cmd = ("INSTCMD till beeper.mute 5", answer);
        let server = Server::answering(&with(&[set, cmd, (asked.as_str(), result)]));
        let mut repeater = known(&server);
        let report = &mut Report::default();
        assert_eq!(
            repeater.set("lab.note", "bye", report).unwrap(),
            outcome,
            "{answer}{result}"
        );
        let outcome_of_command = repeater.command("beeper.mute", Some("5"), report).unwrap();
        assert_eq!(outcome_of_command, outcome, "{answer}{result}");
    }
}

#[test]
fn what_stays_pending_has_failed() {
    let ok = format!("OK TRACKING {ID}\n");
    let asked = format!("GET TRACKING {ID}");
    let server = Server::answering(&with(&[
        ("SET VAR till lab.note bye", ok.as_str()),
        (asked.as_str(), "PENDING\n"),
    ]));
    let mut repeater = known(&server);
    repeater.config.poll_interval = Duration::ZERO;
    let outcome = repeater.set("lab.note", "bye", &mut Report::default());
    assert_eq!(outcome.unwrap(), Outcome::Failed);
}

#[test]
fn a_request_is_sent_once_on_a_connection_that_lives() {
    let server = Server::answering(&with(&[
        ("PROTVER", "1.3\n"),
        ("INSTCMD till beeper.mute", "OK\n"),
    ]));
    let mut repeater = known(&server);
    poll(&mut repeater, 0).unwrap();
    let report = &mut Report::default();
    let outcome = repeater.command("beeper.mute", None, report).unwrap();
    assert_eq!(outcome, Outcome::Handled);
    let heard = server.heard();
    let last = &heard[heard.len() - 2..];
    assert_eq!(last, ["PROTVER", "INSTCMD \"till\" \"beeper.mute\""]);
    let closes = Server::raw(VARS, Then::Close);
    let mut repeater = anonymous(&closes);
    poll(&mut repeater, 0).unwrap();
    repeater.config.credentials = known(&closes).config.credentials;
    let outcome = repeater.command("beeper.mute", None, report).unwrap();
    assert_eq!(outcome, Outcome::Failed);
    let commands = closes
        .heard()
        .into_iter()
        .filter(|line| line.starts_with("INSTCMD"));
    assert_eq!(commands.count(), 0);
}

#[test]
fn nothing_is_forwarded_for_nobody_nor_about_the_driver() {
    let server = Server::answering(ABLE);
    let report = &mut Report::default();
    let mut nobody = anonymous(&server);
    assert_eq!(
        nobody.set("lab.note", "x", report).unwrap(),
        Outcome::Unknown
    );
    assert_eq!(
        nobody.command("beeper.mute", None, report).unwrap(),
        Outcome::Unknown
    );
    let mut somebody = known(&server);
    assert_eq!(
        somebody.set("driver.debug", "1", report).unwrap(),
        Outcome::Unknown
    );
    assert_eq!(
        somebody.command("driver.reload", None, report).unwrap(),
        Outcome::Unknown
    );
    assert_eq!(
        somebody.command("shutdown.default", None, report).unwrap(),
        Outcome::Unknown
    );
    assert_eq!(server.heard(), Vec::<String>::new());
}

#[test]
fn with_upstream_away_a_request_has_failed() {
    let credentials = Credentials {
        user: "admin".to_owned(),
        password: Password::new("x"),
    };
    let config = Config {
        credentials: Some(credentials),
        ..config(unused_port())
    };
    let outcome = Repeater::new(config).set("lab.note", "x", &mut Report::default());
    assert_eq!(outcome.unwrap(), Outcome::Failed);
}

/// The framework's device thread has a small stack, and unoptimised code needs more of it.
#[test]
fn a_stack_of_128_kib_is_enough() {
    let server = Server::answering(ABLE);
    let mut repeater = known(&server);
    let thread = std::thread::Builder::new().stack_size(128 * 1024);
    let polled = thread
        .spawn(move || poll(&mut repeater, 0).is_ok())
        .unwrap()
        .join();
    assert!(polled.unwrap());
}
