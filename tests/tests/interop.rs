//! Locknut and C NUT in one chain, in every mixture.

#![cfg(test)]

use testkit::{CNut, Finished, PATIENCE, Running};
use tests::Site;

const LAB: &str = r#"
ups.status: OL CHRG
ups.id: "the \"attic\" \#1"
battery.charge: 91
lab.note: back\\slash
"#;

#[test]
fn c_upsc_reads_from_our_upsd() {
    let Some(peers) = CNut::find("c_upsc_reads_from_our_upsd") else {
        return;
    };
    let site = lab();
    let _driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "battery.charge", "91");
    let host = format!("localhost:{}", site.port);
    for args in [
        vec![site.address("lab")],
        vec![site.address("lab"), "ups.id".into()],
        vec!["-l".into(), host.clone()],
        vec!["-L".into(), host],
    ] {
        let theirs = peers.program("upsc", &site.sandbox).args(&args).run();
        let ours = site.upsc(&args.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(
            (theirs.code, &theirs.stdout),
            (Some(0), &ours.stdout),
            "{args:?}: {}",
            theirs.stderr
        );
    }
    let theirs = peers
        .program("upsc", &site.sandbox)
        .args([site.address("nobody")])
        .run();
    assert_eq!(theirs.code, Some(1));
    assert!(theirs.stderr.contains("Unknown UPS"), "{}", theirs.stderr);
}

#[test]
fn c_upsrw_and_upscmd_work_through_our_upsd() {
    let Some(peers) = CNut::find("c_upsrw_and_upscmd_work_through_our_upsd") else {
        return;
    };
    let site = lab();
    let _driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "battery.charge", "91");
    let admin = ["-w", "-u", "admin", "-p", "secret"];
    let address = site.address("lab");
    let set = peers
        .program("upsrw", &site.sandbox)
        .args(admin)
        .args(["-s", "ups.id=a \"b\" #2", &address])
        .run();
    assert_success(&set);
    site.await_value("lab", "ups.id", "a \"b\" #2");
    let command = peers
        .program("upscmd", &site.sandbox)
        .args(admin)
        .args([&address, "driver.reload"])
        .run();
    assert_success(&command);
}

#[test]
fn our_tools_work_through_c_upsd_with_our_driver() {
    let Some(peers) = CNut::find("our_tools_work_through_c_upsd_with_our_driver") else {
        return;
    };
    let site = lab();
    let _driver = site.driver("lab");
    let _upsd = c_upsd(&peers, &site);
    site.await_value("lab", "battery.charge", "91");
    site.await_value("lab", "ups.id", "the \"attic\" #1");
    site.await_value("lab", "lab.note", "back\\slash");
    assert_success(&site.set("lab", "ups.id", "a \"b\" #2"));
    site.await_value("lab", "ups.id", "a \"b\" #2");
    assert_success(&site.command("lab", "driver.reload"));
    assert_eq!(
        site.upsc(&["-l", &format!("localhost:{}", site.port)])
            .stdout,
        "lab\n"
    );
}

#[test]
fn c_dummy_ups_serves_our_upsd() {
    let Some(peers) = CNut::find("c_dummy_ups_serves_our_upsd") else {
        return;
    };
    let site = lab();
    let _driver = c_driver(&peers, &site);
    let _upsd = site.upsd();
    site.await_value("lab", "battery.charge", "91");
    site.await_value("lab", "ups.id", "the \"attic\" #1");
    site.await_value("lab", "lab.note", "back\\slash");
    assert_success(&site.set("lab", "ups.id", "cellar"));
    site.await_value("lab", "ups.id", "cellar");
    site.sandbox.write("lab.dev", "ups.status: OB LB\n");
    site.await_value("lab", "ups.status", "OB LB");
}

#[test]
fn c_dummy_ups_that_is_killed_is_found_again() {
    let Some(peers) = CNut::find("c_dummy_ups_that_is_killed_is_found_again") else {
        return;
    };
    let site = lab();
    let driver = c_driver(&peers, &site);
    let _upsd = site.upsd();
    site.await_value("lab", "battery.charge", "91");
    driver.kill();
    site.await_error("lab", "Driver not connected");
    let _driver = c_driver(&peers, &site);
    site.await_value("lab", "battery.charge", "91");
}

fn lab() -> Site {
    let site = Site::new();
    site.devices(&[("lab", LAB)]);
    site
}

fn c_upsd(peers: &CNut, site: &Site) -> Running {
    let upsd = peers
        .program("upsd", &site.sandbox)
        .arg("-F")
        .as_myself()
        .start();
    upsd.wait_for_line("listening on", PATIENCE);
    upsd
}

fn c_driver(peers: &CNut, site: &Site) -> Running {
    // what a killed one left would be taken for it
    let _ = std::fs::remove_file(site.sandbox.socket("dummy-ups", "lab"));
    let mut driver = peers
        .program("dummy-ups", &site.sandbox)
        .arg("-F")
        .as_myself()
        .args(["-a", "lab"])
        .start();
    site.await_driver("lab", &mut driver);
    driver
}

#[track_caller]
fn assert_success(done: &Finished) {
    assert_eq!(done.code, Some(0), "{done:?}");
    let said = format!("{}{}", done.stdout, done.stderr);
    assert!(said.contains("SUCCESS"), "{said}");
}
