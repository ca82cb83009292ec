//! What a new configuration changes in a running driver (spec sock-protocol.md, section 13; config-files.md, section 3.6).
//!
//! A setting that is new or differs and cannot change while the driver runs is named. A line that
//! disappeared changes nothing, except `debug_min`.

use crate::options::Settings;
use crate::setup::Setup;

/// Keys of the settings in `new` that differ from `old` and need a restart, each once.
pub(crate) fn needing_restart(old: &Setup, new: &Setup) -> Vec<String> {
    let differs = |(key, value): &&(String, String)| last(old, key) != Some(value.as_str());
    let mut keys: Vec<String> = Vec::new();
    for (key, _) in new
        .fixed
        .iter()
        .filter(|pair| last(new, &pair.0) == Some(pair.1.as_str()))
        .filter(differs)
    {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    keys
}

/// The value that counts: the last one.
fn last<'a>(setup: &'a Setup, key: &str) -> Option<&'a str> {
    let found = setup.fixed.iter().rev().find(|(known, _)| known == key);
    found.map(|(_, value)| value.as_str())
}

/// The running configuration with what may change taken over from `new`.
pub(crate) fn merged(old: &Setup, new: &Setup) -> Setup {
    let keep = |new: &[String], old: &[String]| {
        if new.is_empty() {
            old.to_vec()
        } else {
            new.to_vec()
        }
    };
    Setup {
        limits: new.limits,
        synchronous: new.synchronous,
        debug_min: new.debug_min,
        sd_commands: keep(&new.sd_commands, &old.sd_commands),
        settings: Settings {
            defaults: new.settings.defaults.clone(),
            ..old.settings.clone()
        },
        parameters: merged_parameters(old, new),
        ..old.clone()
    }
}

/// Published parameters that may change: those of settings that may, and of `default.`.
fn merged_parameters(old: &Setup, new: &Setup) -> Vec<(String, String)> {
    let is_live = |var: &str| {
        let key = var.strip_prefix("driver.parameter.").unwrap_or_default();
        ["pollinterval", "synchronous", "sdcommands"].contains(&key)
            || key.to_ascii_lowercase().starts_with("default.")
    };
    let live = new.parameters.iter().filter(|(var, _)| is_live(var));
    let kept = old.parameters.iter().filter(|(var, _)| !is_live(var));
    kept.chain(live).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setup(fixed: &[(&str, &str)]) -> Setup {
        let fixed = fixed
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Setup {
            fixed: fixed.collect(),
            ..Setup::default()
        }
    }

    #[test]
    fn changed_and_new_settings_need_a_restart_vanished_ones_do_not() {
        let old = setup(&[("port", "a"), ("mode", "x"), ("ignorelb", "")]);
        let new = setup(&[("port", "b"), ("mode", "x"), ("override.ups.load", "1")]);
        assert_eq!(needing_restart(&old, &new), ["port", "override.ups.load"]);
        assert!(needing_restart(&old, &old).is_empty());
        assert!(needing_restart(&old, &setup(&[])).is_empty());
    }

    #[test]
    fn of_a_repeated_setting_the_last_counts() {
        let old = setup(&[("port", "a"), ("port", "b")]);
        assert!(needing_restart(&old, &setup(&[("port", "b")])).is_empty());
        assert_eq!(
            needing_restart(&old, &setup(&[("port", "b"), ("port", "a")])),
            ["port"]
        );
    }

    #[test]
    fn only_what_may_change_is_taken_over() {
        let parameter =
            |key: &str, value: &str| (format!("driver.parameter.{key}"), value.to_owned());
        let old = Setup {
            parameters: vec![parameter("port", "a"), parameter("pollinterval", "2")],
            sd_commands: vec!["x".into()],
            ..Setup::default()
        };
        let new = Setup {
            parameters: vec![parameter("port", "b"), parameter("pollinterval", "5")],
            debug_min: 3,
            ignore_lb: true,
            ..Setup::default()
        };
        let merged = merged(&old, &new);
        assert_eq!(
            merged.parameters,
            [parameter("port", "a"), parameter("pollinterval", "5")]
        );
        assert_eq!(
            (merged.debug_min, merged.ignore_lb, merged.sd_commands.len()),
            (3, false, 1)
        );
    }
}
