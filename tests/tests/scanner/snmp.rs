//! SNMP agents on the loopback.

use testkit::{Program, Sandbox, SnmpAgent};

use crate::bench::{Driver, adopt, run, scanner};

const DATA: &str = "apcc.snmprec";

/// An agent and a scan of its port; nothing if test `test` cannot be run here.
fn agent(test: &str) -> Option<(SnmpAgent, Sandbox)> {
    let sandbox = Sandbox::new();
    let agent = SnmpAgent::start(test, &sandbox, DATA, &[])?;
    Some((agent, sandbox))
}

fn scan(sandbox: &Sandbox, agent: &SnmpAgent) -> Program {
    let port = agent.port().to_string();
    scanner(sandbox).args(["-S", "-c", "private", "--snmp_port", &port])
}

#[test]
fn an_agent_in_a_range_is_served_by_the_driver_in_each_version() {
    let test = "an_agent_in_a_range_is_served_by_the_driver_in_each_version";
    let Some((agent, sandbox)) = agent(test) else {
        return;
    };
    let range = ["-s", "127.0.0.1", "-e", "127.0.0.4"];
    for (options, settings) in [
        (&["-m", "127.0.0.0/29"][..], "\tcommunity = \"private\"\n"),
        (
            &["--snmp_version", "v2c", "-s", "127.0.0.1", "-t", "60"],
            "\tsnmp_version = \"v2c\"\n\tcommunity = \"private\"\n",
        ),
        (
            &[
                "-u",
                "u-sha-aes",
                "-w",
                "SHA",
                "-W",
                "authpass123",
                "-x",
                "AES",
                "-X",
                "privpass123",
                "-s",
                "127.0.0.1",
                "-t",
                "60",
            ],
            "\tsnmp_version = \"v3\"\n\tsecLevel = \"authPriv\"\n\tsecName = \"u-sha-aes\"\n",
        ),
    ] {
        let scanned = adopt(&sandbox, scan(&sandbox, &agent).args(options).arg("-q"));
        let conf = &scanned.conf;
        assert_eq!(conf.matches("[nutdev-snmp").count(), 1, "{scanned:?}");
        assert!(
            conf.contains(&format!("port = \"127.0.0.1:{}\"", agent.port())),
            "{conf}"
        );
        assert!(
            conf.contains("\tmibs = \"apcc\"\n") && conf.contains(settings),
            "{conf}"
        );
        assert!(conf.contains("\tdesc = \"ups-model-4\"\n"), "{conf}");
        let driver = Driver::start(&sandbox, &scanned, "nutdev-snmp1", |program| program);
        assert_eq!(driver.value("ups.serial"), Some("ups-serial-5"));
    }
    // in one line
    let done = run(scan(&sandbox, &agent).args(range).args(["-P", "-q"]));
    let line = format!(
        "SNMP:driver=\"snmp-ups\",port=\"127.0.0.1:{}\",desc=",
        agent.port()
    );
    assert!(done.stdout.starts_with(&line), "{}", done.stdout);
    assert_eq!((done.stdout.lines().count(), done.stderr.as_str()), (1, ""));
}

#[test]
fn who_is_refused_is_told_why() {
    let test = "who_is_refused_is_told_why";
    let Some((agent, sandbox)) = agent(test) else {
        return;
    };
    for (options, told) in [
        (&["-u", "nobody-here"][..], "has no user nobody-here"),
        (
            &["-u", "u-sha", "-w", "SHA", "-W", "wrong-password"],
            "the password of user u-sha is wrong",
        ),
        (&["-c", "wrong", "-t", "1"], "no answer within"),
    ] {
        let done = run(scan(&sandbox, &agent)
            .args(["-s", "127.0.0.1", "-q"])
            .args(options));
        assert_eq!(done.stdout, "", "{}", done.stderr);
        assert!(done.stderr.contains(told), "{told}: {}", done.stderr);
    }
}
