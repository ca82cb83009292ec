//! The text of conversations.
//!
//! ```text
//! # a comment
//! == title              a new connection
//! == title (admin)      a new connection that has said who it is
//! C> LIST UPS           the client sends this line
//! S> END LIST UPS       the server answers exactly this line
//! D> SET v "x"          the driver of lab1 receives this line
//! D< SETINFO v "x"      the driver of lab1 says this line; the next line waits until upsd has read it
//! silent / speaking     the driver of lab1 answers nothing / answers again
//! closed                the server closes the connection
//! quiet                 the server says nothing for a moment
//! ```
//!
//! Where C NUT differs, lines with `(c)` come before the line that they replace; `(c) nothing` replaces it by
//! nothing. The comment above them says why; without one the file is refused.
//!
//! ```text
//! # why
//! S(c)> OK
//! S> ERR TOO-LONG
//! ```
//!
//! What a line may hold is described in `syntax.rs`. At the end of a conversation that is not closed the client
//! asks for the protocol's version: whatever comes before the answer was sent without being asked for.

use tests::Subject;

/// One step of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Client(String),
    Server(String),
    DriverGets(String),
    DriverSays(String),
    Silent(bool),
    Closed,
    Quiet,
}

/// One conversation: its steps, with the places they stand at.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) title: String,
    pub(crate) user: Option<String>,
    lines: Vec<Line>,
}

/// A step, and whom it is for.
#[derive(Debug)]
struct Line {
    place: String,
    /// Whether it is what C NUT does in place of the next step; `None` is nothing.
    step: Result<Step, Option<Step>>,
}

/// All conversations of a file.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) scenes: Vec<Scene>,
}

impl Script {
    /// Reads a file, whose name is for messages.
    pub(crate) fn parse(file: &str, text: &str) -> Self {
        let mut scenes: Vec<Scene> = Vec::new();
        let mut before = "";
        for (at, line) in text.lines().enumerate() {
            let place = format!("{file}:{}", at + 1);
            let reasoned = before.starts_with('#') || before.contains("(c)");
            before = line;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(title) = line.strip_prefix("== ") {
                scenes.push(Scene::new(title));
                continue;
            }
            assert!(
                reasoned || !line.contains("(c)"),
                "{place}: no reason above what C NUT does otherwise"
            );
            let scene = scenes
                .last_mut()
                .unwrap_or_else(|| panic!("{place}: before the first title"));
            let step = step(line).unwrap_or_else(|| panic!("{place}: no step: {line}"));
            scene.lines.push(Line { place, step });
        }
        Self { scenes }
    }

    pub(crate) fn titles(&self) -> impl Iterator<Item = &str> {
        self.scenes.iter().map(|scene| scene.title.as_str())
    }
}

impl Scene {
    fn new(title: &str) -> Self {
        let user = title
            .strip_suffix(')')
            .and_then(|title| title.rsplit_once(" ("));
        Self {
            title: title.to_owned(),
            user: user.map(|(_, user)| user.to_owned()),
            lines: Vec::new(),
        }
    }

    /// The steps as `subject` is to perform them.
    pub(crate) fn steps(&self, subject: &Subject) -> Vec<(&str, &Step)> {
        let mut steps = Vec::new();
        let mut replaced = false;
        for line in &self.lines {
            let step = match &line.step {
                Err(instead) => {
                    replaced = true;
                    instead.as_ref().filter(|_| subject.is_nut())
                }
                Ok(_) if replaced && subject.is_nut() => {
                    replaced = false;
                    None
                }
                Ok(step) => {
                    replaced = false;
                    Some(step)
                }
            };
            steps.extend(step.map(|step| (line.place.as_str(), step)));
        }
        steps
    }
}

fn step(line: &str) -> Option<Result<Step, Option<Step>>> {
    if line == "(c) nothing" {
        return Some(Err(None));
    }
    if line.contains("(c)") {
        let plain = line.replacen("(c) ", "", 1).replacen("(c)", "", 1);
        return common(&plain).map(|step| Err(Some(step)));
    }
    common(line).map(Ok)
}

fn common(line: &str) -> Option<Step> {
    let (mark, text) = line.split_at_checked(2).unwrap_or((line, ""));
    let text = text.strip_prefix(' ').unwrap_or(text).to_owned();
    Some(match (mark, line) {
        ("C>", _) => Step::Client(text),
        ("S>", _) => Step::Server(text),
        ("D>", _) => Step::DriverGets(text),
        ("D<", _) => Step::DriverSays(text),
        (_, "silent") => Step::Silent(true),
        (_, "speaking") => Step::Silent(false),
        (_, "closed") => Step::Closed,
        (_, "quiet") => Step::Quiet,
        _ => return None,
    })
}
