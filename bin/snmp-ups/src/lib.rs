//! snmp-ups: UPSes and PDUs on the network, by SNMP.
//!
//! * [`row`] is the language of the tables, [`mibs`] are the tables
//! * [`facts`] asks a device what a decision needs, in few requests; [`decode`] and [`show`] make texts and numbers of what it says
//! * [`detect`] finds the mapping; [`chain`], [`probe`] and [`layout`] what a table means on a device; [`explored`] what the device has of it
//! * [`engine`] reads it in walks; [`words`] composes status and alarms; [`orders`] and [`encode`] are commands and settings
//! * [`calls`] are traps, which make the status be read early
//! * [`agent`] is the device's end of the network, [`driver`] what the framework asks of a driver
//!
//! Facts are those of the specification snmp-ups.md.

#![forbid(unsafe_code)]

mod agent;
mod calls;
mod chain;
mod decode;
mod detect;
mod driver;
mod encode;
mod engine;
mod explored;
mod facts;
mod hardware;
mod layout;
mod mibs;
mod object;
mod options;
mod orders;
mod probe;
mod reading;
#[cfg(test)]
mod recordings;
mod row;
mod show;
#[cfg(test)]
mod tests;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use ::driver::{Driver, Error, Info, Settings};

/// The driver.
pub static INFO: Info = Info {
    name: "snmp-ups",
    aliases: &[],
    description: "UPSes and PDUs on the network, by SNMP",
    version: env!("CARGO_PKG_VERSION"),
    options: options::OPTIONS,
    hardware: hardware::hardware,
    open,
};

/// For `-x mibs=--list`, which needs no device: prints the mappings, and how the program ends then.
#[must_use]
pub fn listed() -> Option<ExitCode> {
    if !asks_for_list(std::env::args_os().skip(1)) {
        return None;
    }
    // nobody is there to be told when this fails
    let _ = std::io::stdout().write_all(detect::listing().as_bytes());
    Some(ExitCode::SUCCESS)
}

/// The mapping of an agent's device, and what the device calls its model: for whoever looks for devices.
///
/// # Errors
/// The agent does not answer, or its device is none that there is a mapping for.
pub fn identify(agent: &mut dyn snmp::Agent) -> Result<(&'static str, String), Error> {
    driver::identify(agent)
}

fn asks_for_list(args: impl Iterator<Item = OsString>) -> bool {
    let args: Vec<OsString> = args.collect();
    let is_list = |text: &str| {
        let option = text.split_once('=');
        option.is_some_and(|(name, value)| {
            name.trim().eq_ignore_ascii_case("mibs") && value.trim() == "--list"
        })
    };
    let joined = |arg: &OsString| {
        arg.to_str()
            .and_then(|arg| arg.strip_prefix("-x"))
            .is_some_and(is_list)
    };
    let apart = |pair: &[OsString]| match pair {
        [option, value] => option == "-x" && value.to_str().is_some_and(is_list),
        _ => false,
    };
    args.iter().any(joined) || args.windows(2).any(apart)
}

fn open(settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    let found = driver::SnmpUps::find(Arc::new(agent::open), settings)?;
    Ok(Box::new(found.listening()?))
}

#[cfg(test)]
mod start {
    use super::*;

    #[test]
    fn the_list_is_asked_for_as_with_c() {
        let asks = |args: &str| asks_for_list(args.split(' ').map(OsString::from));
        assert!(asks("-s x -x port=a -x mibs=--list"));
        assert!(asks("-xmibs=--list"));
        assert!(asks("-x MIBS=--list"));
        assert!(!asks("-a ups -x mibs=auto"));
        assert_eq!(detect::listing().lines().count(), 37);
    }
}
