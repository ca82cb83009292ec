//! A reload never ends the monitor and never weakens it (spec upsmon.md, section 12).

use super::*;

fn reload(site: &mut Site, policy: Policy, supplies: &[(&str, u32, Role)]) -> Vec<String> {
    site.logged(Event::Reload(setup(policy, supplies)))
}

const A_AND_B: [(&str, u32, Role); 2] = [("a", 1, Role::Primary), ("b", 1, Role::Secondary)];

#[test]
fn what_is_known_of_a_kept_ups_survives() {
    let mut site = Site::new(Policy::default(), &A_AND_B);
    site.poll(A, "OB");
    site.fail(A);
    let before = site.monitor.supplies()[0].clone();
    reload(
        &mut site,
        Policy::default(),
        &[("b", 1, Role::Secondary), ("a", 1, Role::Primary)],
    );
    assert_eq!(site.monitor.supplies()[1], before);
    assert_eq!(
        (site.monitor.find("a"), site.monitor.find("b")),
        (Some(A), Some(B))
    );
}

#[test]
fn a_new_ups_gets_an_id_of_its_own_and_an_old_one_goes() {
    let mut site = Site::new(Policy::default(), &A_AND_B);
    reload(
        &mut site,
        Policy::default(),
        &[("c", 1, Role::Primary), ("b", 1, Role::Secondary)],
    );
    assert_eq!(site.monitor.find("a"), None);
    assert_eq!(site.monitor.find("c"), Some(UpsId(2)));
    let late = site.poll(A, "FSD OB LB");
    assert!(late.is_empty(), "{late:?}");
}

#[test]
fn power_and_role_are_taken_over() {
    let mut site = primary();
    site.poll(A, "OL");
    reload(&mut site, Policy::default(), &[("a", 2, Role::Secondary)]);
    assert_eq!(site.event(Event::UserFsd), ["decided", "SHUTDOWN"]);
}

#[test]
fn a_setup_that_can_not_reach_minsupplies_is_refused_whole() {
    let mut site = Site::new(Policy::default(), &A_AND_B);
    let before = site.monitor.clone();
    let policy = Policy {
        minsupplies: 3,
        deadtime: secs(99),
        ..Policy::default()
    };
    let told = reload(&mut site, policy, &A_AND_B);
    assert!(
        told[0].contains("add up to 2, MINSUPPLIES is 3"),
        "{told:?}"
    );
    assert_eq!(site.monitor, before);
}

#[test]
fn a_reload_in_the_middle_of_a_shutdown_is_refused() {
    let mut site = primary();
    site.poll(A, "OB LB");
    let before = site.monitor.clone();
    let told = reload(
        &mut site,
        Policy {
            minsupplies: 0,
            ..Policy::default()
        },
        &[],
    );
    assert!(told[0].contains("a shutdown is under way"), "{told:?}");
    assert_eq!(site.monitor, before);
}

#[test]
fn a_ups_dropped_while_on_battery_is_remarked_on() {
    let mut site = Site::new(Policy::default(), &A_AND_B);
    site.poll(A, "OB");
    let told = reload(&mut site, Policy::default(), &[("b", 1, Role::Secondary)]);
    assert_eq!(told, ["UPS [a] is on battery and not monitored any more"]);
}

#[test]
fn new_settings_are_in_force_at_once() {
    let mut site = primary();
    site.poll(A, "OB");
    site.fail(A);
    site.wait(10);
    let shown = site.event(Event::Reload(setup(
        Policy {
            deadtime: secs(5),
            ..Policy::default()
        },
        &[("a", 1, Role::Primary)],
    )));
    assert_eq!(shown, ["decided a:silent-on-battery", "set FSD a"]);
}
