//! nut.conf: what scripts and units read. No program of ours reads it; a test compares this table with those who do
//! (tests/tests/manual.rs).

use crate::manual::Entry;

/// A variable of nut.conf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// What it may be.
    pub args: &'static str,
    /// What it is for.
    pub doc: &'static str,
}

impl Setting {
    const fn new(name: &'static str, args: &'static str, doc: &'static str) -> Self {
        Self { name, args, doc }
    }

    pub(crate) fn entry(&self) -> Entry {
        Entry {
            name: self.name,
            between: "=",
            args: self.args,
            doc: self.doc,
            is_removed: false,
        }
    }
}

/// What MODE may be.
pub const MODES: [&str; 6] = [
    "standalone",
    "netserver",
    "netclient",
    "controlled",
    "manual",
    "none",
];

/// The variables.
#[rustfmt::skip]
pub static SETTINGS: &[Setting] = &[
    Setting::new("MODE", "standalone|netserver|netclient|controlled|manual|none", "What runs on this host: nothing (none), drivers, upsd and upsmon for it alone (standalone) or for others, too (netserver), upsmon only (netclient), or what you start yourself (manual, controlled). With none no UPS is told to cut its power, either."),
    Setting::new("UPSD_OPTIONS", "<options>", "Options of upsd, as nut-server.service starts it."),
    Setting::new("UPSMON_OPTIONS", "<options>", "Options of upsmon, as nut-monitor.service starts it."),
    Setting::new("UPSLOG_ARGS", "<options>", "Options of upslog, as nut-logger.service starts it. The service runs only where there is a file upslog.conf beside this one; what that says wins."),
    Setting::new("POWEROFF_WAIT", "<time>", "How long the last script of a shutdown waits for the UPS to cut the power; when it does not, because the mains is back, the host starts anew. As `sleep` takes it, longer than the UPS waits itself. Default: it does not wait, and the host stays off."),
    Setting::new("POWEROFF_QUIET", "true", "The last script of a shutdown tells nothing on the console."),
    Setting::new("ALLOW_NO_DEVICE", "true", "upsd starts although ups.conf has no usable section."),
    Setting::new("ALLOW_NOT_ALL_LISTENERS", "true", "upsd starts although some LISTEN address could not be had."),
    Setting::new("NUT_DEBUG_LEVEL", "<level>", "Level of debugging messages of all programs, as if -D had been given so many times."),
    Setting::new("NUT_DEFAULT_CONNECT_TIMEOUT", "<seconds>", "How long connecting to upsd may take. Default 10."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_tells_all_modes() {
        let mode = SETTINGS.iter().find(|setting| setting.name == "MODE");
        assert_eq!(mode.map(|mode| mode.args), Some(MODES.join("|").as_str()));
    }
}
