//! The files with the facts. None of their texts has a comma or a quote in it.

use std::fs;
use std::path::{Path, PathBuf};

/// One line, by the names in the head of its file.
#[derive(Clone, Debug)]
pub(super) struct Line {
    fields: Vec<(String, String)>,
}

impl Line {
    #[track_caller]
    pub(super) fn get(&self, name: &str) -> &str {
        let field = self.fields.iter().find(|(known, _)| known == name);
        &field
            .unwrap_or_else(|| panic!("no column {name} in {self:?}"))
            .1
    }

    /// A number, hexadecimal behind `0x`.
    #[track_caller]
    pub(super) fn number(&self, name: &str) -> i64 {
        let text = self.get(name).to_ascii_lowercase();
        let number = match text.strip_prefix("0x") {
            Some(digits) => i64::from_str_radix(digits, 16),
            None => text.parse(),
        };
        number.unwrap_or_else(|error| panic!("{name}: {text:?}: {error}"))
    }
}

/// The directory of the files, for the test `name`; without it the test is noted as skipped.
pub(super) fn facts(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/devices/usb/mappings");
    let dir = std::env::var_os("LOCKNUT_USB_MAPPINGS").map_or(beside, PathBuf::from);
    if dir.join("_usb_ids.csv").is_file() {
        return Some(dir);
    }
    testkit::skipped(
        name,
        "the reference's tables as CSV in the directory that LOCKNUT_USB_MAPPINGS names",
    );
    None
}

/// All lines of a file.
pub(super) fn read(dir: &Path, file: &str) -> Vec<Line> {
    let path = dir.join(file);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(!text.contains('"'), "{}: a quoted field", path.display());
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
    let names: Vec<String> = lines.next().into_iter().flatten().collect();
    let line = |fields| Line {
        fields: names.iter().cloned().zip(fields).collect(),
    };
    lines.map(line).collect()
}
