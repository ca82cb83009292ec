//! ups.conf: which UPSes there are and which driver serves each (spec config-files.md, section 3).
//!
//! A section keeps every line of its own in [`Section::settings`], also those only its driver understands; what
//! all drivers share is read into typed fields beside them. The options that may stand in a section or before
//! all sections are [`Shared`]; the methods of [`UpsConf`] tell which of the two counts.

mod reader;
mod table;

pub use table::{GLOBAL, SECTION, SHARED};

use crate::grammar::find;
use crate::problem::Loaded;
use std::path::{Path, PathBuf};
use std::time::Duration;
use text::Place;

/// What ups.conf says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpsConf {
    /// What stands before all sections.
    pub globals: Globals,
    /// The usable sections in the order of the file; their names differ by more than case.
    pub sections: Vec<Section>,
}

/// What stands before all sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Globals {
    /// `driverpath`: where the driver programs are.
    pub driverpath: Option<PathBuf>,
    /// `statepath`: where the sockets of the drivers are.
    pub statepath: Option<PathBuf>,
    /// `chroot`: where drivers lock themselves in.
    pub chroot: Option<PathBuf>,
    /// `nowait`: drivers are started without waiting for each.
    pub nowait: bool,
    /// Defaults for the sections.
    pub shared: Shared,
}

/// Options of a section for which a global one is the default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// `user`: account the driver runs as.
    pub user: Option<String>,
    /// `group`: group of the driver's socket.
    pub group: Option<String>,
    /// `pollinterval`: period of the driver's main loop.
    pub pollinterval: Option<Duration>,
    /// `synchronous`: how the driver writes to its socket.
    pub synchronous: Option<Synchronous>,
    /// `reconnect_max_tries`: failed reconnects before the driver exits; negative is never.
    pub reconnect_max_tries: Option<i32>,
    /// `reconnect_report_freq`: how many attempts lie between two messages; 0 or less is never.
    pub reconnect_report_freq: Option<i32>,
    /// `maxstartdelay`: how long upsdrvctl waits for the driver.
    pub maxstartdelay: Option<Duration>,
    /// `maxretry`: how often upsdrvctl tries to start the driver.
    pub maxretry: Option<u32>,
    /// `retrydelay`: the pause between these.
    pub retrydelay: Option<Duration>,
    /// `debug_min`: least debug level.
    pub debug_min: Option<u32>,
    /// `LIBUSB_DEBUG`: debug level of the USB library.
    pub libusb_debug: Option<u32>,
}

/// `synchronous`: how a driver writes to its socket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// Blocking.
    Yes,
    /// Not blocking.
    No,
    /// Not blocking until the first write that would block.
    #[default]
    Auto,
}

/// One UPS: everything between a header and the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The name in the brackets.
    pub name: String,
    /// Where the (first) header stands.
    pub place: Option<Place>,
    /// `driver`: the program; never empty.
    pub driver: String,
    /// `port`: how the driver finds the device.
    pub port: String,
    /// `desc`: description for clients.
    pub desc: Option<String>,
    /// `sdorder`: rank when all UPSes are shut down, negative is never.
    pub sdorder: Option<i32>,
    /// `sdcommands`: what switches the UPS off, tried in order.
    pub sdcommands: Vec<String>,
    /// `allow_killpower`: clients may switch the UPS off.
    pub allow_killpower: bool,
    /// `nolock`: the port is not locked.
    pub nolock: bool,
    /// `ignorelb`: low battery is computed, not taken from the device.
    pub ignorelb: bool,
    /// What may stand before all sections too.
    pub shared: Shared,
    /// Every flag and `key = value` of the section, also the ones above, in the order of the file.
    pub settings: Vec<Setting>,
}

/// One flag or `key = value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key as it was written.
    pub key: String,
    /// The value; `None` for a flag.
    pub value: Option<String>,
    /// Where the key stands.
    pub place: Place,
}

impl UpsConf {
    /// Reads ups.conf; `path` only names it in messages.
    #[must_use]
    pub fn parse(path: &Path, source: &[u8]) -> Loaded<Self> {
        reader::parse(path, source)
    }

    /// The section with exactly this name.
    #[must_use]
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// Account the driver of a section runs as, unless its command line names one.
    #[must_use]
    pub fn user<'a>(&'a self, section: &'a Section) -> Option<&'a str> {
        self.either(section, |shared| shared.user.as_deref())
    }

    /// Group of the driver's socket, unless its command line names one.
    #[must_use]
    pub fn group<'a>(&'a self, section: &'a Section) -> Option<&'a str> {
        self.either(section, |shared| shared.group.as_deref())
    }

    /// Period of the driver's main loop: 2 s.
    #[must_use]
    pub fn pollinterval(&self, section: &Section) -> Duration {
        self.either(section, |shared| shared.pollinterval)
            .unwrap_or(Duration::from_secs(2))
    }

    /// How the driver writes to its socket: auto.
    #[must_use]
    pub fn synchronous(&self, section: &Section) -> Synchronous {
        self.either(section, |shared| shared.synchronous)
            .unwrap_or_default()
    }

    /// Failed reconnects before the driver exits; `None`, the default, is never.
    #[must_use]
    pub fn reconnect_max_tries(&self, section: &Section) -> Option<u32> {
        self.either(section, |shared| shared.reconnect_max_tries)
            .and_then(|tries| u32::try_from(tries).ok())
    }

    /// Attempts to reconnect between two messages; `None`, the default, is no messages.
    #[must_use]
    pub fn reconnect_report_freq(&self, section: &Section) -> Option<u32> {
        self.either(section, |shared| shared.reconnect_report_freq)
            .and_then(|attempts| u32::try_from(attempts).ok())
            .filter(|&attempts| attempts > 0)
    }

    /// How long upsdrvctl waits for the driver to start: 75 s.
    #[must_use]
    pub fn maxstartdelay(&self, section: &Section) -> Duration {
        self.either(section, |shared| shared.maxstartdelay)
            .unwrap_or(Duration::from_secs(75))
    }

    /// How often upsdrvctl tries to start the driver: once.
    #[must_use]
    pub fn maxretry(&self, section: &Section) -> u32 {
        self.either(section, |shared| shared.maxretry).unwrap_or(1)
    }

    /// How long upsdrvctl pauses between attempts: 5 s.
    #[must_use]
    pub fn retrydelay(&self, section: &Section) -> Duration {
        self.either(section, |shared| shared.retrydelay)
            .unwrap_or(Duration::from_secs(5))
    }

    /// Least debug level, if any is given.
    #[must_use]
    pub fn debug_min(&self, section: &Section) -> Option<u32> {
        self.either(section, |shared| shared.debug_min)
    }

    /// Debug level of the USB library, if any is given.
    #[must_use]
    pub fn libusb_debug(&self, section: &Section) -> Option<u32> {
        self.either(section, |shared| shared.libusb_debug)
    }

    fn either<'a, T>(
        &'a self,
        section: &'a Section,
        option: impl Fn(&'a Shared) -> Option<T>,
    ) -> Option<T> {
        option(&section.shared).or_else(|| option(&self.globals.shared))
    }
}

impl Section {
    /// What the driver proper has to understand, in the order of the file.
    pub fn driver_settings(&self) -> impl Iterator<Item = &Setting> {
        self.settings.iter().filter(|setting| {
            let key = &setting.key;
            find(SECTION, key).is_none()
                && find(SHARED, key).is_none()
                && setting.after("default.").is_none()
                && setting.after("override.").is_none()
        })
    }

    /// `default.X = value`: (X, value), in the order of the file.
    pub fn defaults(&self) -> impl Iterator<Item = (&str, &str)> {
        self.prefixed("default.")
    }

    /// `override.X = value`: (X, value), in the order of the file.
    pub fn overrides(&self) -> impl Iterator<Item = (&str, &str)> {
        self.prefixed("override.")
    }

    fn prefixed(&self, prefix: &'static str) -> impl Iterator<Item = (&str, &str)> {
        self.settings
            .iter()
            .filter_map(move |setting| Some((setting.after(prefix)?, setting.value.as_deref()?)))
    }
}

impl Setting {
    /// What stands behind `prefix` in the key; the prefix may be written in any letter case.
    fn after(&self, prefix: &str) -> Option<&str> {
        let (front, rest) = self.key.split_at_checked(prefix.len())?;
        (front.eq_ignore_ascii_case(prefix) && !rest.is_empty()).then_some(rest)
    }
}

#[cfg(test)]
mod tests;
