//! What upsmon.conf asks for, as far as decisions need it. The manual's names are kept.

use std::time::Duration;

/// The numbers and switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Policy {
    /// Sum of the power values that must stay good; 0 never shuts down by itself.
    pub minsupplies: u32,
    /// Time between polls.
    pub pollfreq: Duration,
    /// The same while a UPS is in trouble.
    pub pollfreqalert: Duration,
    /// Silence after which an on-battery UPS is taken for one with a low battery.
    pub deadtime: Duration,
    /// A primary waits so long for others, a secondary so long for its primary.
    pub hostsync: Duration,
    /// Time between the notice SHUTDOWN and the command.
    pub finaldelay: Duration,
    /// How often REPLBATT is repeated.
    pub rbwarntime: Duration,
    /// How often NOCOMM is repeated, and when it begins.
    pub nocommwarntime: Duration,
    /// How long OFF has to last to be critical; `None` is never.
    pub offduration: Option<Duration>,
    /// How long OVER has to have lasted to make silence critical; `None` is never.
    pub overduration: Option<Duration>,
    /// How long OB and LB together have to last to be critical.
    pub oblbduration: Duration,
    /// Whether an alarm makes silence critical.
    pub alarmcritical: bool,
    /// What silence means in a state that is neither clean on line nor on battery.
    pub commloss: CommLoss,
    /// What becomes of upsmon after SHUTDOWNCMD was run.
    pub shutdownexit: ShutdownExit,
    /// A failing poll is logged every so many times, with 0 once; `None` is once and at each NOCOMMWARNTIME.
    pub pollfail_log_throttle_max: Option<u32>,
    /// Whether a service manager will restart upsmon when it exits in trouble.
    pub supervised: bool,
}

/// `COMMLOSSCRITICAL`: when a UPS that was calibrating, on bypass, off, overloaded or in alarm falls silent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CommLoss {
    /// Critical after DEADTIME, but never if its last word was that it is on line.
    #[default]
    NotOnLine,
    /// Critical after DEADTIME.
    Deadtime,
    /// Critical at the first poll that fails, as in C NUT.
    AtOnce,
}

/// `SHUTDOWNEXIT`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ShutdownExit {
    /// Log out as the command starts, end when it is done.
    #[default]
    AtOnce,
    /// Stay logged in for so long.
    After(Duration),
    /// Stay until killed.
    Never,
}

/// What this host does for a UPS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// It shuts down last and tells the others.
    Primary,
    /// It shuts down when told.
    Secondary,
}

/// A `MONITOR` line, without its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplySetup {
    /// `ups@host:port` as written.
    pub name: String,
    /// Its share in MINSUPPLIES; 0 only watches.
    pub power: u32,
    /// What this host does for it.
    pub role: Role,
}

/// A whole configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Numbers and switches.
    pub policy: Policy,
    /// The UPSes in the order of the file.
    pub supplies: Vec<SupplySetup>,
}

impl Setup {
    /// The sum of all power values.
    #[must_use]
    pub fn power(&self) -> u32 {
        let power = self.supplies.iter().map(|supply| supply.power);
        power.fold(0, u32::saturating_add)
    }
}

impl Default for Policy {
    /// The defaults of the manual.
    fn default() -> Self {
        let secs = Duration::from_secs;
        Self {
            minsupplies: 1,
            pollfreq: secs(5),
            pollfreqalert: secs(5),
            deadtime: secs(15),
            hostsync: secs(15),
            finaldelay: secs(5),
            rbwarntime: secs(43_200),
            nocommwarntime: secs(300),
            offduration: Some(secs(30)),
            overduration: None,
            oblbduration: Duration::ZERO,
            alarmcritical: true,
            commloss: CommLoss::NotOnLine,
            shutdownexit: ShutdownExit::AtOnce,
            pollfail_log_throttle_max: None,
            supervised: false,
        }
    }
}

impl CommLoss {
    /// As upsmon.conf has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotOnLine => "notonline",
            Self::Deadtime => "deadtime",
            Self::AtOnce => "atonce",
        }
    }
}
