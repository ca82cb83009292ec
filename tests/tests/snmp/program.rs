//! The built driver and an agent that gets bad: stale when nothing is known, fresh when something is, and never an answer to its clients
//! that is late.

use std::thread;

use testkit::{Pinger, SnmpAgent};

use crate::driven::{DRIVER, Device, Driven, LOGINS};

/// One repetition, and all is read in each second.
const HASTY: &str = "pollfreq = 1\nsnmp_retries = 1\n";
/// Faults with which nothing is known; the answers of the second come when they are not waited for any more.
const FATAL: [&str; 4] = ["mute", "delay=2600", "garbage", "generr"];
/// Faults with which all is known.
const HARMLESS: [&str; 4] = [
    "mute every=3",
    "double=300",
    "truncate every=3",
    "delay=300 every=2",
];

/// The charge that the device says from now on.
fn charge(driven: &mut Driven, percent: usize) -> String {
    driven.tell(&format!("put 1.3.6.1.2.1.33.1.2.4.0|2|{percent}"));
    percent.to_string()
}

fn survive(test: &str, login: &str) {
    let Some(device) = Device::start(test, "ups.snmprec", &format!("{login}{HASTY}")) else {
        return;
    };
    let port = device.agent.port().to_string();
    let mut driven = device.serve();
    driven.expect_fresh(true, "nothing");
    let pinger = Pinger::start(&driven.device.sandbox.socket(DRIVER, "ups"));
    for (fault, percent) in FATAL.into_iter().zip(50..) {
        driven.tell(&format!("fault {fault}"));
        driven.expect_fresh(false, fault);
        let was = driven.socket.value("battery.charge").map(str::to_owned);
        let percent = charge(&mut driven, percent);
        assert_eq!(driven.socket.value("battery.charge"), was.as_deref());
        driven.tell("nofault");
        driven.expect_value("battery.charge", &percent);
        driven.expect_fresh(true, &format!("{fault} over"));
    }
    for (fault, percent) in HARMLESS.into_iter().zip(60..) {
        driven.tell(&format!("fault {fault}"));
        let percent = charge(&mut driven, percent);
        driven.expect_value("battery.charge", &percent);
        driven.tell("nofault");
    }
    // the network card fails, and comes back with what it was started with
    driven.device.agent.kill();
    driven.expect_fresh(false, "nobody there");
    let args = ["--port", &port, "--boots", "2"];
    let sandbox = &driven.device.sandbox;
    let agent = SnmpAgent::start(test, sandbox, "ups.snmprec", &args).unwrap();
    driven.device.agent = agent;
    driven.expect_value("battery.charge", "100");
    driven.expect_fresh(true, "a card that is back");
    pinger.expect_prompt();
    assert_eq!(driven.driver.ended(), None);
    assert_eq!(driven.driver.stop(), Some(0));
}

#[test]
fn whatever_an_agent_does_the_driver_stays_and_its_clients_know() {
    let test = "whatever_an_agent_does_the_driver_stays_and_its_clients_know";
    thread::scope(|scope| {
        for login in LOGINS {
            scope.spawn(|| survive(test, login));
        }
    });
}
