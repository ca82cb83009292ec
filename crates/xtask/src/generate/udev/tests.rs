//! The rules: their form, what udev says of them, and NUT's own file.

use super::super::facts::samples;
use super::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use testkit::{CNut, skipped};

/// Where the file is.
fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/udev/62-nut-usbups.rules")
}

fn text() -> String {
    std::fs::read_to_string(committed()).unwrap()
}

#[test]
fn each_device_has_one_rule_however_many_makers_sell_it() {
    let text = rules(&samples()).unwrap();
    let rest = text.strip_prefix(HEAD).unwrap().strip_suffix(FOOT).unwrap();
    assert_eq!(
        rest,
        "\n# Alpha; Beta B \"x\" - lab-usb\n\
         ATTR{idVendor}==\"0463\", ATTR{idProduct}==\"ffff\", MODE=\"0664\", GROUP=\"ups\"\n\
         \n# Zeta One, Two - lab-usb\n\
         ATTR{idVendor}==\"051d\", ATTR{idProduct}==\"0002\", MODE=\"0664\", GROUP=\"ups\"\n"
    );
}

#[test]
fn drivers_of_different_groups_have_no_rules_in_common() {
    let mut all = samples();
    all[1].group = "other".to_owned();
    let told = rules(&all).unwrap_err().to_string();
    assert!(told.contains("other, ups"), "{told}");
}

/// A rule is a list of `KEY==value` and `KEY=value`; each GOTO leads to a LABEL below it.
#[test]
fn every_line_has_the_form_of_a_rule() {
    let text = text();
    let mut awaited = BTreeSet::new();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        for part in line.split(", ") {
            let (key, value) = part.split_once('=').unwrap_or_else(|| panic!("{line}"));
            let key = key.trim_end_matches('!');
            let value = value.trim_start_matches('=');
            let value = value
                .strip_prefix('"')
                .and_then(|value| value.strip_suffix('"'));
            let value = value.unwrap_or_else(|| panic!("{line}"));
            assert!(!value.is_empty() && !value.contains('"'), "{line}");
            match key {
                "GOTO" => drop(awaited.insert(value)),
                "LABEL" => assert!(awaited.remove(value), "{line}"),
                "ATTR{idVendor}" | "ATTR{idProduct}" => {
                    let is_id = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
                    assert!(value.len() == 4 && value.chars().all(is_id), "{line}");
                }
                "ACTION" | "SUBSYSTEM" | "MODE" | "GROUP" => {}
                other => panic!("{other} in {line}"),
            }
        }
    }
    assert!(awaited.is_empty(), "{awaited:?}");
}

#[test]
fn udev_accepts_the_rules() {
    let path = committed();
    let can_verify = Command::new("udevadm").args(["verify", "--help"]).output();
    if !can_verify.is_ok_and(|output| output.status.success()) {
        skipped("udev_accepts_the_rules", "udevadm of systemd 254 or newer");
        return;
    }
    let output = Command::new("udevadm")
        .arg("verify")
        .arg(&path)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

/// The pairs of numbers in a file of rules, for drivers of which `wanted` holds.
fn pairs(text: &str, wanted: impl Fn(&str) -> bool) -> BTreeSet<(String, String)> {
    let (mut found, mut drivers) = (BTreeSet::new(), "");
    for line in text.lines() {
        if let Some((_, after)) = line
            .strip_prefix('#')
            .and_then(|line| line.rsplit_once(" - "))
        {
            drivers = after;
        }
        let values: Vec<&str> = line.split('"').collect();
        if let ["ATTR{idVendor}==", vid, ", ATTR{idProduct}==", pid, ..] = values.as_slice()
            && drivers.split(' ').any(&wanted)
        {
            // Debian's has some in capitals, which no device ever shows
            found.insert((vid.to_lowercase(), pid.to_lowercase()));
        }
    }
    found
}

#[test]
fn every_device_of_nuts_own_rules_has_one() {
    let Some(peers) = CNut::find("every_device_of_nuts_own_rules_has_one") else {
        return;
    };
    let path = peers.root().join("lib/udev/rules.d/62-nut-usbups.rules");
    let theirs = std::fs::read_to_string(&path).unwrap();
    let ours = text();
    let drivers: BTreeSet<&str> = ours
        .lines()
        .filter_map(|line| line.strip_prefix("# ")?.rsplit_once(" - "))
        .flat_map(|(_, drivers)| drivers.split(' '))
        .collect();
    // of drivers that we have
    let theirs = pairs(&theirs, |driver| drivers.contains(driver));
    let ours = pairs(&ours, |_| true);
    let missing: Vec<_> = theirs.difference(&ours).collect();
    println!("{} of {} pairs", theirs.len() - missing.len(), theirs.len());
    assert!(theirs.len() > 90 && missing.is_empty(), "{missing:?}");
}
