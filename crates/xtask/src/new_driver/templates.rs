//! The files of a new driver. What stands in double braces is filled in.

/// A way to talk to a device.
#[derive(Debug)]
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// Asks the device.
    device: &'static str,
    /// Libraries, besides those that every driver uses.
    libraries: &'static [&'static str],
    /// Libraries of its tests.
    test_libraries: &'static [&'static str],
    /// What its options need of the framework, and the rows of its options.
    uses: &'static str,
    options: &'static str,
    /// What `port` may be.
    pub(super) port: &'static str,
}

/// All kinds, each a directory of `templates/`.
pub(super) static KINDS: &[Kind] = &[
    Kind {
        name: "soft",
        device: include_str!("templates/soft/device.rs.in"),
        libraries: &[],
        test_libraries: &["tempfile"],
        uses: "{Driver, Error, Info, OptionSpec, Settings}",
        options: "",
        port: "/tmp/device",
    },
    Kind {
        name: "usb",
        device: include_str!("templates/usb/device.rs.in"),
        libraries: &["usb"],
        test_libraries: &[],
        uses: "{Driver, Error, Info, OptionSpec, Settings}",
        options: r#"    OptionSpec::value("vendorid", "regular expression for the vendor's number, four hexadecimal digits"),
    OptionSpec::value("productid", "the same for the product's number"),
    OptionSpec::value("serial", "regular expression for the serial number"),
"#,
        port: "auto",
    },
];

/// Libraries that every driver uses.
const LIBRARIES: &[&str] = &["driver", "proto"];

/// Files that are the same for all kinds.
const COMMON: &[(&str, &str)] = &[
    ("Cargo.toml", include_str!("templates/Cargo.toml.in")),
    ("README.md", include_str!("templates/README.md.in")),
    ("src/main.rs", include_str!("templates/main.rs.in")),
    ("src/lib.rs", include_str!("templates/lib.rs.in")),
    ("src/protocol.rs", include_str!("templates/protocol.rs.in")),
];

/// All files of a driver: path in its folder, and text.
pub(super) fn render(name: &str, kind: &Kind) -> Vec<(&'static str, String)> {
    let dependencies = |names: &mut Vec<&str>| -> String {
        names.sort_unstable();
        names
            .iter()
            .map(|name| format!("{name}.workspace = true\n"))
            .collect()
    };
    let libraries = dependencies(&mut [LIBRARIES, kind.libraries].concat());
    let tests = match dependencies(&mut kind.test_libraries.to_vec()) {
        none if none.is_empty() => none,
        tests => format!("\n[dev-dependencies]\n{tests}"),
    };
    let library = name.replace('-', "_");
    let filled = [
        ("{{name}}", name),
        ("{{library}}", &library),
        ("{{dependencies}}\n", &libraries),
        ("{{dev_dependencies}}", &tests),
        ("{{uses}}", kind.uses),
        ("{{options}}", kind.options),
        ("{{port}}", kind.port),
    ];
    let fill = |text: &str| {
        let begin = text.to_owned();
        filled
            .iter()
            .fold(begin, |text, (word, value)| text.replace(word, value))
    };
    let device = [("src/device.rs", kind.device)];
    let files = COMMON.iter().chain(&device);
    files.map(|(path, text)| (*path, fill(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_to_fill_in() {
        for kind in KINDS {
            for (path, text) in render("lab-ups", kind) {
                assert!(
                    !text.contains("{{") && !text.contains("}}"),
                    "{path}: {text}"
                );
                assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
            }
        }
    }
}
