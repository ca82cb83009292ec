//! The state directory missing, read-only, a link, made anew; the place of a socket occupied.

use crate::process::behind_mounts;
use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::Path;
use testkit::{Finished, PATIENCE, Program, Running, eventually};
use tests::Site;

fn site() -> Site {
    let site = Site::new();
    site.devices(&[("lab", "ups.status: OL\n")]);
    site
}

fn run(site: &Site, name: &str) -> Finished {
    let args: &[&str] = if name == "upsd" {
        &["-F"]
    } else {
        &["-F", "-a", "lab"]
    };
    Program::locknut(name, &site.sandbox)
        .args(args)
        .as_myself()
        .run()
}

fn is_socket(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket())
}

#[test]
fn without_a_state_directory_nothing_starts_and_the_text_names_it() {
    let site = site();
    let dir = site.sandbox.run();
    fs::remove_dir(&dir).unwrap();
    for name in ["upsd", "dummy-ups"] {
        let done = run(&site, name);
        assert_eq!(done.code, Some(1), "{done:#?}");
        assert!(
            done.stderr.contains(&dir.display().to_string()),
            "{}",
            done.stderr
        );
    }
    // a link to nowhere is no directory, and a file neither
    symlink("/no/such/directory", &dir).unwrap();
    for name in ["upsd", "dummy-ups"] {
        assert_eq!(run(&site, name).code, Some(1));
    }
    fs::remove_file(&dir).unwrap();
    fs::write(&dir, "").unwrap();
    for name in ["upsd", "dummy-ups"] {
        assert_eq!(run(&site, name).code, Some(1));
    }
}

/// Starts a program for which the state directory is read-only: by a mount of its own, or by the mode for accounts
/// that are bound by it.
fn with_read_only(site: &Site, name: &str) -> Program {
    let dir = site.sandbox.run();
    let script = format!(
        "mount --bind {0} {0} && mount -o remount,bind,ro {0}",
        dir.display()
    );
    behind_mounts(&script, name, site).unwrap_or_else(|| {
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o550)).unwrap();
        Program::locknut(name, &site.sandbox)
    })
}

#[test]
fn a_read_only_state_directory_is_enough_for_upsd_and_not_for_a_driver() {
    let site = site();
    let _driver = site.driver("lab");
    let upsd = with_read_only(&site, "upsd").arg("-F").as_myself().start();
    upsd.wait_for_line("listening on", PATIENCE);
    site.await_value("lab", "ups.status", "OL");

    site.devices(&[("other", "ups.status: OL\n")]);
    let done = with_read_only(&site, "dummy-ups")
        .args(["-F", "-a", "other"])
        .as_myself()
        .run();
    assert_eq!(done.code, Some(1), "{done:#?}");
    assert!(
        done.stderr.contains("cannot make the socket"),
        "{}",
        done.stderr
    );
    fs::set_permissions(site.sandbox.run(), fs::Permissions::from_mode(0o750)).unwrap();
}

#[test]
fn a_link_to_the_state_directory_is_as_good_as_the_directory() {
    let site = site();
    let (dir, real) = (site.sandbox.run(), site.sandbox.etc().join("real"));
    fs::rename(&dir, &real).unwrap();
    symlink(&real, &dir).unwrap();
    let driver = site.driver("lab");
    let _upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    assert!(is_socket(&real.join("dummy-ups-lab")));
    assert_eq!(driver.stop(), Some(0));
    assert!(!real.join("dummy-ups-lab").exists());
}

#[test]
fn a_directory_in_the_place_of_the_socket_ends_the_driver() {
    let site = site();
    let socket = site.sandbox.socket("dummy-ups", "lab");
    fs::create_dir(&socket).unwrap();
    fs::write(socket.join("precious"), "precious").unwrap();
    let done = run(&site, "dummy-ups");
    assert_eq!(done.code, Some(1), "{done:#?}");
    assert!(
        done.stderr.contains("cannot make the socket"),
        "{}",
        done.stderr
    );
    assert_eq!(
        fs::read_to_string(socket.join("precious")).unwrap(),
        "precious"
    );
}

#[test]
fn a_directory_or_a_file_in_the_place_of_a_socket_is_no_driver_for_upsd() {
    for occupy in [
        |path: &Path| fs::create_dir(path),
        |path: &Path| fs::write(path, "x"),
    ] {
        let site = site();
        occupy(&site.sandbox.socket("dummy-ups", "lab")).unwrap();
        let upsd = site.upsd();
        upsd.wait_for_line("Can't connect to UPS [lab]", PATIENCE);
        site.await_error("lab", "Driver not connected");
    }
}

#[test]
fn a_file_or_a_link_in_the_place_of_the_socket_is_replaced_and_not_followed() {
    let site = site();
    let (socket, precious) = (
        site.sandbox.socket("dummy-ups", "lab"),
        site.sandbox.etc().join("precious"),
    );
    fs::write(&precious, "precious").unwrap();
    symlink(&precious, &socket).unwrap();
    let serve = || {
        let driver = site.launch("lab");
        assert!(eventually(PATIENCE, || is_socket(&socket).then_some(())).is_some());
        assert_eq!(driver.stop(), Some(0));
    };
    serve();
    fs::write(&socket, "left behind").unwrap();
    serve();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
}

/// The UPS is served again after `fault`, without a restart of the server.
fn survives(fault: impl Fn(&Site), restart: bool) {
    let site = site();
    let mut driver = site.driver("lab");
    let mut upsd: Running = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    fault(&site);
    // the connection that stands is not touched
    site.await_value("lab", "ups.status", "OL");
    if restart {
        driver.kill();
        driver = site.driver("lab");
        upsd.wait_for_line("Lost connection", PATIENCE);
    } else {
        let socket = site.sandbox.socket("dummy-ups", "lab");
        assert!(
            eventually(PATIENCE, || is_socket(&socket).then_some(())).is_some(),
            "no new socket"
        );
    }
    site.await_value("lab", "ups.status", "OL");
    assert!(upsd.ended().is_none() && driver.ended().is_none());
}

/// As a package's script or a service manager does it that cleans up `/run`.
fn renew(site: &Site) {
    fs::remove_dir_all(site.sandbox.run()).unwrap();
    fs::create_dir(site.sandbox.run()).unwrap();
    fs::set_permissions(site.sandbox.run(), fs::Permissions::from_mode(0o750)).unwrap();
}

#[test]
fn a_driver_that_starts_in_a_state_directory_made_anew_is_found() {
    survives(renew, true);
}

#[test]
fn a_driver_makes_its_socket_again_when_the_state_directory_was_made_anew() {
    survives(renew, false);
}

#[test]
fn a_state_directory_that_became_a_link_is_found() {
    let replace = |site: &Site| {
        let (dir, real) = (site.sandbox.run(), site.sandbox.etc().join("real"));
        fs::create_dir(&real).unwrap();
        fs::remove_dir_all(&dir).unwrap();
        symlink(&real, &dir).unwrap();
    };
    survives(replace, true);
}
