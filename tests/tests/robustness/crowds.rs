//! 2,000 UPSes in one ups.conf: upsd starts within seconds, rests when nothing happens, and takes reloads.

use crate::process::load;
use std::fmt::Write;
use std::time::{Duration, Instant};
use testkit::{FakeDriver, PATIENCE, Signal, Wire};
use tests::Site;

const UPSES: usize = 2000;
/// A few of them have drivers.
const SERVED: usize = 5;
/// How long start and reload may take; they take a fraction of a second.
const SOON: Duration = Duration::from_secs(10);
/// Percent of a processor that upsd may use while it looks for 1,995 drivers that are not there. Without optimisation
/// and on a busy machine it uses some 10.
const LOAD_MAX: u128 = 40;

fn site() -> Site {
    let site = Site::new();
    site.sandbox.write(
        "upsd.conf",
        &format!("LISTEN 127.0.0.1 {}\nMAXCONN 5000\n", site.port),
    );
    configure(&site, 0, "");
    site
}

/// Writes sections for the UPSes from number `first` on, behind what `extra` says.
fn configure(site: &Site, first: usize, extra: &str) {
    let mut conf = extra.to_owned();
    for number in first..UPSES {
        let _ = writeln!(
            conf,
            "[u{number}]\n driver = dummy-ups\n port = x\n desc = \"No. {number}\""
        );
    }
    site.sandbox.write("ups.conf", &conf);
}

fn line(number: usize) -> String {
    format!("UPS u{number} \"No. {number}\"")
}

#[test]
fn two_thousand_upses_are_listed_rest_and_are_reloaded() {
    let site = site();
    let begun = Instant::now();
    let mut upsd = site.upsd();
    let mut client = Wire::connect(site.port);
    let all: Vec<String> = (0..UPSES).map(line).collect();
    assert_eq!(client.list("UPS"), all);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert_eq!(
        client.ask("GET VAR u1999 ups.status"),
        "ERR DRIVER-NOT-CONNECTED"
    );

    let drivers: Vec<FakeDriver> = (0..SERVED).map(|number| serve(&site, number)).collect();
    for number in 0..SERVED {
        site.await_value(&format!("u{number}"), "ups.status", "OL");
    }
    let load = load(&upsd, Duration::from_secs(3));
    assert!(load < LOAD_MAX, "{load} % of a processor at rest");

    configure(&site, 2, "[new]\n driver = dummy-ups\n port = x\n");
    let begun = Instant::now();
    upsd.signal(Signal::SIGHUP);
    upsd.wait_for_line("configuration reloaded, 1999 UPS", PATIENCE);
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    let new = "UPS new \"Description unavailable\"".to_owned();
    let rest: Vec<String> = std::iter::once(new).chain((2..UPSES).map(line)).collect();
    assert_eq!(client.list("UPS"), rest);
    assert_eq!(
        client.ask("GET VAR u2 ups.status"),
        "VAR u2 ups.status \"OL\""
    );
    assert_eq!(client.ask("GET VAR u1 ups.status"), "ERR UNKNOWN-UPS");
    drop(drivers);
    assert_eq!(upsd.stop(), Some(0));
}

fn serve(site: &Site, number: usize) -> FakeDriver {
    let dump = ["SETINFO ups.status \"OL\"", "DATAOK", "DUMPDONE"];
    FakeDriver::start(&site.sandbox, "dummy-ups", &format!("u{number}"), &dump)
}
