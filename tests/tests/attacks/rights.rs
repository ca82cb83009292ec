//! What a daemon that was taken over could still do.

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use testkit::{PATIENCE, Program, eventually, skipped};
use tests::Site;

/// The lines of `/proc/PID/status`.
fn status(pid: u32) -> BTreeMap<String, String> {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let pair = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((
            name.to_owned(),
            value.split_whitespace().collect::<Vec<_>>().join(" "),
        ))
    };
    text.lines().filter_map(pair).collect()
}

fn core_limit(pid: u32) -> String {
    let limits = fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max core file size"));
    line.unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

pub(crate) fn is_root() -> bool {
    status(std::process::id())["Uid"].starts_with("0 ")
}

#[test]
fn as_another_user_a_daemon_keeps_nothing_of_root() {
    if !is_root() {
        return skipped("as_another_user_a_daemon_keeps_nothing_of_root", "root");
    }
    let site = Site::new();
    site.devices(&[("calm", "ups.status: OL\n")]);
    let open = |path: &Path| fs::set_permissions(path, Permissions::from_mode(0o777)).unwrap();
    open(site.sandbox.etc().parent().unwrap());
    open(&site.sandbox.run());
    open(&site.sandbox.etc());
    for file in fs::read_dir(site.sandbox.etc()).unwrap() {
        open(&file.unwrap().path());
    }
    for name in ["dummy-ups", "upsd"] {
        let program = Program::locknut(name, &site.sandbox).args(["-F", "-u", "nobody"]);
        let running = match name {
            "upsd" => program.start(),
            _ => program.args(["-a", "calm"]).start(),
        };
        let dropped = eventually(PATIENCE, || {
            let status = status(running.pid());
            let dropped = status.get("Uid").is_some_and(|ids| !ids.starts_with("0 "));
            (dropped && status["CapEff"] == "0000000000000000").then_some(status)
        });
        let status =
            dropped.unwrap_or_else(|| panic!("{name} is root still: {}", running.printed()));
        let ids: Vec<&str> = status["Uid"].split(' ').collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{name}: {ids:?}");
        assert!(
            !status["Groups"].split(' ').any(|group| group == "0"),
            "{name}: {}",
            status["Groups"]
        );
        for set in ["CapInh", "CapPrm", "CapEff", "CapAmb"] {
            assert_eq!(status[set], "0000000000000000", "{name}: {set}");
        }
        assert_eq!(status["NoNewPrivs"], "1", "{name}");
        assert_eq!(core_limit(running.pid()), "0 0 bytes", "{name}");
        drop(running);
    }
}

#[test]
fn what_holds_passwords_leaves_no_core_and_shows_its_memory_to_nobody() {
    let victim = crate::victim::Victim::new("");
    for pid in [victim.upsd.pid(), victim.upsmon.pid()] {
        assert_eq!(core_limit(pid), "0 0 bytes");
        // the kernel gives the files of a process that is opaque to root
        use std::os::unix::fs::MetadataExt;
        let owner = fs::metadata(format!("/proc/{pid}/environ")).unwrap().uid();
        assert_eq!(owner, 0);
    }
    let helper = children(victim.upsmon.pid());
    assert_eq!(helper.len(), 1);
    assert_eq!(core_limit(helper[0]), "0 0 bytes");
    victim.finish("rights");
}

fn children(pid: u32) -> Vec<u32> {
    let text = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    text.split_whitespace()
        .filter_map(|pid| pid.parse().ok())
        .collect()
}
