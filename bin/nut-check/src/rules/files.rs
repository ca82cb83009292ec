//! The files as such: there, readable, understood, and nobody else's business.

use std::path::Path;

use config::{Problem, Severity};

use crate::facts::{Facts, File};
use crate::finding::{At, Fix, Spot};

/// What all files have in common.
struct Common<'f> {
    path: &'f Path,
    is_needed: bool,
    is_there: bool,
    is_open: bool,
    closed: Option<&'f str>,
    problems: &'f [Problem],
}

fn common<T>(file: &File<T>, is_needed: bool) -> Common<'_> {
    Common {
        path: &file.path,
        is_needed,
        is_there: file.is_there,
        is_open: file.is_open,
        closed: file.closed.as_deref(),
        problems: &file.problems,
    }
}

fn all(facts: &Facts) -> Vec<Common<'_>> {
    let serves = facts.serves() && super::mode::unfit(facts).is_empty();
    vec![
        common(&facts.nut, false),
        common(&facts.ups, serves),
        common(&facts.upsd, serves),
        common(&facts.users, serves),
        common(&facts.upsmon, true),
        common(&facts.upssched, false),
    ]
}

pub(super) fn missing(facts: &Facts) -> Vec<Spot> {
    let files = all(facts).into_iter();
    let missing = files.filter(|file| file.is_needed && !file.is_there);
    missing
        .map(|file| Spot {
            at: At::File(file.path.to_owned(), None),
            what: "there is no such file".to_owned(),
            fix: Fix::Run(format!(
                "install -m 0640 -o root -g {} /dev/null {}",
                facts.group,
                file.path.display()
            )),
        })
        .collect()
}

pub(super) fn closed(facts: &Facts) -> Vec<Spot> {
    let files = all(facts).into_iter();
    let closed = files.filter_map(|file| Some((file.path, file.closed?)));
    closed
        .map(|(path, why)| Spot {
            at: At::File(path.to_owned(), None),
            what: format!("{} may not read it: {why}", facts.account),
            fix: Fix::Run(format!(
                "chgrp {} {path} && chmod 0640 {path}",
                facts.group,
                path = path.display()
            )),
        })
        .collect()
}

pub(super) fn open(facts: &Facts) -> Vec<Spot> {
    let files = all(facts).into_iter();
    // upssched.conf holds no passwords
    let open = files.filter(|file| file.is_open && file.path != facts.upssched.path);
    open.map(|file| Spot {
        at: At::File(file.path.to_owned(), None),
        what: "everybody may read it".to_owned(),
        fix: Fix::Run(format!("chmod 0640 {}", file.path.display())),
    })
    .collect()
}

pub(super) fn broken(facts: &Facts) -> Vec<Spot> {
    let odd = facts.nut.value.odd.iter().map(|place| Spot {
        at: At::File(facts.nut.path.clone(), Some(*place)),
        what: "shells and systemd do not understand this line alike".to_owned(),
        fix: Fix::Do(
            "write NAME=value, without blanks around \"=\", without \"export\", and with nothing behind the value, no comment either"
                .to_owned(),
        ),
    });
    let auth = facts.auth.iter().map(|(path, text)| Spot {
        at: At::File(path.clone(), None),
        what: text.clone(),
        fix: Fix::Do("correct the file".to_owned()),
    });
    odd.chain(told(facts, Severity::Error))
        .chain(auth)
        .collect()
}

pub(super) fn odd(facts: &Facts) -> Vec<Spot> {
    told(facts, Severity::Warning).collect()
}

/// How bad it is. A quote that is never closed makes all directives behind it a part of one value: a SHUTDOWNCMD, for instance.
fn weight(problem: &Problem) -> Severity {
    if problem.is_open_quote() {
        Severity::Error
    } else {
        problem.severity
    }
}

/// What the readers of the files say, as far as no other rule says it.
fn told(facts: &Facts, severity: Severity) -> impl Iterator<Item = Spot> + '_ {
    let problems = all(facts).into_iter().flat_map(|file| file.problems);
    problems
        .filter(move |problem| weight(problem) == severity)
        .map(Spot::of_problem)
}
