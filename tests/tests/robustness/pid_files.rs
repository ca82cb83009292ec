//! Where the PID file belongs there is no room, no right to write, or a trap. Whoever asked for a PID file (`-FF` or the
//! background) and cannot have it hears so at the start: the program ends with status 1 and leaves nothing half done.
//!
//! A full disk is played twice: with `RLIMIT_FSIZE` of 0, under which the file can be made and not written, as on
//! a full disk; and, where root may mount, with a full tmpfs in a mount namespace of the program's own.

use crate::process::{behind, behind_mounts};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use testkit::{Finished, PATIENCE, Program, skipped};
use tests::Site;

/// The daemons, how they are started, and their PID files.
const DAEMONS: [(&str, &[&str], &str); 2] = [
    ("upsd", &["-FF"], "upsd.pid"),
    ("dummy-ups", &["-FF", "-a", "lab"], "dummy-ups-lab.pid"),
];

fn site() -> Site {
    let site = Site::new();
    site.devices(&[("lab", "ups.status: OL\n")]);
    site
}

#[track_caller]
fn expect_refusal(site: &Site, done: &Finished, text: &str) {
    assert_eq!(done.code, Some(1), "{done:#?}");
    assert!(done.stderr.contains(text), "{}", done.stderr);
    let left: Vec<PathBuf> = fs::read_dir(site.sandbox.run())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    assert!(left.is_empty(), "{left:?} is left behind");
}

#[test]
fn no_room_for_the_pid_file_ends_the_start_with_status_1() {
    for (name, args, file) in DAEMONS {
        let site = site();
        let program = behind("trap '' XFSZ && ulimit -f 0", name, &site);
        let done = program.args(args).as_myself().run();
        expect_refusal(&site, &done, file);
    }
}

#[test]
fn a_full_file_system_ends_the_start_with_status_1() {
    for (name, args, file) in DAEMONS {
        let site = site();
        let run = site.sandbox.run();
        let script = format!(
            "mount -t tmpfs -o size=4k none {0} && head -c 4096 /dev/zero >{0}/full",
            run.display()
        );
        let Some(program) = behind_mounts(&script, name, &site) else {
            return skipped("a_full_file_system_ends_the_start", "root that may mount");
        };
        let done = program.args(args).as_myself().run();
        expect_refusal(&site, &done, file);
        assert!(done.stderr.contains("No space left"), "{}", done.stderr);
    }
}

#[test]
fn a_directory_that_cannot_be_written_ends_the_start_with_status_1() {
    let site = site();
    let script = format!(
        "mount -t tmpfs -o size=4k,ro none {}",
        site.sandbox.run().display()
    );
    let program = if let Some(program) = behind_mounts(&script, "upsd", &site) {
        program
    } else {
        fs::set_permissions(site.sandbox.run(), fs::Permissions::from_mode(0o550)).unwrap();
        Program::locknut("upsd", &site.sandbox)
    };
    let done = program.arg("-FF").as_myself().run();
    expect_refusal(&site, &done, "upsd.pid");
}

#[test]
fn a_directory_in_the_place_of_the_pid_file_ends_the_start_with_status_1() {
    for (name, args, file) in DAEMONS {
        let site = site();
        fs::create_dir(site.sandbox.run().join(file)).unwrap();
        let done = Program::locknut(name, &site.sandbox)
            .args(args)
            .as_myself()
            .run();
        expect_refusal(&site, &done, file);
    }
}

#[test]
fn a_link_in_the_place_of_the_pid_file_is_replaced_and_not_followed() {
    for (name, args, file) in DAEMONS {
        let site = site();
        let (pid, precious) = (
            site.sandbox.run().join(file),
            site.sandbox.etc().join("precious"),
        );
        fs::write(&precious, "precious").unwrap();
        symlink(&precious, &pid).unwrap();
        let program = Program::locknut(name, &site.sandbox)
            .args(args)
            .as_myself()
            .start();
        let is_pid = || fs::symlink_metadata(&pid).is_ok_and(|found| found.is_file());
        assert!(testkit::eventually(PATIENCE, || is_pid().then_some(())).is_some());
        assert_eq!(
            fs::read_to_string(&pid).unwrap(),
            format!("{}\n", program.pid())
        );
        assert_eq!(program.stop(), Some(0));
        assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
        assert!(!pid.exists());
    }
}

#[test]
fn the_number_of_a_foreign_process_in_the_pid_file_is_no_instance() {
    for (name, args, file) in DAEMONS {
        let site = site();
        let pid = site.sandbox.run().join(file);
        // this test itself: it must not be signalled
        fs::write(&pid, format!("{}\n", std::process::id())).unwrap();
        let program = Program::locknut(name, &site.sandbox)
            .args(args)
            .as_myself()
            .start();
        let own = format!("{}\n", program.pid());
        let written = || (fs::read_to_string(&pid).ok()? == own).then_some(());
        assert!(
            testkit::eventually(PATIENCE, written).is_some(),
            "{}",
            program.printed()
        );
        assert_eq!(program.stop(), Some(0));
    }
}
