//! nut.conf: assignments that shells and systemd read alike (spec config-files.md, section 10), and lines that only look like
//! assignments.

use std::path::Path;

use config::edit::Shell;
use config::{Loaded, Place, Problem};

/// What nut.conf says.
#[derive(Clone, Debug, Default)]
pub(crate) struct NutConf {
    shell: Shell,
    /// Lines that are no assignments because of blanks around the sign.
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

/// A shell takes `NAME = value` for a command, and systemd for an assignment.
fn odd(source: &str) -> Vec<Place> {
    let is_odd = |line: &str| {
        let name = line.trim_start().split_once('=').map(|(name, _)| name);
        let bare = name.map(str::trim_end).unwrap_or_default();
        let is_name = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
        !bare.is_empty() && bare.chars().all(is_name) && name != Some(bare)
    };
    let lines = (1..).zip(source.lines());
    let odd = lines.filter(|(_, line)| is_odd(line));
    odd.map(|(line, _)| Place { line, col: 1 }).collect()
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
    fn blanks_before_the_sign_are_odd_and_an_open_quote_is_a_problem() {
        let conf = parse("MODE = standalone\n# A = b\nA=b\n").value;
        assert_eq!(conf.odd, [Place { line: 1, col: 1 }]);
        assert_eq!(conf.get("MODE"), None);
        assert_eq!(parse("MODE=\"x\n").problems.len(), 1);
    }
}
