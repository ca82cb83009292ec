//! A line of words as a request (spec upssched.md, section 3).
//!
//! ```text
//! VERB "name" "seconds or command" "NOTIFYTYPE" "UPSNAME" "NOTIFYMSG"
//! ```
//!
//! upssched of C NUT before 2.8.5 sends the first three only.

use std::time::Duration;

/// What a request asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Start a timer.
    Start {
        /// Its name, which its script gets as argument.
        name: String,
        /// When it is due.
        after: Duration,
        /// Join a timer of that name if there is one.
        shared: bool,
        /// Whom it is started for.
        sender: Sender,
    },
    /// End timers without running their scripts.
    Cancel {
        /// All of this name.
        name: String,
        /// Run this when there was none.
        command: String,
        /// Only those that carry the sender's UPS.
        matched: bool,
        /// Who asks.
        sender: Sender,
    },
    /// List the timers.
    List,
}

/// The event that a request is made for; each text may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Sender {
    /// `$NOTIFYTYPE`
    pub notice: String,
    /// `$UPSNAME`
    pub ups: String,
    /// The message.
    pub message: String,
}

/// Longest time of a timer: what does not fit in a year is a mistake.
const LONGEST: u64 = 366 * 24 * 3600;

impl Request {
    /// Reads the words of a line. `None`: there is no such request.
    ///
    /// A negative time is told apart ([`Bad::Negative`]) because it is answered OK, as C NUT does, and has no effect.
    ///
    /// # Errors
    /// See [`Bad`].
    pub fn parse(words: &[&str]) -> Result<Self, Bad> {
        match words {
            [verb @ ("START" | "START-SHARED"), name, seconds, ..] => Ok(Self::Start {
                name: (*name).to_owned(),
                after: time(seconds)?,
                shared: *verb == "START-SHARED",
                sender: Sender::behind(words.get(2..).unwrap_or_default()),
            }),
            [verb @ ("CANCEL" | "CANCEL-MATCHED"), name, rest @ ..] => Ok(Self::Cancel {
                name: (*name).to_owned(),
                command: rest
                    .first()
                    .map(|word| (*word).to_owned())
                    .unwrap_or_default(),
                matched: *verb == "CANCEL-MATCHED",
                sender: Sender::behind(rest),
            }),
            ["LIST-TIMERS", ..] => Ok(Self::List),
            _ => Err(Bad::Unknown),
        }
    }
}

/// Why words are no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bad {
    /// The verb is unknown, or words are missing.
    Unknown,
    /// A timer that would have been due in the past.
    Negative,
}

impl Sender {
    /// A sender with these texts.
    #[must_use]
    pub fn new(notice: &str, ups: &str, message: &str) -> Self {
        Self {
            notice: notice.to_owned(),
            ups: ups.to_owned(),
            message: message.to_owned(),
        }
    }

    /// The words behind the second; before 2.8.5 there were none.
    fn behind(words: &[&str]) -> Self {
        match words {
            [_, notice, ups, message, ..] => Self::new(notice, ups, message),
            _ => Self::default(),
        }
    }
}

/// The number at the beginning; what is no number is 0.
fn time(text: &str) -> Result<Duration, Bad> {
    let text = text.trim_start();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let digits = digits.get(..end).unwrap_or_default();
    let seconds = match digits {
        "" => 0,
        digits => digits.parse().unwrap_or(u64::MAX).min(LONGEST),
    };
    match (negative, seconds) {
        (true, 1..) => Err(Bad::Negative),
        _ => Ok(Duration::from_secs(seconds)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_verb_needs_its_words() {
        let sender = Sender::new("ONBATT", "rack", "m");
        let start = |shared| Request::Start {
            name: "t".to_owned(),
            after: Duration::from_secs(30),
            shared,
            sender: sender.clone(),
        };
        let cancel = |command: &str, matched, sender| Request::Cancel {
            name: "t".to_owned(),
            command: command.to_owned(),
            matched,
            sender,
        };
        for (line, expected) in [
            ("START t 30 ONBATT rack m", Ok(start(false))),
            ("START-SHARED t 30 ONBATT rack m", Ok(start(true))),
            ("START t", Err(Bad::Unknown)),
            ("START-SHARED", Err(Bad::Unknown)),
            ("CANCEL t", Ok(cancel("", false, Sender::default()))),
            ("CANCEL t c", Ok(cancel("c", false, Sender::default()))),
            (
                "CANCEL t c ONBATT rack m",
                Ok(cancel("c", false, sender.clone())),
            ),
            (
                "CANCEL-MATCHED t c ONBATT rack m",
                Ok(cancel("c", true, sender.clone())),
            ),
            ("CANCEL", Err(Bad::Unknown)),
            ("LIST-TIMERS", Ok(Request::List)),
            ("start t 30 ONBATT rack m", Err(Bad::Unknown)),
            ("", Err(Bad::Unknown)),
        ] {
            let words: Vec<_> = line.split_whitespace().collect();
            assert_eq!(Request::parse(&words), expected, "{line}");
        }
    }

    #[test]
    fn times_are_read_as_c_reads_them() {
        for (text, expected) in [
            ("30", Ok(30)),
            (" +30s", Ok(30)),
            ("", Ok(0)),
            ("soon", Ok(0)),
            ("-0", Ok(0)),
            ("-1", Err(Bad::Negative)),
            ("99999999999999999999", Ok(LONGEST)),
        ] {
            assert_eq!(time(text), expected.map(Duration::from_secs), "{text}");
        }
    }
}
