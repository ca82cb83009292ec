//! Options of a driver: what it declares, and what the configuration says.

use std::path::PathBuf;
use std::time::Duration;

use recording::Tape;

use crate::clock::Clock;

/// Whether an option takes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionKind {
    /// `key = value`.
    Value,
    /// `key`.
    Flag,
    /// `key = value`, kept out of `driver.parameter.*` and of logs.
    Secret,
}

/// One option that a driver understands; a static table of these is also its manual.
#[derive(Debug)]
pub struct OptionSpec {
    /// Key in ups.conf; its case does not matter.
    pub name: &'static str,
    /// Value, flag or secret.
    pub kind: OptionKind,
    /// What it does, in one line.
    pub doc: &'static str,
}

impl OptionSpec {
    /// One that takes a value.
    #[must_use]
    pub const fn value(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            kind: OptionKind::Value,
            doc,
        }
    }

    /// One that is there or not.
    #[must_use]
    pub const fn flag(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            kind: OptionKind::Flag,
            doc,
        }
    }

    /// One that takes a value which nobody shall see.
    #[must_use]
    pub const fn secret(name: &'static str, doc: &'static str) -> Self {
        Self {
            name,
            kind: OptionKind::Secret,
            doc,
        }
    }
}

/// What a driver is opened with: its section of ups.conf and `-x` options, checked against its table.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Name of the UPS: the section, or what `-s` says.
    pub ups: String,
    /// `driver =`: the driver's name, or one of its older names.
    pub driver: String,
    /// `port =`: where the device is.
    pub port: String,
    /// The driver's own options as (key in lower case, value); flags have no value.
    pub options: Vec<(String, Option<String>)>,
    /// `default.X`: what variables are until the device says otherwise, for drivers that reckon with them.
    pub defaults: Vec<(String, String)>,
    /// `override.X`: what variables are whatever the device says.
    pub overrides: Vec<(String, String)>,
    /// `pollinterval`.
    pub poll_interval: Duration,
    /// `nolock`: do not lock a serial port.
    pub no_lock: bool,
    /// The configuration directory, for drivers that read files from it.
    pub conf_dir: PathBuf,
    /// The state directory.
    pub state_dir: PathBuf,
    /// `--record`: what the transport is to write down its traffic on.
    pub tape: Option<Tape>,
    /// What the driver's times go by.
    pub clock: Clock,
}

impl Settings {
    /// The value of option `name`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let option = self
            .options
            .iter()
            .rev()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))?;
        option.1.as_deref()
    }

    /// The value of option `name`, empty if it stands there without one.
    #[must_use]
    pub fn given(&self, name: &str) -> Option<&str> {
        self.value(name).or_else(|| self.flag(name).then_some(""))
    }

    /// Whether flag `name` is set.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        self.options
            .iter()
            .any(|(key, _)| key.eq_ignore_ascii_case(name))
    }
}
