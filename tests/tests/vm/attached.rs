//! The driver in a real system: what it may, and what becomes of it when the device goes and comes.

use crate::machine::Machine;

const PID: &str = "systemctl show --value -p MainPID nut-driver@ups";

#[test]
fn the_driver_gets_the_device_as_user_nut_by_our_udev_rules_and_gets_it_back_after_a_replug() {
    let name =
        "the_driver_gets_the_device_as_user_nut_by_our_udev_rules_and_gets_it_back_after_a_replug";
    let Some(machine) = Machine::boot(name, true) else {
        return;
    };
    machine.await_status("OL");
    let pid = machine.run(PID);
    is_unprivileged(&machine, &pid);
    has_the_device_from_its_group(&machine, &pid);

    machine.ups().unplug();
    machine.await_output("upsc ups ups.status", |said| said.contains("stale"));
    machine.ups().plug();
    machine.await_status("OL");
    assert_eq!(machine.run(PID), pid, "it was restarted");

    machine.ups().mains(false);
    machine.await_status("OB DISCHRG");
    machine.ups().mains(true);
    machine.await_status("OL");
    is_reloaded(&machine);
    is_left_to_systemd(&machine);
    assert_eq!(machine.run(PID), pid, "it was restarted");
    is_in_order(&machine);
    is_told_once(&machine);
    is_confined(&machine);
}

/// The units' reload is what the programs understand by it.
fn is_reloaded(machine: &Machine) {
    machine.run("systemctl reload nut-driver@ups nut-server nut-monitor");
    for unit in ["nut-driver@ups", "nut-server", "nut-monitor"] {
        assert_eq!(
            machine.run(&format!("systemctl is-active {unit}")),
            "active"
        );
    }
    machine.await_status("OL");
}

/// Two who start and stop the same driver would fight; upsdrvctl tells whose it is.
fn is_left_to_systemd(machine: &Machine) {
    for verb in ["start", "stop"] {
        let said = machine.try_run(&format!("upsdrvctl {verb} ups"));
        assert_eq!(said.code, "1", "{}", said.text);
        let advice = format!("use systemctl {verb} nut-driver@ups.service");
        assert!(said.text.contains(&advice), "{}", said.text);
    }
}

/// Nothing has failed on the way.
fn is_in_order(machine: &Machine) {
    assert_eq!(machine.run("systemctl --failed --no-legend"), "");
    // a slow machine may start the driver before it has USB at all; that is what systemd restarts it for
    for (unit, most) in [("nut-driver@ups", 1), ("nut-server", 0), ("nut-monitor", 0)] {
        let restarts = machine.run(&format!("systemctl show --value -p NRestarts {unit}"));
        let restarts: u32 = restarts.parse().unwrap();
        assert!(restarts <= most, "{unit}: {restarts}");
    }
    let crashes =
        machine.try_run("journalctl --quiet --boot | grep -E 'panicked|core-dump|segfault'");
    assert_eq!(crashes.text.trim(), "");
}

/// The units forbid what the programs do not need. The numbers are systemd's, from 0 to 100, where 100 is no protection at all.
fn is_confined(machine: &Machine) {
    for (unit, exposure) in [("nut-driver@ups", 25), ("nut-server", 20)] {
        let judge = format!(
            "systemd-analyze security --no-pager --threshold={exposure} {unit} | tail -n 1"
        );
        let judgement = machine.run(&format!("set -o pipefail; {judge}"));
        assert!(judgement.contains("OK"), "{unit}: {judgement}");
    }
}

/// Standard error and syslog both end in the journal.
fn is_told_once(machine: &Machine) {
    let line = "listening on 127.0.0.1 port 3493";
    let count = format!("journalctl --quiet --boot | grep -c ' {line}$'");
    assert_eq!(machine.run(&count), "1", "{line}");
}

/// Who reads bytes from devices and the network has no rights; only the helper has.
fn is_unprivileged(machine: &Machine, driver: &str) {
    let nut = machine.run("id -u nut");
    let of = |pid: &str, line: &str| {
        machine.run(&format!("grep ^{line} /proc/{pid}/status | cut -f 2-"))
    };
    let main = |unit: &str| machine.run(&format!("systemctl show --value -p MainPID {unit}"));
    assert_eq!(
        machine.run(&format!("cat /proc/{driver}/comm")),
        "usbhid-ups"
    );
    for pid in [driver, &main("nut-server"), &main("nut-monitor")] {
        assert_eq!(
            of(pid, "Uid"),
            [nut.as_str(); 4].join("\t"),
            "process {pid}"
        );
        assert_eq!(of(pid, "CapEff"), "0000000000000000", "process {pid}");
    }
    let helper = machine.run("pidof upsmon-helper");
    assert_eq!(of(&helper, "Uid"), "0\t0\t0\t0");
}

/// The device's file, as the driver has it open, may be written by the group that the rules name, and by nobody else.
fn has_the_device_from_its_group(machine: &Machine, driver: &str) {
    let open = machine.run(&format!(
        "readlink /proc/{driver}/fd/* | grep ^/dev/bus/usb/"
    ));
    let file = open.lines().next().unwrap_or_default();
    let may = machine.run(&format!("stat -c '%U %G %A' {file}"));
    assert!(
        may.starts_with("root nut crw-rw-") && !may.ends_with("w-"),
        "{file}: {may}"
    );
}
