//! The packages for Debian that `cargo xtask test` has made of the programs built: what is in them, and what systemd and lintian
//! think of it. `tests/tests/vm` installs them.

#![cfg(test)]

mod manual;
mod site;
mod units;

use site::Unpacked;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use testkit::{PATIENCE, Program, installed, skipped_unless_ci};

/// Where a distribution's administrators and scripts look for things.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "bin/nut-scanner", "bin/nutconf", "bin/upsc", "bin/upscmd", "bin/upslog", "bin/upsrw",
    "sbin/nut-check", "sbin/upsd", "sbin/upsd-tls", "sbin/upsdrvctl", "sbin/upsdrvsvcctl", "sbin/upsmon", "sbin/upssched",
    "lib/nut/apcsmart", "lib/nut/apcsmart-old", "lib/nut/blazer_ser", "lib/nut/blazer_usb", "lib/nut/dummy-ups",
    "lib/nut/nutdrv_qx", "lib/nut/usbhid-ups",
    "libexec/locknut/upsmon-helper", "libexec/nut-driver-enumerator.sh",
    "lib/systemd/system/nut.target", "lib/systemd/system/nut-driver.target", "lib/systemd/system/nut-driver@.service",
    "lib/systemd/system/nut-server.service", "lib/systemd/system/nut-monitor.service", "lib/systemd/system/nut-logger.service",
    "lib/systemd/system/nut-driver-enumerator.service", "lib/systemd/system/nut-driver-enumerator.path",
    "lib/systemd/system/nut-sleep.service", "lib/systemd/system-generators/nut-driver-generator",
    "lib/systemd/system-shutdown/nutshutdown", "lib/systemd/system-preset/50-nut.preset",
    "lib/udev/rules.d/62-nut-usbups.rules", "lib/tmpfiles.d/nut-common-tmpfiles.conf", "lib/sysusers.d/nut.conf",
    "share/nut/driver.list", "share/nut/ups.conf.sample", "share/nut/nut.conf.sample",
    "share/man/man8/upsd.8.gz", "share/man/man8/blazer_usb.8.gz", "share/man/man5/ups.conf.5.gz",
    "share/bash-completion/completions/upsc", "share/bash-completion/completions/upsd", "share/zsh/vendor-completions/_locknut",
    "share/fish/vendor_completions.d/upsmon.fish",
];

#[test]
fn everything_has_the_name_that_it_has_in_c_nut() {
    let name = "everything_has_the_name_that_it_has_in_c_nut";
    let Some(unpacked) = Unpacked::of_packages(name) else {
        return;
    };
    for name in NAMES {
        let path = unpacked.root().join("usr").join(name);
        let there = fs::symlink_metadata(&path).unwrap_or_else(|why| panic!("{name}: {why}"));
        let directory = name.split('/').next().unwrap_or_default();
        let is_program = matches!(directory, "bin" | "sbin" | "libexec");
        if is_program && there.is_file() {
            assert_eq!(there.permissions().mode() & 0o7777, 0o755, "{name}");
        }
    }
    let generator = unpacked
        .root()
        .join("usr/lib/systemd/system-generators/nut-driver-generator");
    let program = fs::read_link(generator).unwrap();
    assert!(program.ends_with("libexec/locknut/nut-driver-enumerator"));
}

#[test]
fn nothing_is_configuration_that_dpkg_would_ask_about() {
    let name = "nothing_is_configuration_that_dpkg_would_ask_about";
    let Some(unpacked) = Unpacked::of_packages(name) else {
        return;
    };
    let files = fs::read_dir(unpacked.root().join("etc/nut")).unwrap();
    assert_eq!(files.count(), 0);
}

#[test]
fn packages_say_what_they_replace() {
    let name = "packages_say_what_they_replace";
    let Some(unpacked) = Unpacked::of_packages(name) else {
        return;
    };
    for (package, rival) in [
        ("locknut-server", "nut-server"),
        ("locknut-client", "nut-client"),
        ("locknut", "nut"),
    ] {
        let field = |field: &str| unpacked.field(package, field);
        assert!(field("Provides").starts_with(&format!("{rival} (= 2.8.5)")));
        for relation in ["Conflicts", "Replaces"] {
            assert!(
                field(relation).split(", ").any(|one| one == rival),
                "{package} {relation}"
            );
        }
        if package != "locknut" {
            assert!(
                field("Depends").contains("libc6 (>= 2."),
                "{}",
                field("Depends")
            );
        }
    }
}

#[test]
fn lintian_has_no_errors_to_tell() {
    let name = "lintian_has_no_errors_to_tell";
    let Some(unpacked) = Unpacked::of_packages(name) else {
        return;
    };
    let Some(lintian) = installed("lintian") else {
        skipped_unless_ci(name, "lintian, `apt-get install lintian`");
        return;
    };
    let mut lintian =
        Program::at(&lintian, unpacked.sandbox()).args(["--fail-on", "error", "--allow-root"]);
    for package in unpacked.packages() {
        lintian = lintian.arg(package);
    }
    let done = lintian.run_within(PATIENCE * 6);
    assert_eq!(done.code, Some(0), "{}{}", done.stdout, done.stderr);
}

#[test]
fn scripts_of_packages_are_scripts() {
    let name = "scripts_of_packages_are_scripts";
    let Some(unpacked) = Unpacked::of_packages(name) else {
        return;
    };
    for package in ["locknut-client", "locknut-server"] {
        for script in ["postinst", "prerm", "postrm"] {
            let path = unpacked.control_file(package, script);
            let text = fs::read_to_string(&path).unwrap();
            assert!(
                !text.contains("${"),
                "{package} {script} is not filled in: {text}"
            );
            let check = Program::at(Path::new("/bin/sh"), unpacked.sandbox()).arg("-n");
            let done = check.arg(&path).run();
            assert_eq!(done.code, Some(0), "{package} {script}: {}", done.stderr);
        }
    }
}
