//! The section's own options against the driver's table.

use std::path::PathBuf;

use config::{Place, Problem, Section, Setting, Severity, nearest};

use crate::device::Info;
use crate::options::{OptionKind, OptionSpec};

type Options = Vec<(String, Option<String>)>;

/// Every option the driver knows, and a problem for every other.
///
/// C NUT stops at the first with `not a valid variable name for this driver` and exits 0, which looks like
/// success to whoever started it.
pub(super) fn options(
    info: &Info,
    section: &Section,
    origin: impl Fn(&Setting) -> (PathBuf, Option<Place>),
) -> (Options, Vec<Problem>) {
    let (mut options, mut problems) = (Options::new(), Vec::new());
    for setting in section.driver_settings() {
        match judge(info, setting) {
            Ok(key) => options.push((key, setting.value.clone())),
            Err(text) => {
                let (path, place) = origin(setting);
                problems.push(Problem {
                    severity: Severity::Error,
                    path,
                    place,
                    text,
                    cited: None,
                });
            }
        }
    }
    (options, problems)
}

/// The option's key in lower case, or what is wrong with it.
fn judge(info: &Info, setting: &Setting) -> Result<String, String> {
    let key = &setting.key;
    let mut specs = info
        .options
        .iter()
        .filter(|spec| spec.name.eq_ignore_ascii_case(key))
        .peekable();
    let Some(&first) = specs.peek() else {
        return Err(unknown(info, setting));
    };
    if specs.any(|spec| fits(spec, setting)) {
        return Ok(key.to_ascii_lowercase());
    }
    Err(match first.kind {
        OptionKind::Flag => format!("{key} is a flag; write {key} without a value"),
        OptionKind::Value | OptionKind::Secret => {
            format!("{key} needs a value; write {key} = \"...\"")
        }
    })
}

fn fits(spec: &OptionSpec, setting: &Setting) -> bool {
    (spec.kind == OptionKind::Flag) == setting.value.is_none()
}

fn unknown(info: &Info, setting: &Setting) -> String {
    let key = &setting.key;
    let what = if setting.value.is_some() {
        "variable name"
    } else {
        "flag"
    };
    let known = info.options.iter().map(|spec| spec.name).chain(common());
    let hint = match nearest(key, known) {
        Some(name) => format!(", did you mean {name:?}?"),
        None => format!("; see {} -h for those it has", info.name),
    };
    format!("'{key}' is not a valid {what} for this driver{hint}")
}

/// Names of the options all drivers have.
fn common() -> impl Iterator<Item = &'static str> {
    let own = config::ups::SECTION.iter().map(|directive| directive.name);
    own.chain(config::ups::SHARED.iter().map(|directive| directive.name))
}
