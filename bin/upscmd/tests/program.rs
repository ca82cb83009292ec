//! upscmd as users see it: stdout, stderr, exit code, and what it sends.

use std::fs;

use client::testing::{Ended, Server, run};

const ID: &str = "A7A7A7A7-A7A7-47A7-A7A7-A7A7A7A7A7A7";
const QUIET: (&str, &str) = ("NUT_QUIET_OK_NOTRACKING", "true");
const ADMIN: [(&str, &str); 2] = [("USERNAME admin", "OK\n"), ("PASSWORD p w", "OK\n")];

fn upscmd(args: &[&str], env: &[(&str, &str)], stdin: &str) -> Ended {
    run(env!("CARGO_BIN_EXE_upscmd"), args, env, stdin)
}

fn server(answers: &[(&str, &str)]) -> Server {
    let all: Vec<_> = ADMIN.iter().chain(answers).copied().collect();
    Server::answering(&all)
}

fn beeper_off(server: &Server, options: &[&str]) -> Ended {
    let ups = server.ups("rack");
    let mut args = vec!["-u", "admin", "-p", "p w"];
    args.extend(options);
    args.extend([ups.as_str(), "beeper.off"]);
    upscmd(&args, &[QUIET], "")
}

#[test]
fn the_list_asks_for_all_descriptions() {
    let server = Server::answering(&[
        (
            "LIST CMD rack",
            "BEGIN LIST CMD rack\nCMD rack beeper.off\nCMD rack odd.one\nEND LIST CMD rack\n",
        ),
        (
            "GET CMDDESC rack beeper.off",
            "CMDDESC rack beeper.off \"Disable the UPS beeper\"\n",
        ),
        ("GET CMDDESC rack odd.one", "ERR DATA-STALE\n"),
        ("LIST CMD gone", "ERR UNKNOWN-UPS\n"),
    ]);
    let text = "Instant commands supported on UPS [rack]:\n\n\
        beeper.off - Disable the UPS beeper\nodd.one - Description unavailable\n";
    let rack = server.ups("rack");
    assert_eq!(upscmd(&["-l", &rack], &[], ""), Ended::with(0, text, ""));
    let gone = server.ups("gone");
    let refused = Ended::with(1, "", "Error: Unknown UPS\n");
    assert_eq!(upscmd(&["-l", &gone], &[], ""), refused);
}

#[test]
fn a_command_is_sent_with_credentials() {
    let server = server(&[("INSTCMD rack beeper.off", "OK\n")]);
    assert_eq!(beeper_off(&server, &[]), Ended::with(0, "", "OK\n"));
    assert_eq!(
        server.heard(),
        [
            "USERNAME \"admin\"",
            "PASSWORD \"p w\"",
            "INSTCMD \"rack\" \"beeper.off\"",
            "LOGOUT"
        ]
    );
}

#[test]
fn a_value_goes_along_also_one_that_looks_like_an_option() {
    let server = server(&[("INSTCMD rack load.off.delay -w", "OK\n")]);
    let ups = server.ups("rack");
    let args = ["-uadmin", "-pp w", &ups, "load.off.delay", "-w"];
    assert_eq!(upscmd(&args, &[QUIET], ""), Ended::with(0, "", "OK\n"));
}

#[test]
fn ok_alone_comes_with_a_note_of_five_lines() {
    let server = server(&[("INSTCMD rack beeper.off", "OK\n")]);
    let ups = server.ups("rack");
    let args = ["-u", "admin", "-p", "p w", &ups, "beeper.off"];
    for env in [&[][..], &[("NUT_QUIET_OK_NOTRACKING", "1")]] {
        let ended = upscmd(&args, env, "");
        assert_eq!(ended.stderr.lines().count(), 6);
        assert!(ended.stderr.starts_with("OK\n") && ended.code == Some(0));
    }
}

#[test]
fn who_is_not_named_is_asked() {
    let server = Server::answering(&[
        ("USERNAME tester", "OK\n"),
        ("USERNAME admin", "OK\n"),
        ("PASSWORD p w", "OK\n"),
        ("INSTCMD rack beeper.off", "OK\n"),
    ]);
    let ups = server.ups("rack");
    for (typed, user) in [("\np w\n", "tester"), ("admin\np w\n", "admin")] {
        let ended = upscmd(&[&ups, "beeper.off"], &[QUIET], typed);
        assert_eq!(ended, Ended::with(0, "Username (tester): ", "OK\n"));
        assert!(server.heard().contains(&format!("USERNAME \"{user}\"")));
    }
    let silent = upscmd(&[&ups, "beeper.off"], &[QUIET], "");
    assert_eq!(silent.code, Some(1));
}

#[test]
fn nutauth_conf_knows_whom_nobody_named() {
    let server = server(&[("INSTCMD rack beeper.off", "OK\n")]);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("nutauth.conf");
    let path = path.to_str().unwrap();
    let text = format!("[@{}]\nuser = admin\npass = \"p w\"\n", server.host());
    fs::write(path, text).unwrap();
    let (ups, ok) = (server.ups("rack"), Ended::with(0, "", "OK\n"));
    let named = upscmd(&["-A", path, &ups, "beeper.off"], &[QUIET], "");
    assert_eq!(named, ok);
    let found = upscmd(
        &[&ups, "beeper.off"],
        &[QUIET, ("NUT_AUTHCONF_FILE", path)],
        "",
    );
    assert_eq!(found, ok);
    fs::write(path, "pass hunter2\n").unwrap();
    let odd = upscmd(
        &["-A", path, "-uadmin", "-pp w", &ups, "beeper.off"],
        &[QUIET],
        "",
    );
    let warning = format!("{path}:1: warning: not understood\nOK\n");
    assert_eq!(odd, Ended::with(0, "", &warning));
}

#[test]
fn a_nutauth_conf_that_must_be_there_is_missed() {
    let server = server(&[]);
    let ups = server.ups("rack");
    let ended = upscmd(&["-A", "default", &ups, "beeper.off"], &[], "");
    let text = "Error: Can't open a user/site-provided default nutauth.conf file\n";
    assert_eq!(ended, Ended::with(1, "", text));
    assert!(server.heard().is_empty());
}

#[test]
fn refusals_are_shown_as_they_came() {
    for word in ["ACCESS-DENIED", "CMD-NOT-SUPPORTED", "BLUE-MOON"] {
        let server = server(&[("INSTCMD rack beeper.off", &format!("ERR {word}\n"))]);
        let text = format!("Unexpected response from upsd: ERR {word}\n");
        assert_eq!(beeper_off(&server, &[]), Ended::with(1, "", &text));
    }
}

#[test]
fn w_waits_for_the_outcome_and_ends_with_it() {
    let (ask, taken) = (format!("GET TRACKING {ID}"), format!("OK TRACKING {ID}\n"));
    for (answer, code) in [
        ("SUCCESS", 0),
        ("ERR UNKNOWN", 1),
        ("ERR INVALID-ARGUMENT", 1),
        ("ERR FAILED", 1),
    ] {
        let answer = format!("{answer}\n");
        let server = server(&[
            ("SET TRACKING ON", "OK\n"),
            ("INSTCMD rack beeper.off", &taken),
            (&ask, "PENDING\n"),
            (&ask, &answer),
        ]);
        let expected = Ended::with(code, "", &answer);
        assert_eq!(beeper_off(&server, &["-w", "-t5"]), expected);
    }
}

#[test]
fn w_does_not_wait_for_ever() {
    let (ask, taken) = (format!("GET TRACKING {ID}"), format!("OK TRACKING {ID}\n"));
    let server = server(&[
        ("SET TRACKING ON", "OK\n"),
        ("INSTCMD rack beeper.off", &taken),
        (&ask, "PENDING\n"),
    ]);
    let text = "Can't receive status tracking information: timeout\n";
    let ended = beeper_off(&server, &["-w", "-t", "0.1"]);
    assert_eq!(ended, Ended::with(1, "", text));
}

#[test]
fn w_without_tracking_sends_nothing() {
    let server = server(&[("SET TRACKING ON", "ERR INVALID-ARGUMENT\n")]);
    let ended = beeper_off(&server, &["-w"]);
    assert!(ended.stderr.contains("does not track requests") && ended.code == Some(1));
    assert!(!server.heard().iter().any(|line| line.contains("INSTCMD")));
    // tracking may be on and the request not tracked: that is a plain OK
    let plain = self::server(&[
        ("SET TRACKING ON", "OK\n"),
        ("INSTCMD rack beeper.off", "OK\n"),
    ]);
    assert_eq!(beeper_off(&plain, &["-w"]), Ended::with(0, "", "OK\n"));
}

#[test]
fn operands_that_make_no_command_are_told() {
    for (args, text) in [
        (&["rack", "off"][..], "old command names are not supported"),
        (&["rack"], "no command given; upscmd -l lists them"),
        (
            &["rack", "load.off.delay", "5", "-w"],
            "a command takes one value; \"-w\" is one too many, options stand before the UPS",
        ),
        (
            &[],
            "invalid UPS definition.\nRequired format: upsname[@hostname[:port]]",
        ),
        (
            &["-t", "x", "rack", "a.b"],
            "invalid tracking timeout: x: write a number of seconds",
        ),
    ] {
        let expected = Ended::with(1, "", &format!("Error: {text}\n"));
        assert_eq!(upscmd(args, &[], ""), expected, "{args:?}");
    }
}

#[test]
fn help_and_version_end_with_0() {
    let version = format!("Network UPS Tools upscmd {}\n", proto::VERSION);
    assert_eq!(upscmd(&["-V"], &[], ""), Ended::with(0, &version, ""));
    let help = upscmd(&["-h"], &[], "");
    assert!(help.stdout.contains("-w") && help.code == Some(0));
    assert_eq!(upscmd(&["-Q"], &[], "").code, Some(1));
}
