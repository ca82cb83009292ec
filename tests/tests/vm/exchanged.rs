//! C NUT's packages and ours in turns, on one machine with one configuration.

use crate::machine::Machine;
use crate::payload::Begin;

/// What is installed with our packages, and the services of both.
const OURS: &str = "locknut-client locknut-server";
const UNITS: [&str; 5] = [
    "nut.target",
    "nut-driver.target",
    "nut-driver@ups.service",
    "nut-server.service",
    "nut-monitor.service",
];

/// Files of the administrator: contents, owners and modes.
const CONFIGURATION: &str = "cd /etc/nut && sha256sum * && stat -c '%n %U %G %a' *";

/// What a file system has that packages may not leave behind, or take away.
const FILES: &str = "find / -xdev -not -path '/var/lib/dpkg/*' -not -path '/var/lib/apt/*' -not -path '/var/log/*' \
    -not -path '/var/cache/*' -not -path '/tmp/*' -not -path '/var/tmp/*' -not -path '/root/*' -not -path '/var/backups/*' \
    -not -path '/var/lib/systemd/*' -not -name '*-' -not -name '.pwd.lock' | sort";

#[test]
fn our_packages_take_the_place_of_c_nut_and_give_it_back_with_the_configuration_untouched() {
    let name =
        "our_packages_take_the_place_of_c_nut_and_give_it_back_with_the_configuration_untouched";
    let Some(machine) = Machine::boot_with(name, true, Begin::WithRival) else {
        return;
    };
    is_served(&machine, "2.8.0");
    let configuration = machine.run(CONFIGURATION);
    watch(&machine);

    machine.run_long("apt-get --yes install /root/packages/*.deb");
    is_served(&machine, "locknut");
    assert_eq!(machine.run(CONFIGURATION), configuration);
    is_replaced(&machine);
    is_seen_again(&machine);
    follows_its_configuration(&machine);
    assert_eq!(machine.run(CONFIGURATION), configuration);

    machine.run_long("apt-get --yes install /var/cache/rivals/nut-*.deb");
    is_served(&machine, "2.8.0");
    assert_eq!(machine.run(CONFIGURATION), configuration);
    assert_eq!(machine.run("systemctl --failed --no-legend"), "");
    is_clean(&machine);
}

/// The services of the same names run, and serve the device.
fn is_served(machine: &Machine, version: &str) {
    machine.await_output("upsc ups server.version", |said| said.contains(version));
    machine.await_status("OL");
    for unit in UNITS {
        machine.await_output(&format!("systemctl is-active {unit}"), |said| {
            said == "active"
        });
    }
    let drivers = machine.run("pidof usbhid-ups | wc -w");
    assert_eq!(drivers, "1");
}

/// Somebody asks every second, and notes what the answer was.
fn watch(machine: &Machine) {
    machine.run("systemd-run --quiet --unit=watch /usr/lib/locknut-vm/watch");
    machine.await_output("tail -n 1 /run/watched", |said| said.contains("\"OL\""));
}

/// It lost its connection with the restart, and got the same answers after it.
fn is_seen_again(machine: &Machine) {
    machine.await_output("tail -n 1 /run/watched", |said| said.contains("\"OL\""));
    let odd =
        "grep -v -e '\"OL\"' -e '^gone' -e STALE -e NOT-CONNECTED -e WAIT /run/watched | wc -l";
    assert_eq!(
        machine.run(odd),
        "0",
        "{}",
        machine.run("sort /run/watched | uniq -c")
    );
    machine.run("systemctl stop watch");
}

fn is_replaced(machine: &Machine) {
    let state = |package: &str| {
        let query = format!("dpkg-query -W -f '${{db:Status-Status}}' {package}");
        machine.run(&query)
    };
    for package in OURS.split(' ') {
        assert_eq!(state(package), "installed");
    }
    for package in ["nut-server", "nut-client"] {
        assert_eq!(state(package), "config-files");
    }
    assert_eq!(machine.run("dpkg --audit"), "");
    let files = machine.run("dpkg -L locknut-server locknut-client");
    for file in [
        "/sbin/upsd",
        "/sbin/upsdrvctl",
        "/sbin/upsdrvsvcctl",
        "/sbin/upsmon",
        "/sbin/upssched",
        "/bin/upsc",
        "/bin/upscmd",
        "/bin/upslog",
        "/bin/upsrw",
        "/lib/nut/usbhid-ups",
        "/lib/nut/blazer_ser",
        "/usr/libexec/nut-driver-enumerator.sh",
        "/lib/udev/rules.d/62-nut-usbups.rules",
        "/lib/systemd/system-shutdown/nutshutdown",
        "/lib/systemd/system/nut-driver@.service",
    ] {
        assert!(
            files.lines().any(|line| line.ends_with(file)),
            "{file}: {files}"
        );
    }
}

/// A UPS that is added is served without a word more, one that is removed is not, and the others do not notice.
fn follows_its_configuration(machine: &Machine) {
    let pid = "systemctl show --value -p MainPID nut-driver@ups";
    let before = machine.run(pid);
    machine.run("cp -p /etc/nut/ups.conf /root/ups.conf");
    machine.run("echo ups.status: OB >/etc/nut/lab.dev");
    machine.run("printf '[lab]\\n driver = dummy-ups\\n port = lab.dev\\n' >>/etc/nut/ups.conf");
    machine.await_output("upsc lab ups.status 2>/dev/null", |said| said == "OB");
    let services = machine.run("upsdrvsvcctl list");
    assert_eq!(
        services,
        "nut-driver@ups.service\tups\nnut-driver@lab.service\tlab"
    );
    machine.run("cat /root/ups.conf >/etc/nut/ups.conf; rm /etc/nut/lab.dev");
    machine.await_output("systemctl is-active nut-driver@lab", |said| {
        said == "inactive"
    });
    machine.await_output("upsc lab ups.status 2>&1", |said| {
        said.contains("Unknown UPS")
    });
    assert_eq!(machine.run(pid), before, "it was restarted");
}

/// Of a fresh installation nothing is left when it is purged but what somebody has made.
fn is_clean(machine: &Machine) {
    machine.run_long("apt-get --yes purge nut-server nut-client locknut-server locknut-client");
    machine.run_long("rm -rf /etc/nut /run/nut /var/lib/nut; deluser --quiet --system nut");
    machine.run(&format!("{FILES} >/root/before"));
    machine.run_long("apt-get --yes install /root/packages/*.deb");
    let modes = machine.run("stat -c '%n %U %G %a' /etc/nut/*");
    for file in [
        "nut.conf",
        "ups.conf",
        "upsd.conf",
        "upsd.users",
        "upsmon.conf",
        "upssched.conf",
    ] {
        assert!(
            modes.contains(&format!("/etc/nut/{file} root nut 640")),
            "{modes}"
        );
    }
    // MODE=none
    assert_eq!(
        machine
            .try_run("systemctl is-active nut-server")
            .text
            .trim(),
        "inactive"
    );
    assert_eq!(machine.run("systemctl --failed --no-legend"), "");
    machine.run("echo mine >>/etc/nut/upsd.users");
    machine.run_long("apt-get --yes purge locknut locknut-server locknut-client");
    machine.run(&format!("{FILES} >/root/after"));
    let left = machine.try_run("diff /root/before /root/after | grep '^[<>]'");
    assert_eq!(left.text, "> /etc/nut\n> /etc/nut/upsd.users\n");
}
