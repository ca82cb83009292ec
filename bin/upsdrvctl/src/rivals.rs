//! Who else starts drivers on this system: with systemd, a unit for each UPS. Two who start the same driver evict each other's.

use std::time::Duration;

use config::Section;
use tracing::error;
use units::systemctl;

/// Set by the units themselves, and by who knows better.
const QUIET: &str = "NUT_QUIET_INIT_NDE_WARNING";
/// How long systemd may take to answer.
const ANSWER_TIME: Duration = Duration::from_secs(3);

/// Whether a unit has the driver in its care. It is told which, and how to have it do the same.
pub(crate) fn refuse(verb: &str, section: &Section) -> bool {
    if std::env::var_os(QUIET).is_some() || !systemctl::is_there() {
        return false;
    }
    let unit = units::name::service(&section.name);
    if !is_active(&unit) {
        return false;
    }
    error!(
        "UPS {}: its driver is run by {unit}; use systemctl {verb} {unit} (or set {QUIET}=true to do without it)",
        section.name
    );
    true
}

fn is_active(unit: &str) -> bool {
    systemctl::run(&["is-active", "--quiet", unit], ANSWER_TIME).is_ok_and(|said| said.success)
}
