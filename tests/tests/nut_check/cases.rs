//! The broken set-ups: what is done to a sound one, what is to be found, and how it is mended.

use std::os::unix::fs::symlink;

use crate::host::{Host, chmod};

/// How the finding goes away.
pub(crate) enum Mend {
    /// What nut-check says is done to the letter.
    AsTold,
    /// It needs a person, or root.
    By(fn(&Host)),
}

use Mend::{AsTold, By};

pub(crate) struct Case {
    pub(crate) rule: &'static str,
    pub(crate) breaks: fn(&Host),
    /// A part of the fix as people are told.
    pub(crate) fix: &'static str,
    pub(crate) mend: Mend,
}

const fn case(rule: &'static str, breaks: fn(&Host), fix: &'static str, mend: Mend) -> Case {
    Case {
        rule,
        breaks,
        fix,
        mend,
    }
}

const NETSERVER: fn(&Host) = |host| {
    host.write("nut.conf", "MODE=netserver\n");
    host.edit("upsd.conf", "127.0.0.1", "0.0.0.0");
};

/// A timer that shuts the host down after five minutes on battery.
pub(crate) fn with_timer(host: &Host) {
    for program in ["sbin/upssched", "usr/bin/upssched-cmd"] {
        host.place(program, "#!/bin/sh\n", 0o755);
    }
    let notices =
        "NOTIFYCMD /sbin/upssched\nNOTIFYFLAG ONBATT SYSLOG+EXEC\nNOTIFYFLAG ONLINE SYSLOG+EXEC";
    host.add("upsmon.conf", notices);
    host.write(
        "upssched.conf",
        "CMDSCRIPT /usr/bin/upssched-cmd\nPIPEFN /run/nut/upssched.pipe\nLOCKFN /run/nut/upssched.lock\n\
         AT ONBATT * START-TIMER empty 300\nAT ONLINE * CANCEL-TIMER empty\n",
    );
}

/// A second UPS, on USB.
fn on_usb(host: &Host) {
    host.place("usr/lib/nut/usbhid-ups", "", 0o755);
    host.add("ups.conf", "[desk]\n  driver = usbhid-ups\n  port = auto");
    let rule =
        "ATTR{idVendor}==\"0463\", ATTR{idProduct}==\"ffff\", MODE=\"0664\", GROUP=\"nut\"\n";
    host.place("usr/lib/udev/rules.d/62-nut-usbups.rules", rule, 0o644);
    for (name, text) in [
        ("idVendor", "0463"),
        ("idProduct", "ffff"),
        ("busnum", "1"),
        ("devnum", "7"),
    ] {
        let file = format!("sys/bus/usb/devices/1-2/{name}");
        host.place(&file, &format!("{text}\n"), 0o644);
    }
    host.place("dev/bus/usb/001/007", "", 0o664);
}

#[rustfmt::skip]
pub(crate) const CASES: &[Case] = &[
    case("mode-none", |host| host.write("nut.conf", "MODE=none\n"), "line 1, write: MODE=standalone", AsTold),
    case("mode-missing", |host| host.remove("etc/nut.conf"), "add: MODE=standalone", AsTold),
    case("mode-unknown", |host| host.write("nut.conf", "MODE=server\n"), "line 1, write: MODE=standalone", AsTold),
    case("mode-unfit", |host| host.write("nut.conf", "MODE=netclient\n"), "line 1, write: MODE=standalone", AsTold),
    case("file-missing", |host| host.remove("etc/upsd.conf"), "fix: run: install -m 0640 -o root -g nut /dev/null ",
        By(|host| host.write("upsd.conf", &format!("LISTEN 127.0.0.1 {}\n", host.site.port)))),
    case("file-closed", |host| chmod(&host.conf("upsd.users"), 0o600), "fix: run: chgrp nut ",
        By(|host| chmod(&host.conf("upsd.users"), 0o640))),
    case("file-open", |host| chmod(&host.conf("upsd.users"), 0o644), "fix: run: chmod 0640 ", AsTold),
    case("file-broken", |host| host.edit("ups.conf", "  driver = dummy-ups\n", ""), "fix: add driver = ",
        By(|host| host.edit("ups.conf", "[rack]\n", "[rack]\n  driver = dummy-ups\n"))),
    case("file-broken", |host| host.write("nut.conf", "MODE = standalone\n"), "fix: write NAME=value, without blanks",
        By(|host| host.write("nut.conf", "MODE=standalone\n"))),
    case("file-broken", |host| host.write("nut.conf", "MODE=standalone # for this host\n"), "with nothing behind the value, no comment either",
        By(|host| host.write("nut.conf", "MODE=standalone\n"))),
    case("file-broken", |host| host.write("nut.conf", "MODE=standalone\r\n"), "with nothing behind the value",
        By(|host| host.write("nut.conf", "MODE=standalone\n"))),
    case("file-broken", |host| host.edit("upsmon.conf", "+0\"", "+0"), "add the closing quote",
        By(|host| host.edit("upsmon.conf", "+0", "+0\""))),
    case("file-broken", |host| host.add("upsd.conf", "LISTEN 127.0.0.1:3494"), "usage: LISTEN <address> [<port>]",
        By(|host| host.edit("upsd.conf", "LISTEN 127.0.0.1:3494\n", ""))),
    case("mode-unknown", |host| host.write("nut.conf", "MODE=Standalone\n"), "line 1, write: MODE=standalone", AsTold),
    case("monitor-missing", |host| host.edit("upsmon.conf", "MONITOR", "#MONITOR"), "add: MONITOR rack@localhost 1 <user> <password> primary",
        By(|host| host.edit("upsmon.conf", "#MONITOR", "MONITOR"))),
    case("minsupplies", |host| host.add("upsmon.conf", "MINSUPPLIES 2"), "write: MINSUPPLIES 1", AsTold),
    case("monitor-only", |host| host.add("upsmon.conf", "MINSUPPLIES 0"), "write: MINSUPPLIES 1", AsTold),
    case("monitor-ups", |host| host.edit("upsmon.conf", "rack@", "rcak@"), "write \"rack\" in place of \"rcak\"",
        By(|host| host.edit("upsmon.conf", "rcak@", "rack@"))),
    case("monitor-user", |host| host.edit("upsd.users", "[upsmon]", "[monuser]"), "add: [upsmon] | password = ",
        By(|host| host.edit("upsd.users", "[monuser]", "[upsmon]"))),
    case("monitor-password", |host| host.edit("upsd.users", "s3cret-m", "s3cret-x"), "make the two passwords the same",
        By(|host| host.edit("upsd.users", "s3cret-x", "s3cret-m"))),
    case("monitor-role", |host| host.edit("upsd.users", "  upsmon primary\n", ""), "below line 4, add:   upsmon primary", AsTold),
    case("monitor-role", |host| host.edit("upsd.users", "upsmon primary", "upsmon secondary"), "add:   upsmon primary", AsTold),
    case("listen-local", |host| host.write("upsd.conf", "LISTEN 127.0.0.1 3494\n"), "add: LISTEN 127.0.0.1 ", AsTold),
    case("listen-loopback", |host| host.write("nut.conf", "MODE=netserver\n"), "line 1, write: LISTEN 0.0.0.0 ", AsTold),
    case("listen-open", |host| host.edit("upsd.conf", "127.0.0.1", "0.0.0.0"), "line 1, write: LISTEN 127.0.0.1 ", AsTold),
    case("account-missing", |host| host.add("upsmon.conf", "RUN_AS_USER nutmon"), "or remove the line: then it is nut",
        By(|host| host.edit("upsmon.conf", "RUN_AS_USER nutmon\n", ""))),
    case("account-missing", |host| host.add("ups.conf", "  user = nutmon"), "or remove the line: then it is nut",
        By(|host| host.edit("ups.conf", "  user = nutmon\n", ""))),
    case("shutdowncmd", |host| host.edit("upsmon.conf", "SHUTDOWNCMD", "#SHUTDOWNCMD"), "add: SHUTDOWNCMD \"/sbin/shutdown -h +0\"", AsTold),
    case("shutdown-program", |host| host.edit("upsmon.conf", "/sbin/shutdown", "/sbin/shutdwon"), "line 2, write: SHUTDOWNCMD \"/sbin/shutdown -h +0\"", AsTold),
    case("shutdown-program", |host| chmod(&host.below("sbin/shutdown"), 0o644), "fix: run: chmod a+rx ", AsTold),
    case("notify-program", |host| host.add("upsmon.conf", "NOTIFYCMD /usr/bin/no-such-program\nNOTIFYFLAG ONBATT EXEC"), "behind NOTIFYCMD in line 4",
        By(|host| host.place("usr/bin/no-such-program", "#!/bin/sh\n", 0o755))),
    case("notify-unused", |host| host.add("upsmon.conf", "NOTIFYCMD /sbin/shutdown"), "NOTIFYFLAG ONBATT SYSLOG+WALL+EXEC", AsTold),
    case("sched-idle", |host| {
        with_timer(host);
        host.remove("etc/upssched.conf");
    }, "write CMDSCRIPT, PIPEFN, LOCKFN and AT lines into ", By(|host| host.edit("upsmon.conf", "NOTIFYCMD /sbin/upssched", "NOTIFYCMD /sbin/shutdown"))),
    case("sched-unheard", |host| {
        with_timer(host);
        host.edit("upsmon.conf", "NOTIFYFLAG ONLINE SYSLOG+EXEC\n", "");
    }, "add: NOTIFYFLAG ONLINE SYSLOG+WALL+EXEC", AsTold),
    case("sched-ups", |host| {
        with_timer(host);
        host.edit("upssched.conf", "AT ONBATT *", "AT ONBATT rack");
    }, "write one of: rack@localhost:", By(|host| host.edit("upssched.conf", "AT ONBATT rack", "AT ONBATT *"))),
    case("sched-place", |host| {
        with_timer(host);
        host.edit("upssched.conf", "PIPEFN /run/nut", "PIPEFN /var/lib/sched");
    }, "fix: run: install -d -m 0770 -o nut -g nut ", By(|host| host.edit("upssched.conf", "PIPEFN /var/lib/sched", "PIPEFN /run/nut"))),
    case("sched-program", |host| {
        with_timer(host);
        host.remove("usr/bin/upssched-cmd");
    }, "write a program that is there behind CMDSCRIPT", By(|host| host.place("usr/bin/upssched-cmd", "", 0o755))),
    case("flag-missing", |host| host.edit("upsmon.conf", "POWERDOWNFLAG", "#POWERDOWNFLAG"), "add: POWERDOWNFLAG /etc/killpower", AsTold),
    case("flag-volatile", |host| host.edit("upsmon.conf", "/etc/killpower", "/tmp/killpower"), "line 3, write: POWERDOWNFLAG /etc/killpower", AsTold),
    case("flag-place", |host| host.edit("upsmon.conf", "/etc/killpower", "/var/lib/ups/killpower"), "fix: run: mkdir -p ", AsTold),
    case("flag-place", |host| host.edit("upsmon.conf", "/etc/killpower", "/etc"), "line 3, write: POWERDOWNFLAG /etc/killpower", AsTold),
    case("flag-left", |host| host.place("etc/killpower", "upsmon-shutdown-file", 0o644), "fix: run: rm ", AsTold),
    case("flag-foreign", |host| host.place("etc/killpower", "mine", 0o644), "fix: run: mv ", AsTold),
    case("hook-missing", |host| host.remove("usr/lib/systemd/system-shutdown/nutshutdown"), "install the package that has it anew",
        By(|host| host.place("usr/lib/systemd/system-shutdown/nutshutdown", "", 0o755))),
    case("threshold", |host| host.add("ups.conf", "  override.battery.charge.low = 30"), "below line 6, add:   ignorelb", AsTold),
    case("driver-program", |host| host.edit("ups.conf", "dummy-ups", "dumy-ups"), "line 4, write:   driver = dummy-ups", AsTold),
    case("driver-program", |host| host.edit("ups.conf", "dummy-ups", "megatec_plus"), "or write the driver of this device: nut-scanner",
        By(|host| host.edit("ups.conf", "megatec_plus", "dummy-ups"))),
    case("driver-port", |host| host.edit("ups.conf", "rack.dev", "rakc.dev"), "write the name of a file that is there",
        By(|host| host.edit("ups.conf", "rakc.dev", "rack.dev"))),
    case("driver-port", |host| host.edit("ups.conf", "rack.dev", "/dev/ttyS7"), "ls -l /dev/serial/by-id",
        By(|host| host.place("dev/ttyS7", "", 0o666))),
    case("driver-access", |host| {
        host.edit("ups.conf", "rack.dev", "/dev/ttyS7");
        host.place("dev/ttyS7", "", 0o600);
    }, "fix: run: chgrp nut ", By(|host| chmod(&host.below("dev/ttyS7"), 0o660))),
    case("port-shared", |host| {
        host.edit("ups.conf", "rack.dev", "/dev/ttyS7");
        host.add("ups.conf", "[desk]\n  driver = dummy-ups\n  port = /dev/ttyS7");
        host.place("dev/ttyS7", "", 0o660);
    }, "write the port that its own device has", By(|host| {
        host.edit("ups.conf", "[desk]\n  driver = dummy-ups\n  port = /dev/ttyS7\n", "");
    })),
    case("usb-twins", |host| {
        for driver in ["usbhid-ups", "nutdrv_qx"] {
            host.place(&format!("usr/lib/nut/{driver}"), "", 0o755);
            host.add("ups.conf", &format!("[{driver}]\n  driver = {driver}\n  port = auto"));
        }
    }, "give each of the two its serial", By(|host| host.add("ups.conf", "  serial = X1"))),
    case("usb-missing", |host| {
        on_usb(host);
        host.remove("sys/bus/usb/devices/1-2/idVendor");
    }, "connect its cable; if lsusb shows it", By(|host| host.place("sys/bus/usb/devices/1-2/idVendor", "0463\n", 0o644))),
    case("usb-access", |host| {
        on_usb(host);
        chmod(&host.below("dev/bus/usb/001/007"), 0o600);
    }, "fix: run: udevadm control --reload && udevadm trigger --subsystem-match=usb --action=change",
        By(|host| chmod(&host.below("dev/bus/usb/001/007"), 0o664))),
    case("state-path", |host| chmod(&host.site.sandbox.run(), 0o750), "fix: run: chgrp nut ",
        By(|host| chmod(&host.site.sandbox.run(), 0o770))),
    case("deadtime-short", |host| host.add("upsmon.conf", "DEADTIME 8"), "line 4, write: DEADTIME 15", AsTold),
    case("deadtime-tight", |host| host.add("upsmon.conf", "DEADTIME 12"), "line 4, write: DEADTIME 15", AsTold),
    case("poll-slow", |host| host.add("upsmon.conf", "POLLFREQALERT 90"), "line 4, write: POLLFREQALERT 5", AsTold),
    case("hostsync-short", |host| {
        NETSERVER(host);
        host.add("upsmon.conf", "HOSTSYNC 3");
    }, "line 4, write: HOSTSYNC 15", AsTold),
    case("finaldelay-long", |host| host.add("upsmon.conf", "FINALDELAY 300"), "line 4, write: FINALDELAY 5", AsTold),
    case("maxage-short", |host| host.edit("upsd.conf", "MAXAGE 10", "MAXAGE 2"), "line 2, write: MAXAGE 15", AsTold),
    case("maxage-long", |host| host.edit("upsd.conf", "MAXAGE 10", "MAXAGE 600"), "line 2, write: MAXAGE 15", AsTold),
    case("service-masked", |host| {
        symlink("/dev/null", host.below("etc/systemd/system/nut-monitor.service")).unwrap();
    }, "fix: run: systemctl unmask nut-monitor.service && systemctl enable --now nut-monitor.service",
        By(|host| host.remove("etc/systemd/system/nut-monitor.service"))),
    case("service-disabled", |host| host.remove("etc/systemd/system/multi-user.target.wants/nut.target"),
        "fix: run: systemctl enable --now nut.target",
        By(|host| host.place("etc/systemd/system/multi-user.target.wants/nut.target", "", 0o644))),
    case("service-stray", |host| host.place("etc/systemd/system/nut.target.wants/nut-driver@old.service", "", 0o644),
        "fix: run: systemctl disable --now nut-driver@old.service",
        By(|host| host.remove("etc/systemd/system/nut.target.wants/nut-driver@old.service"))),
    case("service-rival", |host| host.place("etc/systemd/system/multi-user.target.wants/apcupsd.service", "", 0o644),
        "fix: run: systemctl disable --now apcupsd.service",
        By(|host| host.remove("etc/systemd/system/multi-user.target.wants/apcupsd.service"))),
];
