//! upsmon.conf: which UPSes are watched, when the host shuts down, and who is told (spec config-files.md, section 6).
//!
//! Every value is an `Option`, because a reload keeps the old value of a directive that is gone from the file; the
//! methods of the same names give the defaults. `COMMLOSSCRITICAL` and `PASSWORDFILE` are Locknut's own.

mod command;
mod consistency;
mod monitor;
mod notify;
mod table;

pub use command::NotifyCmd;
pub use monitor::{MonitorLine, PasswordFile, Role};
pub use notify::NotifyFlags;
pub use table::DIRECTIVES;

use crate::places::{Places, Target};
use crate::problem::Loaded;
use crate::read;
use crate::upsd::CertIdent;
use model::Notice;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;
use text::Place;

/// What upsmon.conf says; `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpsmonConf {
    /// `MONITOR`, in the order of the file; no UPS comes twice.
    pub monitors: Vec<MonitorLine>,
    /// `PASSWORDFILE`, in the order of the file.
    pub password_files: Vec<PasswordFile>,
    /// `MINSUPPLIES`
    pub minsupplies: Option<u32>,
    /// `SHUTDOWNCMD`, as one command line for the shell.
    pub shutdowncmd: Option<String>,
    /// `SHUTDOWNEXIT`
    pub shutdownexit: Option<ShutdownExit>,
    /// `POWERDOWNFLAG`
    pub powerdownflag: Option<PathBuf>,
    /// `NOTIFYCMD`
    pub notifycmd: Option<NotifyCmd>,
    /// `NOTIFYMSG`, for the types that have one.
    pub notifymsg: BTreeMap<Notice, String>,
    /// `NOTIFYFLAG`, for the types that have one.
    pub notifyflag: BTreeMap<Notice, NotifyFlags>,
    /// `POLLFREQ`
    pub pollfreq: Option<Duration>,
    /// `POLLFREQALERT`
    pub pollfreqalert: Option<Duration>,
    /// `POLLFAIL_LOG_THROTTLE_MAX`
    pub pollfail_log_throttle_max: Option<u32>,
    /// `DEADTIME`
    pub deadtime: Option<Duration>,
    /// `HOSTSYNC`
    pub hostsync: Option<Duration>,
    /// `FINALDELAY`
    pub finaldelay: Option<Duration>,
    /// `RBWARNTIME`
    pub rbwarntime: Option<Duration>,
    /// `NOCOMMWARNTIME`
    pub nocommwarntime: Option<Duration>,
    /// `OFFDURATION`
    pub offduration: Option<Lasting>,
    /// `OVERDURATION`
    pub overduration: Option<Lasting>,
    /// `OBLBDURATION`
    pub oblbduration: Option<Duration>,
    /// `ALARMCRITICAL`
    pub alarmcritical: Option<bool>,
    /// `COMMLOSSCRITICAL`
    pub commlosscritical: Option<CommLoss>,
    /// `RUN_AS_USER`
    pub run_as_user: Option<String>,
    /// `CERTPATH`
    pub certpath: Option<PathBuf>,
    /// `CERTFILE`
    pub certfile: Option<PathBuf>,
    /// `CERTIDENT`
    pub certident: Option<CertIdent>,
    /// `CERTVERIFY`
    pub certverify: Option<bool>,
    /// `FORCESSL`
    pub forcessl: Option<bool>,
    /// `CERTHOST`, in the order of the file.
    pub certhosts: Vec<CertHost>,
    /// `DEBUG_MIN`
    pub debug_min: Option<u32>,
    /// Where the directives stand.
    places: Places,
}

/// How long a state has to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasting {
    /// So long.
    For(Duration),
    /// However long it lasts, it is not enough.
    Never,
}

impl Lasting {
    fn limit(self) -> Option<Duration> {
        match self {
            Self::For(span) => Some(span),
            Self::Never => None,
        }
    }
}

/// What becomes of upsmon once SHUTDOWNCMD runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ShutdownExit {
    /// It logs out and ends.
    #[default]
    AtOnce,
    /// It stays logged in for so long.
    After(Duration),
    /// It stays until it is killed.
    Never,
}

/// What silence means of a UPS that was calibrating, on bypass, off, overloaded or in alarm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CommLoss {
    /// Critical after DEADTIME, unless its last status said that it is on line.
    #[default]
    NotOnLine,
    /// Critical after DEADTIME.
    Deadtime,
    /// Critical at the first poll that fails.
    AtOnce,
}

/// What is asked of one server's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertHost {
    /// `host[:port]`
    pub host: String,
    /// The name in its certificate.
    pub name: String,
    /// As CERTVERIFY; `None` is what that says.
    pub verify: Option<bool>,
    /// As FORCESSL; `None` is what that says.
    pub force: Option<bool>,
    /// Where the directive stands.
    pub place: Place,
}

impl CertHost {
    /// Its host, and its port if it is for one only.
    #[must_use]
    pub fn server(&self) -> (&str, Option<u16>) {
        let (host, port) = table::host_and_port(&self.host);
        (host, port.and_then(|port| port.parse().ok()))
    }
}

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

impl UpsmonConf {
    /// Reads upsmon.conf; `path` only names it in messages.
    #[must_use]
    pub fn parse(path: &Path, source: &[u8]) -> Loaded<Self> {
        read::read_then(DIRECTIVES, path, source, consistency::check)
    }

    /// The sum of all power values.
    #[must_use]
    pub fn power_total(&self) -> u32 {
        let power = self.monitors.iter().map(|line| line.power);
        power.fold(0, u32::saturating_add)
    }

    /// The words of NOTIFYCMD; none without one. `exists` tells whether there is such a file.
    #[must_use]
    pub fn notify_argv(&self, exists: impl Fn(&Path) -> bool) -> Vec<String> {
        let argv = self.notifycmd.as_ref().map(|command| command.argv(exists));
        argv.unwrap_or_default()
    }

    /// Sum of the power values that must stay good: 1.
    #[must_use]
    pub fn minsupplies(&self) -> u32 {
        self.minsupplies.unwrap_or(1)
    }

    /// What becomes of upsmon once SHUTDOWNCMD runs: it ends.
    #[must_use]
    pub fn shutdownexit(&self) -> ShutdownExit {
        self.shutdownexit.unwrap_or_default()
    }

    /// Time between polls: 5 s.
    #[must_use]
    pub fn pollfreq(&self) -> Duration {
        self.pollfreq.unwrap_or(secs(5))
    }

    /// The same while a UPS is in trouble: 5 s.
    #[must_use]
    pub fn pollfreqalert(&self) -> Duration {
        self.pollfreqalert.unwrap_or(secs(5))
    }

    /// Silence after which a UPS on battery counts as empty: 15 s.
    #[must_use]
    pub fn deadtime(&self) -> Duration {
        self.deadtime.unwrap_or(secs(15))
    }

    /// How long primaries wait for secondaries, and these for their primary: 15 s.
    #[must_use]
    pub fn hostsync(&self) -> Duration {
        self.hostsync.unwrap_or(secs(15))
    }

    /// Time between the notice SHUTDOWN and SHUTDOWNCMD: 5 s.
    #[must_use]
    pub fn finaldelay(&self) -> Duration {
        self.finaldelay.unwrap_or(secs(5))
    }

    /// How often REPLBATT is repeated: 12 hours.
    #[must_use]
    pub fn rbwarntime(&self) -> Duration {
        self.rbwarntime.unwrap_or(secs(43_200))
    }

    /// How often NOCOMM is repeated: 300 s.
    #[must_use]
    pub fn nocommwarntime(&self) -> Duration {
        self.nocommwarntime.unwrap_or(secs(300))
    }

    /// How long OFF has to last to be critical: 30 s; `None` is never.
    #[must_use]
    pub fn offduration(&self) -> Option<Duration> {
        self.offduration.unwrap_or(Lasting::For(secs(30))).limit()
    }

    /// How long OVER has to last to make silence critical; `None`, the default, is never.
    #[must_use]
    pub fn overduration(&self) -> Option<Duration> {
        self.overduration.and_then(Lasting::limit)
    }

    /// How long OB with LB has to last to be critical: no time at all.
    #[must_use]
    pub fn oblbduration(&self) -> Duration {
        self.oblbduration.unwrap_or_default()
    }

    /// Whether an alarm makes silence critical: yes.
    #[must_use]
    pub fn alarmcritical(&self) -> bool {
        self.alarmcritical.unwrap_or(true)
    }

    /// What silence means in states besides on line and on battery.
    #[must_use]
    pub fn commlosscritical(&self) -> CommLoss {
        self.commlosscritical.unwrap_or_default()
    }

    /// Whether servers' certificates are checked: no.
    #[must_use]
    pub fn certverify(&self) -> bool {
        self.certverify.unwrap_or(false)
    }

    /// Whether connections must be encrypted: no.
    #[must_use]
    pub fn forcessl(&self) -> bool {
        self.forcessl.unwrap_or(false)
    }

    /// This file as reloaded over `old`: what it does not give stays as it was.
    ///
    /// `MONITOR` and `PASSWORDFILE` lines are as in this file; `POLLFAIL_LOG_THROTTLE_MAX` and `DEBUG_MIN` end with their directives.
    #[must_use]
    pub fn over(self, old: &Self) -> Self {
        let old = old.clone();
        let mut notifymsg = old.notifymsg;
        notifymsg.extend(self.notifymsg);
        let mut notifyflag = old.notifyflag;
        notifyflag.extend(self.notifyflag);
        Self {
            monitors: self.monitors,
            password_files: self.password_files,
            minsupplies: self.minsupplies.or(old.minsupplies),
            shutdowncmd: self.shutdowncmd.or(old.shutdowncmd),
            shutdownexit: self.shutdownexit.or(old.shutdownexit),
            powerdownflag: self.powerdownflag.or(old.powerdownflag),
            notifycmd: self.notifycmd.or(old.notifycmd),
            notifymsg,
            notifyflag,
            pollfreq: self.pollfreq.or(old.pollfreq),
            pollfreqalert: self.pollfreqalert.or(old.pollfreqalert),
            pollfail_log_throttle_max: self.pollfail_log_throttle_max,
            deadtime: self.deadtime.or(old.deadtime),
            hostsync: self.hostsync.or(old.hostsync),
            finaldelay: self.finaldelay.or(old.finaldelay),
            rbwarntime: self.rbwarntime.or(old.rbwarntime),
            nocommwarntime: self.nocommwarntime.or(old.nocommwarntime),
            offduration: self.offduration.or(old.offduration),
            overduration: self.overduration.or(old.overduration),
            oblbduration: self.oblbduration.or(old.oblbduration),
            alarmcritical: self.alarmcritical.or(old.alarmcritical),
            commlosscritical: self.commlosscritical.or(old.commlosscritical),
            run_as_user: self.run_as_user.or(old.run_as_user),
            certpath: self.certpath.or(old.certpath),
            certfile: self.certfile.or(old.certfile),
            certident: self.certident.or(old.certident),
            certverify: self.certverify.or(old.certverify),
            forcessl: self.forcessl.or(old.forcessl),
            certhosts: if self.certhosts.is_empty() {
                old.certhosts
            } else {
                self.certhosts
            },
            debug_min: self.debug_min,
            places: self.places.over(&old.places),
        }
    }

    /// What no single line shows: directives that contradict or weaken each other. It is among the problems, too.
    #[must_use]
    pub fn remarks(&self) -> Vec<read::Remark> {
        consistency::check(self)
    }

    /// The program that SHUTDOWNCMD begins with, as far as it is plain: a word without any of the shell's own characters.
    #[must_use]
    pub fn shutdown_program(&self) -> Option<&str> {
        self.shutdowncmd.as_deref().and_then(command::first_word)
    }

    /// Where a directive stands.
    #[must_use]
    pub fn place(&self, directive: &str) -> Option<Place> {
        self.places.of(directive)
    }
}

impl Target for UpsmonConf {
    fn places(&mut self) -> Option<&mut Places> {
        Some(&mut self.places)
    }
}

#[cfg(test)]
mod tests;
