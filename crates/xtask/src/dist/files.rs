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
    file("packaging/systemd/nut-monitor.service.in",         "unitdir", "client"),
    file("packaging/systemd/nut-driver.target.in",           "unitdir", "server"),
    file("packaging/systemd/nut-driver@.service.in",         "unitdir", "server"),
    file("packaging/systemd/nut-server.service.in",          "unitdir", "server"),
    script("packaging/systemd/nutshutdown.in",               "shutdowndir", "server"),
    file("packaging/sysusers.d/nut.conf.in",                 "sysusersdir", "client"),
    file("packaging/tmpfiles.d/nut-common-tmpfiles.conf.in", "tmpfilesdir", "client"),
    file("packaging/udev/62-nut-usbups.rules",               "udevdir", "server"),
    file("packaging/driver.list",                            "datadir", "server"),
    file("packaging/avahi/nut.service",                      "docdir", "server"),
    file("conf/ups.conf.sample",                             "datadir", "server"),
    file("conf/upsd.conf.sample",                            "datadir", "server"),
    file("conf/upsd.users.sample",                           "datadir", "server"),
    file("conf/nut.conf.sample",                             "datadir", "client"),
    file("conf/upsmon.conf.sample",                          "datadir", "client"),
    file("conf/upssched.conf.sample",                        "datadir", "client"),
    file("conf/upssched-cmd.sample",                         "docdir", "client"),
];
