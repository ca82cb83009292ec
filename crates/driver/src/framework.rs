//! Commands and variables that the framework itself answers (spec sock-protocol.md, section 8).

use model::Flags;
use model::number::leading_integer;

use crate::publish::Publisher;
use crate::setup::Setup;
use crate::state;

/// Verbosity of the log.
pub(crate) const DEBUG: &str = "driver.debug";
/// Whether `driver.killpower` is allowed.
pub(crate) const ALLOW_KILLPOWER: &str = "driver.flag.allow_killpower";

/// Listed commands; `driver.exit` works, too, but only for who can reach the socket.
const LISTED: [&str; 5] = [
    "driver.killpower",
    "driver.reload",
    "driver.reload-or-error",
    "driver.reload-or-exit",
    "shutdown.default",
];

/// A command of the framework's. Their names are compared with case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// Cut the power, if that is allowed, and exit.
    KillPower,
    /// Exit.
    Exit,
    /// Read the configuration again; what needs a restart is only logged.
    Reload,
    /// The same, but exit if something needs a restart.
    ReloadOrExit,
    /// The same, but the answer tells whether something needs a restart.
    ReloadOrError,
}

impl Command {
    /// The command called `name`, unless it is the driver's.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "driver.killpower" => Self::KillPower,
            "driver.exit" => Self::Exit,
            "driver.reload" => Self::Reload,
            "driver.reload-or-exit" => Self::ReloadOrExit,
            "driver.reload-or-error" => Self::ReloadOrError,
            _ => return None,
        })
    }
}

/// Whether a value set on [`ALLOW_KILLPOWER`] means yes: a positive number, `enabled`, `true`, `yes`, `on`.
pub(crate) fn means_yes(value: &str) -> bool {
    let word = value.trim().to_ascii_lowercase();
    word.starts_with("enable")
        || matches!(word.as_str(), "true" | "yes" | "on")
        || leading_integer(&word) > 0
}

/// What a value set on [`DEBUG`] asks for: a level, or `None` to go back to the configured one.
pub(crate) fn debug_level(value: &str) -> Result<Option<u8>, std::num::ParseIntError> {
    let level: i64 = value.trim().parse()?;
    Ok((level >= 0).then(|| u8::try_from(level).unwrap_or(u8::MAX)))
}

/// Publishes what is known before the device is opened.
pub(crate) fn publish_start(publisher: &mut Publisher, setup: &Setup, version: &str) {
    publisher.set("driver.name", &setup.settings.driver);
    publisher.set("driver.version", proto::VERSION);
    publisher.set("driver.version.internal", version);
    publisher.set("device.type", "ups");
    for (var, value) in &setup.settings.overrides {
        publisher.freeze(var, value);
    }
    publish_changed(publisher, &Setup::default(), setup);
}

/// Publishes the parameters that differ from those of `old`, because a driver may have said better what the others
/// amount to, and the defaults, which a reload sets again.
pub(crate) fn publish_changed(publisher: &mut Publisher, old: &Setup, new: &Setup) {
    let parameters = new
        .parameters
        .iter()
        .filter(|parameter| !old.parameters.contains(parameter));
    for (var, value) in parameters.chain(&new.settings.defaults) {
        publisher.set(var, value);
    }
}

/// Publishes what can be set and commanded once the driver serves.
pub(crate) fn publish_ready(publisher: &mut Publisher, verbosity: u8, allow_killpower: bool) {
    publish_debug(publisher, verbosity);
    publish_allow_killpower(publisher, allow_killpower);
    for command in LISTED {
        publisher.add_command(command);
    }
    publisher.set("driver.state", state::QUIET);
}

/// Publishes the verbosity.
pub(crate) fn publish_debug(publisher: &mut Publisher, verbosity: u8) {
    publisher.set_with(DEBUG, &verbosity.to_string(), Flags::RW_NUMBER);
}

/// Publishes whether the power may be cut.
pub(crate) fn publish_allow_killpower(publisher: &mut Publisher, allowed: bool) {
    let value = if allowed { "1" } else { "0" };
    publisher.set_with(ALLOW_KILLPOWER, value, Flags::RW_NUMBER);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_has_many_words_and_everything_else_is_no() {
        for yes in ["1", "7", "enabled", "Enable", "true", "YES", "on"] {
            assert!(means_yes(yes), "{yes}");
        }
        for no in ["0", "-1", "", "off", "maybe", "disabled"] {
            assert!(!means_yes(no), "{no}");
        }
    }

    #[test]
    fn a_negative_level_goes_back() {
        assert_eq!(debug_level("3"), Ok(Some(3)));
        assert_eq!(debug_level("-1"), Ok(None));
        assert_eq!(debug_level("9999"), Ok(Some(255)));
        assert!(debug_level("x").is_err() && debug_level("1.5").is_err());
    }

    #[test]
    fn names_are_exact() {
        assert_eq!(Command::named("driver.exit"), Some(Command::Exit));
        assert_eq!(Command::named("Driver.exit"), None);
        assert_eq!(Command::named("shutdown.default"), None);
        assert!(!LISTED.contains(&"driver.exit"));
    }
}
