//! What set- and add- options do to the files: text in, text out.

mod device;
mod listen;
mod monitor;
mod notify;
mod user;

use config::edit::{Document, EditError};
use config::nut::MODES;
use config::upsmon::Role;

use crate::Error;
use crate::args::Args;
use crate::files::{Files, Kind};
use crate::password::Passwords;

/// Whether others of the same kind stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Others {
    Go,
    Stay,
}

/// Directives of upsmon.conf with one value.
const SCALARS: &[(&str, &str)] = &[
    ("--set-notifycmd", "NOTIFYCMD"),
    ("--set-shutdowncmd", "SHUTDOWNCMD"),
    ("--set-minsupplies", "MINSUPPLIES"),
    ("--set-powerdownflag", "POWERDOWNFLAG"),
];

/// Makes all changes that were asked for.
pub(crate) fn all(args: &Args, files: &mut Files, passwords: &mut Passwords) -> Result<(), Error> {
    if let Some(mode) = args.word("--set-mode") {
        if !MODES.contains(&mode) {
            let text = format!("{mode:?} is no mode; there are {}", MODES.join(", "));
            return Err(Error::Usage(text));
        }
        files.nut()?.set("MODE", mode)?;
    }
    for (set, add, kind, change) in KINDS {
        for (option, others) in [(set, Others::Go), (add, Others::Stay)] {
            let given: Vec<&[String]> = args.all(option).collect();
            if !given.is_empty() {
                change(files.words(*kind)?, &given, others, passwords)?;
            }
        }
    }
    for (option, directive) in SCALARS {
        if let Some(value) = args.word(option) {
            files.words(Kind::Upsmon)?.set(directive, &[], &[value])?;
        }
    }
    Ok(())
}

type Change = fn(&mut Document, &[&[String]], Others, &mut Passwords) -> Result<(), Error>;

/// What may be set and added.
#[rustfmt::skip]
const KINDS: &[(&str, &str, Kind, Change)] = &[
    ("--set-monitor",     "--add-monitor",     Kind::Upsmon, monitor::change),
    ("--set-listen",      "--add-listen",      Kind::Upsd,   listen::change),
    ("--set-device",      "--add-device",      Kind::Ups,    device::change),
    ("--set-notifyflags", "--add-notifyflags", Kind::Upsmon, notify::flags),
    ("--set-notifymsg",   "",                  Kind::Upsmon, notify::message),
    ("--set-user",        "--add-user",        Kind::Users,  user::change),
];

/// `key=value`, or a flag.
fn pair(word: &str) -> (&str, Option<&str>) {
    word.split_once('=')
        .map_or((word, None), |(key, value)| (key, Some(value)))
}

/// Takes out the sections that are not `wanted`.
fn keep_only(file: &mut Document, wanted: &[String]) {
    let sections: Vec<String> = file.sections().into_iter().map(ToOwned::to_owned).collect();
    for section in sections.iter().filter(|section| !wanted.contains(section)) {
        file.remove_section(section);
    }
}

/// Takes out the settings of `section` that are not `wanted`.
fn keep_keys(file: &mut Document, section: &str, wanted: impl Fn(&str) -> bool) {
    let entries = file.entries(section).into_iter();
    let gone: Vec<String> = entries
        .filter(|entry| !wanted(entry.key))
        .map(|entry| entry.key.to_owned())
        .collect();
    gone.iter().for_each(|key| file.remove_key(section, key));
}

/// The role by the name that it has today.
fn role_named(word: &str) -> Result<&'static str, Error> {
    let known = Role::of(word).map(Role::name);
    known.ok_or_else(|| Error::Usage(format!("{word:?} is neither primary nor secondary")))
}

impl From<EditError> for Error {
    fn from(why: EditError) -> Self {
        Self::Usage(why.to_string())
    }
}

#[cfg(test)]
mod testing {
    use super::*;
    use config::edit::Format;
    use std::path::Path;

    /// What `change` makes of `source` with the words of `lines`; twice is as once.
    #[track_caller]
    pub(super) fn after(
        change: Change,
        format: Format,
        source: &str,
        others: Others,
        lines: &[&str],
    ) -> Result<String, String> {
        let words: Vec<Vec<String>> = lines
            .iter()
            .map(|line| line.split('|').map(ToOwned::to_owned).collect())
            .collect();
        let given: Vec<&[String]> = words.iter().map(Vec::as_slice).collect();
        let mut file = Document::parse(format, Path::new("f"), source.as_bytes()).unwrap();
        let mut apply = || {
            change(
                &mut file,
                &given,
                others,
                &mut Passwords::given("from the file"),
            )
            .map_err(|why| why.to_string())?;
            Ok::<_, String>(String::from_utf8(file.bytes().to_vec()).unwrap())
        };
        let once = apply()?;
        assert_eq!(apply(), Ok(once.clone()), "twice is not once");
        Ok(once)
    }
}
