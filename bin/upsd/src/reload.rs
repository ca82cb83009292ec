//! A new configuration for the running server: all of it, or none (spec server-behaviour.md, section 12).
//!
//! C takes over what it can of a bad file, and dies of a missing one. Here the files are read and checked
//! first; when one of them is not in order every problem is told and the old configuration stays.

use std::rc::Rc;

use config::UpsdConf;
use tls::Server;
use tracing::{error, info};

use crate::context::Context;
use crate::encryption;
use crate::files::Files;
use crate::shell::Shell;

/// Reads the files again and applies them. Returns the upsd.conf now in force.
pub(crate) fn reload(shell: &Rc<Shell>, context: &Context, old: UpsdConf) -> UpsdConf {
    info!("SIGHUP: reloading configuration");
    context.notify.reloading();
    let new = read(context, &old).map(|(files, certificates)| {
        shell.set_certificates(certificates);
        apply(shell, context, files, &old)
    });
    context.notify.reloaded();
    new.unwrap_or(old)
}

fn read(context: &Context, old: &UpsdConf) -> Option<(Files, Option<Server>)> {
    let mut files = match Files::read(context.paths.conf()) {
        Ok(files) => files,
        Err(unreadable) => {
            for why in &unreadable {
                error!("Reload failed: {why}");
            }
            error!("the configuration stays as it was");
            return None;
        }
    };
    files.log_problems();
    if files.errors() > 0 {
        error!(
            "Reload failed: {} errors; the configuration stays as it was",
            files.errors()
        );
        return None;
    }
    files.upsd = files.upsd.over(old);
    match encryption::load(context.paths.conf(), &files.upsd) {
        Ok(certificates) => Some((files, certificates)),
        Err(why) => {
            error!(
                "Reload failed: {why}; the configuration and the certificates stay as they were"
            );
            None
        }
    }
}

fn apply(shell: &Rc<Shell>, context: &Context, mut files: Files, old: &UpsdConf) -> UpsdConf {
    if files.upsd.listen != old.listen {
        info!("LISTEN has changed; that takes a restart of upsd");
    }
    match context.capacity(&files.upsd) {
        Ok(capacity) => shell.capacity.set(capacity),
        Err(why) => {
            error!("{why}; MAXCONN stays as it was");
            files.upsd.maxconn = old.maxconn;
        }
    }
    shell.capacity_of_peer.set(files.capacity_of_peer());
    context.set_verbosity(&files.upsd);
    let devices = files.devices();
    {
        let mut hub = shell.hub.borrow_mut();
        hub.set_settings(files.settings());
        hub.set_devices(devices);
        hub.set_users(files.users);
    }
    shell.act();
    info!(
        "configuration reloaded, {} UPS defined in ups.conf",
        shell.hub.borrow().devices().count()
    );
    files.upsd
}
