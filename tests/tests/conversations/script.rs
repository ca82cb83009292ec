//! The text of conversations.
//!
//! ```text
//! # a comment
//! == title              a new connection
//! == title (admin)      a new connection that has said who it is
//! C> LIST UPS           the client sends this line; \r \t \\ and \n mean what they mean in C
//! S> END LIST UPS       the server answers exactly this line
//! S> OK TRACKING {id}   ... and what stands for {id} is remembered, or must be the same again
//! S> Network UPS *      ... a star at the end stands for any text
//! D> SET v "x"          the driver of lab1 receives this line
//! D< SETINFO v "x"      the driver of lab1 says this line; the next line waits until upsd has read it
//! silent / speaking     the driver of lab1 answers nothing / answers again
//! closed                the server closes the connection
//! ```
//!
//! At the end of a conversation that is not closed the client asks for the protocol's version: whatever
//! comes before the answer was sent without being asked for.

/// One step of a conversation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Begin { title: String, user: Option<String> },
    Client(String),
    Server(String),
    DriverGets(String),
    DriverSays(String),
    Silent(bool),
    Closed,
}

/// All steps with the numbers of their lines.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) steps: Vec<(usize, Step)>,
}

impl Script {
    pub(crate) fn parse(text: &str) -> Self {
        let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let steps = numbered
            .filter_map(|(number, line)| Some((number, step(number, line)?)))
            .collect();
        Self { steps }
    }

    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().filter_map(|(_, step)| match step {
            Step::Begin { title, .. } => Some(title.as_str()),
            _ => None,
        })
    }
}

fn step(number: usize, line: &str) -> Option<Step> {
    if line.is_empty() || line.starts_with('#') {
        return None;
    }
    if let Some(title) = line.strip_prefix("== ") {
        let (title, user) = match title
            .strip_suffix(')')
            .and_then(|title| title.rsplit_once(" ("))
        {
            Some((title, user)) => (title, Some(user.to_owned())),
            None => (title, None),
        };
        return Some(Step::Begin {
            title: title.to_owned(),
            user,
        });
    }
    let (mark, text) = line.split_at(line.len().min(2));
    let text = text.strip_prefix(' ').unwrap_or(text).to_owned();
    Some(match (mark, line) {
        ("C>", _) => Step::Client(unescape(&text)),
        ("S>", _) => Step::Server(text),
        ("D>", _) => Step::DriverGets(text),
        ("D<", _) => Step::DriverSays(text),
        (_, "silent") => Step::Silent(true),
        (_, "speaking") => Step::Silent(false),
        (_, "closed") => Step::Closed,
        _ => panic!("line {number} is no step: {line}"),
    })
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('r') => out.push('\r'),
                Some('t') => out.push('\t'),
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            (c, false) => out.push(c),
        }
    }
    out
}

/// Compares a line with what was expected; `id` is the tracking id seen so far.
pub(crate) fn matches(expected: &str, got: &str, id: &mut Option<String>) -> bool {
    if let Some((before, after)) = expected.split_once("{id}") {
        let Some(rest) = got.strip_prefix(before) else {
            return false;
        };
        let Some(found) = rest.get(..36) else {
            return false;
        };
        let same = id.as_ref().is_none_or(|known| known == found);
        *id = Some(found.to_owned());
        return same && rest.get(36..) == Some(after);
    }
    match expected.strip_suffix('*') {
        Some(beginning) => got.starts_with(beginning),
        None => expected == got,
    }
}
