//! The verbs.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use config::{Section, UpsConf};
use daemon::paths::Paths;
use daemon::{Exit, banner};
use units::{name, systemctl};

use crate::Error;
use crate::args::Verb;

/// How long systemd may take; each service has its own, shorter limits.
const PATIENCE: Duration = Duration::from_secs(120);
/// The same for an answer.
const ANSWER_TIME: Duration = Duration::from_secs(10);
/// Where the helper is that is not beside this program.
const LIBEXEC_DIR: &str = match option_env!("LOCKNUT_LIBEXECDIR") {
    Some(dir) => dir,
    None => "/usr/libexec/locknut",
};

/// Does it, or with `dry` tells what would be done.
pub(crate) fn perform(verb: Verb, ups: Option<&str>, dry: bool) -> Result<Exit, Error> {
    let control = Helper { dry };
    match verb {
        Verb::Resync => return control.enumerator(&[]),
        Verb::Reconfigure => return control.enumerator(&["--reconfigure"]),
        Verb::ShowConfig => {
            let given: Vec<&str> = match ups {
                Some(ups) => vec!["--show-device-config", ups],
                None => vec!["--show-all-configs"],
            };
            return control.enumerator(&given);
        }
        _ => {}
    }
    let conf = config::load_ups(&Paths::from_env().conf().join("ups.conf"))?.value;
    let chosen = choose(&conf, ups)?;
    let services: Vec<String> = chosen.iter().map(|one| name::service(&one.name)).collect();
    match verb {
        Verb::Start => control.systemctl("start", &services),
        Verb::Stop => control.systemctl("stop", &services),
        Verb::List => {
            for section in &chosen {
                let unit = name::service(&section.name);
                match ups {
                    Some(_) => banner::say(&unit),
                    None => banner::say(&format!("{unit}\t{}", section.name)),
                }
            }
            Ok(Exit::Success)
        }
        Verb::Status => status(&chosen, &control, ups),
        Verb::Shutdown => control.shutdown(&services, ups),
        Verb::Resync | Verb::Reconfigure | Verb::ShowConfig => Ok(Exit::Success),
    }
}

fn choose<'a>(conf: &'a UpsConf, ups: Option<&str>) -> Result<Vec<&'a Section>, Error> {
    let Some(ups) = ups else {
        return Ok(conf.sections.iter().collect());
    };
    let section = conf.section(ups);
    section
        .map(|section| vec![section])
        .ok_or_else(|| Error::NoSuchUps(ups.to_owned()))
}

/// upsdrvctl's table, with each service and its state before it.
fn status(chosen: &[&Section], control: &Helper, ups: Option<&str>) -> Result<Exit, Error> {
    let table = control.ask(&beside("upsdrvctl"), &with(&["status"], ups))?;
    let mut lines = table.lines();
    let head = lines.next().unwrap_or_default();
    banner::say(&row("SVC_NAME", "SVC_STATE", head));
    for section in chosen {
        let unit = name::service(&section.name);
        let of_it = |line: &&str| {
            line.split('\t')
                .next()
                .is_some_and(|name| name.trim() == section.name)
        };
        let line = lines.clone().find(of_it).unwrap_or_default();
        banner::say(&row(&unit, &state(&unit)?, line));
    }
    Ok(Exit::Success)
}

fn row(unit: &str, state: &str, rest: &str) -> String {
    format!("{unit:<30}\t{state:<23}\t{rest}")
}

/// `enabled,active` and its kin.
fn state(unit: &str) -> Result<String, Error> {
    let word = |verb| {
        let said = systemctl::run(&[verb, unit], ANSWER_TIME)?;
        Ok::<_, Error>(said.text.trim().to_owned())
    };
    Ok(format!("{},{}", word("is-enabled")?, word("is-active")?))
}

/// Other programs.
struct Helper {
    dry: bool,
}

impl Helper {
    fn systemctl(&self, verb: &str, services: &[String]) -> Result<Exit, Error> {
        if services.is_empty() {
            return Ok(Exit::Success);
        }
        let words: Vec<&str> = std::iter::once(verb)
            .chain(services.iter().map(String::as_str))
            .collect();
        if self.tells("systemctl", &words) {
            return Ok(Exit::Success);
        }
        // one call for all: systemd does them at the same time
        let said = systemctl::run(&words, PATIENCE)?;
        Ok(if said.success {
            Exit::Success
        } else {
            Exit::Failure
        })
    }

    fn enumerator(&self, words: &[&str]) -> Result<Exit, Error> {
        let near = beside("nut-driver-enumerator");
        let program = if near.exists() {
            near
        } else {
            Path::new(LIBEXEC_DIR).join("nut-driver-enumerator")
        };
        self.run(&program, words)
    }

    /// Drivers that run as services would get their devices back while these are told to cut the power.
    fn shutdown(&self, services: &[String], ups: Option<&str>) -> Result<Exit, Error> {
        self.systemctl("stop", services)?;
        let done = self.run(&beside("upsdrvctl"), &with(&["shutdown"], ups));
        self.systemctl("start", services)?;
        done
    }

    fn run(&self, program: &Path, words: &[&str]) -> Result<Exit, Error> {
        if self.tells(&program.display().to_string(), words) {
            return Ok(Exit::Success);
        }
        let status = command(program, words).status().map_err(failed(program))?;
        let code = status.code().and_then(|code| u8::try_from(code).ok());
        Ok(code.map_or(Exit::Failure, Exit::Code))
    }

    fn ask(&self, program: &Path, words: &[&str]) -> Result<String, Error> {
        let output = command(program, words)
            .stderr(Stdio::inherit())
            .output()
            .map_err(failed(program))?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether it is only told.
    fn tells(&self, program: &str, words: &[&str]) -> bool {
        if self.dry {
            banner::say(&format!("would run {program} {}", words.join(" ")));
        }
        self.dry
    }
}

fn command(program: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(words)
        .env("NUT_QUIET_INIT_NDE_WARNING", "true")
        .stdin(Stdio::null());
    command
}

fn failed(program: &Path) -> impl FnOnce(std::io::Error) -> Error {
    move |cause| Error::Program {
        program: program.display().to_string(),
        cause,
    }
}

fn with<'a>(words: &[&'a str], ups: Option<&'a str>) -> Vec<&'a str> {
    words.iter().copied().chain(ups).collect()
}

/// A program in the directory of this one.
fn beside(program: &str) -> PathBuf {
    let me = std::env::current_exe().unwrap_or_default();
    me.parent()
        .unwrap_or(Path::new(OsStr::new("/usr/sbin")))
        .join(program)
}
