//! AT: an event, a UPS, and what to do.

use super::UpsschedConf;
use crate::grammar::{Args, Fault};
use crate::nearest::nearest;
use model::Notice;
use text::Place;

/// One `AT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// NOTIFYTYPE, in any letter case.
    pub event: String,
    /// The UPS as in its MONITOR line, or `*`.
    pub ups: String,
    /// What to do.
    pub what: What,
    /// Where it stands.
    pub place: Place,
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Run CMDSCRIPT with this argument.
    Execute(String),
    /// Start a timer.
    Start {
        /// Its name.
        name: String,
        /// Seconds, as written.
        seconds: String,
        /// Whether it joins one that runs.
        shared: bool,
    },
    /// End a timer.
    Cancel {
        /// Its name.
        name: String,
        /// CMDSCRIPT's argument when there was none; may be empty.
        command: String,
        /// Only one for the same UPS.
        matched: bool,
    },
}

impl Rule {
    /// Whether it is for this event of this UPS.
    #[must_use]
    pub fn matches(&self, notice: &str, ups: &str) -> bool {
        self.event.eq_ignore_ascii_case(notice) && (self.ups == "*" || self.ups == ups)
    }
}

const COMMANDS: [&str; 5] = [
    "EXECUTE",
    "START-TIMER",
    "START-TIMER-SHARED",
    "CANCEL-TIMER",
    "CANCEL-TIMER-MATCHED",
];

/// Takes a line.
pub(super) fn take(conf: &mut UpsschedConf, args: &mut Args<'_>) -> Result<(), Fault> {
    if conf.cmdscript.is_empty() || conf.pipefn.is_none() || conf.lockfn.is_none() {
        let text = "CMDSCRIPT, PIPEFN and LOCKFN have to stand before the first AT";
        args.warn(args.name, text);
    }
    let event = args.name(0)?;
    if Notice::of(&event).is_none() {
        let names = Notice::all().map(Notice::name);
        let hint = nearest(&event.to_ascii_uppercase(), names)
            .map_or_else(String::new, |name| format!(", did you mean {name}?"));
        args.warn(
            args.word(0)?,
            format!("{event:?} is no event of upsmon{hint}"),
        );
    }
    let what = what(args)?;
    conf.rules.push(Rule {
        event,
        ups: args.name(1)?,
        what,
        place: args.place,
    });
    Ok(())
}

fn what(args: &mut Args<'_>) -> Result<What, Fault> {
    let word = args.word(2)?;
    let name = args.text(3)?;
    let second = args
        .words
        .get(4)
        .map(|word| word.text.to_owned())
        .unwrap_or_default();
    let shared = word.text == "START-TIMER-SHARED";
    let matched = word.text == "CANCEL-TIMER-MATCHED";
    match word.text {
        "EXECUTE" => Ok(What::Execute(name)),
        "START-TIMER" | "START-TIMER-SHARED" => {
            if args.words.get(4).is_none() {
                args.warn(word, "the seconds are missing: the timer is due at once");
            } else {
                args.whole(4, "seconds")?;
            }
            Ok(What::Start {
                name,
                seconds: second,
                shared,
            })
        }
        "CANCEL-TIMER" | "CANCEL-TIMER-MATCHED" => Ok(What::Cancel {
            name,
            command: second,
            matched,
        }),
        other => {
            let hint = nearest(other, COMMANDS)
                .map_or_else(String::new, |name| format!(", did you mean {name}?"));
            Err(Fault::error(
                word,
                format!("invalid command {other:?}{hint}"),
            ))
        }
    }
}
