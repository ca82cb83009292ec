//! All that is known of a system, as plain values: what the files say, and what was seen around them.

use std::path::PathBuf;

use config::{
    MonitorLine, Problem, Role, Section, UpsConf, UpsdConf, UpsmonConf, UpsschedConf, Users,
};

use proto::{Address, Refusal};

use crate::nut_conf::NutConf;

/// A file of the configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct File<T> {
    pub(crate) path: PathBuf,
    /// What it says; nothing if it cannot be read.
    pub(crate) value: T,
    /// What its reader says of it.
    pub(crate) problems: Vec<Problem>,
    /// Whether there is one.
    pub(crate) is_there: bool,
    /// Whether it could be read.
    pub(crate) is_read: bool,
    /// Whether its mode lets everybody read it.
    pub(crate) is_open: bool,
    /// Why the account that is to read it may not.
    pub(crate) closed: Option<String>,
}

/// A program that the configuration names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Program {
    /// Where it is, or would be.
    pub(crate) path: PathBuf,
    /// What would keep it from being run.
    pub(crate) fault: Option<Fault>,
}

/// Why something cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not there.
    Missing,
    /// It is, and this keeps from using it.
    Useless(String),
}

/// What lies at the place of POWERDOWNFLAG.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FlagFile {
    #[default]
    Absent,
    /// upsmon's, of a former shutdown.
    Set,
    /// A file of somebody else.
    Foreign,
}

/// POWERDOWNFLAG and where it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flag {
    /// As seen from here.
    pub(crate) path: PathBuf,
    pub(crate) file: FlagFile,
    /// What is wrong with the directory.
    pub(crate) dir: Option<Fault>,
    /// The mount point that is gone when the last script looks for the flag.
    pub(crate) volatile: Option<String>,
}

/// A directory that NUT writes to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Directory {
    pub(crate) path: PathBuf,
    pub(crate) fault: Option<Fault>,
}

/// What a section of ups.conf stands for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Device {
    /// The driver's program.
    pub(crate) program: Program,
    /// The account that `user` names, if there is no such one.
    pub(crate) stranger: Option<String>,
    /// The program of nearly the same name that is there.
    pub(crate) meant: Option<String>,
    /// The device file or data file that `port` names, if it names one.
    pub(crate) port: Option<Node>,
}

/// A file of a device.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) path: PathBuf,
    pub(crate) fault: Option<Fault>,
    /// The group it belongs to, when its members may use it.
    pub(crate) group: Option<String>,
}

/// A UPS on USB.
#[derive(Clone, Debug, Default)]
pub(crate) struct UsbDevice {
    /// Vendor and product.
    pub(crate) name: String,
    pub(crate) node: Node,
}

/// USB, as far as it is about UPSes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Usb {
    /// Whether udev has rules for them.
    pub(crate) has_rules: bool,
    pub(crate) devices: Vec<UsbDevice>,
}

/// What upsd said when we did as upsmon does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Link {
    /// It was not asked.
    #[default]
    Untried,
    /// Nobody is there, for this reason.
    Silent(String),
    /// Somebody is there, but the connection cannot be encrypted as it must be, for this reason.
    Unencrypted(String),
    /// It was asked.
    Answered {
        /// Whether we may do what upsmon does.
        login: Result<(), Refused>,
        /// `ups.status`.
        status: Result<String, Refused>,
    },
}

/// What upsd refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) refusal: Option<Refusal>,
    pub(crate) text: String,
}

/// A line of MONITOR, and what was found out about it.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    pub(crate) line: MonitorLine,
    /// What it names; nothing if that is no UPS.
    pub(crate) address: Option<Address>,
    /// Whether its server is this host.
    pub(crate) is_local: bool,
    /// Whether upsd.users has the user with that password; nothing without such a user, or a password of his.
    pub(crate) password_fits: Option<bool>,
    pub(crate) link: Link,
}

impl Watched {
    pub(crate) fn is_primary(&self) -> bool {
        self.line.role == Role::Primary
    }
}

/// A service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) name: String,
    pub(crate) is_installed: bool,
    pub(crate) is_masked: bool,
    pub(crate) is_enabled: bool,
    /// What systemd says of it now: `active`, `failed` ...
    pub(crate) state: Option<String>,
}

/// What was read in upsd's and upsmon's certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CertRemark {
    /// upsd.conf or upsmon.conf.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
    /// Whether the program refuses to start.
    pub(crate) is_error: bool,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) nut: File<NutConf>,
    pub(crate) ups: File<UpsConf>,
    pub(crate) upsd: File<UpsdConf>,
    pub(crate) users: File<Users>,
    pub(crate) upsmon: File<UpsmonConf>,
    pub(crate) upssched: File<UpsschedConf>,
    /// What is wrong with nutauth.conf.
    pub(crate) auth: Vec<(PathBuf, String)>,
    /// The account of drivers, upsd and upsmon.
    pub(crate) account: String,
    /// Its group.
    pub(crate) group: String,
    /// The account that RUN_AS_USER names, if there is no such one.
    pub(crate) stranger: Option<String>,
    pub(crate) shutdown: Option<Program>,
    pub(crate) notify: Option<Program>,
    pub(crate) script: Option<Program>,
    /// The directories of upssched's files, each with the directive that names it.
    pub(crate) sched: Vec<(&'static str, Directory)>,
    pub(crate) flag: Option<Flag>,
    pub(crate) state: Directory,
    /// The directory that drivers take when only upsd is told another one.
    pub(crate) drivers_state: Option<PathBuf>,
    /// One for each section of ups.conf, in its order.
    pub(crate) devices: Vec<Device>,
    /// Nothing where there is no USB.
    pub(crate) usb: Option<Usb>,
    /// One for each line of MONITOR, in their order.
    pub(crate) watched: Vec<Watched>,
    pub(crate) certificates: Vec<CertRemark>,
    /// Services of NUT and its rivals; nothing where systemd does not run them.
    pub(crate) units: Option<Vec<Unit>>,
    /// Whether the script is there that runs last in a shutdown; nothing where there is no systemd to run it.
    pub(crate) has_hook: Option<bool>,
    /// Whether upsmon runs; nothing if that was not looked at.
    pub(crate) upsmon_runs: Option<bool>,
    /// What was not checked, and why.
    pub(crate) unchecked: Vec<String>,
    /// Whether files could not be read because they are not for us.
    pub(crate) is_closed: bool,
}

impl Facts {
    /// MODE, in lower case.
    pub(crate) fn mode(&self) -> Option<String> {
        let mode = self.nut.value.get("MODE")?;
        Some(mode.to_ascii_lowercase())
    }

    /// Whether drivers and upsd are to run here.
    pub(crate) fn serves(&self) -> bool {
        match self.mode().as_deref() {
            Some("netclient") => false,
            Some("standalone" | "netserver") => true,
            _ => self.ups.is_there && self.has_sections(),
        }
    }

    /// Whether ups.conf means to have UPSes, however well they are written.
    pub(crate) fn has_sections(&self) -> bool {
        !self.ups.value.sections.is_empty() || self.has_broken_sections()
    }

    /// Whether sections of ups.conf are ignored because of mistakes.
    pub(crate) fn has_broken_sections(&self) -> bool {
        let ignored = |problem: &Problem| {
            problem.severity == config::Severity::Error && problem.text.starts_with('[')
        };
        self.ups.problems.iter().any(ignored)
    }

    /// Sections and what stands behind them.
    pub(crate) fn sections(&self) -> impl Iterator<Item = (&Section, &Device)> {
        self.ups.value.sections.iter().zip(&self.devices)
    }

    /// Whether this host tells a UPS to cut the power.
    pub(crate) fn cuts_power(&self) -> bool {
        let feeds = |watched: &Watched| {
            watched.is_primary() && watched.line.power > 0 && !self.is_only_client(watched)
        };
        self.watched.iter().any(feeds)
    }

    /// Whether the UPS of a line is another host's business: here no driver runs that could tell it anything.
    pub(crate) fn is_only_client(&self, watched: &Watched) -> bool {
        self.mode().as_deref() == Some("netclient") && !watched.is_local
    }

    /// Whether upsmon is to shut this host down by itself.
    pub(crate) fn shuts_down(&self) -> bool {
        self.upsmon.value.minsupplies() > 0
    }

    /// A service by its name.
    pub(crate) fn unit(&self, name: &str) -> Option<&Unit> {
        let mut units = self.units.iter().flatten();
        units.find(|unit| unit.name == name)
    }
}

impl<T> File<T> {
    /// The file, as messages name it.
    pub(crate) fn name(&self) -> std::path::Display<'_> {
        self.path.display()
    }

    /// Whether its reader has a complaint about a directive, which is then told by itself.
    pub(crate) fn is_wrong_about(&self, directive: &str) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.text.starts_with(directive) || problem.is_open_quote())
    }
}
