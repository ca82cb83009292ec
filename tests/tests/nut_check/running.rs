//! What only those tell that run: upsd, drivers, UPSes.

use testkit::{Signal, Wire};

use crate::host::{Host, Told};

#[track_caller]
fn expect(host: &Host, rule: &str, code: i32, fix: &str) -> Told {
    let told = host.check();
    assert_eq!(told.rules(), [rule], "{told:#?}");
    assert_eq!(told.code, Some(code), "{rule}");
    let text = host.told();
    assert!(text.contains(fix), "{rule}: {fix:?} is not in\n{text}");
    told
}

#[track_caller]
fn expect_none(host: &Host) {
    let told = host.check();
    assert_eq!(told.rules(), [""; 0], "{told:#?}");
}

#[test]
fn without_upsd_it_is_to_be_started() {
    let host = Host::new();
    let told = expect(
        &host,
        "upsd-silent",
        1,
        "fix: run: systemctl start nut-server.service",
    );
    let what = told.findings()[0]["what"].as_str().unwrap();
    assert!(
        what.ends_with("does not answer: Connection failure: Connection refused"),
        "{what}"
    );
    let _running = host.start();
    expect_none(&host);
}

#[test]
fn a_secondary_that_does_not_reach_its_primary_is_told_so() {
    let host = Host::new();
    host.write("nut.conf", "MODE=netclient\n");
    for name in ["ups.conf", "upsd.conf", "upsd.users"] {
        host.remove(&format!("etc/{name}"));
    }
    host.write(
        "upsmon.conf",
        "MONITOR rack@primary.invalid 1 upsmon s3cret-m secondary\nSHUTDOWNCMD /sbin/shutdown\n",
    );
    expect(
        &host,
        "upsd-silent",
        1,
        "fix: on primary.invalid: see that upsd runs",
    );
}

#[test]
fn a_upsd_that_has_not_read_the_new_password_is_to_be_reloaded() {
    let host = Host::new();
    let (_driver, mut upsd) = host.start();
    host.edit("upsd.users", "s3cret-m", "s3cret-n");
    host.edit("upsmon.conf", "s3cret-m", "s3cret-n");
    expect(&host, "login-refused", 1, "fix: run: upsd -c reload");
    upsd.signal(Signal::SIGHUP);
    let mended = testkit::eventually(testkit::PATIENCE, || {
        host.check().rules().is_empty().then_some(())
    });
    assert!(mended.is_some(), "{:#?}", host.check());
}

#[test]
fn a_driver_that_does_not_run_is_to_be_started() {
    let host = Host::new();
    let (driver, _upsd) = host.start();
    driver.kill();
    host.site.await_error("rack", "Driver not connected");
    expect(
        &host,
        "driver-silent",
        1,
        "fix: run: systemctl start nut-driver@rack.service",
    );
}

#[test]
fn a_driver_that_has_stopped_talking_is_to_be_restarted() {
    let host = Host::new();
    host.edit("upsd.conf", "MAXAGE 10", "MAXAGE 5");
    let (mut driver, _upsd) = host.start();
    driver.signal(Signal::SIGSTOP);
    host.site.await_error("rack", "Data stale");
    expect(
        &host,
        "data-stale",
        1,
        "fix: run: systemctl restart nut-driver@rack.service",
    );
    driver.signal(Signal::SIGCONT);
    host.site.await_value("rack", "ups.status", "OL");
    expect_none(&host);
}

#[test]
fn a_worn_battery_is_a_warning() {
    let host = Host::new();
    host.write("rack.dev", "ups.status: OL RB\nbattery.charge: 100\n");
    let _driver = host.site.driver("rack");
    let _upsd = host.site.upsd();
    host.site.await_value("rack", "ups.status", "OL RB");
    expect(&host, "ups-condition", 0, "fix: replace the battery");
}

#[test]
fn a_forced_shutdown_that_is_still_in_force_is_told() {
    let host = Host::new();
    let _running = host.start();
    let mut wire = Wire::connect(host.site.port);
    for line in [
        "USERNAME admin",
        "PASSWORD s3cret-a",
        "LOGIN rack",
        "FSD rack",
    ] {
        let _ = wire.ask(line);
    }
    host.site.await_value("rack", "ups.status", "FSD OL");
    expect(
        &host,
        "ups-fsd",
        1,
        "fix: run: systemctl restart nut-server.service",
    );
}
