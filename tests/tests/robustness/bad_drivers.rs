//! A driver that misbehaves costs upsd neither time for others nor memory, and its own UPS at most.

use crate::chance::Chance;
use crate::raw_driver::{Link, RawDriver};
use crate::watch::{CALM, PROMPT, Watch, site_with};
use std::thread::sleep;
use std::time::Duration;
use testkit::{FakeDriver, PATIENCE, Running, Wire, eventually};
use tests::Site;

/// How long a driver floods.
const FLOOD: Duration = Duration::from_secs(2);

/// A server with the UPS `calm`, served well, and `bad`, which is served by `behave`.
struct Stage {
    site: Site,
    upsd: Running,
    bad: RawDriver,
    _calm: Running,
}

impl Stage {
    fn new(behave: fn(&mut Link)) -> Self {
        let site = site_with(&["bad"]);
        let calm = site.driver(CALM);
        let bad = RawDriver::start(&site, "bad", behave);
        let upsd = site.upsd();
        site.await_value(CALM, "ups.status", "OL");
        Self {
            site,
            upsd,
            bad,
            _calm: calm,
        }
    }

    fn client(&self) -> Wire {
        Wire::connect(self.site.port).with_patience(PROMPT)
    }

    /// Waits until a request is answered like this, while others are served well.
    #[track_caller]
    fn await_answer(&self, request: &str, answer: &str) {
        let watch = Watch::over(&self.site, &self.upsd);
        let mut client = self.client();
        let mut last = String::new();
        let came = eventually(PATIENCE, || {
            last = client.ask(request);
            (last == answer).then_some(())
        });
        assert!(came.is_some(), "{request} was answered `{last}`");
        sleep(Duration::from_millis(200));
        watch.finish();
    }

    /// Lets the driver do its worst, while others are served well and requests for its own UPS are answered, too.
    #[track_caller]
    fn endure(&self) {
        let watch = Watch::over(&self.site, &self.upsd);
        sleep(FLOOD);
        self.client().ask("GET VAR bad ups.status");
        watch.finish();
    }

    /// How many lines upsd has logged.
    fn logged(&self) -> usize {
        self.upsd.printed().lines().count()
    }
}

/// More lines than this in a flood's time would fill a disk.
const LOG_MAX: usize = 300;

#[test]
fn a_driver_that_floods_with_values_is_served_and_so_are_others() {
    let stage = Stage::new(|link| {
        link.dump();
        link.flood(|number| {
            format!("SETINFO ups.load \"{number}\"\n")
                .repeat(1000)
                .into_bytes()
        });
    });
    stage.await_answer("GET VAR bad ups.status", "VAR bad ups.status \"OL\"");
    stage.endure();
    assert!(
        stage
            .client()
            .ask("GET VAR bad ups.load")
            .starts_with("VAR bad ups.load")
    );
}

#[test]
fn a_driver_that_invents_variables_without_end_fills_neither_memory_nor_log() {
    let stage = Stage::new(|link| {
        link.dump();
        let long = "x".repeat(400);
        link.flood(|number| {
            let line = |n| format!("SETINFO v.{number}.{n} \"{long}\"\nADDCMD c.{number}.{n}\n");
            (0..100).map(line).collect::<String>().into_bytes()
        });
    });
    stage.endure();
    assert!(stage.logged() < LOG_MAX, "{} lines", stage.logged());
}

#[test]
fn a_driver_that_invents_allowed_values_without_end_does_not_fill_the_memory() {
    let stage = Stage::new(|link| {
        link.dump();
        let long = "x".repeat(250);
        link.flood(|number| {
            let var = number / 9;
            let line = |n| format!("ADDENUM v.{var} \"{long}{number}.{n}\"\n");
            let new = format!("SETINFO v.{var} \"1\"\n");
            (0..100)
                .map(line)
                .fold(new, |block, line| block + &line)
                .into_bytes()
        });
    });
    stage.endure();
    assert!(stage.logged() < LOG_MAX, "{} lines", stage.logged());
}

#[test]
fn a_driver_that_sends_garbage_fills_neither_memory_nor_log() {
    let stage = Stage::new(|link| {
        link.dump();
        let garbage = Chance::new(1).bytes(1 << 16);
        link.flood(|_| garbage.clone());
    });
    stage.endure();
    assert!(stage.logged() < LOG_MAX, "{} lines", stage.logged());
}

#[test]
fn a_driver_that_repeats_a_mistake_does_not_fill_the_log() {
    let stage = Stage::new(|link| {
        link.dump();
        link.flood(|_| {
            b"SETINFO ups.alarm \"a # sign\"\nADDENUM no.such.variable \"1\"\n".repeat(500)
        });
    });
    stage.endure();
    assert!(stage.logged() < LOG_MAX, "{} lines", stage.logged());
}

#[test]
fn a_line_of_a_megabyte_is_cut_and_what_follows_counts() {
    let stage = Stage::new(|link| {
        link.dump();
        link.send(b"SETINFO ups.load \"");
        link.send(&b"7".repeat(1 << 20));
        link.send(b"\"\nSETINFO ups.model \"Lab\"\n");
        link.hold();
    });
    stage.await_answer("GET VAR bad ups.model", "VAR bad ups.model \"Lab\"");
}

#[test]
fn half_a_line_is_void_when_the_driver_comes_back() {
    let stage = Stage::new(|link| {
        if link.number == 1 {
            link.dump();
            link.send(b"SETINFO ups.load \"7");
            sleep(Duration::from_millis(300));
        } else {
            link.dump();
            link.hold();
        }
    });
    assert!(eventually(PATIENCE, || (stage.bad.connections() == 2).then_some(())).is_some());
    stage.await_answer("GET VAR bad ups.status", "VAR bad ups.status \"OL\"");
    assert_eq!(
        stage.client().ask("GET VAR bad ups.load"),
        "ERR VAR-NOT-SUPPORTED"
    );
}

#[test]
fn a_dump_without_end_is_served_as_it_comes() {
    let site = site_with(&["bad"]);
    let _calm = site.driver(CALM);
    let _bad = FakeDriver::start(&site.sandbox, "dummy-ups", "bad", &["SETINFO ups.load 7"]);
    let upsd = site.upsd();
    site.await_value(CALM, "ups.status", "OL");
    site.await_value("bad", "ups.load", "7");
    let watch = Watch::over(&site, &upsd);
    // it answers PING and so counts as alive, with the status that says that the rest is awaited
    sleep(Duration::from_secs(1));
    site.await_value("bad", "ups.status", "WAIT");
    watch.finish();
}

#[test]
fn a_driver_that_says_nothing_is_stale() {
    let site = site_with(&["bad"]);
    site.sandbox.write(
        "upsd.conf",
        &format!("LISTEN 127.0.0.1 {}\nMAXAGE 1\n", site.port),
    );
    let _calm = site.driver(CALM);
    let _bad = RawDriver::start(&site, "bad", Link::hold);
    let upsd = site.upsd();
    site.await_value("bad", "ups.status", "WAIT");
    site.await_error("bad", "Data stale");
    upsd.wait_for_line("Data for UPS [bad] is stale", PATIENCE);
}

#[test]
fn a_deaf_driver_is_dropped_and_tried_again() {
    let stage = Stage::new(|link| {
        link.dump();
        link.hold();
    });
    stage.await_answer("GET VAR bad ups.status", "VAR bad ups.status \"OL\"");
    let watch = Watch::over(&stage.site, &stage.upsd);
    let mut client = stage.client();
    assert_eq!(client.ask("USERNAME admin"), "OK");
    assert_eq!(client.ask("PASSWORD secret"), "OK");
    let request = format!("INSTCMD bad test.battery.start {}", "x".repeat(400));
    // faster than it becomes stale
    let mut answers = (0..10_000).map(|_| client.ask(&request));
    assert_eq!(
        answers.find(|answer| answer != "OK").as_deref(),
        Some("ERR INSTCMD-FAILED")
    );
    assert!(eventually(PATIENCE, || (stage.bad.connections() >= 2).then_some(())).is_some());
    watch.finish();
    stage.await_answer("GET VAR bad ups.status", "VAR bad ups.status \"OL\"");
}
