//! upsmon.conf: where it is, reading it, telling what is wrong with it.

use std::path::{Path, PathBuf};

use config::{LoadError, Loaded, Problem, Severity, UpsmonConf};
use daemon::paths::Paths;
use tracing::{error, warn};

use crate::args::Args;

/// Where it is: `-f`, else in the configuration directory.
pub(crate) fn path(args: &Args, paths: &Paths) -> PathBuf {
    let default = || paths.conf().join("upsmon.conf");
    args.file.clone().unwrap_or_else(default)
}

/// Reads it.
///
/// # Errors
/// It cannot be read at all.
pub(crate) fn load(path: &Path) -> Result<Loaded<UpsmonConf>, LoadError> {
    config::load_upsmon(path)
}

/// Writes all problems to the log.
pub(crate) fn log_problems(problems: &[Problem]) {
    for problem in problems {
        match problem.severity {
            Severity::Error => error!("{problem}"),
            Severity::Warning => warn!("{problem}"),
        }
    }
}

/// How many problems make it unusable as it stands.
pub(crate) fn errors(problems: &[Problem]) -> usize {
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    errors.count()
}

/// `DEBUG_MIN`, as far as there are levels.
pub(crate) fn debug_min(conf: &UpsmonConf) -> u8 {
    u8::try_from(conf.debug_min.unwrap_or(0)).unwrap_or(u8::MAX)
}
