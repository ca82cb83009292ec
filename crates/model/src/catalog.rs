//! Descriptions of the known variables and commands, which upsd gives as answers to GET DESC and GET CMDDESC. C NUT
//! reads them from a file, cmdvartab; here they are tables in the program, worded for what `upsrw` and `upscmd` show.
//!
//! Source: the specification of names (nut-names.md), which follows NUT's list of names, the registry that RFC
//! 9271 points at. Names compare without regard to ASCII case.
//!
//! **Wildcards:** a component `n` or `x` of a name in a table stands for any decimal number, so `outlet.3.switch` is
//! described by `outlet.n.switch`. A row with exactly the name wanted goes first.
//!
//! **Daisy chains:** `device.2.ups.status` is described as `ups.status`, and `device.2.model` as `device.model`.

mod commands;
mod phases;
mod variables;

pub use commands::COMMANDS;
pub use variables::VARIABLES;

use variables::SETTINGS;

/// One known name and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// Name of the variable or command; may contain the index components `n` and `x`.
    pub name: &'static str,
    /// One line of ASCII text for a human, with the unit in parentheses at the end.
    pub text: &'static str,
}

/// Description of a variable.
pub fn variable(name: &str) -> Option<&'static str> {
    own_variable(name).or_else(|| {
        let rest = chain_member(name)?;
        own_variable(rest).or_else(|| device_leaf(rest))
    })
}

/// Description of an instant command.
pub fn command(name: &str) -> Option<&'static str> {
    row(COMMANDS, name).or_else(|| row(COMMANDS, chain_member(name)?))
}

/// Description of a variable that does not belong to a member of a daisy chain.
fn own_variable(name: &str) -> Option<&'static str> {
    row(VARIABLES, name)
        .or_else(|| setting(name))
        .or_else(|| phases::describe(name))
}

fn row(table: &[Known], name: &str) -> Option<&'static str> {
    let exact = table.iter().find(|row| row.name.eq_ignore_ascii_case(name));
    let row = exact.or_else(|| table.iter().find(|row| matches(row.name, name)))?;
    Some(row.text)
}

/// A driver option or flag: a known beginning and then at least one character of the administrator's.
fn setting(name: &str) -> Option<&'static str> {
    let begins = |row: &&Known| {
        name.split_at_checked(row.name.len())
            .is_some_and(|(head, rest)| head.eq_ignore_ascii_case(row.name) && !rest.is_empty())
    };
    Some(SETTINGS.iter().find(begins)?.text)
}

/// `model` for `device.model`, as members of a chain shorten `device.2.device.model`.
fn device_leaf(leaf: &str) -> Option<&'static str> {
    let is_leaf = |row: &&Known| {
        row.name
            .strip_prefix("device.")
            .is_some_and(|known| known.eq_ignore_ascii_case(leaf))
    };
    Some(VARIABLES.iter().find(is_leaf)?.text)
}

/// The rest of a name after `device.<number>.`.
fn chain_member(name: &str) -> Option<&str> {
    let (device, rest) = name.split_once('.')?;
    let (number, rest) = rest.split_once('.')?;
    (device.eq_ignore_ascii_case("device") && is_number(number)).then_some(rest)
}

/// Whether `name` is `pattern` with numbers in place of the wildcards.
fn matches(pattern: &str, name: &str) -> bool {
    let mut parts = name.split('.');
    let start = pattern.split('.').all(|wanted| {
        parts.next().is_some_and(|part| match wanted {
            "n" | "x" => is_number(part),
            _ => part.eq_ignore_ascii_case(wanted),
        })
    });
    start && parts.next().is_none()
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    /// The rules for texts and lower-case names.
    pub(super) fn assert_readable(name: &str, text: &str) {
        let lower = |byte: u8| byte.is_ascii_lowercase() || b".-_".contains(&byte);
        assert!(name.bytes().all(lower), "name of {name}");
        assert!((1..=120).contains(&text.len()), "length of {name}");
        let printable = |byte| (b' '..=b'~').contains(&byte);
        assert!(text.bytes().all(printable), "ASCII of {name}");
        let quoted = text.contains(['"', '\\', '#']);
        assert!(!quoted, "characters of {name}");
        assert!(!text.ends_with(['.', ' ']), "end of {name}");
        assert!(text.starts_with(char::is_uppercase), "start of {name}");
    }

    #[test]
    fn every_row_is_readable() {
        for row in VARIABLES.iter().chain(COMMANDS).chain(SETTINGS) {
            assert_readable(row.name, row.text);
        }
    }

    #[test]
    fn no_name_is_listed_twice() {
        for table in [VARIABLES, COMMANDS] {
            let mut seen = HashSet::new();
            for row in table {
                assert!(seen.insert(row.name), "{} twice", row.name);
            }
        }
    }

    #[test]
    fn every_row_describes_its_own_name_and_its_first_instance() {
        let instance = |name: &str| {
            let number = |part| if matches!(part, "n" | "x") { "1" } else { part };
            name.split('.').map(number).collect::<Vec<_>>().join(".")
        };
        for row in VARIABLES {
            assert_eq!(variable(row.name), Some(row.text), "{}", row.name);
            assert_eq!(
                variable(&instance(row.name)),
                Some(row.text),
                "{}",
                row.name
            );
        }
        for row in COMMANDS {
            assert_eq!(command(row.name), Some(row.text), "{}", row.name);
            assert_eq!(command(&instance(row.name)), Some(row.text), "{}", row.name);
        }
    }

    #[test]
    fn case_does_not_matter() {
        assert_eq!(
            variable("Battery.Charge"),
            Some("Charge left in the battery (%)")
        );
        assert_eq!(variable("OUTLET.2.SWITCH"), variable("outlet.n.switch"));
        assert_eq!(
            variable("input.l1-n.VOLTAGE"),
            variable("input.L1-N.voltage")
        );
        assert_eq!(command("Load.OFF"), Some("Switch the load off now"));
    }

    #[test]
    fn numbers_match_wildcards() {
        for (name, row) in [
            ("outlet.3.switch", "outlet.n.switch"),
            ("outlet.group.2.status", "outlet.group.n.status"),
            ("ambient.2.contacts.1.status", "ambient.n.contacts.x.status"),
            ("ambient.contacts.12.name", "ambient.contacts.x.name"),
        ] {
            assert!(variable(row).is_some(), "{row}");
            assert_eq!(variable(name), variable(row), "{name}");
        }
        assert_eq!(
            command("outlet.17.load.off"),
            Some("Switch the outlet off now")
        );
    }

    #[test]
    fn an_exact_row_wins_over_a_wildcard() {
        let table = [
            Known {
                name: "outlet.n.id",
                text: "any",
            },
            Known {
                name: "outlet.0.id",
                text: "zero",
            },
        ];
        assert_eq!(row(&table, "outlet.0.id"), Some("zero"));
        assert_eq!(row(&table, "outlet.1.id"), Some("any"));
    }

    #[test]
    fn members_of_a_daisy_chain_share_the_descriptions() {
        for (name, plain) in [
            ("device.2.ups.status", "ups.status"),
            ("device.1.outlet.3.switch", "outlet.n.switch"),
            ("device.3.input.L1.current", "input.L1.current"),
            ("device.2.model", "device.model"),
            ("device.2.device.model", "device.model"),
        ] {
            assert!(variable(plain).is_some(), "{plain}");
            assert_eq!(variable(name), variable(plain), "{name}");
        }
        assert_eq!(
            command("device.2.outlet.1.load.on"),
            command("outlet.n.load.on")
        );
        for name in [
            "device.x1.ups.status",
            "device..ups.status",
            "device.1.device.2.ups.status",
            "device.2",
        ] {
            assert_eq!(variable(name), None, "{name}");
        }
    }

    #[test]
    fn three_phase_names_are_described() {
        assert_eq!(
            variable("input.L1-N.voltage"),
            Some("Voltage between two conductors (V)")
        );
        assert_eq!(
            variable("input.bypass.L1-L2.voltage"),
            variable("input.L1-N.voltage")
        );
        let percent = "Apparent power of one phase as a share of its full load (%)";
        assert_eq!(variable("output.L2.power.percent"), Some(percent));
        assert_eq!(
            variable("input.N.current"),
            Some("Current of one phase or the neutral (A)")
        );
    }

    #[test]
    fn driver_settings_may_have_any_name() {
        let option = Some("Driver option as set in ups.conf");
        assert_eq!(variable("driver.parameter.pollinterval"), option);
        assert_eq!(variable("driver.parameter.Some.Thing_else"), option);
        assert_eq!(
            variable("driver.flag.ignorelb"),
            Some("Driver flag as set in ups.conf")
        );
        assert_ne!(
            variable("driver.flag.allow_killpower"),
            variable("driver.flag.ignorelb")
        );
        assert_eq!(variable("driver.parameter."), None);
        assert_eq!(variable("driver.parameter"), None);
    }

    #[test]
    fn both_names_of_the_mode_buzzwords_are_known() {
        assert!(variable("ups.mode.buzzwords").is_some());
        assert!(variable("experimental.ups.mode.buzzwords").is_some());
    }

    #[test]
    fn unknown_names_have_no_description() {
        for name in [
            "ups",
            "ups.colour",
            "battery.charge.low.low",
            "outlet.a.switch",
            "load.off",
            "input.transfer",
        ] {
            assert_eq!(variable(name), None, "{name}");
        }
        for name in [
            "battery.charge",
            "load",
            "load.off.now",
            "outlet.-1.load.off",
        ] {
            assert_eq!(command(name), None, "{name}");
        }
    }

    #[test]
    fn hostile_names_are_only_unknown() {
        let long = "outlet.".repeat(100_000);
        let deep = format!("device.1.{}", "1.".repeat(100_000));
        let wide = "9".repeat(1_000_000);
        for name in [
            "",
            ".",
            "..",
            "outlet..",
            "outlet..switch",
            "device.",
            "device.1.",
            "device..",
            "n",
            "x.n",
        ] {
            assert_eq!((variable(name), command(name)), (None, None), "{name:?}");
        }
        for name in [
            "inpu\u{e9}.voltage",
            "\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}",
            "input\u{2028}.voltage",
            "a\0b",
        ] {
            assert_eq!((variable(name), command(name)), (None, None), "{name:?}");
        }
        for name in [&long, &deep, &wide] {
            assert_eq!((variable(name), command(name)), (None, None));
        }
        let big = "outlet.99999999999999999999.switch";
        assert_eq!(variable(big), variable("outlet.n.switch"));
    }
}
