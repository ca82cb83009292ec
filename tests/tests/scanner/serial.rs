//! Simulated devices on serial ports.

use std::path::Path;

use testkit::{Sandbox, Simulator};

use crate::bench::{Driver, adopt, run, scanner};

fn simulator(test: &str, sandbox: &Sandbox, script: &str, args: &[&str]) -> Option<Simulator> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("devices/serial")
        .join(script);
    Simulator::start(test, sandbox, &script, args)
}

#[test]
fn devices_on_serial_ports_are_served_by_the_drivers_that_are_named() {
    let test = "devices_on_serial_ports_are_served_by_the_drivers_that_are_named";
    let (of_apc, of_qx) = (Sandbox::new(), Sandbox::new());
    let apc = simulator(
        test,
        &of_apc,
        "apcsmart_sim.py",
        &["--model", "smartups-3g"],
    );
    let qx = simulator(test, &of_qx, "qx_sim.py", &["--dialect", "megatec"]);
    let (Some(mut apc), Some(mut qx)) = (apc, qx) else {
        return;
    };
    let sandbox = Sandbox::new();
    let ports = format!("{},{}", apc.port().display(), qx.port().display());
    let scanned = adopt(&sandbox, scanner(&sandbox).args(["-q", "-E", &ports]));
    assert_eq!(scanned.told, "", "{}", scanned.conf);
    // no more than whether it is there; to others no test, no shutdown
    assert_eq!(apc.tell("log"), "[\"Y\"]");
    let asked = qx.tell("log");
    assert!(
        asked.contains("Q1") && !asked.contains("\"S") && !asked.contains("\"T"),
        "{asked}"
    );
    for (port, driver) in [(apc.port(), "apcsmart"), (qx.port(), "nutdrv_qx")] {
        let lines = format!("\tdriver = \"{driver}\"\n\tport = \"{}\"\n", port.display());
        assert!(scanned.conf.contains(&lines), "{}", scanned.conf);
    }
    for section in ["nutdev-serial1", "nutdev-serial2"] {
        let mut driver = Driver::start(&sandbox, &scanned, section, |program| program);
        driver.expect("mains", |said| said.status_has("OL"));
    }
}

#[test]
fn a_port_that_is_not_there_is_told_with_what_helps() {
    let sandbox = Sandbox::new();
    let done = run(scanner(&sandbox).args(["-q", "-E", "/nonexistent/tty7"]));
    assert_eq!(done.stdout, "");
    let told = "Serial: /nonexistent/tty7: there is no such port";
    assert!(done.stderr.contains(told), "{}", done.stderr);
}
