//! What is installed beside programs.

/// A file of the project.
pub(super) struct File {
    /// Below the workspace's root; with `.in` at its end it is a template, and installed without.
    pub(super) from: &'static str,
    /// A name of [`Places`](super::places::Places).
    pub(super) place: &'static str,
    /// The package: `server`, `client`.
    pub(super) part: &'static str,
    pub(super) mode: u32,
}

const fn file(from: &'static str, place: &'static str, part: &'static str) -> File {
    File {
        from,
        place,
        part,
        mode: 0o644,
    }
}

const fn script(from: &'static str, place: &'static str, part: &'static str) -> File {
    File {
        mode: 0o755,
        ..file(from, place, part)
    }
}

#[rustfmt::skip]
pub(super) const FILES: &[File] = &[
    file("packaging/systemd/nut.target.in",                  "unitdir", "client"),
    file("packaging/systemd/nut-logger.service.in",          "unitdir", "client"),
    file("packaging/systemd/nut-monitor.service.in",         "unitdir", "client"),
    file("packaging/systemd/nut-sleep.service.in",           "unitdir", "client"),
    file("packaging/systemd/50-nut.preset.in",               "presetdir", "client"),
    file("packaging/systemd/nut-driver.target.in",           "unitdir", "server"),
    file("packaging/systemd/nut-driver@.service.in",         "unitdir", "server"),
    file("packaging/systemd/nut-driver-enumerator.path.in",  "unitdir", "server"),
    file("packaging/systemd/nut-driver-enumerator.service.in", "unitdir", "server"),
    file("packaging/systemd/nut-server.service.in",          "unitdir", "server"),
    script("packaging/systemd/nutshutdown.in",               "shutdowndir", "server"),
    file("packaging/sysusers.d/nut.conf.in",                 "sysusersdir", "client"),
    file("packaging/tmpfiles.d/nut-common-tmpfiles.conf.in", "tmpfilesdir", "client"),
    file("packaging/udev/62-nut-usbups.rules",               "udevdir", "server"),
    file("packaging/apparmor/locknut.in",                    "apparmordir", "server"),
    file("packaging/driver.list",                            "datadir", "server"),
    file("packaging/completions/locknut.bash",               "bashcompdir", "client"),
    file("packaging/completions/_locknut",                   "zshcompdir", "client"),
    file("packaging/completions/locknut.fish",               "fishcompdir", "client"),
    file("packaging/avahi/nut.service",                      "examplesdir", "server"),
    script("packaging/openrc/nut-upsd.in",                   "examplesdir", "server"),
    script("packaging/openrc/nut-killpower.in",              "examplesdir", "server"),
    script("packaging/openrc/nut-upsmon.in",                 "examplesdir", "client"),
    file("conf/ups.conf.sample",                             "datadir", "server"),
    file("conf/ups.conf.drivers.sample",                     "datadir", "server"),
    file("conf/upsd.conf.sample",                            "datadir", "server"),
    file("conf/upsd.users.sample",                           "datadir", "server"),
    file("conf/nut.conf.sample",                             "datadir", "client"),
    file("conf/upsmon.conf.sample",                          "datadir", "client"),
    file("conf/nutauth.conf.sample",                         "datadir", "client"),
    file("conf/upssched.conf.sample",                        "datadir", "client"),
    script("conf/upssched-cmd.sample",                       "examplesdir", "client"),
];

/// A name for a program that lies elsewhere: others know it by that path.
pub(super) struct Link {
    /// A name of [`Places`](super::places::Places), and the name there.
    pub(super) place: &'static str,
    pub(super) name: &'static str,
    /// The same of what it leads to.
    pub(super) to: (&'static str, &'static str),
    pub(super) part: &'static str,
}

/// Shells look for completions by the name of the program.
const fn completed(
    place: &'static str,
    name: &'static str,
    file: &'static str,
    part: &'static str,
) -> Link {
    Link {
        place,
        name,
        to: (place, file),
        part,
    }
}

/// Left out where there is nothing that it leads to.
#[rustfmt::skip]
pub(super) const LINKS: &[Link] = &[
    Link { place: "nutlibexecdir", name: "nut-driver-enumerator.sh", to: ("libexecdir", "nut-driver-enumerator"), part: "server" },
    Link { place: "generatordir", name: "nut-driver-generator", to: ("libexecdir", "nut-driver-enumerator"), part: "server" },
    completed("bashcompdir", "upsc", "locknut.bash", "client"),
    completed("fishcompdir", "upsc.fish", "locknut.fish", "client"),
    completed("bashcompdir", "upscmd", "locknut.bash", "client"),
    completed("fishcompdir", "upscmd.fish", "locknut.fish", "client"),
    completed("bashcompdir", "upsrw", "locknut.bash", "client"),
    completed("fishcompdir", "upsrw.fish", "locknut.fish", "client"),
    completed("bashcompdir", "upslog", "locknut.bash", "client"),
    completed("fishcompdir", "upslog.fish", "locknut.fish", "client"),
    completed("bashcompdir", "upsmon", "locknut.bash", "client"),
    completed("fishcompdir", "upsmon.fish", "locknut.fish", "client"),
    completed("bashcompdir", "upssched", "locknut.bash", "client"),
    completed("fishcompdir", "upssched.fish", "locknut.fish", "client"),
    completed("bashcompdir", "nut-check", "locknut.bash", "client"),
    completed("fishcompdir", "nut-check.fish", "locknut.fish", "client"),
    completed("bashcompdir", "nutconf", "locknut.bash", "client"),
    completed("fishcompdir", "nutconf.fish", "locknut.fish", "client"),
    completed("bashcompdir", "upsd", "locknut.bash", "server"),
    completed("fishcompdir", "upsd.fish", "locknut.fish", "server"),
    completed("bashcompdir", "upsd-tls", "locknut.bash", "server"),
    completed("fishcompdir", "upsd-tls.fish", "locknut.fish", "server"),
    completed("bashcompdir", "upsdrvctl", "locknut.bash", "server"),
    completed("fishcompdir", "upsdrvctl.fish", "locknut.fish", "server"),
    completed("bashcompdir", "upsdrvsvcctl", "locknut.bash", "server"),
    completed("fishcompdir", "upsdrvsvcctl.fish", "locknut.fish", "server"),
    completed("bashcompdir", "nut-scanner", "locknut.bash", "server"),
    completed("fishcompdir", "nut-scanner.fish", "locknut.fish", "server"),
];
