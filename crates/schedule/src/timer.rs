//! One timer, and what it carries for its script.

use model::Tick;

use crate::request::Sender;

/// A timer that runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Timer {
    /// Given to the script as its argument.
    pub name: String,
    /// When it is due.
    pub due: Tick,
    /// The types of the events it was started for, each once.
    pub notices: Vec<String>,
    /// The UPSes, each once.
    pub upses: Vec<String>,
    /// The messages, each once.
    pub messages: Vec<String>,
}

impl Timer {
    pub(crate) fn new(name: String, due: Tick, sender: &Sender) -> Self {
        let mut timer = Self {
            name,
            due,
            notices: Vec::new(),
            upses: Vec::new(),
            messages: Vec::new(),
        };
        timer.join(sender);
        timer
    }

    /// Carries this event, too.
    pub(crate) fn join(&mut self, sender: &Sender) {
        add(&mut self.notices, &sender.notice);
        add(&mut self.upses, &sender.ups);
        add(&mut self.messages, &sender.message);
    }

    /// Whether CANCEL-TIMER-MATCHED of this sender means it: by the UPS. C NUT asks for the same NOTIFYTYPE, too, which the
    /// event that ends a state never has.
    pub(crate) fn matches(&self, sender: &Sender) -> bool {
        sender.ups.is_empty() || self.upses.contains(&sender.ups)
    }

    /// `$NOTIFYTYPE`; `None` when there is none.
    #[must_use]
    pub fn notice_text(&self) -> Option<String> {
        joined(&self.notices, ",")
    }

    /// `$UPSNAME`; `None` when there is none.
    #[must_use]
    pub fn ups_text(&self) -> Option<String> {
        joined(&self.upses, ",")
    }

    /// `$NOTIFYMSG`; `None` when there is none.
    #[must_use]
    pub fn message_text(&self) -> Option<String> {
        joined(&self.messages, ".\t")
    }
}

/// Events that one timer carries at most.
const CARRIED_MAX: usize = 256;

fn add(list: &mut Vec<String>, text: &str) {
    let known = list.iter().any(|known| known == text);
    if !text.is_empty() && !known && list.len() < CARRIED_MAX {
        list.push(text.to_owned());
    }
}

fn joined(list: &[String], between: &str) -> Option<String> {
    (!list.is_empty()).then(|| list.join(between))
}
