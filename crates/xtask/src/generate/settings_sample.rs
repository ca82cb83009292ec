//! A sample of sections of ups.conf with all settings that drivers have of their own.

use super::facts::{Facts, Port};
use std::fmt::Write;

const HEAD: &str = "\
# Sections of ups.conf with all settings that drivers have of their own. Made by `cargo xtask generate` from the drivers' tables;
# do not edit.
#
# Lines that begin with \"#\" and a blank explain; to use a line below, copy it to its section in ups.conf, remove the \"#\" before it,
# and write a value in place of \"...\". What each driver makes of it stands in its manual page.
";

/// The text of the file.
pub(super) fn text(all: &[Facts]) -> String {
    let mut text = HEAD.to_owned();
    for facts in all {
        let name = &facts.name;
        let port = match facts.devices.first().map(|device| &device.port) {
            Some(Port::Usb(..)) => "auto",
            Some(Port::Serial) => "/dev/ttyS0",
            Some(Port::Network) => "192.0.2.1",
            None => "rack.dev",
        };
        // writing to a string cannot fail
        let _ = write!(
            text,
            "\n# {}\n#[my-{name}]\n#    driver = {name}\n#    port = {port}\n",
            facts.description
        );
        for option in &facts.options {
            let value = if option.kind == "flag" { "" } else { " = ..." };
            let _ = writeln!(text, "# {}\n#    {}{value}", option.doc, option.name);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::facts::samples;
    use super::*;

    #[test]
    fn every_setting_stands_in_its_drivers_section() {
        let text = text(&samples());
        let after = text.strip_prefix(HEAD).unwrap();
        assert_eq!(
            after,
            "\n# A lab's UPSes\n#[my-lab-usb]\n#    driver = lab-usb\n#    port = auto\n# expression | for the number\n\
             #    serial = ...\n# no pauses\n#    quick\n\n\
             # Old ones\n#[my-lab-serial]\n#    driver = lab-serial\n#    port = /dev/ttyS0\n"
        );
    }
}
