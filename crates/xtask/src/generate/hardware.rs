//! The list of hardware for people.

use super::facts::{Device, Facts, Port};
use std::collections::BTreeMap;
use std::fmt::Write;

const HEAD: &str = "\
<!-- made by `cargo xtask generate` from the drivers' tables; do not edit -->
# Hardware

Devices that the drivers know by themselves. Others of the same maker often speak the same language: the driver's
manual page tells how to try it. Models are those that users have told; where none stands, the numbers are known and no name is.
";

/// The text of the file.
pub(super) fn text(all: &[Facts]) -> String {
    let mut makers: BTreeMap<(String, &str), Vec<(&Device, &str)>> = BTreeMap::new();
    for facts in all {
        for device in &facts.devices {
            let key = (device.maker.to_lowercase(), device.maker.as_str());
            makers.entry(key).or_default().push((device, &facts.name));
        }
    }
    let mut text = HEAD.to_owned();
    for ((_, maker), mut devices) in makers {
        devices.sort_by_key(|(device, driver)| (&device.port, &device.part, *driver));
        // writing to a string cannot fail
        let _ = write!(
            text,
            "\n## {maker}\n\n| model | found by | driver |\n|---|---|---|\n"
        );
        for (device, driver) in devices {
            let _ = writeln!(
                text,
                "| {} | {} | {} |",
                device.model,
                port(device),
                served(device, driver)
            );
        }
    }
    text
}

fn port(device: &Device) -> String {
    match &device.port {
        Port::Usb(vid, pid) => format!("USB {vid}:{pid}"),
        Port::Serial => "serial port".to_owned(),
        Port::Network => "network".to_owned(),
    }
}

fn served(device: &Device, driver: &str) -> String {
    let page = format!("[{driver}](man/{driver}.8.md)");
    if device.part.is_empty() {
        return page;
    }
    format!("{page}, {}", device.part)
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples;
    use super::*;

    #[test]
    fn makers_stand_in_order_with_all_their_devices() {
        let text = text(&samples());
        let makers: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("## "))
            .collect();
        assert_eq!(makers, ["Alpha", "Beta", "Gamma", "Zeta"]);
        assert!(text.contains(
            "\n|  | USB 0463:ffff | [lab-usb](man/lab-usb.8.md), alpha |\n\
             | S | serial port | [lab-serial](man/lab-serial.8.md) |\n"
        ));
    }
}
