//! Requests and their answers.

use std::time::{Duration, Instant};

use crate::fake::{Lab, Step};

#[test]
fn a_dump_has_everything_in_order() {
    let lab = Lab::start(
        "dump",
        "mode = x\ntoken = hush\ndefault.lab.extra = 1",
        vec![],
    );
    let mut client = lab.quiet_client();
    let dump = client.dump();
    let has = |line: &str| {
        assert!(
            dump.iter().any(|found| found == line),
            "{line} is not in {dump:#?}"
        )
    };
    for line in [
        r#"SETINFO device.model "Fake""#,
        r#"SETINFO device.type "ups""#,
        r#"SETINFO driver.name "fake-ups""#,
        r#"SETINFO driver.version.internal "0.7""#,
        r#"SETINFO driver.parameter.port "dump""#,
        r#"SETINFO driver.parameter.pollinterval "1""#,
        r#"SETINFO driver.parameter.synchronous "auto""#,
        r#"SETINFO driver.parameter.mode "x""#,
        r#"SETINFO driver.parameter.default.lab.extra "1""#,
        r#"SETINFO driver.flag.allow_killpower "0""#,
        r#"SETFLAGS driver.flag.allow_killpower RW NUMBER"#,
        r#"SETFLAGS driver.debug RW NUMBER"#,
        r#"SETINFO lab.extra "1""#,
        "ADDRANGE lab.limit 10 20",
        r#"SETINFO ups.status "OL""#,
        "ADDCMD driver.killpower",
        "ADDCMD driver.reload-or-error",
        "ADDCMD load.off",
        "ADDCMD shutdown.default",
    ] {
        has(line);
    }
    assert!(
        !dump
            .iter()
            .any(|line| line.contains("hush") || line.contains("driver.exit"))
    );
    assert_eq!(dump.last().map(String::as_str), Some("DATAOK"));
    let mode: Vec<_> = dump
        .iter()
        .filter(|line| line.contains(" lab.mode"))
        .collect();
    assert_eq!(
        mode,
        [
            r#"SETINFO lab.mode "on""#,
            r#"ADDENUM lab.mode "on""#,
            r#"ADDENUM lab.mode "off""#,
            "SETAUX lab.mode 10",
            "SETFLAGS lab.mode RW STRING"
        ]
    );
    assert_eq!(lab.driver.stop().code(), 0);
}

#[test]
fn small_questions_get_small_answers_in_any_case() {
    let lab = Lab::start("small", "", vec![]);
    let mut client = lab.quiet_client();
    assert_eq!(client.ask("ping"), "PONG");
    assert_eq!(client.ask("GETPID"), format!("PID {}", std::process::id()));
    client.send("DUMPSTATUS");
    assert_eq!(
        client.wait("DUMPDONE"),
        [r#"SETINFO ups.status "OL""#, "DATAOK"]
    );
    client.send("DUMPVALUE no.such");
    assert_eq!(client.wait("DUMPDONE"), ["DATAOK"]);
    client.send("NONSENSE\nSET x\n\nPING \"a # b\"");
    assert_eq!(client.ask("PING"), "PONG");
    assert_eq!(client.ask("LOGOUT"), "OK Goodbye");
    assert!(client.is_closed());
}

#[test]
fn tracked_requests_are_always_answered() {
    let lab = Lab::start("tracked", "override.ups.load = 77", vec![]);
    let mut client = lab.quiet_client();
    for (request, result) in [
        ("SET lab.mode off TRACKING A1", "TRACKING A1 0"),
        (
            "SET lab.mode far-too-long-a-value TRACKING A2",
            "TRACKING A2 2",
        ),
        ("SET no.such x TRACKING A3", "TRACKING A3 1"),
        ("SET ups.load 5 TRACKING A4", "TRACKING A4 0"),
        ("SET driver.debug x TRACKING A5", "TRACKING A5 2"),
        ("SET driver.debug -1 TRACKING A6", "TRACKING A6 0"),
        ("INSTCMD load.off TRACKING B1", "TRACKING B1 0"),
        ("INSTCMD load.off 10 TRACKING B2", "TRACKING B2 3"),
        ("INSTCMD no.such TRACKING B3", "TRACKING B3 1"),
        ("INSTCMD driver.killpower TRACKING B4", "TRACKING B4 2"),
        ("INSTCMD shutdown.default TRACKING B5", "TRACKING B5 0"),
        ("INSTCMD driver.reload TRACKING B6", "TRACKING B6 0"),
    ] {
        assert_eq!(client.ask(request), result, "{request}");
    }
    client.send("DUMPVALUE ups.load");
    assert_eq!(
        client.wait("DUMPDONE"),
        [r#"SETINFO ups.load "77""#, "DATAOK"]
    );
}

#[test]
fn ping_is_answered_while_the_device_is_slow() {
    let lab = Lab::start(
        "slow",
        "",
        vec![Step::Tell(|_| ()), Step::Sleep(Duration::from_secs(4))],
    );
    let mut client = lab.client();
    client.wait_for_a_poll();
    let asked = Instant::now();
    assert_eq!(client.ask("PING"), "PONG");
    assert!(
        asked.elapsed() < Duration::from_secs(1),
        "{:?}",
        asked.elapsed()
    );
    client.wait(r#"SETINFO driver.state "quiet""#);
}

#[test]
fn more_jobs_than_may_wait_are_refused_and_none_is_lost() {
    let lab = Lab::start(
        "busy",
        "",
        vec![Step::Tell(|_| ()), Step::Sleep(Duration::from_secs(2))],
    );
    let mut client = lab.client();
    client.wait_for_a_poll();
    client.send("NOBROADCAST");
    for n in 0..12 {
        client.send(&format!("SET lab.mode off TRACKING N{n}"));
    }
    let mut answers: Vec<String> = Vec::new();
    while answers.len() < 12 {
        answers.extend(client.line().filter(|line| line.starts_with("TRACKING")));
    }
    let failed = answers.iter().filter(|line| line.ends_with(" 3")).count();
    assert_eq!((failed, answers.len()), (4, 12), "{answers:?}");
}
