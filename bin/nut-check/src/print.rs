//! Findings for people, with the line and a caret where a file is meant.
//!
//! ```text
//! /etc/nut/nut.conf:1:1: error: MODE=none: NUT is switched off on this host [mode-none]
//! MODE=none
//! ^
//!   why: with MODE=none nothing is started, and no UPS is told to cut its power
//!   fix: in /etc/nut/nut.conf, line 1, write: MODE=standalone
//! ```

use std::fmt::Write;
use std::fs;
use std::path::Path;

use config::{Cited, Place, Severity};

use crate::finding::{At, Finding};
use crate::rules::Rule;

/// All of them, then what was not checked, then a line that counts.
pub(crate) fn text(findings: &[Finding], unchecked: &[String]) -> String {
    let mut text = String::new();
    for finding in findings {
        text += &one(finding);
    }
    for what in unchecked {
        // writing to a string cannot fail
        let _ = writeln!(text, "not checked: {what}");
    }
    let count = |severity| {
        let found = findings
            .iter()
            .filter(|finding| finding.rule.severity == severity);
        found.count()
    };
    let _ = writeln!(
        text,
        "nut-check: {} errors, {} warnings, {} not checked",
        count(Severity::Error),
        count(Severity::Warning),
        unchecked.len()
    );
    text
}

fn one(finding: &Finding) -> String {
    let (rule, spot) = (finding.rule, &finding.spot);
    let (at, cited) = match &spot.at {
        At::File(path, Some(place)) => (
            format!("{}:{}:{}", path.display(), place.line, place.col),
            cite(path, *place),
        ),
        At::File(path, None) => (path.display().to_string(), None),
        At::Thing(name) => (name.clone(), None),
    };
    let mut text = format!("{at}: {}: {} [{}]\n", rule.severity, spot.what, rule.name);
    if let Some(cited) = cited {
        let _ = writeln!(text, "{cited}");
    }
    let _ = writeln!(text, "  why: {}\n  fix: {}\n", rule.why, spot.fix);
    text
}

/// The line itself, unless it may hold a password.
fn cite(path: &Path, place: Place) -> Option<Cited> {
    let source = fs::read(path).ok()?;
    Cited::of(&source, place)
}

/// What is looked for, a line each: name, severity, why it matters, with tabs between them.
pub(crate) fn rules(rules: &[Rule]) -> String {
    let row = |rule: &Rule| format!("{}\t{}\t{}\n", rule.name, rule.severity, rule.why);
    rules.iter().map(row).collect()
}
