//! What UPSes say of themselves now.

use crate::facts::{Facts, Link, Watched};
use crate::finding::{At, Fix, Spot};

use super::server::restart;

/// Words of a status that are no good sign, what they mean, and what to do.
#[rustfmt::skip]
const SIGNS: &[(&str, &str, &str)] = &[
    ("OB",     "it runs on battery",              "see why mains are gone"),
    ("LB",     "its battery is low",              "let it charge; if it stays low on mains, replace the battery"),
    ("RB",     "its battery is to be replaced",   "replace the battery"),
    ("OFF",    "its output is switched off",      "switch the output on"),
    ("BYPASS", "it is on bypass and protects nothing", "end the bypass"),
    ("OVER",   "it is overloaded",                "move load to another UPS"),
    ("ALARM",  "it has an alarm",                 "see its ups.alarm: upsc"),
];

/// UPSes that tell a status, each once.
fn telling(facts: &Facts) -> impl Iterator<Item = (&Watched, Vec<&str>)> {
    let watched = facts.watched.iter();
    watched.filter_map(|watched| match &watched.link {
        Link::Answered {
            status: Ok(status), ..
        } => Some((watched, status.split_ascii_whitespace().collect())),
        _ => None,
    })
}

pub(super) fn fsd(facts: &Facts) -> Vec<Spot> {
    let forced = telling(facts).filter(|(_, words)| words.contains(&"FSD"));
    forced
        .map(|(watched, _)| Spot {
            at: At::Thing(watched.line.system.clone()),
            what: "ups.status says FSD".to_owned(),
            fix: restart(facts, watched),
        })
        .collect()
}

pub(super) fn condition(facts: &Facts) -> Vec<Spot> {
    let spots = |(watched, words): (&Watched, Vec<&str>)| -> Vec<Spot> {
        let signs = SIGNS.iter().filter(|(word, ..)| words.contains(word));
        signs
            .map(|(word, meaning, fix)| Spot {
                at: At::Thing(watched.line.system.clone()),
                what: format!("ups.status says {word}: {meaning}"),
                fix: Fix::Do(match *word {
                    "ALARM" => format!("{fix} {} ups.alarm", watched.line.system),
                    _ => (*fix).to_owned(),
                }),
            })
            .collect()
    };
    telling(facts).flat_map(spots).collect()
}
