//! nutconf: reads and changes the configuration files, and keeps their comments (spec cli.md, section 15).
//!
//! ```text
//! args --> change: text in, text out (config::edit) --> files: checked by the files' own readers --> daemon::replace
//! ```
//!
//! * [`options`]: the table of options
//! * [`args`]: the command line, read as C NUT reads it
//! * [`files`]: the files, checked and written together
//! * [`mod@change`]: what set- and add- options do
//! * [`tell`]: what get- options print
//! * [`password`]: where a password comes from
//! * [`scan`]: what nut-scanner finds

#![forbid(unsafe_code)]

mod args;
mod change;
mod files;
mod options;
mod password;
mod scan;
mod tell;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use config::Problem;
use config::nut::MODES;
use daemon::paths::{CONF_DIR, Paths};
use daemon::replace::{self, DirLock};
use daemon::{Exit, banner};

use args::Args;
use files::Files;
use password::Passwords;

/// How long another nutconf may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// What C NUT's ends with when an exception has ended it.
const SYSTEM_FAILED: Exit = Exit::Code(128);

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{0}")]
    Usage(String),
    #[error("configuration directory {} isn't available: {}", .0.display(), .1)]
    NoDirectory(PathBuf, io::Error),
    #[error("this can not be edited; correct it first. Nothing was written")]
    Unclear(Vec<Problem>),
    #[error("these mistakes would be new. Nothing was written")]
    Refused(Vec<Problem>),
    #[error("there is no {0} to be edited")]
    NoSuch(&'static str),
    #[error(transparent)]
    Replace(#[from] replace::Error),
    #[error("{cause}{}", already(.written))]
    Write {
        cause: replace::Error,
        written: Vec<PathBuf>,
    },
    #[error(transparent)]
    Password(#[from] daemon::password::Error),
    #[error("nut-scanner is not installed, and it does the scanning")]
    NoScanner,
    #[error("nut-scanner failed at {0}")]
    Scan(&'static str),
    #[error(transparent)]
    Child(#[from] daemon::child::Error),
}

fn already(written: &[PathBuf]) -> String {
    let names: Vec<String> = written
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    if names.is_empty() {
        "; nothing was written".to_owned()
    } else {
        format!("; written before that: {}", names.join(", "))
    }
}

impl Error {
    fn problems(&self) -> &[Problem] {
        match self {
            Self::Unclear(problems) | Self::Refused(problems) => problems,
            _ => &[],
        }
    }

    fn exit(&self) -> Exit {
        match self {
            Self::Replace(_) | Self::Write { .. } => SYSTEM_FAILED,
            _ => Exit::Failure,
        }
    }
}

/// Runs nutconf.
#[must_use]
pub fn main() -> Exit {
    let words: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let asks = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    // also beside what is wrong
    if words.is_empty() || asks(&["--help", "-help", "-h"]) {
        banner::say(&options::help());
        return Exit::Success;
    }
    if asks(&["--version", "-V"]) {
        banner::say(&banner::line("nutconf", proto::VERSION));
        return Exit::Success;
    }
    let args = match Args::read(words) {
        Ok(args) => args,
        Err(wrong) => {
            for text in wrong {
                banner::complain(&format!("nutconf: {text}"));
            }
            banner::complain("see nutconf --help");
            return Exit::Failure;
        }
    };
    run(&args).unwrap_or_else(|why| {
        for problem in why.problems() {
            banner::complain(&problem.to_string());
        }
        banner::complain(&format!("Error: {why}"));
        why.exit()
    })
}

fn run(args: &Args) -> Result<Exit, Error> {
    let dir = directory(args);
    let there = std::fs::metadata(&dir).and_then(|there| {
        let is_dir = there.is_dir();
        is_dir
            .then_some(())
            .ok_or_else(|| io::ErrorKind::NotADirectory.into())
    });
    there.map_err(|cause| Error::NoDirectory(dir.clone(), cause))?;
    let mut files = Files::of(&dir);
    if args.has("--is-configured") {
        let configured = mode(&mut files)?.is_some_and(|mode| mode != "none");
        banner::say(if configured { "true" } else { "false" });
        return Ok(if configured {
            Exit::Success
        } else {
            Exit::Failure
        });
    }
    if args.has("--autoconfigure") {
        banner::complain("nutconf: --autoconfigure does nothing; see --scan-usb and --add-device");
    }
    let told = tell::all(args, &mut files)?;
    for line in told.iter().flatten() {
        banner::say(line);
    }
    if changes(args) {
        change(args, &dir)?;
    }
    for line in scan::all(args, is_verbose(args))? {
        banner::say(&line);
    }
    let nothing = told.iter().any(Vec::is_empty);
    Ok(if nothing {
        Exit::Failure
    } else {
        Exit::Success
    })
}

/// Where the files are.
fn directory(args: &Args) -> PathBuf {
    if let Some(local) = args.word("--local") {
        PathBuf::from(local)
    } else if args.has("--system") {
        PathBuf::from(CONF_DIR)
    } else {
        Paths::from_env().conf().to_owned()
    }
}

fn is_verbose(args: &Args) -> bool {
    args.has("--verbose") || args.has("-D")
}

fn changes(args: &Args) -> bool {
    let is_change = |name: &str| name.starts_with("--set-") || name.starts_with("--add-");
    args.given().iter().any(|given| is_change(given.name))
}

/// Reads, changes, checks and writes, while no other nutconf does.
fn change(args: &Args, dir: &Path) -> Result<(), Error> {
    let mut passwords = Passwords::of(args.word("--password-file"), args.has("--hash-passwords"));
    let _lock = DirLock::wait(dir, PATIENCE)?;
    let mut files = Files::of(dir);
    change::all(args, &mut files, &mut passwords)?;
    let (written, odd) = files.commit()?;
    for problem in odd {
        banner::complain(&problem.to_string());
    }
    if is_verbose(args) {
        for path in written {
            banner::complain(&format!("written: {}", path.display()));
        }
    }
    Ok(())
}

/// MODE of nut.conf, if it is one.
pub(crate) fn mode(files: &mut Files) -> Result<Option<&'static str>, Error> {
    let mode = files.nut()?.get("MODE").map(str::to_ascii_lowercase);
    Ok(mode.and_then(|mode| MODES.into_iter().find(|known| *known == mode)))
}
