//! Which crate may use which, as one table; docs/architecture.md has the picture.

use crate::workspace::Package;

/// Each library and what it may use, lowest first. A library may use only what stands above its row, so
/// that the table itself cannot hold an arrow that points up.
#[rustfmt::skip]
const LAYERS: &[(&str, &[&str])] = &[
    ("text",    &[]),
    ("secret",  &[]),
    ("hid",     &[]),
    ("mdns",    &[]),
    ("node",    &[]),
    ("recording", &[]),
    ("usb",     &["node", "recording"]),
    ("serial",  &["node", "recording"]),
    ("snmp",    &["secret", "recording"]),
    ("model",   &["text"]),
    ("proto",   &["text", "model"]),
    ("ipc",     &["text", "model"]),
    ("config",  &["text", "secret", "model"]),
    ("daemon",  &["secret"]),
    ("units",   &["config", "daemon"]),
    ("monitor", &["model"]),
    ("schedule", &["model"]),
    ("server",  &["text", "secret", "model", "proto", "ipc", "config"]),
    ("tls",     &["secret"]),
    ("encryption", &["config", "tls"]),
    ("client",  &["text", "secret", "proto", "tls"]),
    ("tool",    &["proto", "tls", "client"]),
    ("driver",  &["text", "recording", "model", "proto", "ipc", "config", "daemon"]),
    ("testkit", &[]),
    ("xtask",   &["model", "config", "tls", "client", "testkit"]),
    ("tests",   &["snmp", "config", "client", "testkit"]),
    // looks into programs, too
    ("fuzz-checks", &["text", "secret", "hid", "recording", "usb", "model", "proto", "ipc", "config", "monitor", "schedule", "tls", "server", "client", "driver", "dummy-ups", "usbhid-ups", "nutdrv_qx", "apcsmart", "serial", "snmp", "mdns"]),
];

/// Programs that look into others. nut-scanner knows devices by the drivers' own tables, and opens what it finds as they would at their
/// start: a table or an opening of its own would differ from theirs one day.
const LOOKS_INTO: &[(&str, &[&str])] = &[(
    "nut-scanner",
    &["usbhid-ups", "nutdrv_qx", "apcsmart", "snmp-ups"],
)];

/// Made for tests and chores: nothing that ships may use them.
const NOT_SHIPPED: &[&str] = &["testkit", "xtask", "tests", "fuzz-checks"];

/// Every arrow, one line for each crate.
pub(crate) fn arrows(packages: &[Package]) -> Vec<String> {
    packages
        .iter()
        .map(|package| format!("{} -> {}", package.name, package.ours.join(" ")))
        .collect()
}

/// What is wrong with the arrows.
pub(crate) fn check(packages: &[Package]) -> Vec<String> {
    packages.iter().flat_map(check_package).collect()
}

fn check_package(package: &Package) -> Vec<String> {
    let name = &package.name;
    if package.is_program() {
        let wrong = package
            .ours
            .iter()
            .filter(|used| !is_library(used) || NOT_SHIPPED.contains(&used.as_str()))
            .filter(|used| !looks_into(name, used));
        return wrong
            .map(|used| format!("program {name} uses {used}, but programs stand on libraries"))
            .collect();
    }
    let Some((_, may_use)) = LAYERS.iter().find(|(layer, _)| layer == name) else {
        return vec![format!(
            "{name} has no row in the table of layers; add one to crates/xtask/src/shape/layers.rs"
        )];
    };
    let wrong = package
        .ours
        .iter()
        .filter(|used| !may_use.contains(&used.as_str()));
    wrong
        .map(|used| format!("{name} uses {used}, which the table of layers does not allow"))
        .collect()
}

fn looks_into(name: &str, used: &str) -> bool {
    let mut rows = LOOKS_INTO.iter().filter(|(program, _)| *program == name);
    rows.any(|(_, others)| others.contains(&used))
}

fn is_library(name: &str) -> bool {
    LAYERS.iter().any(|(layer, _)| *layer == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(dir: &str, name: &str, ours: &[&str]) -> Package {
        let ours = ours.iter().map(|used| (*used).to_owned()).collect();
        Package {
            name: name.to_owned(),
            dir: dir.into(),
            ours,
            ..Package::default()
        }
    }

    #[test]
    fn no_row_allows_what_stands_below_it() {
        for (index, (name, may_use)) in LAYERS.iter().enumerate() {
            for used in *may_use {
                let programs = ["dummy-ups", "usbhid-ups", "nutdrv_qx", "apcsmart"];
                if *name == "fuzz-checks" && programs.contains(used) {
                    continue;
                }
                let at = LAYERS.iter().position(|(layer, _)| layer == used);
                assert!(at.is_some_and(|at| at < index), "{name} -> {used}");
            }
        }
    }

    #[test]
    fn arrows_that_point_down_are_fine() {
        assert_eq!(
            check(&[package("crates/model", "model", &["text"])]),
            [""; 0]
        );
        assert_eq!(
            check(&[package("bin/upsd", "upsd", &["server", "daemon", "text"])]),
            [""; 0]
        );
    }

    #[test]
    fn an_arrow_that_points_up_is_found() {
        let wrong = check(&[package("crates/text", "text", &["model"])]);
        assert_eq!(
            wrong,
            ["text uses model, which the table of layers does not allow"]
        );
    }

    #[test]
    fn a_program_that_uses_a_program_or_testkit_is_found() {
        let wrong = check(&[package("bin/upsd", "upsd", &["server", "upsc", "testkit"])]);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
    }

    #[test]
    fn a_program_that_may_look_into_another_may_look_into_no_more() {
        let scanner = |ours| check(&[package("bin/nut-scanner", "nut-scanner", ours)]);
        assert_eq!(scanner(&["usbhid-ups", "snmp-ups", "usb"]), [""; 0]);
        assert_eq!(scanner(&["usbhid-ups", "upsd", "testkit"]).len(), 2);
    }

    #[test]
    fn a_new_library_needs_a_row() {
        assert!(check(&[package("crates/nut", "nut", &[])])[0].contains("add one"));
    }
}
