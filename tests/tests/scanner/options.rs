//! What the options do beside scanning.

use testkit::{PATIENCE, Sandbox};

use crate::bench::{run, scanner};

#[test]
fn what_can_be_scanned_is_listed_a_word_a_line() {
    let sandbox = Sandbox::new();
    for option in ["-a", "--available"] {
        let done = run(scanner(&sandbox).arg(option));
        let words: Vec<&str> = done.stdout.lines().collect();
        assert!(words.starts_with(&["OLDNUT", "USB", "SNMP"]), "{words:?}");
        assert!(words.ends_with(&["EATON_SERIAL"]), "{words:?}");
    }
}

#[test]
fn help_and_version_succeed_and_a_mistake_ends_with_255() {
    let sandbox = Sandbox::new();
    let help = run(scanner(&sandbox).arg("-h"));
    for option in ["--usb_scan", "--mask_cidr", "--disp_parsable", "--secLevel"] {
        assert!(help.stdout.contains(option), "{}", help.stdout);
    }
    let version = run(scanner(&sandbox).arg("--version"));
    assert!(
        version.stdout.starts_with("Network UPS Tools nut-scanner "),
        "{}",
        version.stdout
    );
    for mistake in [
        &["-Z"][..],
        &["stray"],
        &["-s", "::1", "-e", "127.0.0.1"],
        &["-S", "-l", "authPriv"],
    ] {
        let done = scanner(&sandbox).args(mistake).run();
        assert_eq!(
            (done.code, done.stdout.as_str()),
            (Some(255), ""),
            "{mistake:?}"
        );
        assert!(!done.stderr.is_empty());
    }
}

#[test]
fn a_network_that_is_too_large_is_refused_before_anything_is_sent() {
    let sandbox = Sandbox::new();
    let done = scanner(&sandbox)
        .args(["-S", "-O", "-m", "10.0.0.0/16"])
        .run_within(PATIENCE);
    assert_eq!(done.code, Some(255));
    assert!(
        done.stderr
            .contains("65536 addresses are too many: at most 4096"),
        "{}",
        done.stderr
    );
}

#[test]
fn without_addresses_what_needs_them_is_skipped() {
    let sandbox = Sandbox::new();
    let done = run(scanner(&sandbox).args(["-S", "-O"]));
    assert_eq!(done.stdout, "");
    for bus in ["SNMP", "NUT"] {
        let told = format!("No IP range(s) requested, skipping {bus}");
        assert!(done.stderr.contains(&told), "{}", done.stderr);
    }
}

#[test]
fn what_no_driver_is_for_is_told() {
    let sandbox = Sandbox::new();
    let done = run(scanner(&sandbox).args(["-M", "-I", "-J"]));
    for word in ["XML/HTTP", "IPMI", "UPower"] {
        assert!(
            done.stderr.contains(&format!("{word}: there is no driver")),
            "{}",
            done.stderr
        );
    }
}
