//! Several instances of one driver, and storms of signals.

use std::fs;
use testkit::{PATIENCE, Program, Running, Signal, eventually};
use tests::Site;

fn site() -> Site {
    let site = Site::new();
    site.devices(&[("lab", "ups.status: OL\n")]);
    site
}

/// Waits until exactly one of them runs, and gives it.
fn survivor(instances: &mut [Running]) -> usize {
    let alone = eventually(PATIENCE, || {
        let running = instances
            .iter_mut()
            .map(|instance| instance.ended().is_none());
        let running: Vec<usize> = running
            .enumerate()
            .filter_map(|(at, runs)| runs.then_some(at))
            .collect();
        (running.len() == 1).then(|| running[0])
    });
    alone.unwrap_or_else(|| {
        let told = instances.iter_mut().map(|instance| {
            let runs = instance.ended().is_none();
            (runs, instance.pid(), instance.printed())
        });
        panic!(
            "more than one runs, or none: {:#?}",
            told.collect::<Vec<_>>()
        )
    })
}

#[test]
fn a_second_instance_makes_the_first_leave() {
    let site = site();
    let _upsd = site.upsd();
    let mut first = site.driver("lab");
    site.await_value("lab", "ups.status", "OL");
    let mut second = site.launch("lab");
    assert_eq!(first.wait_for_end(PATIENCE), Some(0));
    site.await_driver("lab", &mut second);
    site.await_value("lab", "ups.status", "OL");
    assert!(second.ended().is_none());
}

#[test]
fn of_instances_that_start_at_the_same_moment_one_remains() {
    let site = site();
    let _upsd = site.upsd();
    let mut instances: Vec<Running> = (0..6).map(|_| site.launch("lab")).collect();
    let survivor = survivor(&mut instances);
    site.await_value("lab", "ups.status", "OL");
    assert!(instances[survivor].ended().is_none());
}

#[test]
fn a_storm_of_stop_signals_ends_a_program_once_and_in_order() {
    let site = site();
    let mut driver = Program::locknut("dummy-ups", &site.sandbox)
        .arg("-FF")
        .as_myself()
        .args(["-a", "lab"])
        .start();
    site.await_driver("lab", &mut driver);
    let mut upsd = Program::locknut("upsd", &site.sandbox)
        .arg("-FF")
        .as_myself()
        .start();
    site.await_value("lab", "ups.status", "OL");
    for program in [&mut upsd, &mut driver] {
        for signal in [
            Signal::SIGTERM,
            Signal::SIGINT,
            Signal::SIGHUP,
            Signal::SIGQUIT,
        ]
        .repeat(100)
        {
            program.signal(signal);
        }
        assert_eq!(
            program.wait_for_end(PATIENCE),
            Some(0),
            "{}",
            program.printed()
        );
    }
    let left: Vec<_> = fs::read_dir(site.sandbox.run())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_storm_of_reloads_does_not_move_a_driver() {
    let site = site();
    let _upsd = site.upsd();
    let mut driver = site.driver("lab");
    site.await_value("lab", "ups.status", "OL");
    for signal in [Signal::SIGHUP, Signal::SIGUSR1, Signal::SIGURG].repeat(100) {
        driver.signal(signal);
    }
    site.devices(&[("lab", "ups.status: OB\n")]);
    site.await_value("lab", "ups.status", "OB");
    assert!(driver.ended().is_none(), "{}", driver.printed());
}
