//! nut.conf: assignments that shells and systemd read alike (spec config-files.md, section 10).

use config::Place;

/// One assignment; of those of the same name the last one counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Assignment {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) place: Place,
}

/// What nut.conf says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NutConf {
    assignments: Vec<Assignment>,
    /// Lines that one of the two readers takes for something else.
    pub(crate) odd: Vec<Place>,
}

impl NutConf {
    /// Reads it.
    pub(crate) fn parse(source: &[u8]) -> Self {
        let source = String::from_utf8_lossy(source);
        let mut conf = Self::default();
        for (number, line) in (1..).zip(source.lines()) {
            let text = line.trim();
            let indent = line.len() - line.trim_start().len();
            let place = Place {
                line: number,
                col: u32::try_from(indent + 1).unwrap_or(u32::MAX),
            };
            if text.is_empty() || text.starts_with(['#', ';']) {
                continue;
            }
            match assignment(text, place) {
                Some(assignment) => conf.assignments.push(assignment),
                None => conf.odd.push(place),
            }
        }
        conf
    }

    /// The value of a name that counts.
    pub(crate) fn get(&self, name: &str) -> Option<&Assignment> {
        let mut assignments = self.assignments.iter().rev();
        assignments.find(|assignment| assignment.name == name)
    }
}

fn assignment(text: &str, place: Place) -> Option<Assignment> {
    let text = text.strip_prefix("export ").unwrap_or(text);
    let (name, value) = text.split_once('=')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let bare = !value.starts_with(char::is_whitespace);
    (bare && !name.is_empty() && name.chars().all(plain)).then(|| Assignment {
        name: name.to_owned(),
        value: unquoted(value),
        place,
    })
}

/// The value without its quotes, or up to a comment.
fn unquoted(value: &str) -> String {
    for quote in ['"', '\''] {
        let inner = value
            .strip_prefix(quote)
            .and_then(|rest| rest.split_once(quote));
        if let Some((inner, _)) = inner {
            return inner.to_owned();
        }
    }
    let value = value.split_once(" #").map_or(value, |(value, _)| value);
    value.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_assignment_counts_and_quotes_are_taken_off() {
        let conf = NutConf::parse(b"# x\nMODE=none\n  MODE=\"standalone\"\nA='b c' # d\nB=e # f\n");
        let mode = conf.get("MODE").unwrap();
        assert_eq!(
            (mode.value.as_str(), mode.place),
            ("standalone", Place { line: 3, col: 3 })
        );
        assert_eq!(conf.get("A").unwrap().value, "b c");
        assert_eq!(conf.get("B").unwrap().value, "e");
        assert!(conf.get("C").is_none() && conf.odd.is_empty());
    }

    #[test]
    fn blanks_around_the_sign_are_odd() {
        let conf = NutConf::parse(b"MODE = standalone\nMODE= x\nnonsense\n");
        let lines: Vec<u32> = conf.odd.iter().map(|place| place.line).collect();
        assert_eq!(lines, [1, 2, 3]);
        assert!(conf.get("MODE").is_none());
    }
}
