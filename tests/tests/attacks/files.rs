//! Links in the state directory, and files that everybody may read.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

use testkit::{PATIENCE, Program, Wire};
use tests::Site;

use crate::victim::{self, Victim};

#[test]
fn links_in_the_state_directory_are_replaced_and_their_targets_untouched() {
    let site = Site::new();
    site.devices(&[("calm", "ups.status: OL\n")]);
    let run = site.sandbox.run();
    let names = [
        "upsd.pid",
        "upsmon.pid",
        "dummy-ups-calm",
        "dummy-ups-calm.pid",
    ];
    for name in names {
        fs::write(site.sandbox.etc().join(name), "precious").unwrap();
        symlink(site.sandbox.etc().join(name), run.join(name)).unwrap();
    }
    let driver = Program::locknut("dummy-ups", &site.sandbox)
        .arg("-FF")
        .as_myself();
    let driver = driver.args(["-a", "calm"]).start();
    let upsd = Program::locknut("upsd", &site.sandbox)
        .arg("-FF")
        .as_myself()
        .start();
    upsd.wait_for_line("listening on", PATIENCE);
    site.await_value("calm", "ups.status", "OL");
    let upsmon = victim::upsmon(&site);
    upsmon.wait_for_line("UPS: calm@", PATIENCE);
    let replaced =
        |name: &str| !fs::symlink_metadata(run.join(name)).is_ok_and(|found| found.is_symlink());
    let all = testkit::eventually(PATIENCE, || {
        names.iter().copied().all(replaced).then_some(())
    });
    assert!(
        all.is_some(),
        "{:?}",
        names
            .iter()
            .filter(|name| !replaced(name))
            .collect::<Vec<_>>()
    );
    for name in names {
        let target = fs::read_to_string(site.sandbox.etc().join(name)).unwrap();
        assert_eq!(target, "precious", "{name}");
    }
    // modes as they ought to be
    for (name, mode) in [("upsd.pid", 0o644), ("dummy-ups-calm", 0o660)] {
        let found = fs::symlink_metadata(run.join(name))
            .unwrap()
            .permissions()
            .mode()
            & 0o777;
        assert_eq!(found, mode, "{name}");
    }
    drop((upsmon, upsd, driver));
}

#[test]
fn a_pid_file_that_is_a_link_signals_nobody() {
    let victim = Victim::new("");
    let run = victim.site.sandbox.run();
    let elsewhere = victim.site.sandbox.etc().join("pid");
    fs::write(&elsewhere, format!("{}\n", victim.upsd.pid())).unwrap();
    symlink(&elsewhere, run.join("upsd.pid")).unwrap();
    let stopped = Program::locknut("upsd", &victim.site.sandbox)
        .args(["-c", "stop"])
        .run();
    assert_eq!(stopped.code, Some(1), "{stopped:?}");
    victim.finish("a PID file that is a link");
}

#[test]
fn a_file_that_everybody_may_read_is_told_once() {
    let site = Site::new();
    site.devices(&[("calm", "ups.status: OL\n")]);
    let users = site.sandbox.etc().join("upsd.users");
    fs::set_permissions(&users, Permissions::from_mode(0o644)).unwrap();
    let upsd = site.upsd();
    upsd.wait_for_line("UPS defined in ups.conf", PATIENCE);
    assert_eq!(Wire::connect(site.port).ask("NETVER"), "1.3");
    let log = upsd.printed();
    assert_eq!(
        log.matches("lets everybody read this file").count(),
        1,
        "{log}"
    );
    assert!(log.contains("upsd.users: warning: mode 0644"), "{log}");
    assert_eq!(upsd.stop(), Some(0));
}
