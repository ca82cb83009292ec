//! ups.conf's section and the `-x` options as one section.
//!
//! The settings of both are written down as the lines of one section, those of `-x` last so that they win,
//! and read by the reader of ups.conf: so `-x pollinterval=abc` is checked by the same rules, and told by
//! the same words, as the line of the file.

use std::path::{Path, PathBuf};

use config::{Loaded, Problem, Section, Setting, Severity, UpsConf, load_ups};
use daemon::paths::Paths;
use text::{Place, quote};

use crate::device::Info;

/// Where a configuration comes from; kept for reloads.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The section (`-a`), or the name for a UPS without one (`-s`).
    pub(crate) ups: String,
    /// Whether ups.conf is read at all.
    pub(crate) from_file: bool,
    /// `-x key=value` and what other options amount to, in order.
    pub(crate) extra: Vec<(String, Option<String>)>,
    /// Name this program was started by.
    pub(crate) program: String,
    /// The configuration directory.
    pub(crate) conf_dir: PathBuf,
    /// The environment's directories.
    pub(crate) paths: Paths,
}

/// One section with the globals, and what is wrong with either.
pub(super) struct Merged {
    pub(super) conf: UpsConf,
    pub(super) origins: Origins,
    pub(super) problems: Vec<Problem>,
}

/// Tells where a line of the merged section comes from.
pub(super) struct Origins {
    path: PathBuf,
    places: Vec<Place>,
}

/// The first line of the merged section that holds a setting.
const FIRST: usize = 2;

impl Origins {
    /// File and place of a setting; no place for the command line.
    pub(super) fn of(&self, setting: &Setting) -> (PathBuf, Option<Place>) {
        self.of_line(setting.place.line)
    }

    fn of_line(&self, line: u32) -> (PathBuf, Option<Place>) {
        let index = usize::try_from(line)
            .ok()
            .and_then(|line| line.checked_sub(FIRST));
        match index.and_then(|index| self.places.get(index)) {
            Some(place) => (self.path.clone(), Some(*place)),
            None => (PathBuf::from("command line"), None),
        }
    }

    fn is_of_file(&self, problem: &Problem) -> bool {
        problem
            .place
            .is_some_and(|place| self.of_line(place.line).1.is_some())
    }
}

impl Source {
    /// The state directory, when the configuration says `configured`.
    pub(super) fn state_dir(&self, configured: Option<&Path>) -> PathBuf {
        self.paths.state(configured).to_owned()
    }

    fn path(&self) -> PathBuf {
        self.conf_dir.join("ups.conf")
    }

    /// Reads the file, if any, and lays `-x` over it.
    ///
    /// # Errors
    /// There is no such file or no such section, or it belongs to another driver.
    pub(super) fn merged(&self, info: &Info) -> Result<Merged, Vec<Problem>> {
        if !self.from_file {
            let section = Section {
                driver: own_name(info, &self.program).to_owned(),
                ..Section::default()
            };
            return Ok(self.overlaid(UpsConf::default(), &section, Vec::new()));
        }
        let loaded =
            load_ups(&self.path()).map_err(|error| vec![self.problem(None, error.to_string())])?;
        let problems = ours(&loaded, &self.ups);
        let Some(section) = loaded.value.section(&self.ups).cloned() else {
            return Err(with(problems, self.no_section(&loaded.value)));
        };
        if !is_name(info, &section.driver) {
            return Err(with(problems, self.foreign(info, &section)));
        }
        Ok(self.overlaid(loaded.value, &section, problems))
    }

    fn overlaid(&self, conf: UpsConf, section: &Section, mut problems: Vec<Problem>) -> Merged {
        let lines = Lines::of(self, section);
        let loaded = UpsConf::parse(Path::new("command line"), lines.0.as_bytes());
        let origins = Origins {
            path: self.path(),
            places: section
                .settings
                .iter()
                .map(|setting| setting.place)
                .collect(),
        };
        let of_command_line = loaded
            .problems
            .into_iter()
            .filter(|problem| !origins.is_of_file(problem));
        problems.extend(of_command_line.map(|problem| Problem {
            place: None,
            cited: None,
            ..problem
        }));
        let conf = UpsConf {
            globals: conf.globals,
            sections: loaded.value.sections,
        };
        Merged {
            conf,
            origins,
            problems,
        }
    }

    fn no_section(&self, conf: &UpsConf) -> Problem {
        let names: Vec<&str> = conf
            .sections
            .iter()
            .map(|section| section.name.as_str())
            .collect();
        let known = match names.as_slice() {
            [] => "it has no usable section".to_owned(),
            names => format!("it has {}", names.join(", ")),
        };
        self.problem(
            None,
            format!("section {} not found in ups.conf; {known}", self.ups),
        )
    }

    fn foreign(&self, info: &Info, section: &Section) -> Problem {
        let text = format!(
            "UPS [{}] is for driver {:?}, but this is {:?}; start that driver or change the section",
            self.ups, section.driver, info.name
        );
        let line = section
            .settings
            .iter()
            .find(|setting| setting.key == "driver");
        self.problem(line.map(|setting| setting.place), text)
    }

    fn problem(&self, place: Option<Place>, text: String) -> Problem {
        Problem {
            severity: Severity::Error,
            path: self.path(),
            place,
            text,
            cited: None,
        }
    }
}

/// The lines of the merged section.
struct Lines(String);

impl Lines {
    fn of(source: &Source, section: &Section) -> Self {
        let mut lines = Self(String::new());
        quote(&format!("[{}]", source.ups), &mut lines.0);
        lines.0.push('\n');
        for setting in &section.settings {
            lines.push(&setting.key, setting.value.as_deref());
        }
        for (key, value) in &source.extra {
            lines.push(key, value.as_deref());
        }
        lines.push("driver", Some(&section.driver));
        lines
    }

    fn push(&mut self, key: &str, value: Option<&str>) {
        quote(&key.replace(['\n', '\r'], " "), &mut self.0);
        if let Some(value) = value {
            self.0.push_str(" = ");
            quote(&value.replace(['\n', '\r'], " "), &mut self.0);
        }
        self.0.push('\n');
    }
}

/// The problems of the globals and of section `name`; those of other sections are for their drivers.
fn ours(loaded: &Loaded<UpsConf>, name: &str) -> Vec<Problem> {
    let header = |line: u32| {
        let above = loaded
            .value
            .sections
            .iter()
            .filter(|section| section.place.is_some_and(|place| place.line <= line));
        above
            .max_by_key(|section| section.place)
            .map(|section| section.name.as_str())
    };
    let is_ours = |problem: &&Problem| {
        let section = problem.place.and_then(|place| header(place.line));
        section.is_none_or(|section| section == name)
    };
    loaded.problems.iter().filter(is_ours).cloned().collect()
}

fn with(mut problems: Vec<Problem>, last: Problem) -> Vec<Problem> {
    problems.push(last);
    problems
}

/// Whether `driver =` may say `name` for this program.
fn is_name(info: &Info, name: &str) -> bool {
    name == info.name || info.aliases.contains(&name)
}

/// The name it was started by, if it is one of ours.
fn own_name<'a>(info: &'a Info, program: &'a str) -> &'a str {
    if info.aliases.contains(&program) {
        program
    } else {
        info.name
    }
}
