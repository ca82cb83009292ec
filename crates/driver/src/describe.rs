//! `--describe`: all that a driver says about itself, for `cargo xtask generate`.
//!
//! One fact a line, words with tabs between them, the kind of fact first:
//!
//! ```text
//! driver    NAME  VERSION  DESCRIPTION
//! alias     NAME                            another name of the program, with other defaults
//! group     NAME                            the group of devices, for udev
//! option    value|flag|secret  NAME  DOC
//! hardware  MAKER  MODEL  PART  STARS  usb|serial|network  [VENDOR PRODUCT]
//! ```

use crate::device::Info;
use crate::hardware::{Hardware, Port};
use crate::options::{OptionKind, OptionSpec};

/// All facts.
pub(crate) fn text(info: &Info) -> String {
    let mut lines = vec![line(&["driver", info.name, info.version, info.description])];
    lines.extend(info.aliases.iter().map(|alias| line(&["alias", alias])));
    lines.push(line(&["group", daemon::user::DEFAULT_GROUP]));
    lines.extend(info.options.iter().map(option));
    lines.extend((info.hardware)().iter().map(hardware));
    lines.join("\n")
}

fn option(spec: &OptionSpec) -> String {
    let kind = match spec.kind {
        OptionKind::Value => "value",
        OptionKind::Flag => "flag",
        OptionKind::Secret => "secret",
    };
    line(&["option", kind, spec.name, spec.doc])
}

fn hardware(device: &Hardware) -> String {
    let stars = device.basis.stars().to_string();
    let known = ["hardware", device.maker, device.model, device.part, &stars];
    let port = match device.port {
        Port::Usb { vid, pid } => vec!["usb".into(), format!("{vid:04x}"), format!("{pid:04x}")],
        Port::Serial => vec!["serial".into()],
        Port::Network => vec!["network".into()],
    };
    let port: Vec<&str> = port.iter().map(String::as_str).collect();
    line(&[&known[..], &port].concat())
}

fn line(words: &[&str]) -> String {
    let plain = |word: &&str| word.replace(['\t', '\n'], " ");
    let words: Vec<String> = words.iter().map(plain).collect();
    words.join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;
    use crate::hardware::Basis;

    static LAB: Info = Info {
        name: "lab-ups",
        aliases: &["old-lab"],
        description: "Test device",
        version: "0.1",
        options: &[OptionSpec {
            name: "key",
            kind: OptionKind::Secret,
            doc: "What opens\tit",
        }],
        hardware: || {
            let device = Hardware {
                maker: "Lab",
                model: "One",
                part: "",
                port: Port::Serial,
                basis: Basis::Observed,
            };
            let port = Port::Usb {
                vid: 0x51d,
                pid: 0xffff,
            };
            vec![device, Hardware { port, ..device }]
        },
        open: |_| Err(Error::Config("none".into())),
    };

    #[test]
    fn every_fact_is_a_line_of_words() {
        let text = text(&LAB);
        let lines: Vec<Vec<&str>> = text
            .lines()
            .map(|line| line.split('\t').collect())
            .collect();
        assert_eq!(lines[0], ["driver", "lab-ups", "0.1", "Test device"]);
        assert_eq!(lines[1], ["alias", "old-lab"]);
        assert_eq!(lines[2], ["group", daemon::user::DEFAULT_GROUP]);
        assert_eq!(lines[3], ["option", "secret", "key", "What opens it"]);
        assert_eq!(lines[4], ["hardware", "Lab", "One", "", "1", "serial"]);
        assert_eq!(
            lines[5],
            ["hardware", "Lab", "One", "", "1", "usb", "051d", "ffff"]
        );
        assert_eq!(lines.len(), 6);
    }
}
