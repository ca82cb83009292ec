//! From the decision to the end (spec upsmon.md, sections 8 and 9).

use super::*;
use crate::ShutdownExit;

const NOTHING: [&str; 0] = [];

fn logins(site: &mut Site, id: UpsId, count: Option<u32>) -> Vec<String> {
    site.event(Event::Logins(id, count))
}

fn fsd_is_set(site: &mut Site, id: UpsId) -> Vec<String> {
    site.event(Event::FsdAnswered(id, Ok(())))
}

/// A primary that is logged in and has just decided.
fn begun(policy: Policy) -> Site {
    let mut site = Site::new(policy, &[("a", 1, Role::Primary)]);
    site.event(Event::LoggedIn(A));
    site.poll(A, "OB");
    let shown = site.poll(A, "OB LB");
    assert_eq!(shown, ["LOWBATT a", "decided a:low-battery", "set FSD a"]);
    site
}

#[test]
fn a_lone_primary_sets_fsd_and_does_not_wait() {
    let mut site = begun(Policy::default());
    assert_eq!(fsd_is_set(&mut site, A), ["FSD a", "count a"]);
    assert_eq!(logins(&mut site, A, Some(1)), ["SHUTDOWN"]);
    assert_eq!(site.wait(4), NOTHING);
    assert_eq!(site.wait(1), ["SHUTDOWNCMD", "log out"]);
    assert_eq!(site.event(Event::CommandDone), ["log out", "exit"]);
    assert_eq!(site.wait(1000), NOTHING);
}

#[test]
fn without_finaldelay_the_command_follows_the_notice_at_once() {
    let mut site = begun(Policy {
        finaldelay: Duration::ZERO,
        ..Policy::default()
    });
    fsd_is_set(&mut site, A);
    assert_eq!(
        logins(&mut site, A, Some(1)),
        ["SHUTDOWN", "SHUTDOWNCMD", "log out"]
    );
}

#[test]
fn a_primary_waits_until_the_others_are_gone() {
    let mut site = begun(Policy::default());
    fsd_is_set(&mut site, A);
    assert_eq!(logins(&mut site, A, Some(3)), ["SHUTDOWN_HOSTSYNC"]);
    assert_eq!(site.wait(1), ["count a"], "one question at a time");
    assert_eq!(logins(&mut site, A, Some(2)), NOTHING);
    assert_eq!(site.wait(1), ["count a"]);
    assert_eq!(logins(&mut site, A, Some(1)), ["SHUTDOWN"]);
}

#[test]
fn a_primary_goes_on_after_hostsync() {
    let mut site = begun(Policy::default());
    fsd_is_set(&mut site, A);
    logins(&mut site, A, Some(2));
    for _ in 0..14 {
        assert_eq!(site.wait(1), ["count a"]);
        assert_eq!(logins(&mut site, A, Some(2)), NOTHING);
    }
    assert_eq!(site.wait(1).last().unwrap(), "SHUTDOWN");
}

#[test]
fn who_cannot_be_counted_is_waited_for() {
    let mut site = begun(Policy::default());
    site.event(Event::FsdAnswered(A, Err("Data stale".to_owned())));
    assert_eq!(logins(&mut site, A, None), ["SHUTDOWN_HOSTSYNC"]);
    for _ in 0..14 {
        site.wait(1);
        assert_eq!(logins(&mut site, A, None), NOTHING);
    }
    assert_eq!(site.wait(1).last().unwrap(), "SHUTDOWN");
}

#[test]
fn a_server_that_never_answers_is_waited_for_no_longer_than_hostsync() {
    let mut site = begun(Policy::default());
    assert_eq!(site.wait(14), NOTHING);
    assert_eq!(site.wait(1), ["SHUTDOWN"]);
}

#[test]
fn the_one_login_of_another_host_is_not_mistaken_for_ones_own() {
    let mut site = primary();
    site.event(Event::LoginRefused(A, "ACCESS-DENIED".to_owned()));
    site.poll(A, "OB LB");
    fsd_is_set(&mut site, A);
    assert_eq!(logins(&mut site, A, Some(1)), ["SHUTDOWN_HOSTSYNC"]);
    assert_eq!(logins(&mut site, A, Some(0)), ["SHUTDOWN"]);
}

#[test]
fn fsd_is_set_on_every_ups_of_a_primary_the_healthy_ones_too() {
    let supplies = [
        ("a", 1, Role::Primary),
        ("b", 1, Role::Primary),
        ("c", 1, Role::Secondary),
    ];
    let mut site = Site::new(
        Policy {
            minsupplies: 3,
            ..Policy::default()
        },
        &supplies,
    );
    site.poll(B, "OL");
    let shown = site.poll(A, "OB LB");
    assert_eq!(
        shown[2..],
        ["decided a:low-battery", "set FSD a", "set FSD b"]
    );
    fsd_is_set(&mut site, A);
    fsd_is_set(&mut site, B);
    assert_eq!(logins(&mut site, A, Some(0)), NOTHING, "b has not answered");
    assert_eq!(logins(&mut site, B, Some(0)), ["SHUTDOWN"]);
}

#[test]
fn a_secondary_goes_at_once_and_tells_nobody() {
    let mut site = secondary();
    let shown = site.poll(A, "FSD OB LB");
    assert_eq!(
        shown,
        [
            "ONBATT a",
            "LOWBATT a",
            "FSD a",
            "decided a:fsd",
            "SHUTDOWN"
        ]
    );
    assert_eq!(site.wait(5), ["SHUTDOWNCMD", "log out"]);
}

#[test]
fn the_administrator_may_shut_down_a_primary_with_all_its_hosts() {
    let mut site = primary();
    site.poll(A, "OL");
    assert_eq!(site.event(Event::UserFsd), ["decided", "set FSD a"]);
    assert_eq!(site.event(Event::UserFsd), NOTHING, "once is enough");
}

#[test]
fn the_administrator_may_shut_down_a_secondary_alone() {
    let mut site = secondary();
    site.poll(A, "OL");
    assert_eq!(site.event(Event::UserFsd), ["decided", "SHUTDOWN"]);
}

#[test]
fn power_that_returns_stops_nothing() {
    for steps in 0..4 {
        let mut site = begun(Policy::default());
        let mut command = Vec::new();
        if steps == 0 {
            site.poll(A, "OL");
        }
        fsd_is_set(&mut site, A);
        if steps == 1 {
            site.poll(A, "FSD OL");
        }
        logins(&mut site, A, Some(1));
        if steps == 2 {
            site.poll(A, "FSD OL");
        }
        command.extend(site.wait(3));
        if steps == 3 {
            site.poll(A, "OL");
        }
        command.extend(site.wait(3));
        assert_eq!(command, ["SHUTDOWNCMD", "log out"], "{steps}");
    }
}

#[test]
fn a_server_that_comes_back_is_told_then() {
    let mut site = begun(Policy {
        hostsync: secs(60),
        ..Policy::default()
    });
    assert_eq!(
        site.event(Event::FsdAnswered(A, Err("gone".to_owned()))),
        ["count a"]
    );
    logins(&mut site, A, None);
    assert_eq!(site.fail(A), NOTHING);
    assert_eq!(site.poll(A, "OB LB"), ["set FSD a"]);
    assert_eq!(site.poll(A, "OB LB"), NOTHING, "the answer is due");
    assert_eq!(fsd_is_set(&mut site, A), ["FSD a", "count a"]);
    assert_eq!(site.poll(A, "OB LB"), NOTHING);
}

#[test]
fn a_failing_command_is_tried_again_for_ever_with_growing_pauses() {
    let mut site = begun(Policy::default());
    fsd_is_set(&mut site, A);
    logins(&mut site, A, Some(1));
    assert_eq!(site.wait(5), ["SHUTDOWNCMD", "log out"]);
    for pause in [2, 4, 8, 16, 32, 60, 60, 60] {
        let told = site.logged(Event::CommandFailed("exit status 1".to_owned()));
        assert!(
            told[0].contains("exit status 1") && told[0].contains(&format!("in {pause} s")),
            "{told:?}"
        );
        assert_eq!(site.wait(pause - 1), NOTHING);
        assert_eq!(site.wait(1), ["SHUTDOWNCMD"]);
    }
    assert_eq!(site.event(Event::CommandDone), ["log out", "exit"]);
}

#[test]
fn shutdownexit_says_how_long_upsmon_stays_logged_in() {
    for (exit, waits) in [
        (ShutdownExit::AtOnce, Some(0)),
        (ShutdownExit::After(secs(30)), Some(30)),
        (ShutdownExit::Never, None),
    ] {
        let mut site = Site::new(
            Policy {
                shutdownexit: exit,
                ..Policy::default()
            },
            &[("a", 1, Role::Secondary)],
        );
        site.poll(A, "FSD OB");
        let shown = site.wait(5);
        assert_eq!(
            shown.contains(&"log out".to_owned()),
            exit == ShutdownExit::AtOnce
        );
        let mut shown = site.event(Event::CommandDone);
        match waits {
            Some(0) => {}
            Some(span) => {
                assert_eq!(site.wait(span - 1), NOTHING);
                shown = site.wait(1);
            }
            None => {
                assert_eq!(site.wait(10_000), NOTHING);
                shown = site.event(Event::Stop);
            }
        }
        assert_eq!(shown, ["log out", "exit"], "{exit:?}");
    }
}

#[test]
fn a_stop_while_watching_ends_upsmon() {
    assert_eq!(primary().event(Event::Stop), ["exit"]);
}

#[test]
fn a_stop_in_the_middle_of_a_shutdown_waits_for_its_command() {
    let policy = Policy {
        shutdownexit: ShutdownExit::Never,
        ..Policy::default()
    };
    let mut site = begun(policy);
    assert_eq!(site.event(Event::Stop), NOTHING);
    fsd_is_set(&mut site, A);
    logins(&mut site, A, Some(1));
    assert_eq!(site.event(Event::Stop), NOTHING);
    assert_eq!(site.wait(5), ["SHUTDOWNCMD"]);
    assert_eq!(site.event(Event::CommandDone), ["log out", "exit"]);
}

#[test]
fn the_loss_of_the_helper_is_told_and_a_service_manager_restores_both() {
    let policy = Policy {
        supervised: true,
        ..Policy::default()
    };
    let mut site = Site::new(policy, &[("a", 1, Role::Primary)]);
    assert_eq!(
        site.event(Event::HelperLost),
        ["NOPARENT", "exit as failed"]
    );
}

#[test]
fn without_a_service_manager_the_loss_of_the_helper_is_told_again_and_again() {
    let mut site = primary();
    site.poll(A, "OL");
    assert_eq!(site.event(Event::HelperLost), ["NOPARENT"]);
    assert_eq!(site.wait(119), NOTHING);
    assert_eq!(site.wait(1), ["NOPARENT"]);
    assert_eq!(site.wait(120), ["NOPARENT"]);
}

#[test]
fn a_helper_lost_while_it_runs_the_command_is_replaced_by_another_attempt() {
    let mut site = begun(Policy {
        supervised: true,
        ..Policy::default()
    });
    fsd_is_set(&mut site, A);
    logins(&mut site, A, Some(1));
    site.wait(5);
    assert_eq!(site.event(Event::HelperLost), ["NOPARENT"]);
    assert_eq!(site.wait(2), ["SHUTDOWNCMD"]);
}

#[test]
fn answers_that_come_too_late_or_for_nobody_change_nothing() {
    let mut site = primary();
    for event in [
        Event::FsdAnswered(A, Ok(())),
        Event::Logins(A, Some(1)),
        Event::CommandDone,
        Event::CommandFailed(String::new()),
        Event::FsdAnswered(UpsId(99), Ok(())),
        Event::Disconnected(UpsId(99)),
    ] {
        assert_eq!(site.event(event), NOTHING);
    }
    let mut site = begun(Policy::default());
    assert_eq!(site.event(Event::CommandDone), NOTHING);
    assert_eq!(site.event(Event::FsdAnswered(UpsId(99), Ok(()))), NOTHING);
}
