//! How soon a power failure is told. The times are printed; what is asserted is generous, as machines for tests are busy.

use std::thread::sleep;
use std::time::{Duration, Instant};

use testkit::{PATIENCE, Wire, eventually};
use tests::Table;

use crate::lab::Lab;

/// Longer than a test takes, so that a poll cannot be what tells.
const RARE: &str = "pollinterval = 30\npollfreq = 60";

/// How often mains fails.
const FAILURES: u32 = 10;

/// How often, where each failure has to wait for a poll.
const FAILURES_POLLED: u32 = 3;

/// An interrupt report is to be heard within 300 ms; in the median, on any machine.
const SOON: Duration = Duration::from_millis(300);

/// In the worst case, on a busy one.
const AT_LAST: Duration = Duration::from_secs(2);

/// How long it takes until `wait` has seen OB, each time that mains fails.
fn measure(lab: &mut Lab, failures: u32, mut wait: impl FnMut(&mut Lab, &str)) -> Vec<Duration> {
    let mut times = Vec::new();
    for failure in 0..failures {
        let begin = Instant::now();
        lab.device().mains(false);
        wait(lab, "OB");
        times.push(begin.elapsed());
        lab.device().mains(true);
        wait(lab, "OL");
        sleep(Duration::from_millis(u64::from(failure) * 7));
    }
    times.sort();
    times
}

/// Prints the times, and gives the median and the worst.
fn show(what: &str, times: &[Duration]) -> (Duration, Duration) {
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    let mut table = Table::new(["mains fails", "median", "worst"]);
    table.row([what, &format!("{median:.1?}"), &format!("{worst:.1?}")]);
    table.show(&format!("{} times", times.len()));
    (median, worst)
}

#[track_caller]
fn expect_soon((median, worst): (Duration, Duration)) {
    assert!(median < SOON && worst < AT_LAST, "{median:?}, {worst:?}");
}

#[test]
fn an_interrupt_report_is_told_at_once() {
    let name = "an_interrupt_report_is_told_at_once";
    let Some(mut lab) = Lab::new(name, "cps", RARE) else {
        return;
    };
    let times = measure(&mut lab, FAILURES, |lab, word| {
        lab.expect_status(word);
    });
    expect_soon(show("OB on the driver's socket", &times));
}

#[test]
fn a_client_learns_of_an_interrupt_report_at_once() {
    let name = "a_client_learns_of_an_interrupt_report_at_once";
    let Some(mut lab) = Lab::new(name, "cps", RARE) else {
        return;
    };
    let _upsd = lab.bench.site.upsd();
    lab.bench.site.await_value("ups", "ups.status", "OL");
    let mut client = Wire::connect(lab.bench.site.port);
    let times = measure(&mut lab, FAILURES, |_, word| {
        let told = eventually(PATIENCE, || {
            let status = client.ask("GET VAR ups ups.status");
            status.contains(word).then_some(())
        });
        assert!(told.is_some(), "{word} was never told");
    });
    expect_soon(show("OB in upsd", &times));
}

/// Without interrupt reports it is the next poll that tells.
#[test]
fn a_device_that_is_silent_is_told_of_within_a_poll_interval() {
    let name = "a_device_that_is_silent_is_told_of_within_a_poll_interval";
    let Some(mut lab) = Lab::new(name, "cps", "pollonly") else {
        return;
    };
    let times = measure(&mut lab, FAILURES_POLLED, |lab, word| {
        lab.expect_status(word);
    });
    let (_, worst) = show("OB on the driver's socket, polled each second", &times);
    assert!(worst < Duration::from_secs(1) + AT_LAST, "{times:?}");
}
