//! upsrw as users see it: stdout, stderr, exit code, and what it sends.

use client::testing::{Ended, Server, run};

const ID: &str = "A7A7A7A7-A7A7-47A7-A7A7-A7A7A7A7A7A7";
const QUIET: (&str, &str) = ("NUT_QUIET_OK_NOTRACKING", "true");

fn upsrw(args: &[&str], stdin: &str) -> Ended {
    run(env!("CARGO_BIN_EXE_upsrw"), args, &[QUIET], stdin)
}

/// Words of requests and answers about variables of `rack`, without the UPS.
const DEVICE: &[(&str, &str)] = &[
    (
        "GET TYPE rack input.sensitivity",
        "TYPE rack input.sensitivity RW ENUM STRING:10\n",
    ),
    (
        "GET DESC rack input.sensitivity",
        "DESC rack input.sensitivity \"Input power sensitivity\"\n",
    ),
    (
        "LIST ENUM rack input.sensitivity",
        "BEGIN LIST ENUM rack input.sensitivity\n\
         ENUM rack input.sensitivity \"low\"\nENUM rack input.sensitivity \"medium\"\n\
         ENUM rack input.sensitivity \"high\"\nEND LIST ENUM rack input.sensitivity\n",
    ),
    (
        "LIST RANGE rack input.sensitivity",
        "BEGIN LIST RANGE rack input.sensitivity\nEND LIST RANGE rack input.sensitivity\n",
    ),
    (
        "GET TYPE rack ups.delay.shutdown",
        "TYPE rack ups.delay.shutdown RW RANGE NUMBER\n",
    ),
    (
        "GET DESC rack ups.delay.shutdown",
        "DESC rack ups.delay.shutdown \"Interval to wait\"\n",
    ),
    (
        "LIST ENUM rack ups.delay.shutdown",
        "BEGIN LIST ENUM rack ups.delay.shutdown\nEND LIST ENUM rack ups.delay.shutdown\n",
    ),
    (
        "LIST RANGE rack ups.delay.shutdown",
        "BEGIN LIST RANGE rack ups.delay.shutdown\nRANGE rack ups.delay.shutdown \"10\" \"600\"\n\
         END LIST RANGE rack ups.delay.shutdown\n",
    ),
    ("GET TYPE rack ups.id", "TYPE rack ups.id RW STRING:16\n"),
    (
        "GET DESC rack ups.id",
        "DESC rack ups.id \"UPS system identifier\"\n",
    ),
    (
        "LIST ENUM rack ups.id",
        "BEGIN LIST ENUM rack ups.id\nEND LIST ENUM rack ups.id\n",
    ),
    (
        "LIST RANGE rack ups.id",
        "BEGIN LIST RANGE rack ups.id\nEND LIST RANGE rack ups.id\n",
    ),
    (
        "LIST RW rack",
        "BEGIN LIST RW rack\nRW rack input.sensitivity \"medium\"\nRW rack ups.delay.shutdown \"20\"\n\
         RW rack ups.id \"attic\"\nRW rack odd.one \"0\"\nEND LIST RW rack\n",
    ),
    ("LIST RW desk", "BEGIN LIST RW desk\nEND LIST RW desk\n"),
    ("LIST RW gone", "ERR UNKNOWN-UPS\n"),
];

const LIST: &str = "\
[input.sensitivity]
Input power sensitivity
Type: ENUM STRING
Maximum length: 10
Option: \"low\"
Option: \"medium\" SELECTED
Option: \"high\"

[ups.delay.shutdown]
Interval to wait
Type: RANGE NUMBER
Option: \"10-600\" SELECTED

[ups.id]
UPS system identifier
Type: STRING
Maximum length: 16
Value: attic

[odd.one]
Description unavailable
Unknown type

";

#[test]
fn the_list_is_that_of_c() {
    let server = Server::answering(DEVICE);
    let rack = server.ups("rack");
    assert_eq!(upsrw(&[&rack], ""), Ended::with(0, LIST, ""));
    assert_eq!(upsrw(&["-l", &rack], ""), Ended::with(0, LIST, ""));
    let desk = server.ups("desk");
    assert_eq!(upsrw(&[&desk], ""), Ended::with(0, "", ""));
    let gone = server.ups("gone");
    let refused = Ended::with(1, "", "Error: Unknown UPS\n");
    assert_eq!(upsrw(&[&gone], ""), refused);
}

fn set(server: &Server, args: &[&str], stdin: &str) -> Ended {
    let ups = server.ups("rack");
    let mut all = vec!["-uadmin", "-px"];
    all.extend(args);
    all.push(&ups);
    upsrw(&all, stdin)
}

fn setter(answers: &[(&str, &str)]) -> Server {
    let mut all = vec![("USERNAME admin", "OK\n"), ("PASSWORD x", "OK\n")];
    all.extend(answers);
    Server::answering(&all)
}

#[test]
fn a_value_is_all_behind_the_first_equals_sign() {
    for (text, sent) in [
        ("ups.id=attic", "\"attic\""),
        ("ups.id=a=b \"c\" #", "\"a=b \\\"c\\\" \\#\""),
        ("ups.id=", "\"\""),
        ("ups.id=-5", "\"-5\""),
    ] {
        let server = setter(&[]);
        let ended = set(&server, &["-s", text], "");
        let text = "Unexpected response from upsd: ERR UNKNOWN-COMMAND\n";
        assert_eq!(ended, Ended::with(1, "", text));
        let line = format!("SET VAR \"rack\" \"ups.id\" {sent}");
        assert!(server.heard().contains(&line), "{:?}", server.heard());
    }
}

#[test]
fn a_setting_ends_with_what_became_of_it() {
    let server = setter(&[("SET VAR rack ups.id attic", "OK\n")]);
    let ended = set(&server, &["-s", "ups.id=attic"], "");
    assert_eq!(ended, Ended::with(0, "", "OK\n"));
    for word in ["VAR-NOT-SUPPORTED", "READONLY", "TOO-LONG", "INVALID-VALUE"] {
        let answer = format!("ERR {word}\n");
        let server = setter(&[("SET VAR rack ups.id attic", &answer)]);
        let text = format!("Unexpected response from upsd: ERR {word}\n");
        let ended = set(&server, &["-s", "ups.id=attic"], "");
        assert_eq!(ended, Ended::with(1, "", &text));
    }
}

#[test]
fn a_missing_value_is_asked() {
    let server = setter(&[("SET VAR rack ups.id attic room", "OK\n")]);
    let ended = set(&server, &["-s", "ups.id"], "attic room\n");
    let expected = Ended::with(0, "Enter new value for ups.id: ", "OK\n");
    assert_eq!(ended, expected);
    assert_eq!(set(&server, &["-s", "ups.id"], "").code, Some(1));
}

#[test]
fn w_waits_for_the_outcome() {
    let taken = format!("OK TRACKING {ID}\n");
    let ask = format!("GET TRACKING {ID}");
    for (answer, code) in [("SUCCESS\n", 0), ("ERR FAILED\n", 1)] {
        let server = setter(&[
            ("SET TRACKING ON", "OK\n"),
            ("SET VAR rack ups.id attic", &taken),
            (&ask, answer),
        ]);
        let ended = set(&server, &["-w", "-s", "ups.id=attic"], "");
        assert_eq!(ended, Ended::with(code, "", answer));
    }
}

#[test]
fn a_password_the_server_echoes_is_not_shown() {
    let server = Server::answering(&[
        ("USERNAME admin", "OK\n"),
        ("PASSWORD hunter2", "PASSWORD hunter2\n"),
    ]);
    let ups = server.ups("rack");
    let ended = upsrw(&["-uadmin", "-phunter2", "-s", "a.b=c", &ups], "");
    assert_eq!(ended, Ended::with(1, "", "Error: Protocol error\n"));
}

#[test]
fn arguments_that_make_no_sense_are_told() {
    let usage = "\"-s\" is one operand too many; options stand before the UPS";
    let format = "invalid UPS definition.\nRequired format: upsname[@hostname[:port]]";
    for (args, text) in [
        (&["rack", "-s", "a=b"][..], usage),
        (&[], format),
        (
            &["-s", "=x", "rack"],
            "-s names no variable; write -s variable=value",
        ),
        (
            &["-W", "", "rack"],
            "invalid network timeout: : write a number of seconds",
        ),
    ] {
        let expected = Ended::with(1, "", &format!("Error: {text}\n"));
        assert_eq!(upsrw(args, ""), expected, "{args:?}");
    }
    let version = format!("Network UPS Tools upsrw {}\n", proto::VERSION);
    assert_eq!(upsrw(&["-V"], ""), Ended::with(0, &version, ""));
    assert_eq!(upsrw(&["-h"], "").code, Some(0));
    assert_eq!(upsrw(&["-Q"], "").code, Some(1));
}
