//! The options of ups.conf (spec usbhid.md, section 13).

use std::time::Duration;

use driver::{Error, OptionSpec, Settings};

use crate::bits::Policy;
use crate::claim::Insistence;
use crate::discharge::{Every, Rule};
use crate::subdrivers::SUBDRIVERS;

#[rustfmt::skip]
pub(crate) static OPTIONS: &[OptionSpec] = &[
    OptionSpec::value("vendorid",                         "regular expression for the vendor's number, four hexadecimal digits"),
    OptionSpec::value("productid",                        "the same for the product's number; takes products that are not known, too"),
    OptionSpec::value("vendor",                           "regular expression for the vendor's name"),
    OptionSpec::value("product",                          "regular expression for the product's name"),
    OptionSpec::value("serial",                           "regular expression for the serial number"),
    OptionSpec::value("bus",                              "regular expression for the number of the bus"),
    OptionSpec::value("device",                           "regular expression for the address, which changes with every plugging"),
    OptionSpec::value("busport",                          "regular expression for the port"),
    OptionSpec::flag( "allow_duplicates",                 "when the device is in use, take the next one that matches"),
    OptionSpec::value("subdriver",                        "the subdriver to use, whatever the device is; needs vendorid and productid"),
    OptionSpec::flag( "explore",                          "take any device, to see what it has; needs vendorid"),
    OptionSpec::value("lowbatt",                          "battery.charge.low, in per cent"),
    OptionSpec::value("offdelay",                         "ups.delay.shutdown: seconds from the command to the cut; default 20"),
    OptionSpec::value("ondelay",                          "ups.delay.start: seconds to wait when mains is back; default 30"),
    OptionSpec::value("pollfreq",                         "seconds between two full walks; default 30"),
    OptionSpec::flag( "pollonly",                         "do not read interrupt reports"),
    OptionSpec::flag( "interruptonly",                    "only read interrupt reports"),
    OptionSpec::value("interruptsize",                    "bytes of an interrupt report; default all"),
    OptionSpec::value("interrupt_pipe_no_events_tolerance", "how often in a row no interrupt report may come; default -1, always"),
    OptionSpec::value("waitbeforereconnect",              "seconds to leave a lost device alone before each attempt to open it; default 0"),
    OptionSpec::value("onlinedischarge_log_throttle_sec", "seconds between two log lines about discharging on line; -1 logs it once; default as the charge sinks"),
    OptionSpec::value("onlinedischarge_log_throttle_hovercharge", "charge, in per cent, with which that is in order; default 100"),
    OptionSpec::flag( "maxreport",                        "never ask for more than eight bytes of a report"),
    OptionSpec::flag( "disable_fix_report_desc",          "leave descriptors with known mistakes as they are"),
    OptionSpec::flag( "onlinedischarge",                  "older name of onlinedischarge_onbattery"),
    OptionSpec::flag( "onlinedischarge_onbattery",        "on line and discharging is on battery"),
    OptionSpec::flag( "onlinedischarge_battery",          "the name that older manuals have for onlinedischarge_onbattery"),
    OptionSpec::flag( "onlinedischarge_calibration",      "on line and discharging is calibrating"),
    OptionSpec::value("lbrb_log_delay_sec",               "LB and RB on line have to last so many seconds"),
    OptionSpec::flag( "lbrb_log_delay_without_calibrating", "lbrb_log_delay_sec counts not only while the UPS calibrates"),
    OptionSpec::value("implausible_hold_polls",           "in so many polls LB and RB do not count that the readings contradict; default 0, 3 for models known for it"),
    OptionSpec::flag( "powercom_sdcmd_byte_order_fallback", "PowerCOM: the other order of bytes in delays"),
    OptionSpec::flag( "powercom_sdcmd_discrete_delay",    "PowerCOM: delays in steps"),
    OptionSpec::value("usb_set_altinterface",             "alternate setting to choose, hexadecimal"),
    OptionSpec::value("usb_config_index",                 "index of the configuration, hexadecimal"),
    OptionSpec::value("usb_hid_rep_index",                "number of the interface, hexadecimal"),
    OptionSpec::value("usb_hid_desc_index",               "index of the HID descriptor, hexadecimal"),
    OptionSpec::value("usb_hid_ep_in",                    "endpoint towards us, hexadecimal"),
    OptionSpec::value("usb_hid_ep_out",                   "endpoint towards the device, hexadecimal"),
];

/// What the options say, beside those of the bus.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Options {
    pub(crate) insists: Insistence,
    pub(crate) low_battery: Option<String>,
    pub(crate) off_delay: Option<String>,
    pub(crate) on_delay: Option<String>,
    pub(crate) full: Option<Duration>,
    pub(crate) poll_only: bool,
    pub(crate) interrupt_only: bool,
    pub(crate) interrupt_size: usize,
    pub(crate) quiet_tolerance: Option<u32>,
    pub(crate) wait: Duration,
    pub(crate) short_reports: bool,
    pub(crate) fixes: bool,
    pub(crate) policy: Policy,
    /// `lbrb_log_delay_sec` is given.
    pub(crate) hold_given: bool,
    /// `implausible_hold_polls` is given.
    pub(crate) hold_polls_given: bool,
    pub(crate) discharge: Rule,
    pub(crate) old_order: bool,
    pub(crate) steps: bool,
}

impl Options {
    /// Takes them from the settings.
    pub(crate) fn of(settings: &Settings) -> Result<Self, Error> {
        let hold = seconds(settings, "lbrb_log_delay_sec")?;
        let polls = number(settings, "implausible_hold_polls")?;
        let polls = polls
            .map(|polls| {
                u32::try_from(polls).map_err(|_| {
                    Error::Config(format!("implausible_hold_polls: {polls} is no count"))
                })
            })
            .transpose()?;
        let policy = Policy {
            discharging_is_on_battery: [
                "onlinedischarge",
                "onlinedischarge_onbattery",
                "onlinedischarge_battery",
            ]
            .iter()
            .any(|flag| settings.flag(flag)),
            discharging_is_calibrating: settings.flag("onlinedischarge_calibration"),
            hold: hold.unwrap_or_default(),
            hold_always: settings.flag("lbrb_log_delay_without_calibrating"),
            hold_polls: polls.unwrap_or_default(),
        };
        let text = |name: &str| {
            number(settings, name).map(|number| number.map(|number| number.to_string()))
        };
        let size = number(settings, "interruptsize")?.unwrap_or(0);
        Ok(Self {
            insists: insists(settings)?,
            low_battery: text("lowbatt")?,
            off_delay: text("offdelay")?,
            on_delay: text("ondelay")?,
            full: seconds(settings, "pollfreq")?,
            poll_only: settings.flag("pollonly"),
            interrupt_only: settings.flag("interruptonly"),
            interrupt_size: usize::try_from(size).unwrap_or(0),
            quiet_tolerance: number(settings, "interrupt_pipe_no_events_tolerance")?
                .and_then(|most| u32::try_from(most).ok()),
            wait: seconds(settings, "waitbeforereconnect")?.unwrap_or_default(),
            short_reports: settings.flag("maxreport"),
            fixes: !settings.flag("disable_fix_report_desc"),
            policy,
            hold_given: hold.is_some(),
            hold_polls_given: polls.is_some(),
            discharge: discharge(settings)?,
            old_order: settings.flag("powercom_sdcmd_byte_order_fallback"),
            steps: settings.flag("powercom_sdcmd_discrete_delay"),
        })
    }
}

fn number(settings: &Settings, name: &str) -> Result<Option<i64>, Error> {
    let Some(text) = settings.value(name) else {
        return Ok(None);
    };
    let number = text.trim().parse().ok();
    let wrong = || Error::Config(format!("{name}: {text:?} is no whole number"));
    number.ok_or_else(wrong).map(Some)
}

fn seconds(settings: &Settings, name: &str) -> Result<Option<Duration>, Error> {
    let Some(number) = number(settings, name)? else {
        return Ok(None);
    };
    let seconds = u32::try_from(number);
    let seconds =
        seconds.map_err(|_| Error::Config(format!("{name}: {number} is no time in seconds")))?;
    Ok(Some(Duration::from_secs(seconds.into())))
}

fn discharge(settings: &Settings) -> Result<Rule, Error> {
    let every = match number(settings, "onlinedischarge_log_throttle_sec")? {
        None => Every::Change,
        Some(seconds) => u64::try_from(seconds).map_or(Every::Once, |seconds| {
            Every::Time(Duration::from_secs(seconds))
        }),
    };
    let hover = number(settings, "onlinedischarge_log_throttle_hovercharge")?;
    let hover = hover
        .and_then(|hover| u8::try_from(hover).ok())
        .map_or(Rule::default().hover, f64::from);
    Ok(Rule { every, hover })
}

/// A subdriver is named in full, or by a part that only its name has.
fn insists(settings: &Settings) -> Result<Insistence, Error> {
    let given = |name: &str| settings.value(name).is_some();
    let explore = settings.flag("explore");
    if explore && !given("vendorid") {
        return Err(Error::Config(
            "explore needs vendorid, so that it takes no keyboard".to_owned(),
        ));
    }
    let subdriver = match settings.value("subdriver") {
        None => None,
        Some(_) if !given("vendorid") || !given("productid") => {
            return Err(Error::Config(
                "subdriver needs vendorid and productid".to_owned(),
            ));
        }
        Some(wanted) => Some(subdriver(wanted)?),
    };
    Ok(Insistence {
        product: given("productid"),
        explore,
        subdriver,
    })
}

fn subdriver(wanted: &str) -> Result<&'static str, Error> {
    if let Some(exact) = SUBDRIVERS.iter().find(|subdriver| subdriver.name == wanted) {
        return Ok(exact.id);
    }
    let wrong = |why: String| Error::Config(format!("subdriver: {wanted:?}: {why}"));
    for pattern in [wanted.to_owned(), format!("{wanted}.*")] {
        let pattern = usb::ere::Ere::new(&pattern).map_err(wrong)?;
        if let Some(found) = SUBDRIVERS
            .iter()
            .find(|subdriver| pattern.matches(subdriver.name))
        {
            return Ok(found.id);
        }
    }
    let names: Vec<_> = SUBDRIVERS.iter().map(|subdriver| subdriver.name).collect();
    Err(wrong(format!(
        "there is none; there are {}",
        names.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(options: &[(&str, Option<&str>)]) -> Settings {
        Settings {
            options: options
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.map(str::to_owned)))
                .collect(),
            ..Settings::default()
        }
    }

    #[test]
    fn a_subdriver_is_found_by_its_name_or_its_beginning() {
        for (wanted, expected) in [
            ("TrippLite HID 0.85", Some("tripplite")),
            ("tripplite", Some("tripplite")),
            ("cyber", Some("cps")),
            ("nothing", None),
        ] {
            assert_eq!(subdriver(wanted).ok(), expected, "{wanted}");
        }
    }

    #[test]
    fn who_insists_names_the_device() {
        for wrong in [
            &[("explore", None)][..],
            &[("subdriver", Some("apc")), ("vendorid", Some("051d"))],
            &[("offdelay", Some("soon"))],
            &[("pollfreq", Some("-1"))],
        ] {
            assert!(Options::of(&settings(wrong)).is_err(), "{wrong:?}");
        }
        let options = Options::of(&settings(&[
            ("productid", Some("0002")),
            ("onlinedischarge", None),
            ("offdelay", Some("90")),
        ]));
        let options = options.unwrap();
        assert!(options.insists.product && options.policy.discharging_is_on_battery);
        assert_eq!(options.off_delay.as_deref(), Some("90"));
    }
}
