//! The device's end of the network.

use std::collections::BTreeSet;

use ::driver::{Error, Settings};
use snmp::{Agent, Ears, Login, Oid, Peer, Recorder, Session, Traps};
use tracing::warn;

use crate::calls::Calls;
use crate::engine::told;
use crate::mibs::MIBS;
use crate::object::object;
use crate::options::Options;

/// A session with the agent that `port` names.
///
/// # Errors
/// `port` names none, or the agent does not answer.
pub(crate) fn open(settings: &Settings, options: &Options) -> Result<Box<dyn Agent>, Error> {
    let peer = peer(settings)?;
    let session = Session::open(&snmp::Settings {
        peer,
        login: options.login.clone(),
        timeout: options.timeout,
        retries: options.retries,
    });
    let session = session.map_err(told)?;
    Ok(match settings.tape.clone() {
        Some(tape) => {
            Box::new(Recorder::new(session, tape, version(&options.login)).masking(personal()))
        }
        None => Box::new(session),
    })
}

fn peer(settings: &Settings) -> Result<Peer, Error> {
    let peer = settings.port.parse();
    peer.map_err(|error| Error::Config(format!("port: {error}")))
}

/// Where the agent's calls come in, if they are wanted. Where that cannot be, the device is asked all the same.
///
/// # Errors
/// `port` names no agent.
pub(crate) fn calls(settings: &Settings, options: &Options) -> Result<Option<Calls>, Error> {
    let Some(port) = options.trap_port else {
        return Ok(None);
    };
    let peer = peer(settings)?;
    let traps = Ears::new(&options.login, options.trap_community.clone())
        .and_then(|ears| Traps::open(port, &peer, ears));
    match traps {
        Ok(traps) => Ok(Some(Calls::new(traps, peer, settings.clock.clone()))),
        Err(error) => {
            warn!("traps are not heard: {error}");
            Ok(None)
        }
    }
}

const fn version(login: &Login) -> &'static str {
    match login {
        Login::V1(_) => "v1",
        Login::V2c(_) => "v2c",
        Login::V3(_) => "v3",
    }
}

/// Objects that say whose device it is: serial numbers, addresses of network cards.
fn personal() -> BTreeSet<Oid> {
    let rows = MIBS.iter().flat_map(|mib| mib.rows());
    let personal =
        rows.filter(|row| row.name.ends_with(".serial") || row.name.ends_with(".macaddr"));
    let root = |text: &str| {
        let words = text
            .split('.')
            .take_while(|word| !matches!(*word, "d" | "n" | "n+1"));
        object(&words.collect::<Vec<_>>().join("."), 0, None)
    };
    personal.filter_map(|row| root(row.oid)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_personal_and_models_are_not() {
        let personal = personal();
        let is_personal = |text: &str| {
            let oid = object(text, 0, Some(1));
            oid.is_some_and(|oid| personal.iter().any(|root| oid.starts_with(root)))
        };
        assert!(is_personal("e.318.1.1.1.1.2.3.0"));
        assert!(is_personal("e.534.6.6.7.1.2.1.4.0"));
        assert!(!is_personal("e.534.6.6.7.1.2.1.2.0"));
        let models = MIBS.iter().filter_map(|mib| mib.model());
        assert!(models.into_iter().all(|row| !is_personal(row.oid)));
    }
}
