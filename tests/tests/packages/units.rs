//! What systemd thinks of the units.

use crate::site::Unpacked;
use std::fs;
use std::path::Path;
use testkit::{Program, installed, skipped_unless_ci};

/// Units and how exposed they may be, in systemd's own tenths, from 0 to 100.
const EXPOSURES: &[(&str, u32)] = &[
    ("nut-server.service", 30),
    ("nut-driver@rack.service", 45),
    ("nut-monitor.service", 50),
    ("nut-logger.service", 30),
    ("nut-driver-enumerator.service", 30),
    ("nut-sleep.service", 50),
];

/// Units of the system that ours are ordered after and before.
const SYSTEM: &[&str] = &[
    "local-fs.target",
    "multi-user.target",
    "network.target",
    "network-online.target",
    "sleep.target",
    "modprobe@.service",
    "sysinit.target",
    "basic.target",
    "shutdown.target",
    "system.slice",
    "sockets.target",
    "timers.target",
    "paths.target",
    "slices.target",
];

/// The units with what they start, and with an instance for a UPS; none without systemd's tool.
fn units(name: &str) -> Option<(Unpacked, std::path::PathBuf)> {
    let unpacked = Unpacked::of_packages(name)?;
    if installed("systemd-analyze").is_none() {
        skipped_unless_ci(name, "systemd-analyze, which systemd brings");
        return None;
    }
    let root = unpacked.root();
    let units = root.join("usr/lib/systemd/system");
    fs::copy(
        units.join("nut-driver@.service"),
        units.join("nut-driver@rack.service"),
    )
    .unwrap();
    for unit in SYSTEM {
        let text = match *unit {
            "modprobe@.service" => "[Service]\nType=oneshot\nExecStart=/bin/sh\n",
            _ => "[Unit]\nDescription=Of the system\n",
        };
        fs::write(units.join(unit), text).unwrap();
    }
    for program in ["sh", "systemctl"] {
        let path = root.join("usr/bin").join(program);
        fs::copy("/bin/sh", &path).unwrap();
    }
    let dir = units.clone();
    Some((unpacked, dir))
}

fn analyze(unpacked: &Unpacked, root: &Path) -> Program {
    let analyze = installed("systemd-analyze").unwrap_or_default();
    Program::at(&analyze, unpacked.sandbox())
        .arg("--no-pager")
        .arg(format!("--root={}", root.display()))
}

#[test]
fn systemd_has_nothing_to_say_against_the_units() {
    let name = "systemd_has_nothing_to_say_against_the_units";
    let Some((unpacked, dir)) = units(name) else {
        return;
    };
    let mut verify = analyze(&unpacked, unpacked.root()).args(["verify", "--man=no"]);
    for entry in fs::read_dir(&dir).unwrap() {
        let unit = entry.unwrap().file_name().into_string().unwrap();
        if unit.starts_with("nut") && unit != "nut-driver@.service" {
            verify = verify.arg(unit);
        }
    }
    let done = verify.run();
    assert_eq!(
        (done.code, done.stderr.as_str()),
        (Some(0), ""),
        "{}",
        done.stdout
    );
}

#[test]
fn units_are_exposed_no_more_than_they_may_be() {
    let name = "units_are_exposed_no_more_than_they_may_be";
    let Some((unpacked, _)) = units(name) else {
        return;
    };
    let mut table = Vec::new();
    let mut over = Vec::new();
    for (unit, most) in EXPOSURES {
        let threshold = format!("--threshold={most}");
        let judge = analyze(&unpacked, unpacked.root()).args([
            "security",
            "--offline=true",
            &threshold,
            unit,
        ]);
        let done = judge.run();
        let judgement = done.stdout.lines().last().unwrap_or_default().to_owned();
        assert!(
            judgement.contains("exposure level"),
            "{unit}: {}{}",
            done.stdout,
            done.stderr
        );
        if done.code != Some(0) {
            over.push(format!("{judgement} is more than {most} tenths"));
        }
        table.push(judgement);
    }
    println!("{}", table.join("\n"));
    assert!(over.is_empty(), "{over:#?}");
}
