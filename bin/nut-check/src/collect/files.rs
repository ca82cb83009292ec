//! The files of the configuration.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use client::auth::{AuthConf, Choice};
use config::{LoadError, Loaded, Problem, UpsmonConf};
use daemon::access::{Right, Who};

use super::Place;
use crate::facts::{Facts, Fault, File};
use crate::nut_conf::NutConf;

/// Reads all of them.
pub(super) fn read(facts: &mut Facts, place: &Place<'_>, dir: &Path, who: Option<&Who>) {
    let path = dir.join("nut.conf");
    match fs::read(&path) {
        Ok(source) => {
            let loaded = NutConf::parse(&path, &source);
            (facts.nut.value, facts.nut.problems) = (loaded.value, loaded.problems);
            (facts.nut.is_there, facts.nut.is_read) = (true, true);
        }
        Err(why) if why.kind() == ErrorKind::NotFound => {}
        Err(why) => {
            facts.nut.is_there = true;
            facts.is_closed = true;
            facts.unchecked.push(format!("{}: {why}", path.display()));
        }
    }
    facts.nut.path = path;
    let users = config::credential_or_file(dir, Path::new("upsd.users"));
    facts.ups = load(facts, place, &dir.join("ups.conf"), who, config::load_ups);
    facts.upsd = load(facts, place, &dir.join("upsd.conf"), who, config::load_upsd);
    facts.users = load(facts, place, &users, who, config::load_users);
    let upsmon = dir.join("upsmon.conf");
    facts.upsmon = load(facts, place, &upsmon, who, config::load_upsmon);
    facts.upsmon.problems = without_remarks(&facts.upsmon.value, &facts.upsmon.problems);
    let upssched = dir.join("upssched.conf");
    facts.upssched = load(facts, place, &upssched, who, config::load_upssched);
    // the sample that packages install has no rule, and is not used
    if facts.upssched.value.rules.is_empty() {
        facts
            .upssched
            .problems
            .retain(|problem| problem.place.is_some());
    }
    facts.auth = auth(&dir.join("nutauth.conf"));
}

fn load<T: Default>(
    facts: &mut Facts,
    place: &Place<'_>,
    path: &Path,
    who: Option<&Who>,
    load: fn(&Path) -> Result<Loaded<T>, LoadError>,
) -> File<T> {
    let mut file = File {
        path: path.to_owned(),
        is_there: true,
        ..File::default()
    };
    match load(path) {
        Ok(loaded) => {
            file.is_read = true;
            file.value = loaded.value;
            file.problems = loaded.problems;
        }
        Err(LoadError::NotFound { .. }) => {
            file.is_there = false;
            return file;
        }
        Err(why) => {
            facts.is_closed = true;
            facts.unchecked.push(why.to_string());
        }
    }
    let open = fs::metadata(path).ok();
    let open = open.and_then(|meta| config::open_to_others(path, &meta));
    file.is_open = open.is_some();
    file.problems
        .retain(|problem| Some(problem) != open.as_ref());
    if let (Some(Fault::Useless(why)), Some(_)) = (place.may(Right::Read, who, path), who) {
        file.closed = Some(why);
    }
    file
}

/// The problems but those that rules of this program tell, with what to do about them.
fn without_remarks(conf: &UpsmonConf, problems: &[Problem]) -> Vec<Problem> {
    let remarks = conf.remarks();
    let is_told = |problem: &&Problem| {
        let mut remarks = remarks.iter();
        let known = remarks.any(|(_, _, text)| *text == problem.text);
        let has_rule = !["PASSWORDFILE", "a NOTIFYFLAG"]
            .iter()
            .any(|start| problem.text.starts_with(start));
        known && has_rule
    };
    problems
        .iter()
        .filter(|problem| !is_told(problem))
        .cloned()
        .collect()
}

/// What is wrong with nutauth.conf, if there is one.
fn auth(path: &Path) -> Vec<(std::path::PathBuf, String)> {
    if !path.exists() {
        return Vec::new();
    }
    let told = match AuthConf::read(&Choice::File(path.to_owned())) {
        Ok(conf) => conf.problems().to_vec(),
        Err(why) => vec![why.to_string()],
    };
    told.into_iter()
        .map(|text| (path.to_owned(), text))
        .collect()
}
