//! Device nodes, for error texts: whose a file is, who we are, and who has it open (spec users.md, pain 5).
//!
//! Only files are asked, `/etc/passwd`, `/etc/group` and `/proc`: an account that comes over the network shows as a number.

#![forbid(unsafe_code)]

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Whose a node is and what its mode allows, or that it is not there: `it belongs to root:dialout with mode 0660`.
#[must_use]
pub fn whose(node: &Path) -> String {
    match fs::metadata(node) {
        Ok(meta) => format!(
            "it belongs to {}:{} with mode {:04o}",
            name("/etc/passwd", meta.uid()),
            name("/etc/group", meta.gid()),
            meta.mode() & 0o7777
        ),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            "it does not exist here; a container must be given it".to_owned()
        }
        Err(error) => error.to_string(),
    }
}

/// The group that a node belongs to, by name or number.
#[must_use]
pub fn group(node: &Path) -> Option<String> {
    fs::metadata(node)
        .ok()
        .map(|meta| name("/etc/group", meta.gid()))
}

/// As whom this process runs: `user nut`.
#[must_use]
pub fn we() -> String {
    fs::metadata("/proc/self").map_or_else(
        |_| "this user".to_owned(),
        |meta| format!("user {}", name("/etc/passwd", meta.uid())),
    )
}

/// A process other than this one that has `node` open, as far as we may look: `usbhid-ups (pid 123)`.
#[must_use]
pub fn holder(node: &Path) -> Option<String> {
    let processes = fs::read_dir("/proc").ok()?.flatten();
    for process in processes {
        let pid = process.file_name();
        let Some(pid) = pid.to_str().and_then(|pid| pid.parse::<u32>().ok()) else {
            continue;
        };
        let Ok(files) = fs::read_dir(process.path().join("fd")) else {
            continue;
        };
        let open = files
            .flatten()
            .any(|file| fs::read_link(file.path()).is_ok_and(|link| link == node));
        if open && pid != std::process::id() {
            let name = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
            return Some(format!("{} (pid {pid})", name.trim()));
        }
    }
    None
}

/// The name of a user or group in such a file, or its number.
fn name(file: &str, id: u32) -> String {
    let entries = fs::read_to_string(file).unwrap_or_default();
    let id = id.to_string();
    let found = entries.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)? == id).then(|| name.to_owned())
    });
    found.unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ones_own_open_files_are_not_somebody_elses() {
        let file = fs::File::open("/proc/self/exe").unwrap();
        let path = fs::read_link("/proc/self/exe").unwrap();
        assert_eq!(holder(&path), None);
        drop(file);
    }

    #[test]
    fn users_have_names_and_strangers_numbers() {
        assert_eq!(name("/etc/passwd", 0), "root");
        assert_eq!(name("/etc/passwd", 4_000_000_000), "4000000000");
        assert_eq!(name("/nonexistent", 7), "7");
    }

    #[test]
    fn a_node_that_is_not_there_is_said_to_be_missing() {
        assert!(whose(Path::new("/dev/nonexistent")).contains("does not exist here"));
        assert_eq!(group(Path::new("/dev/nonexistent")), None);
        assert!(whose(Path::new("/dev/null")).starts_with("it belongs to root:"));
    }
}
