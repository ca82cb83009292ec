//! The command line.

use crate::Error;

pub(crate) const HELP: &str = "\
Starts, stops and lists the systemd services of the drivers of ups.conf.

usage: upsdrvsvcctl [-t] [-D] start | stop | status | list | show-config [ups]
       upsdrvsvcctl [-t] resync | reconfigure
       upsdrvsvcctl [-t] shutdown [ups]

  -t  tell what would be done, and do nothing
  -D  accepted; there is nothing more to tell
  -V  print the version
  -h  print this help

resync has the services follow ups.conf, reconfigure restarts them all besides; shutdown has UPSes cut the power, with their
services stopped meanwhile";

/// What is done with services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Start,
    Stop,
    Status,
    List,
    ShowConfig,
    Resync,
    Reconfigure,
    Shutdown,
}

const VERBS: &[(&str, Verb)] = &[
    ("start", Verb::Start),
    ("stop", Verb::Stop),
    ("status", Verb::Status),
    ("list", Verb::List),
    ("show-config", Verb::ShowConfig),
    ("resync", Verb::Resync),
    ("reconfigure", Verb::Reconfigure),
    ("shutdown", Verb::Shutdown),
];

/// What it is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Help,
    Version,
    Do {
        verb: Verb,
        ups: Option<String>,
        dry: bool,
    },
}

/// Reads the words behind the program's name.
pub(crate) fn read(words: &[String]) -> Result<Wanted, Error> {
    let mut dry = false;
    let mut operands = Vec::new();
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        match word {
            "-h" | "--help" => return Ok(Wanted::Help),
            "-V" => return Ok(Wanted::Version),
            "-t" => dry = true,
            // systemd has its own limits, of which C's script knew nothing
            "--timeout-cmd" | "--timeout-args" => drop(words.next()),
            "-r" | "-u" => {
                return Err(Error::Usage(format!(
                    "{word} is for upsdrvctl; services say in their units what they run as"
                )));
            }
            _ if word
                .strip_prefix('-')
                .is_some_and(|letters| letters.chars().all(|c| c == 'D')) => {}
            _ if word.starts_with('-') => {
                return Err(Error::Usage(format!(
                    "unknown option {word:?}; see upsdrvsvcctl -h"
                )));
            }
            _ => operands.push(word),
        }
    }
    let (verb, ups) = match operands.as_slice() {
        [] => return Err(Error::Usage("say what to do; see upsdrvsvcctl -h".into())),
        [verb] => (verb, None),
        [verb, ups] => (verb, Some((*ups).to_owned())),
        [_, _, odd, ..] => return Err(Error::Usage(format!("unexpected word {odd:?}"))),
    };
    let known = VERBS.iter().find(|(name, _)| name == verb);
    let (_, verb) = known.ok_or_else(|| {
        Error::Usage(format!(
            "{verb:?} is nothing that can be done; see upsdrvsvcctl -h"
        ))
    })?;
    Ok(Wanted::Do {
        verb: *verb,
        ups,
        dry,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Result<Wanted, String> {
        let words: Vec<String> = line.split_whitespace().map(ToOwned::to_owned).collect();
        read(&words).map_err(|why| why.to_string())
    }

    #[test]
    fn a_verb_and_a_ups_are_read() {
        let wanted = Wanted::Do {
            verb: Verb::Start,
            ups: Some("rack".into()),
            dry: true,
        };
        assert_eq!(words("-t -DD --timeout-cmd x start rack"), Ok(wanted));
        assert_eq!(words("start -h"), Ok(Wanted::Help));
        assert!(words("-u nut start").unwrap_err().contains("for upsdrvctl"));
        for line in ["", "sta", "start a b", "-x start"] {
            assert!(words(line).is_err(), "{line}");
        }
    }
}
