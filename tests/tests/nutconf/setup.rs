//! A whole set-up, from the samples and from nothing, that the daemons find right.

use crate::{done, nutconf, text, with_samples};
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use testkit::{PATIENCE, Program, Sandbox};

/// All that a host with one UPS needs.
fn set_up(sandbox: &Sandbox, more: &[&str]) {
    let flag = sandbox.run().join("killpower");
    let words = [
        &["--set-mode", "standalone"][..],
        &[
            "--add-device",
            "rack",
            "dummy-ups",
            "rack.dev",
            "desc=The rack",
        ],
        &["--add-listen", "127.0.0.1"],
        &["--add-user", "upsmon=primary"],
        &[
            "--add-monitor",
            "rack",
            "localhost",
            "1",
            "upsmon",
            "-",
            "primary",
        ],
        &["--set-shutdowncmd", "/bin/true now"],
        &["--set-powerdownflag", flag.to_str().unwrap()],
        &["--password-file", "-"],
        more,
    ]
    .concat();
    sandbox.write("rack.dev", "ups.status: OL\n");
    let nutconf = Program::locknut("nutconf", sandbox)
        .args(words)
        .input("s3cret # \"pw\"\n");
    let done = nutconf.run();
    assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""));
}

#[track_caller]
fn assert_right(sandbox: &Sandbox) {
    let upsd = Program::locknut("upsd", sandbox).arg("-t").run();
    assert_eq!(upsd.code, Some(0), "{}", upsd.stderr);
    assert!(
        upsd.stderr.contains("0 errors, 0 warnings"),
        "{}",
        upsd.stderr
    );
    let upsmon = Program::locknut("upsmon", sandbox)
        .args(["-t", "-u", "root"])
        .run();
    assert_eq!(upsmon.code, Some(0), "{}", upsmon.stderr);
    assert!(
        upsmon
            .stderr
            .ends_with("0 errors, 0 warnings; 1 UPS monitored\n"),
        "{}",
        upsmon.stderr
    );
}

#[test]
fn the_samples_become_a_set_up_that_the_daemons_find_right() {
    let sandbox = with_samples();
    set_up(&sandbox, &[]);
    assert_right(&sandbox);
    assert!(
        text(&sandbox, "upsmon.conf")
            .contains("\nMONITOR rack@localhost 1 upsmon \"s3cret \\# \\\"pw\\\"\" primary\n")
    );
}

#[test]
fn nothing_becomes_a_set_up_of_files_that_are_not_for_everybody() {
    let sandbox = Sandbox::new();
    set_up(&sandbox, &["--hash-passwords"]);
    assert_right(&sandbox);
    for (name, mode) in [
        ("nut.conf", 0o644),
        ("ups.conf", 0o640),
        ("upsd.conf", 0o640),
        ("upsd.users", 0o640),
        ("upsmon.conf", 0o640),
    ] {
        let found = fs::metadata(sandbox.etc().join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(found & 0o7777, mode, "{name}");
    }
    let users = text(&sandbox, "upsd.users");
    assert!(
        users.contains("password = \"$argon2id$") && !users.contains("s3cret"),
        "{users}"
    );
    // a hash of the same password is as good as another
    set_up(&sandbox, &["--hash-passwords"]);
    assert_eq!(text(&sandbox, "upsd.users"), users);
}

#[test]
fn a_link_stays_and_the_file_behind_it_is_changed() {
    let sandbox = with_samples();
    let (link, kept) = (
        sandbox.etc().join("upsd.conf"),
        sandbox.run().join("kept.conf"),
    );
    fs::rename(&link, &kept).unwrap();
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o600)).unwrap();
    symlink(&kept, &link).unwrap();
    done(&sandbox, &["--add-listen", "127.0.0.1"]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(
        fs::read_to_string(&kept)
            .unwrap()
            .contains("\nLISTEN 127.0.0.1\n")
    );
    assert_eq!(
        fs::metadata(&kept).unwrap().permissions().mode() & 0o7777,
        0o600
    );
}

#[test]
fn none_of_many_at_once_undoes_what_another_did() {
    let sandbox = with_samples();
    let addresses: Vec<String> = (1..=8).map(|number| format!("192.0.2.{number}")).collect();
    let start = |address: &String| {
        Program::locknut("nutconf", &sandbox)
            .args(["--add-listen", address])
            .start()
    };
    let running: Vec<_> = addresses.iter().map(start).collect();
    for mut one in running {
        assert_eq!(one.wait_for_end(PATIENCE), Some(0), "{}", one.printed());
    }
    let told = done(&sandbox, &["--get-listen"]);
    let mut told: Vec<&str> = told.lines().collect();
    told.sort_unstable();
    assert_eq!(told, addresses);
    let left = fs::read_dir(sandbox.etc()).unwrap().count();
    assert_eq!(left, crate::FILES.len());
}

#[test]
fn another_directory_is_taken_where_one_is_named() {
    let sandbox = with_samples();
    let local = sandbox.run();
    let words = [
        "--local",
        local.to_str().unwrap(),
        "--set-mode",
        "manual",
        "-v",
    ];
    let said = nutconf(&sandbox, &words);
    assert_eq!((said.code, said.stdout.as_str()), (Some(0), ""));
    assert_eq!(
        said.stderr,
        format!("written: {}/nut.conf\n", local.display())
    );
    assert_eq!(
        fs::read_to_string(local.join("nut.conf")).unwrap(),
        "MODE=manual\n"
    );
    assert_eq!(done(&sandbox, &["--get-mode"]), "none\n");
}
