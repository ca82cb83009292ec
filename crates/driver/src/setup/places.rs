//! Where the settings stand, so that what a driver says of a value is told with its place.
//!
//! Which values are good only the driver knows, and it sees values, not lines. Its texts begin with the setting's name.

use std::path::PathBuf;

use config::{Place, Problem, Section, Setting, Severity};

use crate::device::Error;

/// The settings' names and places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places(Vec<(String, PathBuf, Option<Place>)>);

impl Places {
    /// Those of a section; nothing is the place of the command line.
    pub(super) fn of(
        section: &Section,
        origin: impl Fn(&Setting) -> (PathBuf, Option<Place>),
    ) -> Self {
        let place = |setting: &Setting| {
            let (path, place) = origin(setting);
            (setting.key.clone(), path, place)
        };
        Self(section.settings.iter().map(place).collect())
    }

    /// An error, with the place of the setting that it is about. The last one of a name counts.
    pub(crate) fn located(&self, error: Error) -> Error {
        let Error::Config(text) = error else {
            return error;
        };
        let about = |(key, ..): &&(String, PathBuf, Option<Place>)| is_about(&text, key);
        let Some((_, path, place)) = self.0.iter().rev().find(about) else {
            return Error::Config(text);
        };
        let problem = Problem {
            severity: Severity::Error,
            path: path.clone(),
            place: *place,
            text,
            cited: None,
        };
        Error::Config(problem.to_string())
    }
}

/// Whether a text begins with this name.
fn is_about(text: &str, key: &str) -> bool {
    let begins = text
        .get(..key.len())
        .is_some_and(|name| name.eq_ignore_ascii_case(key));
    let rest = text.get(key.len()..).unwrap_or_default();
    begins && rest.starts_with([':', ' '])
}
