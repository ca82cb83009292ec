//! Sleep and waking up (spec upsmon.md, section 13).

use super::*;

#[test]
fn after_a_sleep_nothing_is_known_and_nobody_is_critical() {
    for status in ["OB", "OB CAL", "ALARM", "BYPASS", "OFF"] {
        let mut site = primary();
        site.poll(A, status);
        assert_eq!(site.event(Event::Suspending), ["SUSPEND_STARTING"]);
        assert_eq!(
            site.event(Event::Resumed { announced: true }),
            ["SUSPEND_FINISHED", "reconnect"]
        );
        let shown = site.fail_for(A, 1000);
        assert!(
            !shown.iter().any(|text| text.starts_with("decided")),
            "{status}: {shown:?}"
        );
    }
}

#[test]
fn a_sleep_that_nobody_announced_is_told_as_such() {
    assert_eq!(
        primary().event(Event::Resumed { announced: false }),
        [
            "SUSPEND_TIMEJUMP_UNEXPECTED",
            "SUSPEND_FINISHED",
            "reconnect"
        ]
    );
}

#[test]
fn a_system_that_falls_asleep_is_not_judged() {
    let mut site = primary();
    site.event(Event::Suspending);
    assert_eq!(site.poll(A, "OB LB"), ["ONBATT a", "LOWBATT a"]);
    site.event(Event::Resumed { announced: true });
    assert_eq!(
        site.poll(A, "OB LB")[2..],
        ["decided a:low-battery", "set FSD a"]
    );
}

#[test]
fn a_system_that_never_falls_asleep_is_judged_again_after_a_minute() {
    let mut site = primary();
    site.event(Event::Suspending);
    site.poll(A, "OB LB");
    assert!(site.wait(59).is_empty());
    assert_eq!(site.wait(1), ["decided a:low-battery", "set FSD a"]);
}

#[test]
fn a_shutdown_that_was_under_way_goes_on_after_a_sleep() {
    let mut site = secondary();
    site.poll(A, "FSD OB");
    site.event(Event::Suspending);
    site.event(Event::Resumed { announced: true });
    assert_eq!(site.wait(5), ["SHUTDOWNCMD", "log out"]);
}

#[test]
fn a_worn_battery_is_not_told_again_because_of_a_sleep() {
    let mut site = primary();
    site.poll(A, "OL RB");
    site.event(Event::Resumed { announced: true });
    assert!(site.poll(A, "OL RB").is_empty());
}
