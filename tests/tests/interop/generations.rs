//! Two generations at once, as while machines are moved one by one: two servers, two kinds of tools.

use crate::chain::{LAB, at_once, comes_to};
use crate::verdict::{Cell, Row, judge};
use std::os::unix::fs::symlink;
use testkit::Running;
use tests::{Site, Subject};

/// A driver with a server of ours and one of C's, both connected to it.
struct Shared {
    driver: Running,
    ours: (Site, Running),
    theirs: (Site, Running),
}

impl Shared {
    fn start(driver: &Subject, peers: &Subject) -> Self {
        let [ours, theirs] = [Site::new(), Site::new()];
        for site in [&ours, &theirs] {
            site.devices(&[("lab", LAB)]);
        }
        let driver = ours.driver_of(driver, "lab");
        // the second server finds the driver's socket in its own state directory
        let socket = theirs.sandbox.socket("dummy-ups", "lab");
        symlink(ours.sandbox.socket("dummy-ups", "lab"), socket).unwrap();
        let our_upsd = ours.upsd();
        let their_upsd = theirs.upsd_of(peers);
        Self {
            driver,
            ours: (ours, our_upsd),
            theirs: (theirs, their_upsd),
        }
    }

    fn sites(&self) -> [&Site; 2] {
        [&self.ours.0, &self.theirs.0]
    }
}

#[test]
fn two_servers_share_one_driver() {
    let Some(subjects) = Subject::both("two_servers_share_one_driver") else {
        return;
    };
    let rows = at_once(subjects.to_vec(), |driver| shared(&driver, &subjects[1]));
    let head = [
        "dummy-ups",
        "same list",
        "set by ours",
        "set by C's",
        "one ends",
        "driver ends",
    ];
    judge("our upsd and C's at one driver", &head, &rows);
}

fn shared(driver: &Subject, peers: &Subject) -> Row {
    let shared = Shared::start(driver, peers);
    let cells = [
        same_list(&shared),
        set_by(&shared, 0, "by ours"),
        set_by(&shared, 1, "by theirs"),
    ];
    let mut cells = cells.map(|found| Cell::of(found, None)).to_vec();
    let Shared {
        driver: running,
        ours,
        theirs,
    } = shared;
    ours.1.kill();
    cells.push(Cell::of(value_is(&theirs.0, "ups.id", "by theirs"), None));
    running.kill();
    theirs.0.await_error("lab", "Driver not connected");
    cells.push(Cell::of(Ok(()), None));
    (vec![driver.to_string()], cells)
}

fn same_list(shared: &Shared) -> Result<(), String> {
    for site in shared.sites() {
        value_is(site, "battery.charge", "91")?;
    }
    let [ours, theirs] = shared.sites().map(|site| site.listing("lab"));
    if ours == theirs {
        return Ok(());
    }
    Err(format!("ours: {ours}, theirs: {theirs}"))
}

fn set_by(shared: &Shared, by: usize, value: &str) -> Result<(), String> {
    let done = shared.sites()[by].set("lab", "ups.id", value);
    if done.code != Some(0) {
        return Err(format!("{done:?}"));
    }
    shared
        .sites()
        .iter()
        .try_for_each(|site| value_is(site, "ups.id", value))
}

#[test]
fn tools_of_both_kinds_ask_one_server_at_once() {
    let Some(subjects) = Subject::both("tools_of_both_kinds_ask_one_server_at_once") else {
        return;
    };
    let rows = at_once(subjects.to_vec(), |server| crowded(&server, &subjects));
    judge(
        "tools of both kinds at once",
        &["upsd", "reads", "settings"],
        &rows,
    );
}

/// Twenty rounds of each kind's tools at the same time.
fn crowded(server: &Subject, subjects: &[Subject; 2]) -> Row {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    let _driver = site.driver("lab");
    let _upsd = site.upsd_of(server);
    site.await_value("lab", "battery.charge", "91");
    let read = at_once(subjects.to_vec(), |tools| {
        rounds(|_| read_once(&site, &tools))
    });
    let set = at_once(subjects.iter().enumerate().collect(), |(at, tools)| {
        rounds(|round| set_once(&site, tools, at, round))
    });
    let cells = [read, set].map(|found| Cell::of(found.into_iter().collect(), None));
    (vec![server.to_string()], cells.to_vec())
}

fn rounds(each: impl Fn(usize) -> Result<(), String>) -> Result<(), String> {
    (0..20).try_for_each(each)
}

fn read_once(site: &Site, tools: &Subject) -> Result<(), String> {
    let upsc = tools.program("upsc", &site.sandbox);
    let done = upsc.arg(site.address("lab")).run();
    let whole = done.code == Some(0) && done.stdout.contains("ups.status: OL CHRG\n");
    whole.then_some(()).ok_or_else(|| format!("{done:?}"))
}

/// Each kind has a variable of its own, which nobody else sets.
fn set_once(site: &Site, tools: &Subject, at: usize, round: usize) -> Result<(), String> {
    let var = ["ups.id", "lab.note"][at];
    let value = format!("round {round}");
    let upsrw = tools.program("upsrw", &site.sandbox);
    let done = upsrw
        .args(["-u", "admin", "-p", "secret", "-w", "-s"])
        .args([format!("{var}={value}"), site.address("lab")])
        .run();
    if done.code != Some(0) || !format!("{}{}", done.stdout, done.stderr).contains("SUCCESS") {
        return Err(format!("{done:?}"));
    }
    value_is(site, var, &value)
}

fn value_is(site: &Site, var: &str, value: &str) -> Result<(), String> {
    comes_to(site, "lab", var, value)
}
