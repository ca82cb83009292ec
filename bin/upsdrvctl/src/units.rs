//! Who else starts drivers on this system: with systemd, a unit for each UPS. Two who start the same driver evict each other's.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use config::Section;
use tracing::error;

use crate::launch::wait;

/// There when systemd runs the system.
const SYSTEMD: &str = "/run/systemd/system";
/// Set by the units themselves, and by who knows better.
const QUIET: &str = "NUT_QUIET_INIT_NDE_WARNING";
/// How long systemd may take to answer.
const ANSWER_TIME: Duration = Duration::from_secs(3);

/// Whether a unit has the driver in its care. It is told which, and how to have it do the same.
pub(crate) fn refuse(verb: &str, section: &Section) -> bool {
    if std::env::var_os(QUIET).is_some() || !Path::new(SYSTEMD).exists() {
        return false;
    }
    let unit = unit(&section.name);
    if !is_active(&unit) {
        return false;
    }
    error!(
        "UPS {}: its driver is run by {unit}; use systemctl {verb} {unit} (or set {QUIET}=true to do without it)",
        section.name
    );
    true
}

/// The unit of a UPS: what is not a letter, digit, `_`, `.` or `:` is escaped as systemd does.
fn unit(name: &str) -> String {
    let mut escaped = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b':' | b'.' => {
                escaped.push(byte.into())
            }
            other => escaped.push_str(&format!("\\x{other:02x}")),
        }
    }
    format!("nut-driver@{escaped}.service")
}

fn is_active(unit: &str) -> bool {
    let asked = Command::new("systemctl")
        .args(["is-active", "--quiet", unit])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut asked) = asked else {
        return false;
    };
    match wait(&mut asked, ANSWER_TIME) {
        Ok(Some(status)) => status.success(),
        _ => {
            let _ = asked.kill();
            let _ = asked.wait();
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_named_as_systemd_escapes_them() {
        assert_eq!(unit("rack"), "nut-driver@rack.service");
        assert_eq!(unit("my-ups 1"), "nut-driver@my\\x2dups\\x201.service");
    }
}
