//! POWERDOWNFLAG: the file that tells the last script of a shutdown to have the UPS cut its power.

use crate::facts::{Facts, Fault, Flag, FlagFile};
use crate::finding::{At, Fix, Spot};

/// A place that is there, and still there in the end: on the root file system.
const GOOD: &str = "POWERDOWNFLAG /etc/killpower";

pub(super) fn missing(facts: &Facts) -> Vec<Spot> {
    let file = &facts.upsmon;
    let given = file.value.powerdownflag.is_some() || file.is_wrong_about("POWERDOWNFLAG");
    if !file.is_read || given || !facts.cuts_power() {
        return Vec::new();
    }
    vec![Spot {
        at: At::File(file.path.clone(), None),
        what: "there is no POWERDOWNFLAG".to_owned(),
        fix: Fix::Add(file.path.clone(), None, GOOD.to_owned()),
    }]
}

/// The flag, if it is of use on this host, and where the directive stands.
fn flag(facts: &Facts) -> Option<(&Flag, At, Fix)> {
    let file = &facts.upsmon;
    let place = file.value.place("POWERDOWNFLAG");
    let flag = facts.flag.as_ref().filter(|_| facts.cuts_power())?;
    let at = At::File(file.path.clone(), place);
    Some((flag, at, Fix::line(&file.path, place, GOOD.to_owned())))
}

pub(super) fn place(facts: &Facts) -> Vec<Spot> {
    let Some((flag, at, instead)) = flag(facts).filter(|(flag, ..)| flag.volatile.is_none()) else {
        return Vec::new();
    };
    let dir = flag.path.parent().unwrap_or(&flag.path).display();
    let (what, fix) = match &flag.dir {
        None => return Vec::new(),
        Some(Fault::Missing) => (
            format!("POWERDOWNFLAG: there is no directory {dir}"),
            Fix::Run(format!("mkdir -p {dir}")),
        ),
        Some(Fault::Useless(why)) => (
            format!("POWERDOWNFLAG: no file can be made in {dir}: {why}"),
            instead,
        ),
    };
    vec![Spot { at, what, fix }]
}

pub(super) fn volatile(facts: &Facts) -> Vec<Spot> {
    let found = flag(facts).and_then(|(flag, at, fix)| Some((flag.volatile.as_ref()?, at, fix)));
    let spot = |(mount, at, fix): (&String, At, Fix)| Spot {
        at,
        what: format!("POWERDOWNFLAG: {mount} is gone before the last script of a shutdown runs"),
        fix,
    };
    found.map(spot).into_iter().collect()
}

pub(super) fn left(facts: &Facts) -> Vec<Spot> {
    lying(
        facts,
        FlagFile::Set,
        "the flag of a former shutdown is still there",
        |path| format!("rm {path}"),
    )
}

pub(super) fn foreign(facts: &Facts) -> Vec<Spot> {
    lying(
        facts,
        FlagFile::Foreign,
        "there lies a file that upsmon has not written",
        |path| format!("mv {path} {path}.old"),
    )
}

fn lying(facts: &Facts, file: FlagFile, what: &str, command: fn(&str) -> String) -> Vec<Spot> {
    let Some((flag, at, _)) = flag(facts).filter(|(flag, ..)| flag.file == file) else {
        return Vec::new();
    };
    let path = flag.path.display().to_string();
    vec![Spot {
        at,
        what: format!("POWERDOWNFLAG {path}: {what}"),
        fix: Fix::Run(command(&path)),
    }]
}
