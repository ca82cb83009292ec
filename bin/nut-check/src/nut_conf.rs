//! nut.conf: assignments that shells and systemd read alike (spec config-files.md, section 10), and lines that only look like
//! assignments.

use std::path::Path;

use config::edit::Shell;
use config::{Loaded, Place, Problem};

/// What nut.conf says.
#[derive(Clone, Debug, Default)]
pub(crate) struct NutConf {
    shell: Shell,
    /// Lines that shells and systemd read differently.
    pub(crate) odd: Vec<Place>,
}

impl NutConf {
    /// Reads it; `path` only names it in messages.
    pub(crate) fn parse(path: &Path, source: &[u8]) -> Loaded<Self> {
        let (shell, problems): (Shell, Vec<Problem>) = match Shell::parse(path, source) {
            Ok(shell) => (shell, Vec::new()),
            Err(problems) => (Shell::default(), problems),
        };
        let odd = odd(&String::from_utf8_lossy(source));
        let value = Self { shell, odd };
        Loaded { value, problems }
    }

    /// The value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.shell.get(name)
    }

    /// Where it stands.
    pub(crate) fn place(&self, name: &str) -> Option<Place> {
        self.shell.place(name)
    }
}

/// A shell takes `NAME = value` for a command, and systemd for an assignment. Behind a value systemd knows no comment, and before a
/// name no `export`.
fn odd(source: &str) -> Vec<Place> {
    let lines = (1..).zip(source.split('\n'));
    let odd = lines.filter(|(_, line)| is_odd(line));
    odd.map(|(line, _)| Place { line, col: 1 }).collect()
}

fn is_odd(line: &str) -> bool {
    let Some((name, value)) = line.trim_start().split_once('=') else {
        return false;
    };
    let (is_exported, bare) = match name.strip_prefix("export ") {
        Some(bare) => (true, bare.trim()),
        None => (false, name.trim_end()),
    };
    let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    if bare.is_empty() || !bare.chars().all(is_name) {
        return false;
    }
    is_exported || name != bare || goes_on(value)
}

/// Whether something stands behind a value. One in quotes that are not closed here goes on in the next line, which is told elsewhere.
fn goes_on(value: &str) -> bool {
    let rest = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => {
            let inner = value.get(1..).unwrap_or_default();
            inner.split_once(quote).map_or("", |(_, rest)| rest)
        }
        _ => value.trim_start_matches(|c: char| !c.is_whitespace() && c != ';'),
    };
    let is_escaped = value.contains('\\');
    !is_escaped && (rest.ends_with('\r') || !rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Loaded<NutConf> {
        NutConf::parse(Path::new("nut.conf"), text.as_bytes())
    }

    #[test]
    fn the_last_assignment_counts_and_has_its_place() {
        let conf = parse("# x\nMODE=none\n  MODE=\"standalone\"\n").value;
        assert_eq!(conf.get("MODE"), Some("standalone"));
        assert_eq!(conf.place("MODE"), Some(Place { line: 3, col: 3 }));
        assert_eq!(conf.place("POWEROFF_WAIT"), None);
    }

    #[test]
    fn what_shells_and_systemd_read_differently_is_odd() {
        for line in [
            "MODE= netserver",
            "MODE=netclient # a secondary",
            "MODE=\"none\" # off",
            "MODE=none;",
            "MODE=none\r",
            "export MODE=none",
            "POWEROFF_WAIT=15 m",
        ] {
            assert_eq!(parse(&format!("{line}\n")).value.odd.len(), 1, "{line:?}");
        }
        for line in [
            "MODE=none ",
            "  MODE='none'",
            "UPSD_OPTIONS=\"-D -D\"",
            "UPSD_OPTIONS=",
            "# MODE=none # x",
            "X=a\\ b",
        ] {
            assert!(parse(&format!("{line}\n")).value.odd.is_empty(), "{line:?}");
        }
    }

    #[test]
    fn blanks_before_the_sign_are_odd_and_an_open_quote_is_a_problem() {
        let conf = parse("MODE = standalone\n# A = b\nA=b\n").value;
        assert_eq!(conf.odd, [Place { line: 1, col: 1 }]);
        assert_eq!(conf.get("MODE"), None);
        assert_eq!(parse("MODE=\"x\n").problems.len(), 1);
    }
}
