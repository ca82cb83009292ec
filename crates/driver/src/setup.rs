//! The configuration of one driver process, from ups.conf and the command line (spec sock-protocol.md, section 13).
//!
//! Everything is read and checked before anything is used, and every mistake is told. The same code reads
//! at the start and for a reload.

use std::path::PathBuf;

use config::{Problem, Section, Severity, Synchronous, UpsConf};
use model::status::Rules;

use crate::backoff::Limits;
use crate::device::Info;
use crate::options::Settings;

mod check;
mod merge;
mod parameters;
mod places;

pub(crate) use merge::Source;
pub(crate) use parameters::is_secret;
pub(crate) use places::Places;

/// A driver's configuration, complete and checked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setup {
    /// What the device is opened with.
    pub(crate) settings: Settings,
    /// How often to poll and to reconnect.
    pub(crate) limits: Limits,
    /// `synchronous`: only published, writing never blocks.
    pub(crate) synchronous: Synchronous,
    /// `debug_min`.
    pub(crate) debug_min: u8,
    /// `sdcommands`.
    pub(crate) sd_commands: Vec<String>,
    /// `allow_killpower`.
    pub(crate) allow_killpower: bool,
    /// `ignorelb`.
    pub(crate) ignore_lb: bool,
    /// `user`, `group`.
    pub(crate) user: Option<String>,
    pub(crate) group: Option<String>,
    /// `chroot`, `statepath`.
    pub(crate) chroot: Option<PathBuf>,
    pub(crate) state_path: Option<PathBuf>,
    /// `LIBUSB_DEBUG`.
    pub(crate) libusb_debug: Option<u32>,
    /// `driver.parameter.*` and `driver.flag.*`.
    pub(crate) parameters: Vec<(String, String)>,
    /// Settings that take effect only at the start, as (key, value).
    pub(crate) fixed: Vec<(String, String)>,
    /// Where the settings stand.
    pub(crate) places: Places,
}

/// A configuration and what is odd about it, or all that is wrong with it.
pub(crate) type Checked = Result<(Setup, Vec<Problem>), Vec<Problem>>;

impl Setup {
    /// Reads the configuration that `source` names, for the driver `info`.
    ///
    /// # Errors
    /// All that is wrong; warnings are among them.
    pub(crate) fn read(info: &Info, source: &Source) -> Checked {
        let merged = source.merged(info)?;
        let mut problems = merged.problems;
        let Some(section) = merged.conf.sections.first() else {
            return Err(problems);
        };
        let origin = |setting: &config::Setting| merged.origins.of(setting);
        let (options, wrong) = check::options(info, section, origin);
        problems.extend(wrong);
        if problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
        {
            return Err(problems);
        }
        let places = Places::of(section, origin);
        let setup = Self::of(info, source, &merged.conf, section, options);
        Ok((Self { places, ..setup }, problems))
    }

    fn of(
        info: &Info,
        source: &Source,
        conf: &UpsConf,
        section: &Section,
        options: Vec<(String, Option<String>)>,
    ) -> Self {
        let owned = |pairs: &mut dyn Iterator<Item = (&str, &str)>| {
            pairs
                .map(|(var, value)| (var.to_owned(), value.to_owned()))
                .collect()
        };
        let settings = Settings {
            ups: section.name.clone(),
            driver: section.driver.clone(),
            port: section.port.clone(),
            options,
            defaults: owned(&mut section.defaults()),
            overrides: owned(&mut section.overrides()),
            poll_interval: conf.pollinterval(section),
            no_lock: section.nolock,
            conf_dir: source.conf_dir.clone(),
            state_dir: source.state_dir(conf.globals.statepath.as_deref()),
            ..Settings::default()
        };
        Self {
            limits: Limits {
                poll_interval: settings.poll_interval,
                max_tries: conf.reconnect_max_tries(section),
                report_freq: conf.reconnect_report_freq(section),
            },
            settings,
            synchronous: conf.synchronous(section),
            debug_min: conf
                .debug_min(section)
                .map_or(0, |level| u8::try_from(level).unwrap_or(u8::MAX)),
            sd_commands: section.sdcommands.clone(),
            allow_killpower: section.allow_killpower,
            ignore_lb: section.ignorelb,
            user: conf.user(section).map(str::to_owned),
            group: conf.group(section).map(str::to_owned),
            chroot: conf.globals.chroot.clone(),
            state_path: conf.globals.statepath.clone(),
            libusb_debug: conf.libusb_debug(section),
            parameters: parameters::published(info, conf, section),
            fixed: parameters::fixed(conf, section),
            places: Places::default(),
        }
    }

    /// How `ups.status` is to be completed.
    pub(crate) fn rules(&self, is_proxy: bool) -> Rules {
        Rules {
            ignore_lb: self.ignore_lb,
            infer_charging: !is_proxy,
        }
    }

    /// What `-k` and `driver.killpower` try, in order.
    pub(crate) fn shutdown_commands(&self) -> Vec<String> {
        if self.sd_commands.is_empty() {
            vec!["shutdown.default".to_owned()]
        } else {
            self.sd_commands.clone()
        }
    }
}

#[cfg(test)]
mod tests;
