//! Passwords of devices, in what drivers and upsdrvctl show and record.

use std::fs;

use testkit::{
    DriverSocket, PATIENCE, Program, Signal, SnmpAgent, eventually, free_port, is_running,
    our_programs, signal_process,
};
use tests::Site;

use crate::rights::is_root;
use crate::shown::{LOUD, Shown};

/// Of these snmp-ups alone has options that are secret; in the others somebody may think so.
const DRIVERS: [&str; 5] = [
    "snmp-ups",
    "usbhid-ups",
    "nutdrv_qx",
    "apcsmart",
    "dummy-ups",
];

/// The agent knows who asks in the first two sections. Then a wrong password, nobody who answers, and mistakes.
fn conf(port: u16, silent: u16) -> String {
    let account = if is_root() { "user = root\n" } else { "" };
    let agent = format!("  driver = snmp-ups\n  port = 127.0.0.1:{port}\n  mibs = ietf\n");
    let hasty = "  snmp_timeout = 1\n  snmp_retries = 0\n";
    let user = "  snmp_version = v3\n  secName = u-sha-aes\n  secLevel = authPriv\n  authProtocol = SHA\n  privProtocol = AES\n";
    let both = |auth, privacy| format!("  authPassword = {auth}\n  privPassword = {privacy}\n");
    let sections = [
        (
            "first",
            format!("{agent}  snmp_version = v2c\n  community = Zq7community\n"),
        ),
        (
            "user",
            format!("{agent}{user}{}", both("authpass123", "privpass123")),
        ),
        (
            "denied",
            format!(
                "{agent}{hasty}{user}{}",
                both("Zq7wrongwrong", "Zq7wrongwrong")
            ),
        ),
        (
            "silent",
            format!(
                "  driver = snmp-ups\n  port = 127.0.0.1:{silent}\n{hasty}  community = Zq7nobody\n"
            ),
        ),
        ("short", format!("{agent}{user}{}", both("Zq7", "Zq7"))),
        (
            "flag",
            format!(
                "{agent}{user}{}  notransferoids = no\n",
                both("Zq7password", "Zq7password")
            ),
        ),
        ("misspelt", format!("{agent}  authPasword = Zq7password\n")),
        (
            "level",
            format!(
                "{agent}  snmp_version = v3\n  secLevel = much\n{}",
                both("Zq7password", "Zq7password")
            ),
        ),
        (
            "hid",
            "  driver = usbhid-ups\n  port = auto\n  password = Zq7password\n".to_owned(),
        ),
        (
            "qx",
            "  driver = nutdrv_qx\n  port = /dev/null\n  community = Zq7password\n".to_owned(),
        ),
    ];
    let sections = sections.map(|(name, lines)| format!("[{name}]\n{lines}"));
    let path = our_programs().unwrap();
    format!(
        "driverpath = {}\n{account}{}",
        path.display(),
        sections.concat()
    )
}

/// A site with that configuration, and the agent.
fn site(test: &str) -> Option<(Site, SnmpAgent)> {
    let site = Site::new();
    let agent = SnmpAgent::start(test, &site.sandbox, "ups.snmprec", &[])?;
    let silent = free_port().unwrap();
    site.sandbox.write("ups.conf", &conf(agent.port(), silent));
    Some((site, agent))
}

#[test]
fn drivers_show_and_record_no_password_of_a_device() {
    let test = "drivers_show_and_record_no_password_of_a_device";
    let Some((site, _agent)) = site(test) else {
        return;
    };
    let mut shown = Shown::default();
    for ups in ["first", "user"] {
        let tape = site.sandbox.run().join(format!("{ups}.recording"));
        let driver = Program::locknut("snmp-ups", &site.sandbox).args([LOUD, "-F", "-a", ups]);
        let driver = driver.arg("--record").arg(&tape).as_myself();
        let mut running = driver.start();
        let mut socket = DriverSocket::connect(&site.sandbox, "snmp-ups", ups, &mut running);
        socket.expect("its status", PATIENCE, |socket| socket.status_has("OL"));
        shown.look_at(ups, &running);
        // clients are told of its settings, and need no password to read them
        assert!(socket.value("driver.parameter.port").is_some());
        shown.add(&format!("dump of {ups}"), &format!("{socket:?}"));
        running.signal(Signal::SIGTERM);
        running.wait_for_end(PATIENCE);
        shown.add(&format!("log of {ups}"), &running.printed());
        let recorded = fs::read_to_string(&tape).unwrap();
        assert!(recorded.len() > 500, "{recorded}");
        shown.add(&format!("recording of {ups}"), &recorded);
    }
    shown.search();
}

#[test]
fn drivers_that_fail_show_no_password_of_a_device() {
    let test = "drivers_that_fail_show_no_password_of_a_device";
    let Some((site, agent)) = site(test) else {
        return;
    };
    let mut shown = Shown::default();
    for (ups, name, told) in [
        (
            "denied",
            "snmp-ups",
            "the password of user u-sha-aes is wrong",
        ),
        ("silent", "snmp-ups", "no answer within"),
        ("short", "snmp-ups", "8"),
        ("flag", "snmp-ups", "notransferoids"),
        ("misspelt", "snmp-ups", "authPasword"),
        ("level", "snmp-ups", "secLevel"),
        ("hid", "usbhid-ups", "password"),
        ("qx", "nutdrv_qx", "community"),
    ] {
        let tape = site.sandbox.run().join(format!("{ups}.recording"));
        let driver = Program::locknut(name, &site.sandbox).args([LOUD, "-F", "-a", ups]);
        let mut running = driver.arg("--record").arg(&tape).as_myself().start();
        let said = || running.printed().contains(told).then_some(());
        assert!(
            eventually(PATIENCE, said).is_some(),
            "{ups}: {}",
            running.printed()
        );
        running.signal(Signal::SIGTERM);
        running.wait_for_end(PATIENCE);
        shown.add(&format!("log of {ups}"), &running.printed());
        shown.add(
            &format!("recording of {ups}"),
            &fs::read_to_string(&tape).unwrap_or_default(),
        );
    }
    // on the command line everybody can see them, but no log has to repeat them
    let port = format!("port=127.0.0.1:{}", agent.port());
    let given = [
        "-x",
        &port,
        "-x",
        "community=Zq7given",
        "-x",
        "mibs=none",
        "-s",
        "x",
        LOUD,
    ];
    let done = Program::locknut("snmp-ups", &site.sandbox)
        .args(given)
        .as_myself()
        .run();
    assert_ne!(done.code, Some(0));
    shown.add_all("snmp-ups with options", &done);
    for name in DRIVERS {
        for option in ["-h", "-V", "--describe"] {
            let done = Program::locknut(name, &site.sandbox).arg(option).run();
            assert_eq!(done.code, Some(0), "{name} {option}");
            shown.add_all(name, &done);
        }
    }
    shown.search();
}

#[test]
fn upsdrvctl_hands_no_password_on() {
    let Some((site, _agent)) = site("upsdrvctl_hands_no_password_on") else {
        return;
    };
    let mut shown = Shown::default();
    let run = |words: &[&str]| {
        let upsdrvctl = Program::locknut("upsdrvctl", &site.sandbox).args(words);
        upsdrvctl
            .env("NUT_DEBUG_SYSLOG", "none")
            .run_within(2 * PATIENCE)
    };
    let started = run(&["-DDDDDD", "-B", "start", "first"]);
    assert_eq!(
        started.code,
        Some(0),
        "{}{}",
        started.stdout,
        started.stderr
    );
    shown.add_all("upsdrvctl start", &started);
    let pid = fs::read_to_string(site.sandbox.run().join("snmp-ups-first.pid")).unwrap();
    let pid: i32 = pid.trim().parse().unwrap();
    shown.look_at_process("its driver", pid.unsigned_abs());
    assert!(shown.of("cmdline of its driver").contains("first"));
    for words in [
        &["-DDDDDD", "status"][..],
        &["-DDDDDD", "-t", "start", "denied"],
        &["-DDDDDD", "stop", "first"],
        &["-V"],
        &["-h"],
    ] {
        shown.add_all("upsdrvctl", &run(words));
    }
    let gone = eventually(PATIENCE, || (!is_running(pid)).then_some(()));
    if gone.is_none() {
        signal_process(pid, Signal::SIGKILL);
    }
    shown.search();
    assert!(gone.is_some(), "the driver was not stopped");
}
