//! Why a port cannot be opened, in words that help.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::lock::Taken;

/// Names of serial ports begin so.
const PORTS: [&str; 5] = ["ttyS", "ttyUSB", "ttyACM", "ttyAMA", "ttyXRUSB"];
/// How many ports an error names.
const NAMED_MAX: usize = 8;

/// [`Error::Missing`] with the ports that there are.
pub(crate) fn missing(port: &Path) -> Error {
    let there = ports(Path::new("/dev"));
    let hint = if there.is_empty() {
        "this machine shows no serial port at all; is the adapter plugged in?".to_owned()
    } else {
        format!("there are {}", there.join(", "))
    };
    Error::Missing {
        port: port.to_owned(),
        hint,
    }
}

/// [`Error::Denied`] with whose the port is, who we are, and what to do.
pub(crate) fn denied(port: &Path) -> Error {
    let group = node::group(port).unwrap_or_else(|| "its group".to_owned());
    let hint = format!(
        "{}, and the driver runs as {}; add that user to the group (usermod -aG {group} USER), or give the port to the \
         driver's group with a udev rule: KERNEL==\"{}\", GROUP=\"nut\", MODE=\"0660\"",
        node::whose(port),
        node::we(),
        port.file_name().unwrap_or_default().to_string_lossy()
    );
    Error::Denied {
        port: port.to_owned(),
        hint,
    }
}

/// [`Error::Busy`] with who has the port.
pub(crate) fn busy(port: &Path) -> Error {
    let holder = node::holder(port).unwrap_or_else(|| {
        format!(
            "another process (root sees which: fuser -v {})",
            port.display()
        )
    });
    Error::Busy {
        port: port.to_owned(),
        holder,
    }
}

/// The same by a lock file.
pub(crate) fn locked(port: &Path, taken: &Taken) -> Error {
    Error::Busy {
        port: port.to_owned(),
        holder: format!("process {} ({})", taken.pid, taken.file.display()),
    }
}

fn ports(dev: &Path) -> Vec<String> {
    let entries = fs::read_dir(dev).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| PORTS.iter().any(|begin| name.starts_with(begin)))
        })
        .collect();
    found.sort();
    found.truncate(NAMED_MAX);
    found
        .iter()
        .map(|path| path.display().to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_port_names_those_that_there_are() {
        let dev = tempfile::tempdir().unwrap();
        for name in ["ttyUSB0", "ttyS1", "tty1", "null"] {
            fs::write(dev.path().join(name), "").unwrap();
        }
        let there = ports(dev.path());
        let name = |name: &str| dev.path().join(name).display().to_string();
        assert_eq!(there, [name("ttyS1"), name("ttyUSB0")]);
        let text = missing(Path::new("/dev/ttyUSB9")).to_string();
        assert!(
            text.starts_with("/dev/ttyUSB9: there is no such port"),
            "{text}"
        );
    }

    #[test]
    fn a_forbidden_port_says_whose_it_is_and_what_to_do() {
        let text = denied(Path::new("/dev/null")).to_string();
        for part in [
            "/dev/null: permission denied",
            "it belongs to root:",
            "with mode 0",
            "runs as user ",
            "usermod -aG root",
            "udev",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }
}
