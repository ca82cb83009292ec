//! Standard error as systemd's journal takes it: each line begins with its severity.

use std::ffi::OsStr;
use std::fs::File;
use std::os::fd::AsFd;
use std::os::unix::fs::MetadataExt;

/// Whether what is written to standard error goes to the journal: systemd says which file that is, so that those who inherit its
/// environment but not the file know better.
pub(super) fn is_stderr() -> bool {
    let told = std::env::var_os("JOURNAL_STREAM");
    let stderr = std::io::stderr().as_fd().try_clone_to_owned();
    let found = stderr.and_then(|stderr| File::from(stderr).metadata());
    found.is_ok_and(|found| is_same(told.as_deref(), (found.dev(), found.ino())))
}

/// `told` is device and inode, as in `8:4711`.
fn is_same(told: Option<&OsStr>, (device, inode): (u64, u64)) -> bool {
    told.is_some_and(|told| told == OsStr::new(&format!("{device}:{inode}")))
}

/// The text with the severity before each of its lines: the journal takes them for one entry each.
pub(super) fn lines(severity: u8, prefix: &str, text: &str) -> String {
    let lines = text.lines();
    let lines: Vec<String> = lines
        .map(|line| format!("<{severity}>{prefix}{line}"))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_journal_is_known_by_device_and_inode() {
        let told = |text: &'static str| Some(OsStr::new(text));
        assert!(is_same(told("8:4711"), (8, 4711)));
        assert!(!is_same(told("8:4712"), (8, 4711)));
        assert!(!is_same(told(""), (8, 4711)));
        assert!(!is_same(None, (8, 4711)));
    }

    #[test]
    fn every_line_has_its_severity() {
        assert_eq!(lines(4, "", "one\ntwo"), "<4>one\n<4>two");
        assert_eq!(
            lines(7, "   1.000000\t[D1] ", "one"),
            "<7>   1.000000\t[D1] one"
        );
    }
}
