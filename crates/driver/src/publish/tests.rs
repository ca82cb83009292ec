//! What upsd is told for what a driver reports.

use super::*;

fn publisher() -> Publisher {
    Publisher::new(Rules {
        ignore_lb: false,
        infer_charging: true,
    })
}

/// The lines that follow from a report.
fn told(publisher: &mut Publisher, fill: impl FnOnce(&mut Report)) -> String {
    let mut report = Report::default();
    fill(&mut report);
    publisher.apply(report, true);
    publisher.take()
}

#[test]
fn only_changes_are_told_and_values_come_before_attributes() {
    let mut publisher = publisher();
    let fill = |report: &mut Report| {
        report
            .set_text("lab.mode", "on", 10)
            .choices("lab.mode", &["on", "off"]);
    };
    assert_eq!(
        told(&mut publisher, fill),
        "SETINFO lab.mode \"on\"\nSETFLAGS lab.mode RW STRING\nSETAUX lab.mode 10\n\
         ADDENUM lab.mode \"on\"\nADDENUM lab.mode \"off\"\n"
    );
    assert_eq!(told(&mut publisher, fill), "");
    let next = told(&mut publisher, |report| {
        report
            .set("lab.mode", "off")
            .remove("lab.none")
            .add_command("load.off");
    });
    assert_eq!(next, "SETINFO lab.mode \"off\"\nADDCMD load.off\n");
}

#[test]
fn attributes_of_the_status_hold_from_the_first_report_on() {
    let mut publisher = publisher();
    let first = told(&mut publisher, |report| {
        report
            .status("OL")
            .flags("ups.status", Flags::RW_STRING)
            .max_len("ups.status", 32);
    });
    assert_eq!(
        first,
        "SETINFO ups.status \"OL\"\nSETFLAGS ups.status RW STRING\nSETAUX ups.status 32\n"
    );
}

#[test]
fn a_change_of_case_reaches_a_server_that_ignores_case() {
    let mut publisher = publisher();
    told(&mut publisher, |report| {
        report.set("lab.mode", "on").flags("lab.mode", Flags::RW);
    });
    assert_eq!(
        told(&mut publisher, |report| _ = report.set("lab.mode", "On")),
        "DELINFO lab.mode\nSETINFO lab.mode \"On\"\nSETFLAGS lab.mode RW\n"
    );
}

#[test]
fn cleared_flags_and_fewer_choices_tell_the_variable_anew() {
    let mut publisher = publisher();
    told(&mut publisher, |report| {
        report
            .set("lab.mode", "on")
            .flags("lab.mode", Flags::RW)
            .choices("lab.mode", &["on", "off"]);
    });
    assert_eq!(
        told(&mut publisher, |report| _ =
            report.choices("lab.mode", &["on"])),
        "DELINFO lab.mode\nSETINFO lab.mode \"on\"\nADDENUM lab.mode \"on\"\nSETFLAGS lab.mode RW\n"
    );
    assert_eq!(
        told(&mut publisher, |report| _ =
            report.flags("lab.mode", Flags::default())),
        "DELINFO lab.mode\nSETINFO lab.mode \"on\"\nADDENUM lab.mode \"on\"\n"
    );
}

#[test]
fn more_ranges_are_added_and_others_tell_the_variable_anew() {
    let range = |min, max| Range { min, max };
    let mut publisher = publisher();
    told(&mut publisher, |report| {
        _ = report
            .set("lab.limit", "15")
            .ranges("lab.limit", &[range(1, 2)])
    });
    assert_eq!(
        told(&mut publisher, |report| _ =
            report.ranges("lab.limit", &[range(1, 2), range(5, 9)])),
        "ADDRANGE lab.limit 5 9\n"
    );
    assert_eq!(
        told(&mut publisher, |report| _ =
            report.ranges("lab.limit", &[range(5, 9)])),
        "DELINFO lab.limit\nSETINFO lab.limit \"15\"\nADDRANGE lab.limit 5 9\n"
    );
}

#[test]
fn an_alarm_comes_before_the_status_and_goes_before_it() {
    let mut publisher = publisher();
    told(&mut publisher, |report| _ = report.status("OL").no_alarms());
    assert_eq!(
        told(&mut publisher, |report| _ =
            report.status("OL").alarm("Replace battery!")),
        "SETINFO ups.alarm \"Replace battery!\"\nSETINFO ups.status \"ALARM OL\"\n"
    );
    assert_eq!(
        told(&mut publisher, |report| _ = report.set("ups.load", "5")),
        "SETINFO ups.load \"5\"\n",
        "a report that does not mention alarms keeps them"
    );
    assert_eq!(
        told(&mut publisher, |report| _ = report.status("OL").no_alarms()),
        "DELINFO ups.alarm\nSETINFO ups.status \"OL\"\n"
    );
}

#[test]
fn an_alarm_of_a_part_counts() {
    let mut publisher = publisher();
    told(&mut publisher, |report| {
        _ = report.status("OL").set("device.2.ups.alarm", "x")
    });
    assert_eq!(publisher.tree().value("ups.status"), Some("ALARM OL"));
}

#[test]
fn a_moving_charge_completes_the_status_until_the_next_one() {
    let mut publisher = publisher();
    told(&mut publisher, |report| {
        _ = report.status("OL").set("battery.charge", "40")
    });
    assert_eq!(publisher.tree().value("ups.status"), Some("OL"));
    told(&mut publisher, |report| {
        _ = report.status("OL").set("battery.charge", "60")
    });
    assert_eq!(publisher.tree().value("ups.status"), Some("OL CHRG"));
    told(&mut publisher, |report| _ = report.set("ups.load", "1"));
    assert_eq!(publisher.tree().value("ups.status"), Some("OL CHRG"));
    told(&mut publisher, |report| _ = report.status("OL"));
    assert_eq!(publisher.tree().value("ups.status"), Some("OL"));
}

#[test]
fn what_was_there_before_the_first_poll_does_not_move() {
    let mut publisher = publisher();
    publisher.set("battery.charge", "33");
    told(&mut publisher, |report| {
        _ = report.status("OL").set("battery.charge", "91")
    });
    assert_eq!(publisher.tree().value("ups.status"), Some("OL"));
}

#[test]
fn ignorelb_compares_and_needs_a_complete_pair() {
    let mut publisher = Publisher::new(Rules {
        ignore_lb: true,
        infer_charging: true,
    });
    told(&mut publisher, |report| {
        _ = report.status("OB LB").set("battery.charge", "50")
    });
    assert!(!publisher.can_tell_low_battery());
    assert_eq!(publisher.tree().value("ups.status"), Some("OB"));
    publisher.freeze("battery.charge.low", "60");
    assert!(publisher.can_tell_low_battery());
    told(&mut publisher, |report| _ = report.status("OB"));
    assert_eq!(publisher.tree().value("ups.status"), Some("OB LB"));
}

#[test]
fn an_overridden_variable_stays_as_it_is() {
    let mut publisher = publisher();
    publisher.freeze("ups.load", "77");
    assert_eq!(publisher.take(), "SETINFO ups.load \"77\"\n");
    let lines = told(&mut publisher, |report| {
        report
            .set_text("UPS.load", "5", 9)
            .remove("ups.load")
            .choices("ups.load", &["a"]);
    });
    assert_eq!(lines, "");
    assert_eq!(
        publisher
            .tree()
            .get("ups.load")
            .map(|v| (v.value.as_str(), v.flags)),
        Some(("77", Flags::default()))
    );
}

#[test]
fn the_device_is_named_once_after_the_first_poll() {
    let mut publisher = publisher();
    let mut report = Report::default();
    report.set("ups.model", "Lab \"1\"");
    publisher.apply(report, false);
    assert_eq!(publisher.tree().value("device.model"), None);
    told(&mut publisher, |report| _ = report.status("OL"));
    assert_eq!(publisher.tree().value("device.model"), Some("Lab \"1\""));
    told(&mut publisher, |report| {
        _ = report.set("ups.model", "Other")
    });
    assert_eq!(publisher.tree().value("device.model"), Some("Lab \"1\""));
}

#[test]
fn freshness_is_told_when_it_changes() {
    let mut publisher = publisher();
    assert!(publisher.is_stale() && !publisher.data_stale());
    publisher.data_ok();
    publisher.data_ok();
    assert!(publisher.data_stale() && !publisher.data_stale());
    assert_eq!(publisher.take(), "DATAOK\nDATASTALE\n");
}
