//! The words of one line to what they ask for (soft-drivers.md, A4 to A6).
//!
//! The first word, cut at its first `:`, is a keyword or the name of a variable:
//!
//! | first word          | meaning                                                |
//! |---------------------|--------------------------------------------------------|
//! | `TIMER <seconds>`   | pause                                                  |
//! | `ALARM <text>`      | add to the alarms; without text: end them              |
//! | `ups.status: …`     | these are the words of the status now                  |
//! | `ups.alarm: …`      | this is the text of the alarm now                      |
//! | `driver.…: …`       | ignored: such lines come from a dump of another driver |
//! | `<name>: …`         | set the variable; without value: delete it             |
//!
//! C NUT looks only at the beginning of the first word, so that `TIMERISH` pauses; here it counts whole.

use std::time::Duration;

use model::name::{same, strip_prefix};
use model::number::leading_integer;
use text::{WORD_MAX, WORDS_MAX};

/// Longest value, in bytes: what is longer does not fit into a message to upsd.
pub(crate) const VALUE_MAX: usize = 255;
/// Longest name, in bytes: with its value it has to fit into one line of the protocol.
const NAME_MAX: usize = 128;

/// What one line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Instruction {
    /// The variable has this value.
    Set { var: String, value: String },
    /// The variable is no more.
    Delete { var: String },
    /// The status has these words and no others.
    Status(String),
    /// One more alarm is active.
    Alarm(String),
    /// This is the only alarm; an empty text ends the alarm.
    OnlyAlarm(String),
    /// Wait before the next instruction.
    Timer(Duration),
}

/// What is wrong with a line, or what of it is left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Wrong {
    #[error("TIMER: the number of seconds is missing; the line is skipped, write \"TIMER 5\"")]
    NoSeconds,
    #[error("the name of a variable is missing; the line is skipped, write \"name: value\"")]
    NoName,
    #[error("the name has {0} bytes; the line is skipped, write at most {NAME_MAX}")]
    LongName(usize),
    #[error("{0:?} cannot be a name; the line is skipped, use letters, digits and dots")]
    BadName(String),
    #[error("{0:?} behind the colon is left out; put a blank between colon and value")]
    Glued(String),
    #[error("the value has {0} bytes and is cut; write at most {VALUE_MAX}")]
    LongValue(usize),
    #[error("a \"#\" stands in quotes; the line is skipped, write \"\\#\"")]
    HashInQuotes,
    #[error("the quote is never closed; all from its line on is skipped")]
    OpenQuote,
    #[error("words beyond the {WORDS_MAX}nd are left out; quote the value")]
    ManyWords,
    #[error("a word is cut; write at most {WORD_MAX} bytes")]
    LongWord,
    #[error("bytes that are no UTF-8 text are left out; save the file as UTF-8")]
    NotText,
}

/// Reads the words of a line; what is wrong with it goes to `wrong`.
pub(crate) fn read(words: &[String], wrong: &mut Vec<Wrong>) -> Option<Instruction> {
    let (first, rest) = words.split_first()?;
    let (name, glued) = first.split_once(':').unwrap_or((first, ""));
    if strip_prefix(name, "driver.").is_some() {
        return None;
    }
    let value = value(glued, rest, wrong);
    match name {
        "TIMER" => skip_if_wrong(timer(&value), wrong),
        "ALARM" if value.is_empty() => Some(Instruction::OnlyAlarm(value)),
        "ALARM" => Some(Instruction::Alarm(value)),
        _ => skip_if_wrong(check_name(name), wrong).map(|()| assign(name, value)),
    }
}

/// What giving `var` the value `value` means.
pub(crate) fn assign(var: &str, value: String) -> Instruction {
    let name = var.to_owned();
    if same(var, "ups.status") {
        Instruction::Status(value)
    } else if same(var, "ups.alarm") {
        Instruction::OnlyAlarm(value)
    } else if value.is_empty() {
        Instruction::Delete { var: name }
    } else {
        Instruction::Set { var: name, value }
    }
}

/// Whether `name` can be sent to upsd and on to its clients, who see it unquoted.
pub(crate) fn check_name(name: &str) -> Result<(), Wrong> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"#=\\".contains(&byte);
    if name.is_empty() {
        Err(Wrong::NoName)
    } else if name.len() > NAME_MAX {
        Err(Wrong::LongName(name.len()))
    } else if name.bytes().all(plain) {
        Ok(())
    } else {
        Err(Wrong::BadName(name.to_owned()))
    }
}

/// The words behind the name, or else what is glued to its colon.
fn value(glued: &str, rest: &[String], wrong: &mut Vec<Wrong>) -> String {
    let mut value = rest.join(" ");
    if rest.is_empty() {
        glued.clone_into(&mut value);
    } else if !glued.is_empty() {
        wrong.push(Wrong::Glued(glued.to_owned()));
    }
    if value.len() > VALUE_MAX {
        wrong.push(Wrong::LongValue(value.len()));
        let end = (0..=VALUE_MAX).rev().find(|&at| value.is_char_boundary(at));
        value.truncate(end.unwrap_or(0));
    }
    value
}

fn timer(value: &str) -> Result<Instruction, Wrong> {
    if value.is_empty() {
        return Err(Wrong::NoSeconds);
    }
    let seconds = u64::try_from(leading_integer(value)).unwrap_or(0);
    Ok(Instruction::Timer(Duration::from_secs(seconds)))
}

fn skip_if_wrong<T>(result: Result<T, Wrong>, wrong: &mut Vec<Wrong>) -> Option<T> {
    result.map_err(|why| wrong.push(why)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(words: &[&str]) -> (Option<Instruction>, Vec<Wrong>) {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let mut wrong = Vec::new();
        (read(&words, &mut wrong), wrong)
    }

    #[test]
    fn timers_count_whole_seconds_in_front() {
        for (text, seconds) in [("4", 4), ("4.9", 4), ("12abc", 12), ("x", 0), ("-3", 0)] {
            let timer = Instruction::Timer(Duration::from_secs(seconds));
            assert_eq!(one(&["TIMER", text]), (Some(timer), vec![]), "{text}");
        }
        assert_eq!(one(&["TIMER"]), (None, vec![Wrong::NoSeconds]));
        assert_eq!(one(&["TIMER", ""]), (None, vec![Wrong::NoSeconds]));
    }

    #[test]
    fn a_value_is_cut_between_characters() {
        let long = format!("{}é", "x".repeat(254));
        let (instruction, wrong) = one(&["lab.a:", &long]);
        let value = "x".repeat(254);
        assert_eq!(instruction, Some(assign("lab.a", value)));
        assert_eq!(wrong, [Wrong::LongValue(256)]);
    }

    #[test]
    fn a_value_may_have_255_bytes() {
        let value = "x".repeat(255);
        assert_eq!(
            one(&["lab.a:", &value]),
            (Some(assign("lab.a", value.clone())), vec![])
        );
    }

    #[test]
    fn names_that_would_break_a_listing_are_refused() {
        assert_eq!(check_name(&"n".repeat(128)), Ok(()));
        assert_eq!(check_name(&"n".repeat(129)), Err(Wrong::LongName(129)));
        for bad in ["a b", "a\"", "=", "a#b", "a\\b", "caffè", "a\u{7f}"] {
            assert_eq!(check_name(bad), Err(Wrong::BadName(bad.to_owned())));
        }
        assert_eq!(one(&[":", "5"]), (None, vec![Wrong::NoName]));
        assert_eq!(one(&[""]), (None, vec![Wrong::NoName]));
    }
}
