//! Every rule by which a UPS is critical, and what makes it not (spec upsmon.md, section 7).

use super::*;
use crate::CommLoss;

fn decided(shown: &[String]) -> Option<&str> {
    let decided = shown.iter().find_map(|text| text.strip_prefix("decided"));
    decided.map(str::trim)
}

fn with(policy: Policy) -> Site {
    Site::new(policy, &[("a", 1, Role::Primary)])
}

#[test]
fn ob_with_lb_is_critical_for_a_primary_at_once() {
    let mut site = primary();
    assert_eq!(decided(&site.poll(A, "OB")), None);
    assert_eq!(decided(&site.poll(A, "OB LB")), Some("a:low-battery"));
}

#[test]
fn lb_on_line_and_ob_without_lb_are_not_critical() {
    for status in ["OL LB", "OB", "LB", "OL CHRG LB RB", "OB DISCHRG"] {
        let mut site = primary();
        assert_eq!(decided(&site.poll(A, status)), None, "{status}");
        assert_eq!(decided(&site.wait(1000)), None, "{status}");
    }
}

#[test]
fn fsd_is_critical_at_once_for_everybody() {
    for mut site in [primary(), secondary()] {
        assert_eq!(decided(&site.poll(A, "FSD OL")), Some("a:fsd"));
    }
}

#[test]
fn a_secondary_gives_its_primary_hostsync_to_say_fsd() {
    let mut site = secondary();
    assert_eq!(decided(&site.poll(A, "OB LB")), None);
    assert_eq!(decided(&site.wait(14)), None);
    assert_eq!(decided(&site.wait(1)), Some("a:primary-silent"));
}

#[test]
fn calibration_may_run_a_battery_down() {
    let mut site = primary();
    assert_eq!(decided(&site.poll(A, "OB LB CAL")), None);
    assert_eq!(decided(&site.wait(1000)), None);
    assert_eq!(decided(&site.poll(A, "OB LB")), Some("a:low-battery"));
}

#[test]
fn ob_with_lb_has_to_last_oblbduration() {
    let mut site = with(Policy {
        oblbduration: secs(20),
        ..Policy::default()
    });
    assert_eq!(decided(&site.poll(A, "OB LB")), None);
    assert_eq!(decided(&site.wait(19)), None);
    assert_eq!(decided(&site.poll(A, "OB")), None, "it recovered");
    assert_eq!(decided(&site.poll(A, "OB LB")), None);
    assert_eq!(decided(&site.wait(19)), None, "and begins anew");
    assert_eq!(decided(&site.wait(1)), Some("a:low-battery"));
}

#[test]
fn silence_on_battery_is_critical_after_deadtime() {
    let mut site = primary();
    site.poll(A, "OB");
    assert_eq!(decided(&site.fail_for(A, 10)), None);
    assert_eq!(decided(&site.fail_for(A, 5)), Some("a:silent-on-battery"));
}

#[test]
fn silence_on_battery_waits_for_hostsync_or_deadtime_whichever_is_longer_on_a_secondary() {
    for (deadtime, hostsync, expected) in [(15, 15, 15), (15, 40, 40), (40, 15, 40)] {
        let policy = Policy {
            deadtime: secs(deadtime),
            hostsync: secs(hostsync),
            ..Policy::default()
        };
        let mut site = Site::new(policy, &[("a", 1, Role::Secondary)]);
        site.poll(A, "OB");
        assert_eq!(decided(&site.fail_for(A, expected - 5)), None);
        assert_eq!(
            decided(&site.fail_for(A, 5)),
            Some("a:primary-silent"),
            "{deadtime} {hostsync}"
        );
    }
}

#[test]
fn oblbduration_counts_from_the_end_of_deadtime_when_low_is_inferred() {
    let mut site = with(Policy {
        oblbduration: secs(10),
        ..Policy::default()
    });
    site.poll(A, "OB");
    assert_eq!(decided(&site.fail_for(A, 20)), None);
    assert_eq!(decided(&site.fail_for(A, 5)), Some("a:silent-on-battery"));
}

#[test]
fn silence_after_plain_on_line_is_never_critical() {
    for commloss in [CommLoss::NotOnLine, CommLoss::Deadtime, CommLoss::AtOnce] {
        for status in [
            "OL", "OL CHRG", "OL RB", "OL TRIM", "OL BOOST", "OL ECO", "OL LB", "OL XYZZY",
        ] {
            let mut site = with(Policy {
                commloss,
                ..Policy::default()
            });
            site.poll(A, status);
            assert_eq!(decided(&site.fail_for(A, 3000)), None, "{status}");
        }
    }
}

#[test]
fn a_ups_never_heard_of_is_good() {
    let mut site = primary();
    assert_eq!(decided(&site.fail_for(A, 3000)), None);
}

#[test]
fn wait_for_deadtime_on_battery_is_silence_too() {
    let mut site = primary();
    site.poll(A, "OB");
    for _ in 0..3 {
        assert_eq!(decided(&site.poll(A, "WAIT")), None);
        site.wait(4);
    }
    assert_eq!(decided(&site.wait(3)), Some("a:silent-on-battery"));
}

#[test]
fn one_failed_poll_in_a_state_is_not_enough_and_deadtime_counts() {
    for (word, rule) in [
        ("CAL", "a:silent-calibrating"),
        ("BYPASS", "a:silent-bypass"),
        ("ALARM", "a:silent-alarm"),
        ("OFF", "a:silent-off"),
        ("OVER", "a:silent-over"),
    ] {
        let mut site = with(Policy {
            overduration: Some(secs(0)),
            ..Policy::default()
        });
        site.poll(A, word);
        assert_eq!(decided(&site.fail_for(A, 10)), None, "{word}");
        assert_eq!(decided(&site.fail_for(A, 5)), Some(rule), "{word}");
    }
}

#[test]
fn a_ups_whose_last_word_was_on_line_may_be_silent_in_any_state() {
    for word in ["CAL", "BYPASS", "ALARM", "OFF", "OVER"] {
        let mut site = with(Policy {
            overduration: Some(secs(0)),
            ..Policy::default()
        });
        site.poll(A, &format!("OL {word}"));
        assert_eq!(decided(&site.fail_for(A, 1000)), None, "{word}");
    }
}

#[test]
fn the_site_may_ask_for_deadtime_also_on_line() {
    for word in ["CAL", "BYPASS", "ALARM", "OFF"] {
        let mut site = with(Policy {
            commloss: CommLoss::Deadtime,
            ..Policy::default()
        });
        site.poll(A, &format!("OL {word}"));
        assert_eq!(decided(&site.fail_for(A, 10)), None, "{word}");
        assert!(decided(&site.fail_for(A, 5)).is_some(), "{word}");
    }
}

#[test]
fn the_site_may_ask_for_the_way_of_c_nut() {
    for word in ["CAL", "BYPASS", "ALARM", "OFF"] {
        let mut site = with(Policy {
            commloss: CommLoss::AtOnce,
            ..Policy::default()
        });
        assert_eq!(
            decided(&site.poll(A, &format!("OL {word}"))),
            None,
            "{word}"
        );
        assert!(decided(&site.fail(A)).is_some(), "{word}");
    }
}

#[test]
fn a_state_switched_off_in_the_configuration_does_not_count() {
    let policy = Policy {
        alarmcritical: false,
        offduration: None,
        ..Policy::default()
    };
    for word in ["ALARM", "OFF", "OVER", "TRIM", "BOOST", "ECO"] {
        let mut site = with(policy);
        site.poll(A, word);
        assert_eq!(decided(&site.fail_for(A, 1000)), None, "{word}");
    }
}

#[test]
fn over_has_to_have_lasted_overduration_before_the_silence() {
    for (lasted, critical) in [(5, false), (10, true)] {
        let mut site = with(Policy {
            overduration: Some(secs(10)),
            ..Policy::default()
        });
        site.poll(A, "OVER");
        site.wait(lasted);
        site.poll(A, "OVER");
        assert_eq!(decided(&site.fail_for(A, 100)).is_some(), critical);
    }
}

#[test]
fn off_that_is_seen_for_offduration_is_critical() {
    let mut site = primary();
    for _ in 0..6 {
        assert_eq!(decided(&site.poll(A, "OFF")), None);
        site.wait(5);
    }
    assert_eq!(decided(&site.poll(A, "OFF")), Some("a:off"));
    let mut site = with(Policy {
        offduration: Some(secs(0)),
        ..Policy::default()
    });
    assert_eq!(decided(&site.poll(A, "OFF")), Some("a:off"), "0 is at once");
    let mut site = with(Policy {
        offduration: None,
        ..Policy::default()
    });
    site.poll(A, "OFF");
    site.wait(100);
    assert_eq!(decided(&site.poll(A, "OFF")), None, "negative is never");
}

#[test]
fn a_glimpse_of_off_is_forgotten() {
    let mut site = primary();
    site.poll(A, "OFF");
    site.wait(29);
    site.poll(A, "OL");
    site.wait(5);
    assert_eq!(decided(&site.poll(A, "OFF")), None);
}

#[test]
fn polls_rarer_than_deadtime_make_nobody_silent() {
    let mut site = with(Policy {
        pollfreqalert: secs(60),
        ..Policy::default()
    });
    site.poll(A, "OB");
    assert_eq!(decided(&site.wait(60)), None);
    assert_eq!(decided(&site.poll(A, "OB")), None);
}

#[test]
fn a_connection_that_comes_back_in_time_ends_the_silence() {
    let mut site = primary();
    site.poll(A, "OB");
    for _ in 0..10 {
        assert_eq!(decided(&site.fail_for(A, 10)), None);
        assert_eq!(decided(&site.poll(A, "OB")), None);
    }
}

#[test]
fn a_status_without_ol_or_ob_leaves_the_last_one_in_force() {
    let mut site = primary();
    site.poll(A, "OB");
    assert_eq!(decided(&site.poll(A, "LB")), Some("a:low-battery"));
    let mut site = primary();
    site.poll(A, "OL");
    assert_eq!(decided(&site.poll(A, "LB")), None);
}

#[test]
fn two_supplies_of_which_one_is_needed_survive_the_loss_of_one() {
    let both = [("a", 1, Role::Primary), ("b", 1, Role::Primary)];
    let mut site = Site::new(Policy::default(), &both);
    site.poll(B, "OL");
    assert_eq!(decided(&site.poll(A, "OB LB")), None);
    assert_eq!(
        decided(&site.poll(B, "OB LB")),
        Some("a:low-battery b:low-battery")
    );
    let mut site = Site::new(
        Policy {
            minsupplies: 2,
            ..Policy::default()
        },
        &both,
    );
    site.poll(B, "OL");
    assert_eq!(decided(&site.poll(A, "OB LB")), Some("a:low-battery"));
}

#[test]
fn power_values_add_up_and_zero_only_watches() {
    let supplies = [
        ("a", 2, Role::Secondary),
        ("b", 1, Role::Secondary),
        ("c", 0, Role::Secondary),
    ];
    let mut site = Site::new(
        Policy {
            minsupplies: 2,
            ..Policy::default()
        },
        &supplies,
    );
    assert_eq!(
        decided(&site.poll(UpsId(2), "FSD OB LB")),
        None,
        "c feeds nothing"
    );
    assert_eq!(
        decided(&site.poll(B, "FSD OB LB")),
        None,
        "a alone is enough"
    );
    assert_eq!(
        decided(&site.poll(A, "FSD OB LB")),
        Some("a:fsd b:fsd c:fsd")
    );
}

#[test]
fn a_healthy_ups_that_feeds_nothing_keeps_nothing_up() {
    let supplies = [("a", 1, Role::Secondary), ("b", 0, Role::Secondary)];
    let mut site = Site::new(Policy::default(), &supplies);
    site.poll(B, "OL");
    assert_eq!(decided(&site.poll(A, "FSD OL")), Some("a:fsd"));
}

#[test]
fn minsupplies_zero_never_shuts_down_by_itself() {
    let mut site = with(Policy {
        minsupplies: 0,
        ..Policy::default()
    });
    assert_eq!(decided(&site.poll(A, "FSD OB LB")), None);
    assert_eq!(decided(&site.wait(1000)), None);
    assert_eq!(decided(&site.event(Event::UserFsd)), Some("a:fsd"));
}

#[test]
fn a_decision_tells_its_rule_and_what_it_saw_in_one_line() {
    let mut site = primary();
    site.poll(A, "OL");
    let report = Report::of("OB LB", "").unwrap();
    let actions = site.monitor.step(Event::Polled(A, report), site.now);
    let decision = actions.iter().find_map(|action| match action {
        Action::Decided(decision) => Some(decision.to_string()),
        _ => None,
    });
    assert_eq!(
        decision.unwrap(),
        "shutdown decided: cause=too-few-supplies good=0 needed=1; [a] rule=low-battery power=1 role=primary \
         comm=ok line=on-battery status=\"OB LB\" heard-ago=0.0s low-for=0.0s"
    );
}

#[test]
fn the_explanation_names_every_rule_and_says_what_will_happen_when() {
    let mut site = secondary();
    site.poll(A, "OB LB");
    site.wait(5);
    let text = site.monitor.explain(site.now);
    for rule in crate::Rule::all() {
        assert!(
            text.contains(rule.name()) && text.contains(rule.meaning()),
            "{text}"
        );
    }
    assert!(
        text.contains(
            "a: counts as good, in 10.0 s critical by rule primary-silent unless it recovers"
        ),
        "{text}"
    );
    assert!(text.contains("MINSUPPLIES 1: no shutdown"), "{text}");
}
