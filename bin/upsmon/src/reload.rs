//! A new upsmon.conf for the running monitor: whole or not at all (spec upsmon.md, section 12).

use std::path::Path;

use config::UpsmonConf;
use tracing::{error, info, warn};

use crate::encryption;
use crate::files;
use crate::settings::Settings;

/// What a reload brings.
pub(crate) struct New {
    pub(crate) conf: UpsmonConf,
    pub(crate) settings: Settings,
    /// For connections that are opened from now on.
    pub(crate) encryption: tls::Client,
}

/// Reads the file again. `None`, with the reasons in the log, leaves the old configuration in force.
pub(crate) fn read(file: &Path, old: &UpsmonConf, supervised: bool) -> Option<New> {
    info!("Reloading configuration");
    let loaded = match files::load(file) {
        Ok(loaded) => loaded,
        Err(why) => {
            error!("Reload failed: {why}; the old configuration stays in force");
            return None;
        }
    };
    files::log_problems(&loaded.problems);
    let errors = files::errors(&loaded.problems);
    let conf = loaded.value.over(old);
    let (settings, complaints) = Settings::of(&conf, supervised);
    complaints
        .iter()
        .for_each(|complaint| error!("{complaint}"));
    if errors + complaints.len() > 0 {
        error!("Reload failed: the old configuration stays in force");
        return None;
    }
    let encryption = match encryption::load(file, &conf) {
        Ok(encryption) => encryption,
        Err(why) => {
            error!("Reload failed: {why}; the old configuration stays in force");
            return None;
        }
    };
    warn_of_the_fixed(&conf, old);
    Some(New {
        conf,
        settings,
        encryption,
    })
}

/// What the helper was started with does not change.
fn warn_of_the_fixed(conf: &UpsmonConf, old: &UpsmonConf) {
    let changed = [
        ("SHUTDOWNCMD", conf.shutdowncmd != old.shutdowncmd),
        ("POWERDOWNFLAG", conf.powerdownflag != old.powerdownflag),
        ("RUN_AS_USER", conf.run_as_user != old.run_as_user),
    ];
    for (name, _) in changed.iter().filter(|(_, changed)| *changed) {
        warn!("{name} has changed: the new value is in force only after a restart of upsmon");
    }
}
