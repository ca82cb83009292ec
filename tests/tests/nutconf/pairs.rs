//! What is set can be got, and no line changes but that one.

use crate::{done, nutconf, sample, text, with_samples};

/// One thing that can be set: the words, the file, the line in it, what get- prints.
struct Pair {
    set: &'static [&'static str],
    file: &'static str,
    lines: &'static [&'static str],
    get: &'static [&'static str],
    got: &'static str,
}

#[rustfmt::skip]
const PAIRS: &[Pair] = &[
    Pair { set: &["--set-mode", "netserver"], file: "nut.conf", lines: &["MODE=netserver"], get: &["--get-mode"], got: "netserver" },
    Pair { set: &["--add-listen", "192.0.2.1", "3494"], file: "upsd.conf", lines: &["LISTEN 192.0.2.1 3494"], get: &["--get-listen"], got: "192.0.2.1 3494" },
    Pair { set: &["--set-listen", "::1"], file: "upsd.conf", lines: &["LISTEN ::1"], get: &["--get-listen"], got: "::1" },
    Pair { set: &["--set-minsupplies", "0"], file: "upsmon.conf", lines: &["MINSUPPLIES 0"], get: &["--get-minsupplies"], got: "0" },
    Pair { set: &["--set-shutdowncmd", "/sbin/shutdown -h +0"], file: "upsmon.conf", lines: &["SHUTDOWNCMD \"/sbin/shutdown -h +0\""],
        get: &["--get-shutdowncmd"], got: "/sbin/shutdown -h +0" },
    Pair { set: &["--set-powerdownflag", "/etc/killpower"], file: "upsmon.conf", lines: &["POWERDOWNFLAG /etc/killpower"],
        get: &["--get-powerdownflag"], got: "/etc/killpower" },
    Pair { set: &["--set-notifycmd", "/bin/true"], file: "upsmon.conf", lines: &["NOTIFYCMD /bin/true"], get: &["--get-notifycmd"], got: "/bin/true" },
    Pair { set: &["--set-notifymsg", "ONBATT", "no power: 50% \"gone\""], file: "upsmon.conf", lines: &["NOTIFYMSG ONBATT \"no power: 50% \\\"gone\\\"\""],
        get: &["--get-notifymsg", "ONBATT"], got: "ONBATT 'no power: 50% \"gone\"'" },
    Pair { set: &["--set-notifyflags", "ONBATT", "SYSLOG", "WALL"], file: "upsmon.conf", lines: &["NOTIFYFLAG ONBATT SYSLOG+WALL"],
        get: &["--get-notifyflags", "ONBATT"], got: "ONBATT SYSLOG WALL" },
    Pair { set: &["--add-monitor", "rack", "localhost", "1", "upsmon", "p w", "master"], file: "upsmon.conf",
        lines: &["MONITOR rack@localhost 1 upsmon \"p w\" primary"], get: &["--get-monitor"], got: "rack localhost 1 upsmon * primary" },
    Pair { set: &["--add-device", "rack", "usbhid-ups", "auto", "desc=In the rack", "ignorelb"], file: "ups.conf",
        lines: &["[rack]", "    driver = usbhid-ups", "    port = auto", "    desc = \"In the rack\"", "    ignorelb", ""],
        get: &["--get-device"], got: "rack usbhid-ups auto 'desc=In the rack' ignorelb" },
    Pair { set: &["--add-user", "upsmon=primary", "password=p#w"], file: "upsd.users",
        lines: &["[upsmon]", "    password = \"p\\#w\"", "    upsmon primary", ""], get: &["--get-user"], got: "upsmon password=* upsmon=primary" },
    Pair { set: &["--set-user", "bart", "password=x", "actions=SET", "instcmds=all"], file: "upsd.users",
        lines: &["[bart]", "    password = x", "    actions = SET", "    instcmds = all", ""],
        get: &["--get-user", "bart"], got: "bart password=* actions=SET instcmds=all" },
];

/// The lines of `after` that stand between those it has in common with `before`, at both ends.
fn changed<'a>(before: &str, after: &'a str) -> Vec<&'a str> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.split('\n').collect(), after.split('\n').collect());
    let same = before
        .iter()
        .zip(&after)
        .take_while(|(one, other)| one == other)
        .count();
    let rest = (&before[same..], &after[same..]);
    let behind = rest.0.iter().rev().zip(rest.1.iter().rev());
    let behind = behind.take_while(|(one, other)| one == other).count();
    after[same..after.len() - behind].to_vec()
}

#[test]
fn what_is_set_in_a_sample_can_be_got_and_no_other_line_changes() {
    for pair in PAIRS {
        let sandbox = with_samples();
        // it may remark what else a new monitor needs
        let said = nutconf(&sandbox, pair.set);
        assert!(
            said.code == Some(0) && !said.stderr.contains("rror:"),
            "{}",
            said.stderr
        );
        let after = text(&sandbox, pair.file);
        assert_eq!(
            changed(&sample(pair.file), &after),
            pair.lines,
            "{:?}",
            pair.set
        );
        for name in crate::FILES.into_iter().filter(|name| *name != pair.file) {
            assert_eq!(text(&sandbox, name), sample(name), "{:?}", pair.set);
        }
        assert_eq!(
            done(&sandbox, pair.get),
            format!("{}\n", pair.got),
            "{:?}",
            pair.get
        );
        done(&sandbox, pair.set);
        assert_eq!(text(&sandbox, pair.file), after, "{:?} twice", pair.set);
    }
}

#[test]
fn a_sample_as_it_is_has_nothing_to_tell() {
    let sandbox = with_samples();
    assert_eq!(done(&sandbox, &["--get-mode"]), "none\n");
    for option in [
        "--get-monitor",
        "--get-listen",
        "--get-device",
        "--get-user",
        "--get-minsupplies",
        "--get-notifyflags",
    ] {
        let told = nutconf(&sandbox, &[option]);
        assert_eq!((told.code, told.stdout.as_str()), (Some(1), ""), "{option}");
    }
}

#[test]
fn set_replaces_and_add_keeps() {
    let sandbox = with_samples();
    done(
        &sandbox,
        &["--set-listen", "192.0.2.1", "--set-listen", "192.0.2.2"],
    );
    done(&sandbox, &["--add-listen", "192.0.2.3"]);
    assert_eq!(
        done(&sandbox, &["--get-listen"]),
        "192.0.2.1\n192.0.2.2\n192.0.2.3\n"
    );
    done(&sandbox, &["--set-listen", "192.0.2.3"]);
    assert_eq!(done(&sandbox, &["--get-listen"]), "192.0.2.3\n");

    done(
        &sandbox,
        &[
            "--add-device",
            "a",
            "dummy-ups",
            "a.dev",
            "--add-device",
            "b",
            "dummy-ups",
            "b.dev",
            "nolock",
        ],
    );
    done(&sandbox, &["--add-device", "b", "dummy-ups", "c.dev"]);
    assert_eq!(
        done(&sandbox, &["--get-device"]),
        "a dummy-ups a.dev\nb dummy-ups c.dev nolock\n"
    );
    done(&sandbox, &["--set-device", "b", "dummy-ups", "c.dev"]);
    assert_eq!(done(&sandbox, &["--get-device"]), "b dummy-ups c.dev\n");

    done(&sandbox, &["--add-notifyflags", "ONBATT", "IGNORE"]);
    done(
        &sandbox,
        &[
            "--add-notifyflags",
            "ONBATT",
            "SYSLOG",
            "--add-notifyflags",
            "ONLINE",
            "WALL",
        ],
    );
    assert_eq!(
        done(&sandbox, &["--get-notifyflags"]),
        "ONBATT SYSLOG\nONLINE SYSLOG WALL\n"
    );
}

#[test]
fn configured_is_what_has_a_mode() {
    let sandbox = with_samples();
    let is_configured = || {
        let said = nutconf(&sandbox, &["--is-configured"]);
        (said.code, said.stdout)
    };
    assert_eq!(is_configured(), (Some(1), "false\n".to_owned()));
    done(&sandbox, &["--set-mode", "standalone"]);
    assert_eq!(is_configured(), (Some(0), "true\n".to_owned()));
    sandbox.write("nut.conf", "MODE=\"nonsense\"\n");
    assert_eq!(is_configured(), (Some(1), "false\n".to_owned()));
    assert_eq!(done(&sandbox, &["--get-mode"]), "unknown\n");
}
