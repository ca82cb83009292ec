//! What the driver does when a device changes, refuses, or goes away.

use driver::{Clock, Driver, Error};
use proto::Outcome;
use snmp::{Agent, Oid, Simulated, Status, Value};

use super::lab::{EATON, Lab, UPS, find, oid};

const SOURCE: &str = "m.33.1.4.1.0";
const BATTERY: &str = "m.33.1.2.1.0";
const CHARGE: &str = "m.33.1.2.4.0";

/// A Pulizzi PDU with two outlets, whose switches have a number more.
const PULIZZI: &str = "\
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.20677.1
1.3.6.1.4.1.20677.2.1.1.0|4|Switched
1.3.6.1.4.1.20677.2.6.1.1.1.0|4|left
1.3.6.1.4.1.20677.2.6.1.2.1.0|4|right
1.3.6.1.4.1.20677.2.6.2.1.0|2|0
1.3.6.1.4.1.20677.2.6.2.2.0|2|0
1.3.6.1.4.1.20677.2.6.2.3.0|2|0
1.3.6.1.4.1.20677.2.6.3.1.0|2|1
1.3.6.1.4.1.20677.2.6.3.2.0|2|2
";

#[test]
fn the_status_is_read_at_each_poll_and_the_rest_when_it_is_due() {
    let mut lab = Lab::new(UPS, &[("pollfreq", "30")]);
    assert_eq!(
        (lab.status(), lab.value("battery.charge")),
        ("OL", Some("100"))
    );
    lab.put(SOURCE, 5);
    lab.put(CHARGE, 90);
    lab.at(2).unwrap();
    assert_eq!(
        (lab.status(), lab.value("battery.charge")),
        ("OB", Some("100"))
    );
    assert!(lab.agent.asked().len() < 6);
    lab.at(30).unwrap();
    assert_eq!(lab.value("battery.charge"), Some("90"));
    // what is fixed is not asked for again
    assert!(!lab.agent.asked().contains(&oid("m.33.1.1.2.0")));
}

#[test]
fn low_battery_is_told_as_such() {
    let mut lab = Lab::new(UPS, &[]);
    lab.put(SOURCE, 5);
    lab.put(BATTERY, 3);
    lab.at(2).unwrap();
    assert_eq!(lab.status(), "LB OB");
}

#[test]
fn a_device_that_does_not_know_its_state_is_waited_for() {
    let mut lab = Lab::new(UPS, &[]);
    // "other", which means nothing, and a number that nobody knows
    for number in [1, 77] {
        lab.put(SOURCE, number);
        lab.at(u64::try_from(number).unwrap()).unwrap();
        assert_eq!(lab.status(), "WAIT", "{number}");
    }
}

#[test]
fn a_status_whose_object_is_gone_is_not_believed_until_the_device_is_explored_anew() {
    let mut lab = Lab::new(UPS, &[]);
    lab.agent.remove(&oid(SOURCE));
    for seconds in [2, 4, 6] {
        assert!(
            matches!(lab.at(seconds), Err(Error::Garbled(_))),
            "{seconds}"
        );
        assert_eq!(lab.status(), "OL", "stale, not changed");
    }
    lab.at(8).unwrap();
    assert_eq!(lab.status(), "WAIT");
    lab.put(SOURCE, 3);
    // in the next exploration it is there again
    for walk in 1..=22 {
        lab.at(8 + 30 * walk).unwrap();
    }
    assert_eq!(lab.status(), "OL");
}

#[test]
fn an_object_that_is_gone_takes_its_variable_with_it_and_one_that_comes_brings_it() {
    let mut lab = Lab::new(UPS, &[]);
    lab.agent.remove(&oid(CHARGE));
    lab.at(31).unwrap();
    assert_eq!((lab.status(), lab.value("battery.charge")), ("OL", None));
    lab.put(CHARGE, 80);
    lab.at(62).unwrap();
    assert_eq!(lab.value("battery.charge"), Some("80"));
    // one that was missing from the beginning
    lab.put("m.33.1.2.7.0", 25);
    for walk in 3..=24 {
        lab.at(31 * walk).unwrap();
    }
    assert_eq!(lab.value("battery.temperature"), Some("25"));
}

#[test]
fn a_silent_device_is_stale_and_explored_when_it_is_back() {
    let mut lab = Lab::new(UPS, &[]);
    lab.agent.silence();
    assert!(matches!(lab.at(2), Err(Error::Timeout(_))));
    lab.agent.fail(None);
    lab.agent
        .put(&oid("m.33.1.1.2.0"), Value::Text(b"Two".to_vec()));
    lab.at(4).unwrap();
    assert_eq!(lab.value("ups.model"), Some("Two"));
}

#[test]
fn the_list_of_alarms_is_read_from_its_own_column() {
    let mut lab = Lab::new(EATON, &[]);
    assert_eq!(lab.status(), "ALARM OL LB RB");
    assert_eq!(lab.value("ups.alarm"), Some("Battery bad!"));
    lab.agent.put(&oid("e.534.1.7.1.0"), Value::Gauge32(0));
    lab.at(2).unwrap();
    assert_eq!((lab.status(), lab.value("ups.alarm")), ("OL", None));
}

#[test]
fn a_shutdown_waits_as_long_as_is_said() {
    let mut lab = Lab::new(EATON, &[]);
    assert_eq!(lab.command("shutdown.return", None), Outcome::Handled);
    assert_eq!(lab.command("shutdown.return", Some("90")), Outcome::Handled);
    let object = "1.3.6.1.4.1.534.1.9.6.0".to_owned();
    assert_eq!(
        lab.sets(),
        [
            (object.clone(), Value::Integer(20)),
            (object.clone(), Value::Integer(90))
        ]
    );
    assert_eq!(
        lab.command("shutdown.return", Some("soon")),
        Outcome::Unconvertible
    );
    let mut lab = Lab::new(EATON, &[("offdelay", "45")]);
    assert_eq!(lab.driver.shut_down().unwrap(), Outcome::Handled);
    assert_eq!(lab.sets(), [(object, Value::Integer(45))]);
}

#[test]
fn a_device_without_a_command_for_it_is_shut_down_as_the_standard_says() {
    let mut lab = Lab::new(UPS, &[("offdelay", "60"), ("ondelay", "90")]);
    assert_eq!(lab.driver.shut_down().unwrap(), Outcome::Handled);
    let object = |last: &str| format!("1.3.6.1.2.1.33.1.8.{last}.0");
    assert_eq!(
        lab.sets(),
        [
            (object("5"), Value::Integer(1)),
            (object("3"), Value::Integer(150)),
            (object("2"), Value::Integer(60)),
        ]
    );
    lab.agent.refuse(&oid("m.33.1.8.2.0"), Status::NOT_WRITABLE);
    assert_eq!(lab.driver.shut_down().unwrap(), Outcome::Failed);
    lab.agent.silence();
    assert!(matches!(lab.driver.shut_down(), Err(Error::Timeout(_))));
}

#[test]
fn a_device_that_cannot_be_switched_off_says_so() {
    let mut lab = Lab::new(PULIZZI, &[]);
    assert!(!lab.offers("shutdown.return"));
    lab.agent.remove(&oid("e.20677.2.6.2.1.0"));
    for seconds in (0..=22).map(|walk| walk * 31) {
        lab.at(seconds).unwrap();
    }
    assert!(!lab.offers("load.off"));
    assert_eq!(lab.driver.shut_down().unwrap(), Outcome::Failed);
    assert_eq!(lab.sets(), []);
}

/// A UPS whose mapping has delays that the driver keeps, and no shutdown of its own.
const MGE: &str = "\
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.705.1
1.3.6.1.2.1.33.1.4.1.0|2|3
1.3.6.1.2.1.33.1.8.2.0|2|-1
1.3.6.1.2.1.33.1.8.3.0|2|-1
1.3.6.1.4.1.705.1.1.1.0|4|Pulsar
";

#[test]
fn a_delay_that_the_driver_keeps_is_a_number_and_a_shutdown_waits_that_long() {
    let mut lab = Lab::new(MGE, &[]);
    assert_eq!(lab.set("ups.delay.shutdown", " 045 "), Outcome::Handled);
    assert_eq!(lab.value("ups.delay.shutdown"), Some("45"));
    assert_eq!(lab.command("shutdown.return", None), Outcome::Handled);
    let (stop, start) = (oid("m.33.1.8.2.0"), oid("m.33.1.8.3.0"));
    let sent = |start_after, stop_after| {
        [
            (start.to_string(), Value::Integer(start_after)),
            (stop.to_string(), Value::Integer(stop_after)),
        ]
    };
    assert_eq!(lab.sets(), sent(75, 45));
    // below 0 it would not stop, but start
    for command in ["shutdown.return", "shutdown.stayoff"] {
        assert_eq!(lab.command(command, Some("-1")), Outcome::Unconvertible);
    }
    assert_eq!(lab.set("ups.delay.shutdown", "-1"), Outcome::Unconvertible);
    assert_eq!(lab.sets(), []);
}

/// A PDU with two outlets that tells another number of them.
fn pdu_with_outlets(told: &str) -> String {
    format!(
        "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.232.165.11\n\
         1.3.6.1.4.1.232.165.11.1.2.1.3.1|4|PDU\n\
         1.3.6.1.4.1.232.165.11.1.2.1.13.1|{told}\n\
         1.3.6.1.4.1.232.165.11.5.1.1.2.1.1|4|left\n\
         1.3.6.1.4.1.232.165.11.5.1.1.2.1.2|4|right\n"
    )
}

#[test]
fn a_number_of_outlets_that_no_device_has_is_not_believed_and_they_are_counted() {
    for told in ["2|2", "2|2147483647", "66|4294967295", "2|1001"] {
        let lab = Lab::new(&pdu_with_outlets(told), &[]);
        assert_eq!(lab.value("outlet.2.name"), Some("right"), "{told}");
        assert_eq!(lab.value("outlet.3.name"), None, "{told}");
        assert!(lab.offers("outlet.2.load.off"), "{told}");
        assert!(!lab.offers("outlet.3.load.off"), "{told}");
    }
    for told in ["2|0", "2|-1"] {
        let lab = Lab::new(&pdu_with_outlets(told), &[]);
        assert_eq!(lab.value("outlet.1.name"), None, "{told}");
    }
}

#[test]
fn an_outlet_is_switched_by_the_number_behind_its_own() {
    let mut lab = Lab::new(PULIZZI, &[]);
    assert_eq!(lab.value("outlet.count"), Some("2"));
    assert_eq!(lab.value("outlet.2.desc"), Some("right"));
    assert_eq!(lab.command("outlet.2.load.off", None), Outcome::Handled);
    let switch = "1.3.6.1.4.1.20677.2.6.2.3.0".to_owned();
    assert_eq!(lab.sets(), [(switch, Value::Integer(2))]);
}

#[test]
fn what_the_driver_keeps_is_not_sent_and_what_is_no_setting_is_refused() {
    let mut lab = Lab::new(PULIZZI, &[]);
    // this ends C's driver
    assert_eq!(lab.set("outlet.desc", "rack"), Outcome::Handled);
    assert_eq!(lab.value("outlet.desc"), Some("rack"));
    assert_eq!(lab.set("outlet.1.status", "on"), Outcome::Unknown);
    assert_eq!(lab.set("no.such", "on"), Outcome::Unknown);
    assert_eq!(lab.sets(), []);
}

#[test]
fn transfer_voltages_are_left_out_when_they_are_not_wanted() {
    let objects = UPS.to_owned() + "1.3.6.1.2.1.33.1.9.9.0|2|180\n";
    assert_eq!(
        Lab::new(&objects, &[]).value("input.transfer.low"),
        Some("180")
    );
    let lab = Lab::new(&objects, &[("notransferoids", "")]);
    assert_eq!(lab.value("input.transfer.low"), None);
}

#[test]
fn voltages_from_phase_to_phase_are_set_as_they_are_told() {
    let apc = "1.3.6.1.4.1.318.1.1.1.1.1.1.0|4|Symmetra\n1.3.6.1.4.1.318.1.1.1.5.2.3.0|2|200\n";
    let mut lab = Lab::new(apc, &[("symmetrathreephase", "")]);
    let low = "input.transfer.low";
    assert_eq!(lab.value(low), Some("141.40"));
    assert_eq!(lab.set(low, "130"), Outcome::Handled);
    let object = "1.3.6.1.4.1.318.1.1.1.5.2.3.0".to_owned();
    assert_eq!(lab.sets(), [(object, Value::Integer(184))]);
    assert_eq!(lab.value(low), Some("130.09"));
    assert_eq!(lab.set(low, "low"), Outcome::Unconvertible);
    lab.at(31).unwrap();
    assert_eq!(lab.value(low), Some("130.09"));
}

#[test]
fn a_device_of_another_mapping_is_told_as_such() {
    let find = |objects: &str, options: &[(&str, &str)]| {
        let agent = Simulated::new(objects).unwrap();
        let open = move || -> Box<dyn Agent> { Box::new(agent.clone()) };
        let found = find(open, options, &Clock::default());
        found
            .err()
            .map(|error| error.to_string())
            .unwrap_or_default()
    };
    assert_eq!(find(UPS, &[("mibs", "ietf")]), "");
    assert!(find(UPS, &[("mibs", "apcc")]).contains("apcc MIB wasn't found"));
    assert!(find(UPS, &[("mibs", "pw")]).contains("no mapping \"pw\""));
    let other = "1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.9.1\n";
    assert!(find(other, &[]).contains("calls its device 1.3.6.1.4.1.9.1"));
}

#[test]
fn a_device_that_nobody_knows_and_that_serves_the_standard_is_one_of_the_standard() {
    let objects = UPS.replace("|6|1.3.6.1.2.1.33\n", "|6|1.3.6.1.4.1.9.9\n");
    let lab = Lab::new(&objects, &[]);
    assert_eq!(lab.value("driver.version.data"), Some("ietf MIB 1.55"));
}

#[test]
fn a_battery_test_is_named_and_a_device_that_has_numbers_there_gets_a_number() {
    let object = "1.3.6.1.2.1.33.1.7.1.0";
    let quick: Oid = "1.3.6.1.2.1.33.1.7.7.3".parse().unwrap();
    let mut lab = Lab::new(UPS, &[]);
    assert_eq!(
        lab.command("test.battery.start", Some("7")),
        Outcome::Unconvertible
    );
    let named = Some(quick.to_string());
    assert_eq!(
        lab.command("test.battery.start", named.as_deref()),
        Outcome::Handled
    );
    assert_eq!(lab.sets(), [(object.to_owned(), Value::Oid(quick))]);
    let numbers = UPS.replace("7.1.0|6|1.3.6.1.2.1.33.1.7.7.1", "7.1.0|2|1");
    let mut lab = Lab::new(&numbers, &[]);
    assert_eq!(
        lab.command("test.battery.start", Some("7")),
        Outcome::Handled
    );
    assert_eq!(lab.sets(), [(object.to_owned(), Value::Integer(7))]);
}
