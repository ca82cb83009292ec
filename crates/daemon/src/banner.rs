//! The line a program introduces itself with (spec cli.md, section 1).
//!
//! `NUT_QUIET_INIT_BANNER` silences it when it is empty or says yes. In C NUT `false` silences it and `1`
//! does not; scripts that parse the output read nothing of the sort.

use std::ffi::OsStr;
use std::io::Write;

/// `Network UPS Tools <program> <version>`.
#[must_use]
pub fn line(program: &str, version: &str) -> String {
    format!("Network UPS Tools {program} {version}")
}

/// Prints the banner on standard output unless the environment silences it.
pub fn print(banner: &str) {
    if !silenced(std::env::var_os("NUT_QUIET_INIT_BANNER").as_deref()) {
        say(banner);
    }
}

/// Prints a line on standard output; that nobody reads it is no error.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Prints a line on standard error; that nobody reads it is no error.
pub fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// What a value of `NUT_QUIET_INIT_BANNER` means.
fn silenced(value: Option<&OsStr>) -> bool {
    let Some(value) = value else { return false };
    let value = value.to_string_lossy().to_ascii_lowercase();
    matches!(value.as_str(), "" | "1" | "true" | "yes" | "on")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_banner_names_product_program_and_version() {
        assert_eq!(line("upsd", "2.8"), "Network UPS Tools upsd 2.8");
    }

    #[test]
    fn yes_and_nothing_silence_no_does_not() {
        for (value, quiet) in [
            ("", true),
            ("1", true),
            ("TRUE", true),
            ("yes", true),
            ("false", false),
            ("0", false),
        ] {
            assert_eq!(silenced(Some(OsStr::new(value))), quiet, "{value:?}");
        }
        assert!(!silenced(None));
    }
}
