//! Every directive of upsmon.conf, good and bad.

use super::*;
use crate::Severity;
use proptest::prelude::*;

/// Lines that keep the remarks on a whole file away.
const WHOLE: &str =
    "MONITOR rack 1 mon pw primary\nSHUTDOWNCMD true\nPOWERDOWNFLAG /etc/killpower\n";

fn parse(source: &str) -> (UpsmonConf, Vec<String>) {
    let loaded = UpsmonConf::parse(Path::new("upsmon.conf"), source.as_bytes());
    let told = loaded.problems.iter().map(ToString::to_string);
    let first = |shown: String| shown.lines().next().unwrap_or_default().to_owned();
    let told = told.map(first).map(|line| line.replace("upsmon.conf:", ""));
    (loaded.value, told.collect())
}

fn good(source: &str) -> UpsmonConf {
    let (conf, told) = parse(&format!("{WHOLE}{source}"));
    assert!(told.is_empty(), "{source}: {told:?}");
    conf
}

/// The only remark on a line after those of a whole file.
fn remark(source: &str) -> String {
    let (_, told) = parse(&format!("{WHOLE}{source}\n"));
    assert_eq!(told.len(), 1, "{source}: {told:?}");
    told.into_iter().next().unwrap()
}

#[test]
fn the_defaults_are_those_of_the_manual() {
    let conf = good("");
    assert_eq!((conf.minsupplies(), conf.power_total()), (1, 1));
    assert_eq!((conf.pollfreq(), conf.pollfreqalert()), (secs(5), secs(5)));
    assert_eq!((conf.deadtime(), conf.hostsync()), (secs(15), secs(15)));
    assert_eq!(conf.finaldelay(), secs(5));
    assert_eq!(
        (conf.rbwarntime(), conf.nocommwarntime()),
        (secs(43_200), secs(300))
    );
    assert_eq!(
        (conf.offduration(), conf.overduration()),
        (Some(secs(30)), None)
    );
    assert_eq!((conf.oblbduration(), conf.alarmcritical()), (secs(0), true));
    assert_eq!(conf.commlosscritical(), CommLoss::NotOnLine);
    assert_eq!(conf.shutdownexit(), ShutdownExit::AtOnce);
    assert_eq!(conf.pollfail_log_throttle_max, None);
    assert!(!conf.certverify() && !conf.forcessl());
    let flags = NotifyFlags::default();
    assert!(flags.syslog && flags.wall && !flags.exec && !flags.ignore);
}

#[test]
fn a_monitor_line_is_taken_whole() {
    let conf = good("MONITOR desk@[::1]:7 0 ann \"p w\" slave\n");
    let line = &conf.monitors[1];
    assert_eq!((line.system.as_str(), line.power), ("desk@[::1]:7", 0));
    assert_eq!((line.user.as_str(), line.password.expose()), ("ann", "p w"));
    assert_eq!((line.role, line.place.line), (Role::Secondary, 4));
    for (word, role) in [
        ("MASTER", Role::Primary),
        ("Primary", Role::Primary),
        ("secondary", Role::Secondary),
    ] {
        let conf = good(&format!("MONITOR x 1 u p {word}\n"));
        assert_eq!(conf.monitors[1].role, role);
    }
}

#[test]
fn an_unknown_role_is_an_error_and_still_protects_as_a_secondary() {
    let (conf, told) = parse(&format!("{WHOLE}MONITOR b 1 u pa=ss primary\n"));
    assert_eq!(conf.monitors[1].role, Role::Secondary);
    assert!(
        told[0].starts_with("4:17: error: MONITOR: this word is neither primary nor secondary"),
        "{told:?}"
    );
    assert!(
        !told.concat().contains("=ss"),
        "no part of a password: {told:?}"
    );
}

#[test]
fn bad_monitor_lines_are_told_without_their_password() {
    for (line, expected) in [
        (
            "MONITOR b 1 hunter2 primary",
            "4:1: error: MONITOR: a value is missing",
        ),
        ("MONITOR b 1 u", "4:1: error: MONITOR: a value is missing"),
        (
            "MONITOR b -1 u hunter2 primary",
            "4:11: error: MONITOR: a power value can not be negative",
        ),
        (
            "MONITOR b one u hunter2 primary",
            "4:11: error: MONITOR: \"one\" is not a whole number of power supplies",
        ),
        (
            "MONITOR rack 1 u hunter2 primary",
            "4:9: warning: MONITOR: \"rack\" is monitored already",
        ),
        (
            "MONTOR b 1 u hunter2 primary",
            "4:1: warning: unknown directive \"MONTOR\", did you mean MONITOR?",
        ),
    ] {
        let loaded = UpsmonConf::parse(
            Path::new("upsmon.conf"),
            format!("{WHOLE}{line}\n").as_bytes(),
        );
        let told: Vec<_> = loaded.problems.iter().map(ToString::to_string).collect();
        assert!(told[0].contains(expected), "{line}: {told:?}");
        assert!(!told.concat().contains("hunter2"), "{told:?}");
        assert_eq!(loaded.value.power_total(), 1);
    }
}

#[test]
fn commands_keep_their_words() {
    for (source, expected) in [
        (
            r#"SHUTDOWNCMD "/sbin/shutdown -h +0""#,
            "/sbin/shutdown -h +0",
        ),
        (
            r#"SHUTDOWNCMD /x "a b" it's $HOME"#,
            r"/x 'a b' 'it'\''s' '$HOME'",
        ),
    ] {
        let (conf, _) = parse(source);
        assert_eq!(conf.shutdowncmd.as_deref(), Some(expected));
    }
    let argv = |source: &str, there: bool| parse(source).0.notify_argv(|_| there);
    assert_eq!(argv("NOTIFYCMD /x -a \"b c\"", false), ["/x", "-a", "b c"]);
    assert_eq!(argv("NOTIFYCMD \"/x -a\" b", false), ["/x", "-a", "b"]);
    assert_eq!(argv("NOTIFYCMD \"/x -a\" b", true), ["/x -a", "b"]);
    assert!(argv("", true).is_empty());
}

#[test]
fn notices_have_their_own_texts_and_flags() {
    let conf = good(
        "NOTIFYCMD /bin/true\nNOTIFYMSG onbatt \"%s: 100%\"\nNOTIFYFLAG ONBATT SYSLOG+EXEC\nNOTIFYFLAG CAL IGNORE\n",
    );
    assert_eq!(conf.notifymsg[&Notice::OnBatt], "%s: 100%");
    let flags = conf.notifyflag[&Notice::OnBatt];
    assert_eq!(
        (flags.syslog, flags.wall, flags.exec, flags.ignore),
        (true, false, true, false)
    );
    assert!(conf.notifyflag[&Notice::Cal].ignore);
    assert_eq!(
        remark("NOTIFYFLAG ONBATT SYSLOG EXEC"),
        "4:26: warning: NOTIFYFLAG: this word is one too many and is ignored; usage: NOTIFYFLAG <event> <flag>[+<flag>...]"
    );
    assert_eq!(
        remark("NOTIFYFLAG ONBATT syslog+WALL"),
        "4:19: warning: NOTIFYFLAG: \"syslog\" is none of SYSLOG, WALL, EXEC, IGNORE, did you mean SYSLOG?"
    );
    assert!(remark("NOTIFYMSG ONBAT x").starts_with(
        "4:11: error: NOTIFYMSG: \"ONBAT\" is not a valid notify event name, did you mean ONBATT?"
    ));
}

#[test]
fn durations_may_be_never() {
    for (source, off, over) in [
        ("OFFDURATION -1\nOVERDURATION 0\n", None, Some(secs(0))),
        ("OFFDURATION 0\nOVERDURATION -5\n", Some(secs(0)), None),
        (
            "OFFDURATION 60\nOVERDURATION 7\n",
            Some(secs(60)),
            Some(secs(7)),
        ),
    ] {
        let conf = good(source);
        assert_eq!((conf.offduration(), conf.overduration()), (off, over));
    }
    assert_eq!(good("OBLBDURATION -3").oblbduration(), secs(0));
    assert_eq!(good("OBLBDURATION 9").oblbduration(), secs(9));
}

#[test]
fn shutdownexit_is_yes_no_or_a_time() {
    for (word, exit) in [
        ("yes", ShutdownExit::AtOnce),
        ("0", ShutdownExit::AtOnce),
        ("On", ShutdownExit::AtOnce),
        ("no", ShutdownExit::Never),
        ("-1", ShutdownExit::Never),
        ("30", ShutdownExit::After(secs(30))),
    ] {
        assert_eq!(good(&format!("SHUTDOWNEXIT {word}")).shutdownexit(), exit);
    }
    assert!(remark("SHUTDOWNEXIT soon").contains("error: SHUTDOWNEXIT"));
}

#[test]
fn only_exactly_one_makes_alarms_critical() {
    for (number, critical) in [("1", true), ("0", false), ("2", false), ("-1", false)] {
        assert_eq!(
            good(&format!("ALARMCRITICAL {number}")).alarmcritical(),
            critical
        );
    }
}

#[test]
fn commlosscritical_is_one_of_three_words() {
    for (word, when) in [
        ("notonline", CommLoss::NotOnLine),
        ("DEADTIME", CommLoss::Deadtime),
        ("AtOnce", CommLoss::AtOnce),
    ] {
        assert_eq!(
            good(&format!("COMMLOSSCRITICAL {word}")).commlosscritical(),
            when
        );
    }
    assert!(remark("COMMLOSSCRITICAL 1").contains("\"1\" is none of notonline, deadtime, atonce"));
}

#[test]
fn values_that_would_do_harm_are_refused() {
    for line in [
        "POLLFREQ 0",
        "POLLFREQALERT 0",
        "DEADTIME -1",
        "HOSTSYNC x",
        "MINSUPPLIES -1",
        "POWERDOWNFLAG killpower",
        "POLLFAIL_LOG_THROTTLE_MAX -1",
        "FINALDELAY 99999999999",
    ] {
        let told = remark(line);
        assert!(told.starts_with("4:") && told.contains("error"), "{told}");
    }
}

#[test]
fn tls_directives_are_taken() {
    let conf = good(
        "CERTPATH /a\nCERTFILE /b\nCERTIDENT me pw\nCERTVERIFY 1\nFORCESSL 1\nCERTHOST localhost:3493 name -1 1\n",
    );
    assert!(conf.certverify() && conf.forcessl());
    assert_eq!(conf.certident.unwrap().password.expose(), "pw");
    let host = &conf.certhosts[0];
    assert_eq!((host.verify, host.force), (None, Some(true)));
}

#[test]
fn a_rule_of_certhost_that_holds_for_no_server_is_told() {
    let told = |line: &str| {
        let source = format!(
            "SHUTDOWNCMD x\nMONITOR a@[fd00::1]:99 1 u p secondary\nMONITOR b@Rack 1 u p secondary\n{line}\n"
        );
        parse(&source).1.join("; ")
    };
    for good in [
        "[fd00::1]:99",
        "fd00::1",
        "[fd00::1]",
        "rack",
        "RACK:3493",
        "rack:03493",
    ] {
        assert_eq!(told(&format!("CERTHOST {good} x 1 1")), "", "{good}");
    }
    for other in ["rakc", "rack:99", "[fd00::1]:3493", "localhost"] {
        let told = told(&format!("CERTHOST {other} x 1 1"));
        let expected = format!("4:1: warning: CERTHOST: no MONITOR line is for \"{other}\"; write");
        assert!(told.starts_with(&expected), "{told}");
    }
    for (wrong, expected) in [
        ("rack:nut", "has a port that is no number of 1 to 65535"),
        ("rack:99999", "has a port that is no number of 1 to 65535"),
        ("rack:0", "has a port that is no number of 1 to 65535"),
        ("rack:", "has a port that is no number of 1 to 65535"),
        (":99", "names no host"),
    ] {
        let told = told(&format!("CERTHOST {wrong} x 1 1"));
        assert!(
            told.starts_with("4:10: error: ") && told.contains(expected),
            "{told}"
        );
    }
}

#[test]
fn a_server_may_be_written_with_its_port() {
    for (text, host, port) in [
        ("a", "a", None),
        ("a:1", "a", Some(1)),
        ("::1", "::1", None),
        ("[::1]", "::1", None),
        ("[::1]:99", "::1", Some(99)),
        ("fd00::1:99", "fd00::1:99", None),
    ] {
        let (conf, _) = parse(&format!("CERTHOST {text} x 1 1\n"));
        assert_eq!(conf.certhosts[0].server(), (host, port), "{text}");
    }
}

#[test]
fn a_doubtful_number_of_certhost_means_yes() {
    let host = good("CERTHOST localhost x -2 2\n").certhosts.remove(0);
    assert_eq!((host.verify, host.force), (Some(true), Some(true)));
}

#[test]
fn what_weakens_the_protection_is_told() {
    for (source, expected) in [
        (
            "MINSUPPLIES 2\n",
            "4:1: error: the power values add up to 1, but MINSUPPLIES is 2",
        ),
        (
            "DEADTIME 3\n",
            "4:1: warning: DEADTIME is shorter than POLLFREQALERT",
        ),
        ("POLLFREQ 60\n", "4:1: warning: POLLFREQ is so long"),
        (
            "NOTIFYFLAG CAL EXEC\n",
            "4:1: warning: a NOTIFYFLAG says EXEC, but NOTIFYCMD is missing",
        ),
    ] {
        let told = remark(source);
        assert!(told.starts_with(expected), "{told}");
    }
    let (_, told) = parse("MONITOR rack 1 mon pw primary\n");
    assert!(told[0].contains("SHUTDOWNCMD is missing"), "{told:?}");
    assert!(told[1].contains("POWERDOWNFLAG is missing"), "{told:?}");
    let (_, told) = parse("MINSUPPLIES 0\nMONITOR rack 0 mon pw primary\n");
    assert!(told.is_empty(), "who only watches needs neither: {told:?}");
}

#[test]
fn a_reload_keeps_what_is_gone_but_for_two_and_the_monitors() {
    let old = good(
        "DEADTIME 99\nPOLLFAIL_LOG_THROTTLE_MAX 3\nDEBUG_MIN 2\nNOTIFYMSG CAL a\nNOTIFYMSG OFF b\n",
    );
    let new = good("NOTIFYMSG CAL c\n").over(&old);
    assert_eq!(new.deadtime(), secs(99));
    assert_eq!((new.pollfail_log_throttle_max, new.debug_min), (None, None));
    assert_eq!(
        (
            new.notifymsg[&Notice::Cal].as_str(),
            new.notifymsg[&Notice::Off].as_str()
        ),
        ("c", "b")
    );
    assert_eq!(new.monitors.len(), 1);
}

proptest! {
    #[test]
    fn nothing_panics_and_every_problem_has_a_place_in_the_file(source in "([A-Z_]{3,9}|MONITOR|NOTIFYFLAG|[0-9-]{1,12}| |\"|\\\\|#|=|\n|%s){0,60}") {
        let loaded = UpsmonConf::parse(Path::new("x"), source.as_bytes());
        let lines = u32::try_from(source.lines().count()).unwrap() + 1;
        for problem in loaded.problems {
            prop_assert!(problem.place.is_none_or(|place| place.line <= lines));
            prop_assert!(problem.severity == Severity::Error || problem.severity == Severity::Warning);
        }
    }
}
