//! What subscribers are told when the device changes.

use std::time::Duration;

use driver::Error;

use crate::fake::{Lab, Step};

fn changes(lines: Vec<String>) -> Vec<String> {
    lines
        .into_iter()
        .filter(|line| !line.contains("driver.state"))
        .collect()
}

#[test]
fn an_alarm_comes_and_goes_with_its_status() {
    let lab = Lab::start(
        "alarm",
        "",
        vec![
            Step::Tell(|report| _ = report.status("OL").no_alarms()),
            Step::Tell(|report| _ = report.status("OL").alarm("Replace battery!")),
            Step::Tell(|report| _ = report.status("OB DISCHRG").no_alarms()),
        ],
    );
    let mut client = lab.client();
    let mut told = changes(client.until(|line| line.ends_with("\"OB DISCHRG\"")));
    told.push(r#"SETINFO ups.status "OB DISCHRG""#.into());
    assert_eq!(
        told,
        [
            r#"SETINFO ups.alarm "Replace battery!""#,
            r#"SETINFO ups.status "ALARM OL""#,
            "DELINFO ups.alarm",
            r#"SETINFO ups.status "OB DISCHRG""#
        ]
    );
}

#[test]
fn silence_makes_the_data_stale_until_an_answer() {
    let lab = Lab::start(
        "stale",
        "",
        vec![
            Step::Tell(|report| _ = report.status("OL")),
            Step::Fail(|| Error::Timeout("no answer to Q1".into())),
            Step::Fail(|| Error::Garbled("half an answer to Q1".into())),
            Step::Tell(|report| _ = report.set("ups.load", "5")),
        ],
    );
    let mut client = lab.client();
    assert_eq!(changes(client.wait("DATASTALE")), [""; 0]);
    let mut other = lab.quiet_client();
    let dump = other.dump();
    assert_eq!(dump.first().map(String::as_str), Some("DATASTALE"));
    assert!(!dump.contains(&"DATAOK".to_owned()));
    assert_eq!(changes(client.wait("DATAOK")), [r#"SETINFO ups.load "5""#]);
}

#[test]
fn polls_that_change_nothing_are_not_told() {
    let polls = (0..4).map(|_| Step::Tell(|report| _ = report.status("OL")));
    let last = Step::Tell(|report| _ = report.status("OB"));
    let lab = Lab::start("same", "", polls.chain([last]).collect());
    let mut client = lab.client();
    let told = client.wait(r#"SETINFO ups.status "OB""#);
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_long_poll_is_told_to_who_asks_meanwhile() {
    let script = vec![Step::Tell(|_| ()), Step::Sleep(Duration::from_secs(2))];
    let lab = Lab::start("long", "", script);
    let mut client = lab.client();
    client.wait_for_a_poll();
    client.wait(r#"SETINFO driver.state "quiet""#);
}

#[test]
fn a_poll_that_fails_ends_quietly_too() {
    let slow = Step::Slow(Duration::from_secs(2), || {
        Error::Timeout("no answer".into())
    });
    let lab = Lab::start("long-and-bad", "", vec![Step::Tell(|_| ()), slow]);
    let mut client = lab.client();
    client.wait_for_a_poll();
    assert_eq!(
        client.wait(r#"SETINFO driver.state "quiet""#),
        ["DATASTALE"]
    );
}

#[test]
fn what_a_device_says_by_itself_does_not_wait_for_the_next_poll() {
    let lab = Lab::start(
        "talking",
        "pollinterval = 600",
        vec![
            Step::Tell(|report| _ = report.status("OL")),
            Step::Say(|report| _ = report.status("OB DISCHRG")),
        ],
    );
    let mut client = lab.client();
    client.send("DUMPALL");
    client.wait(r#"SETINFO ups.status "OB DISCHRG""#);
}

#[test]
fn a_device_that_is_listened_to_takes_commands_meanwhile() {
    let lab = Lab::start("talking-too", "pollinterval = 600", vec![]);
    let mut client = lab.client();
    client.send("SET lab.mode \"off\" TRACKING 3B1D");
    client.wait("TRACKING 3B1D 0");
}

#[test]
fn a_device_that_is_listened_to_without_end_is_woken_for_commands_and_for_the_end() {
    let lab = Lab::start("asleep", "pollinterval = 600", vec![]);
    let mut client = lab.client();
    for ticket in ["3B1D", "3B1E"] {
        client.send(&format!("SET lab.mode \"off\" TRACKING {ticket}"));
        client.wait(&format!("TRACKING {ticket} 0"));
    }
    // while it is lost there is nobody to wake
    assert_eq!(
        client.ask("INSTCMD test.lost TRACKING 3B1F"),
        "TRACKING 3B1F 3"
    );
    assert_eq!(lab.driver.stop().code(), 0);
}

#[test]
fn a_set_value_is_told_before_its_result() {
    let lab = Lab::start("set", "", vec![]);
    let mut client = lab.client();
    client.send("SET lab.mode \"off\" TRACKING 3B1D");
    let told = changes(client.wait("TRACKING 3B1D 0"));
    assert_eq!(told, [r#"SETINFO lab.mode "off""#]);
}

#[test]
fn ignorelb_without_limits_does_not_start() {
    let error = Lab::try_start("limits", "ignorelb", vec![]).err().unwrap();
    assert!(
        error.contains("ups.conf:5:1: error: ignorelb: the device tells neither"),
        "{error}"
    );
    let fill: fn(&mut driver::Report) =
        |report| _ = report.status("OB LB").set("battery.charge", "15");
    let lab = Lab::start(
        "limits2",
        "ignorelb\noverride.battery.charge.low = 20",
        vec![Step::Tell(fill)],
    );
    let mut client = lab.quiet_client();
    client.send("DUMPSTATUS");
    assert_eq!(
        client.wait("DUMPDONE"),
        [r#"SETINFO ups.status "OB LB""#, "DATAOK"]
    );
}
