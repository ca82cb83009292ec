//! `-t`: everything that can be known to be wrong before an event happens.

use std::path::Path;

use config::{Severity, UpsschedConf};
use daemon::{Exit, banner};
use nix::unistd::{AccessFlags, access};

/// Tells every problem: those of the file, and those of what it names.
pub(crate) fn check(path: &Path) -> Exit {
    let loaded = match config::load_upssched(path) {
        Ok(loaded) => loaded,
        Err(why) => {
            banner::complain(&format!("upssched: {why}"));
            return Exit::Failure;
        }
    };
    for problem in &loaded.problems {
        banner::complain(&problem.to_string());
    }
    let conf = loaded.value;
    let errors = around(&conf);
    for error in &errors {
        banner::complain(&format!("upssched: error: {error}"));
    }
    let of_file = |severity| {
        let problems = loaded.problems.iter();
        problems
            .filter(|problem| problem.severity == severity)
            .count()
    };
    let all = of_file(Severity::Error) + errors.len();
    banner::complain(&format!(
        "upssched: {all} errors, {} warnings; {} rules",
        of_file(Severity::Warning),
        conf.rules.len()
    ));
    Exit::of(all == 0)
}

/// What is wrong with the program and the directories that the file names.
fn around(conf: &UpsschedConf) -> Vec<String> {
    let mut errors = Vec::new();
    if let Some(program) = conf
        .cmdscript
        .first()
        .filter(|program| program.contains('/'))
        && let Err(why) = access(Path::new(program), AccessFlags::X_OK)
    {
        errors.push(format!("CMDSCRIPT: {program} can not be run: {why}"));
    }
    for (name, path) in [("PIPEFN", &conf.pipefn), ("LOCKFN", &conf.lockfn)] {
        let dir = path.as_deref().and_then(Path::parent);
        if let Some(dir) = dir
            && let Err(why) = access(dir, AccessFlags::W_OK | AccessFlags::X_OK)
        {
            errors.push(format!(
                "{name}: no file can be made in {}: {why}",
                dir.display()
            ));
        }
    }
    errors
}
