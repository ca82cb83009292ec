//! Repeaters: dummy-ups of one kind repeats what a upsd of the other serves, as on a machine behind another.

use crate::chain::{LAB, at_once, comes_to};
use crate::verdict::{Cell, Row, judge};
use std::time::Duration;
use testkit::{PATIENCE, eventually};
use tests::{Site, Subject};

/// How often a repeater asks: `pollinterval`, and the second that C's sleeps at each poll.
const POLL: Duration = Duration::from_secs(2);

#[test]
fn repeaters_of_both_kinds_on_servers_of_both_kinds() {
    let Some(subjects) = Subject::both("repeaters_of_both_kinds_on_servers_of_both_kinds") else {
        return;
    };
    let mixes = subjects
        .iter()
        .flat_map(|server| subjects.iter().map(move |repeater| (server, repeater)));
    let rows = at_once(mixes.collect(), |(server, repeater)| {
        repeated(server, repeater)
    });
    let head = [
        "upsd",
        "repeater",
        "values",
        "change",
        "device gone",
        "device back",
    ];
    judge("dummy-ups repeats what a upsd serves", &head, &rows);
}

fn repeated(server: &Subject, repeater: &Subject) -> Row {
    let site = Site::new();
    let lab = site.address("lab");
    site.devices_and_repeaters(&[("lab", LAB)], &[("twin", &lab)]);
    let driver = site.driver("lab");
    let _upsd = site.upsd_of(server);
    site.await_value("lab", "battery.charge", "91");
    let _repeater = site.driver_of(repeater, "twin");
    let mut cells = vec![
        Cell::of(repeats(&site), None),
        Cell::of(passes_on(&site), None),
    ];
    driver.kill();
    cells.push(Cell::of(gone(&site, repeater), never_stale(repeater)));
    let _driver = site.driver("lab");
    let back = comes_to(&site, "twin", "ups.id", "the \"attic\" #1");
    cells.push(Cell::of(back, None));
    (vec![server.to_string(), repeater.to_string()], cells)
}

fn repeats(site: &Site) -> Result<(), String> {
    comes_to(site, "twin", "battery.charge", "91")?;
    comes_to(site, "twin", "ups.status", "OL CHRG")?;
    comes_to(site, "twin", "ups.id", "the \"attic\" #1")?;
    comes_to(site, "twin", "driver.parameter.mode", "repeater")
}

fn passes_on(site: &Site) -> Result<(), String> {
    let done = site.set("lab", "battery.charge", "42");
    if done.code != Some(0) {
        return Err(format!("{done:?}"));
    }
    comes_to(site, "twin", "battery.charge", "42")
}

/// Within three polls. C's repeater shows the last values for ever, which `bin/dummy-ups/README.md` tells.
fn gone(site: &Site, repeater: &Subject) -> Result<(), String> {
    let address = site.address("twin");
    let within = if repeater.is_nut() {
        3 * POLL
    } else {
        PATIENCE
    };
    let stale = || (site.upsc(&[&address]).stderr.contains("Data stale")).then_some(());
    eventually(within, stale).ok_or_else(|| format!("{:?}", site.upsc(&[&address])))
}

fn never_stale(repeater: &Subject) -> Option<&'static str> {
    repeater.is_nut().then_some("C is never stale")
}
