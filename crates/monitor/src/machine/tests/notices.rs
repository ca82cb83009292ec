//! Every NOTIFY event is told once when it begins: edges, not levels (spec upsmon.md, section 5.1).

use super::*;

const NOTHING: [&str; 0] = [];

#[test]
fn the_first_ol_after_the_start_is_not_news() {
    let mut site = primary();
    assert_eq!(site.poll(A, "OL"), NOTHING);
}

#[test]
fn onbatt_and_online_are_told_once_each() {
    let mut site = Site::new(
        Policy {
            minsupplies: 0,
            ..Policy::default()
        },
        &[("a", 1, Role::Primary)],
    );
    site.poll(A, "OL");
    assert_eq!(site.poll(A, "OB DISCHRG"), ["ONBATT a"]);
    assert_eq!(site.poll(A, "OB DISCHRG"), NOTHING);
    assert_eq!(site.poll(A, "OL CHRG"), ["ONLINE a"]);
    assert_eq!(site.poll(A, "OL"), NOTHING);
}

#[test]
fn a_battery_that_is_in_use_at_the_start_is_news() {
    assert_eq!(primary().poll(A, "OB"), ["ONBATT a"]);
}

#[test]
fn each_state_is_told_when_it_begins_and_when_it_ends() {
    for (word, began, ended) in [
        ("CAL", "CAL a", "NOTCAL a"),
        ("OFF", "OFF a", "NOTOFF a"),
        ("BYPASS", "BYPASS a", "NOTBYPASS a"),
        ("ECO", "ECO a", "NOTECO a"),
        ("ALARM", "ALARM a: n/a", "NOTALARM a"),
        ("OVER", "OVER a", "NOTOVER a"),
        ("TRIM", "TRIM a", "NOTTRIM a"),
        ("BOOST", "BOOST a", "NOTBOOST a"),
    ] {
        let mut site = primary();
        let status = format!("OL {word}");
        assert_eq!(site.poll(A, &status), [began]);
        assert_eq!(site.poll(A, &status), NOTHING, "{word} again");
        assert_eq!(site.poll(A, "OL"), [ended]);
        assert_eq!(site.poll(A, "OL"), NOTHING, "no {word} again");
    }
}

#[test]
fn lowbatt_is_told_when_the_device_says_so_and_not_when_it_is_inferred() {
    let policy = Policy {
        minsupplies: 0,
        ..Policy::default()
    };
    let mut site = Site::new(policy, &[("a", 1, Role::Primary)]);
    assert_eq!(site.poll(A, "OB"), ["ONBATT a"]);
    assert_eq!(site.fail_for(A, 30), ["COMMBAD a"]);
    assert_eq!(site.poll(A, "OB LB"), ["COMMOK a", "LOWBATT a"]);
    assert_eq!(site.poll(A, "OB LB"), NOTHING);
    assert_eq!(site.poll(A, "OB"), NOTHING);
    assert_eq!(site.poll(A, "OB LB"), ["LOWBATT a"]);
}

#[test]
fn fsd_is_told_once_for_each_time_it_is_set() {
    let policy = Policy {
        minsupplies: 0,
        ..Policy::default()
    };
    let mut site = Site::new(policy, &[("a", 1, Role::Secondary)]);
    assert_eq!(site.poll(A, "FSD OB"), ["ONBATT a", "FSD a"]);
    assert_eq!(site.poll(A, "FSD OB"), NOTHING);
    assert_eq!(site.poll(A, "OB"), NOTHING);
    assert_eq!(site.poll(A, "FSD OB"), ["FSD a"]);
}

#[test]
fn the_first_failure_is_commbad_also_when_nothing_was_ever_heard() {
    let mut site = primary();
    assert_eq!(site.fail(A), ["COMMBAD a"]);
    assert_eq!(site.fail(A), ["NOCOMM a"]);
    assert_eq!(site.fail(A), NOTHING);
    assert_eq!(site.poll(A, "OL"), ["COMMOK a"]);
    assert_eq!(site.poll(A, "OL"), NOTHING);
}

#[test]
fn nocomm_comes_after_nocommwarntime_and_again_after_each() {
    let mut site = primary();
    site.poll(A, "OL");
    assert_eq!(site.fail_for(A, 295), ["COMMBAD a"]);
    assert_eq!(site.fail_for(A, 10), ["NOCOMM a"]);
    assert_eq!(site.fail_for(A, 290), NOTHING);
    assert_eq!(site.fail_for(A, 10), ["NOCOMM a"]);
    assert_eq!(site.poll(A, "OL"), ["COMMOK a"]);
}

#[test]
fn replbatt_is_repeated_after_rbwarntime() {
    let policy = Policy {
        rbwarntime: secs(100),
        ..Policy::default()
    };
    let mut site = Site::new(policy, &[("a", 1, Role::Primary)]);
    assert_eq!(site.poll(A, "OL RB"), ["REPLBATT a"]);
    site.wait(99);
    assert_eq!(site.poll(A, "OL RB"), NOTHING);
    site.wait(1);
    assert_eq!(site.poll(A, "OL RB"), ["REPLBATT a"]);
}

#[test]
fn an_alarm_is_told_again_when_its_text_changes_and_never_for_another_ups() {
    let mut site = Site::new(
        Policy::default(),
        &[("a", 1, Role::Primary), ("b", 1, Role::Primary)],
    );
    assert_eq!(site.alarm(A, "OL ALARM", Some("hot")), ["ALARM a: hot"]);
    assert_eq!(site.alarm(B, "OL ALARM", Some("old")), ["ALARM b: old"]);
    assert_eq!(site.alarm(A, "OL ALARM", Some("hot")), NOTHING);
    assert_eq!(site.alarm(B, "OL ALARM", Some("old")), NOTHING);
    assert_eq!(
        site.alarm(A, "OL ALARM", Some("hotter")),
        ["ALARM a: hotter"]
    );
    assert_eq!(
        site.alarm(A, "OL ALARM", None),
        NOTHING,
        "not to be had is no change"
    );
    assert_eq!(site.alarm(A, "OL ALARM", Some("hotter")), NOTHING);
    assert_eq!(site.poll(A, "OL"), ["NOTALARM a"]);
    assert_eq!(site.alarm(A, "OL ALARM", None), ["ALARM a: n/a"]);
}

#[test]
fn unknown_words_are_told_when_their_set_changes() {
    let mut site = primary();
    assert_eq!(site.poll(A, "OL XYZ ABC"), ["OTHER a: ABC XYZ"]);
    assert_eq!(site.poll(A, "ABC OL XYZ"), NOTHING);
    assert_eq!(site.poll(A, "OL XYZ"), ["OTHER a: XYZ"]);
    assert_eq!(site.poll(A, "OL ABC XYZ PQR"), ["OTHER a: ABC PQR XYZ"]);
    assert_eq!(site.poll(A, "OL"), ["NOTOTHER a"], "all at once");
}

#[test]
fn wait_is_an_answer_that_changes_nothing() {
    let policy = Policy {
        minsupplies: 0,
        ..Policy::default()
    };
    let mut site = Site::new(policy, &[("a", 1, Role::Secondary)]);
    site.poll(A, "FSD OB LB CAL");
    site.fail(A);
    assert_eq!(site.poll(A, "WAIT"), ["COMMOK a"]);
    assert_eq!(
        site.poll(A, "FSD OB LB CAL"),
        NOTHING,
        "nothing had been cleared"
    );
}

#[test]
fn a_refused_login_is_logged_once_each_nocommwarntime_and_its_end_too() {
    let mut site = secondary();
    let refused = || Event::LoginRefused(A, "ACCESS-DENIED".to_owned());
    let told = site.logged(refused());
    assert!(
        told[0].contains("[a]") && told[0].contains("ACCESS-DENIED"),
        "{told:?}"
    );
    assert!(
        told[0].contains("the primary will not wait for this host"),
        "{told:?}"
    );
    assert!(site.logged(refused()).is_empty());
    site.wait(300);
    assert_eq!(site.logged(refused()).len(), 1);
    assert_eq!(
        site.logged(Event::LoggedIn(A)),
        ["login on UPS [a] succeeded"]
    );
    assert!(site.logged(Event::LoggedIn(A)).is_empty());
}

#[test]
fn a_failing_poll_is_logged_as_pollfail_log_throttle_max_says() {
    for (throttle, expected) in [
        (None, 1),
        (Some(0), 1),
        (Some(1), 9),
        (Some(3), 3),
        (Some(100), 1),
    ] {
        let policy = Policy {
            pollfail_log_throttle_max: throttle,
            ..Policy::default()
        };
        let mut site = Site::new(policy, &[("a", 1, Role::Primary)]);
        site.poll(A, "OL");
        let failed = || Event::Failed(A, "Data stale".to_owned());
        let told: Vec<_> = (0..9).flat_map(|_| site.logged(failed())).collect();
        assert_eq!(told.len(), expected, "{throttle:?}: {told:?}");
        assert_eq!(told[0], "Poll UPS [a] failed - Data stale");
    }
}

#[test]
fn a_poll_that_fails_for_another_reason_is_logged_again_and_not_without_end() {
    for throttle in [None, Some(0)] {
        let policy = Policy {
            pollfail_log_throttle_max: throttle,
            ..Policy::default()
        };
        let mut site = Site::new(policy, &[("a", 1, Role::Primary)]);
        site.poll(A, "OL");
        let mut fail = |why: &str| site.logged(Event::Failed(A, why.to_owned()));
        assert_eq!(fail("refused"), ["Poll UPS [a] failed - refused"]);
        assert_eq!(fail("refused"), [""; 0]);
        assert_eq!(fail("expired"), ["Poll UPS [a] failed - expired"]);
        assert_eq!(fail("refused"), [""; 0]);
        let told: Vec<_> = (0..99).flat_map(|n| fail(&n.to_string())).collect();
        assert!(told.len() < 10, "{told:?}");
        site.poll(A, "OL");
        let again = site.logged(Event::Failed(A, "refused".to_owned()));
        assert_eq!(again, ["Poll UPS [a] failed - refused"]);
    }
}

#[test]
fn polls_are_frequent_while_any_ups_is_in_trouble() {
    let policy = Policy {
        pollfreq: secs(30),
        pollfreqalert: secs(10),
        oblbduration: secs(4),
        ..Policy::default()
    };
    let mut site = Site::new(policy, &[("a", 1, Role::Primary), ("b", 1, Role::Primary)]);
    assert_eq!(site.monitor.poll_period(), secs(30));
    for (status, period) in [
        ("OL", 30),
        ("OB", 10),
        ("OB LB", 4),
        ("OL ALARM", 10),
        ("OL BYPASS", 10),
        ("OFF", 10),
        ("OL OVER", 30),
        ("OL TRIM", 30),
    ] {
        site.poll(A, status);
        site.poll(B, "OL");
        assert_eq!(site.monitor.poll_period(), secs(period), "{status}");
    }
}
