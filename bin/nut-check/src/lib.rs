//! nut-check: every configuration file together with the running system, and what would keep a shutdown from working
//! (spec users.md, pain 3; upsmon.md).
//!
//! ```text
//! collect (files, devices, sockets, systemd) --Facts--> rules (pure, a table) --Findings--> print | json
//! ```
//!
//! * [`args`]: what it was started for
//! * [`facts`]: all that is known, as plain values
//! * [`collect`]: where facts come from; nothing is changed, and everything has a deadline
//! * [`rules`]: what is wrong, each rule a row of a table and a small function
//! * [`finding`]: one thing that is wrong, where, and what to do about it
//! * [`mod@print`], [`json`]: how findings are told

#![forbid(unsafe_code)]

mod args;
mod collect;
mod facts;
mod finding;
mod json;
mod nut_conf;
mod print;
mod rules;

use config::Severity;
use daemon::args::Told;
use daemon::{Exit, banner};

use args::Args;
use finding::Finding;

/// Nothing could be said: wrong usage, or a file that we may not read.
const NOT_CHECKED: Exit = Exit::Code(2);

/// Runs nut-check.
#[must_use]
pub fn main() -> Exit {
    let args: Args = match daemon::args::parse_from(std::env::args_os()) {
        Ok(args) => args,
        Err(told) => return refuse(&told),
    };
    if args.version {
        banner::say(&banner::line("nut-check", proto::VERSION));
        return Exit::Success;
    }
    if args.rules {
        banner::say(print::rules(rules::RULES).trim_end());
        return Exit::Success;
    }
    let facts = collect::facts(&args);
    let findings = rules::judge(rules::RULES, &facts);
    let text = if args.json {
        json::text(&findings, &facts.unchecked)
    } else {
        print::text(&findings, &facts.unchecked)
    };
    banner::say(text.trim_end());
    exit(&findings, facts.is_closed)
}

/// Help is a success; wrong usage must not be taken for a finding.
fn refuse(told: &Told) -> Exit {
    match told.print() {
        Exit::Success => Exit::Success,
        _ => NOT_CHECKED,
    }
}

fn exit(findings: &[Finding], is_closed: bool) -> Exit {
    let stops = |finding: &Finding| finding.rule.severity == Severity::Error;
    match (findings.iter().any(stops), is_closed) {
        (true, _) => Exit::Failure,
        (false, true) => NOT_CHECKED,
        (false, false) => Exit::Success,
    }
}
