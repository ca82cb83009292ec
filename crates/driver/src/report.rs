//! What a driver has to tell after a poll.
//!
//! A report holds changes, not the whole state: what it does not mention stays as it was. The framework
//! compares it with what is published and broadcasts only real changes.

use model::status::Status;
use model::{Flags, Range};

/// One change of the published state.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each variant's text names its fields")]
pub enum Update {
    /// A variable has this value.
    Set { var: String, value: String },
    /// A variable is no more.
    Remove { var: String },
    /// A variable has these flags.
    Flags { var: String, flags: Flags },
    /// A text variable may have at most this many bytes.
    MaxLen { var: String, max_len: u64 },
    /// A variable takes these values and no others.
    Choices { var: String, choices: Vec<String> },
    /// A variable takes values in these ranges and no others.
    Ranges { var: String, ranges: Vec<Range> },
    /// An instant command exists.
    AddCommand { name: String },
    /// An instant command is no more.
    RemoveCommand { name: String },
}

/// The changes of one poll, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Variables and commands.
    pub updates: Vec<Update>,
    /// The words of `ups.status`; `None` keeps those of the last report.
    pub status: Option<Status>,
    /// The texts of `ups.alarm`; `None` keeps those of the last report, an empty list ends the alarm.
    pub alarms: Option<Vec<String>>,
}

impl Report {
    /// Reports a value.
    pub fn set(&mut self, var: &str, value: impl Into<String>) -> &mut Self {
        self.updates.push(Update::Set {
            var: var.to_owned(),
            value: value.into(),
        });
        self
    }

    /// Reports a writable text of at most `max_len` bytes.
    pub fn set_text(&mut self, var: &str, value: impl Into<String>, max_len: u64) -> &mut Self {
        self.set(var, value)
            .flags(var, Flags::RW_STRING)
            .max_len(var, max_len)
    }

    /// Takes a variable back.
    pub fn remove(&mut self, var: &str) -> &mut Self {
        self.updates.push(Update::Remove {
            var: var.to_owned(),
        });
        self
    }

    /// Declares a variable's flags.
    pub fn flags(&mut self, var: &str, flags: Flags) -> &mut Self {
        self.updates.push(Update::Flags {
            var: var.to_owned(),
            flags,
        });
        self
    }

    /// Declares a text's greatest length.
    pub fn max_len(&mut self, var: &str, max_len: u64) -> &mut Self {
        self.updates.push(Update::MaxLen {
            var: var.to_owned(),
            max_len,
        });
        self
    }

    /// Declares the values a variable takes.
    pub fn choices(&mut self, var: &str, choices: &[&str]) -> &mut Self {
        let choices = choices.iter().map(|&choice| choice.to_owned()).collect();
        self.updates.push(Update::Choices {
            var: var.to_owned(),
            choices,
        });
        self
    }

    /// Declares the ranges a variable's value may lie in.
    pub fn ranges(&mut self, var: &str, ranges: &[Range]) -> &mut Self {
        self.updates.push(Update::Ranges {
            var: var.to_owned(),
            ranges: ranges.to_vec(),
        });
        self
    }

    /// Offers an instant command.
    pub fn add_command(&mut self, name: &str) -> &mut Self {
        self.updates.push(Update::AddCommand {
            name: name.to_owned(),
        });
        self
    }

    /// Takes an instant command back.
    pub fn remove_command(&mut self, name: &str) -> &mut Self {
        self.updates.push(Update::RemoveCommand {
            name: name.to_owned(),
        });
        self
    }

    /// Adds words to this poll's status; the first call begins it anew.
    pub fn status(&mut self, words: &str) -> &mut Self {
        self.status.get_or_insert_default().set(words);
        self
    }

    /// Adds a text to this poll's alarms; the first call begins them anew.
    pub fn alarm(&mut self, text: &str) -> &mut Self {
        self.alarms.get_or_insert_default().push(text.to_owned());
        self
    }

    /// States that no alarm is active, unless one is added.
    pub fn no_alarms(&mut self) -> &mut Self {
        self.alarms.get_or_insert_default();
        self
    }
}
