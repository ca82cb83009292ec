//! The list of hardware in NUT's own format, which other programs read.

use super::facts::{Device, Facts, Port};
use std::fmt::Write;

const HEAD: &str = "\
# Devices that the drivers know. Made by `cargo xtask generate` from the drivers' tables; do not edit.
# version=2
#
# <manufacturer>	<device type>	<support level>	<model name>	<model extra>	<driver>
#
# The support level says how the protocol became known: 1 devices were watched, 2 parts are published, 3 it is published,
# 4 the maker gave its description, 5 and devices.

";

/// The text of the file.
pub(super) fn text(all: &[Facts]) -> String {
    let mut rows: Vec<(&Device, &str)> = all
        .iter()
        .flat_map(|facts| {
            facts
                .devices
                .iter()
                .map(|device| (device, facts.name.as_str()))
        })
        .collect();
    rows.sort_by_key(|(device, driver)| {
        (
            device.maker.to_lowercase(),
            &device.port,
            &device.part,
            *driver,
        )
    });
    let mut text = HEAD.to_owned();
    for (device, driver) in rows {
        let extra = match &device.port {
            Port::Usb(vid, pid) => format!("USB {vid}:{pid}"),
            Port::Serial => String::new(),
            Port::Network => "network".to_owned(),
        };
        let model = if device.model.is_empty() {
            "various"
        } else {
            &device.model
        };
        let words = [&device.maker, "ups", &device.stars, model, &extra, driver];
        let words = words.map(|word| format!("\"{}\"", word.replace('"', "'")));
        // writing to a string cannot fail
        let _ = writeln!(text, "{}", words.join("\t"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples;
    use super::*;

    #[test]
    fn a_device_is_a_line_of_six_quoted_words() {
        let text = text(&samples());
        let lines: Vec<&str> = text.strip_prefix(HEAD).unwrap().lines().collect();
        assert_eq!(
            lines,
            [
                "\"Alpha\"\t\"ups\"\t\"3\"\t\"various\"\t\"USB 0463:ffff\"\t\"lab-usb\"",
                "\"Alpha\"\t\"ups\"\t\"1\"\t\"S\"\t\"\"\t\"lab-serial\"",
                "\"Beta\"\t\"ups\"\t\"3\"\t\"B 'x'\"\t\"USB 0463:ffff\"\t\"lab-usb\"",
                "\"Gamma\"\t\"ups\"\t\"4\"\t\"N\"\t\"network\"\t\"lab-serial\"",
                "\"Zeta\"\t\"ups\"\t\"3\"\t\"One, Two\"\t\"USB 051d:0002\"\t\"lab-usb\"",
            ]
        );
    }
}
