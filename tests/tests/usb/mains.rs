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

/// An interrupt report is to be heard within 300 ms; in the median, on any machine.
const SOON: Duration = Duration::from_millis(300);

/// In the worst case, on a busy one.
const AT_LAST: Duration = Duration::from_secs(2);

/// What `wait` measures, each time that mains fails; between failures it is back until `back`.
fn measure(lab: &mut Lab, mut wait: impl FnMut(&mut Lab, &str)) -> Vec<Duration> {
    let mut times = Vec::new();
    for failure in 0..FAILURES {
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

/// Prints the times, and expects that they are short.
fn judge(what: &str, times: &[Duration]) {
    let (median, worst) = (times[times.len() / 2], times[times.len() - 1]);
    let mut table = Table::new(["mains fails", "median", "worst"]);
    table.row([what, &format!("{median:.1?}"), &format!("{worst:.1?}")]);
    table.show(&format!("{FAILURES} times"));
    assert!(median < SOON, "{times:?}");
    assert!(worst < AT_LAST, "{times:?}");
}

#[test]
fn an_interrupt_report_is_told_at_once() {
    let name = "an_interrupt_report_is_told_at_once";
    let Some(mut lab) = Lab::new(name, "cps", RARE) else {
        return;
    };
    let times = measure(&mut lab, |lab, word| {
        lab.expect_status(word);
    });
    judge("OB on the driver's socket", &times);
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
    let times = measure(&mut lab, |_, word| {
        let told = eventually(PATIENCE, || {
            let status = client.ask("GET VAR ups ups.status");
            status.contains(word).then_some(())
        });
        assert!(told.is_some(), "{word} was never told");
    });
    judge("OB in upsd", &times);
}

/// Without interrupt reports it is the next poll that tells.
#[test]
fn a_device_that_is_silent_is_told_of_within_a_poll_interval() {
    let name = "a_device_that_is_silent_is_told_of_within_a_poll_interval";
    let Some(mut lab) = Lab::new(name, "cps", "pollonly") else {
        return;
    };
    let times = measure(&mut lab, |lab, word| {
        lab.expect_status(word);
    });
    let worst = times[times.len() - 1];
    assert!(worst < Duration::from_secs(1) + AT_LAST, "{times:?}");
    let median = times[times.len() / 2];
    let mut table = Table::new(["mains fails, pollonly, pollinterval 1", "median", "worst"]);
    let row = [median, worst].map(|time| format!("{time:.1?}"));
    table.row(["OB on the driver's socket", &row[0], &row[1]]);
    table.show(&format!("{FAILURES} times"));
}
