//! The words a file may hold, as a table: what each is called, what follows it, what it is for.
//!
//! A table is read by the readers of this crate, and man pages and sample files are made of it. What follows a directive
//! is told by [`Directive::args`], one word for each word of the file: `<seconds>` must be there,
//! `[<port>]` may be, `<action>...` stands for one or more, and nothing at all makes a flag.

use crate::nearest::nearest;
use crate::problem::Severity;
use crate::report::Report;
use text::{Place, Word};

/// One directive of a file that is read into a `T`.
#[derive(Debug)]
pub struct Directive<T> {
    /// Its name as the file has it.
    pub name: &'static str,
    /// The words that follow it.
    pub args: &'static str,
    /// What it is for, for the manual.
    pub doc: &'static str,
    /// Whether the name counts in any letter case.
    pub any_case: bool,
    /// Whether it is only known so that its users can be told that it has no effect any more.
    pub is_removed: bool,
    /// Takes its words into the value.
    pub apply: fn(&mut T, &mut Args<'_>) -> Result<(), Fault>,
}

impl<T> Directive<T> {
    /// A directive whose name must be written exactly so.
    #[must_use]
    pub const fn new(
        name: &'static str,
        args: &'static str,
        doc: &'static str,
        apply: fn(&mut T, &mut Args<'_>) -> Result<(), Fault>,
    ) -> Self {
        Self {
            name,
            args,
            doc,
            any_case: false,
            is_removed: false,
            apply,
        }
    }

    /// The same, but its name may be written in any letter case.
    #[must_use]
    pub const fn in_any_case(mut self) -> Self {
        self.any_case = true;
        self
    }

    /// The same, but it has no effect any more.
    #[must_use]
    pub const fn removed(mut self) -> Self {
        self.is_removed = true;
        self
    }

    fn is_named(&self, word: &str) -> bool {
        self.name == word || (self.any_case && self.name.eq_ignore_ascii_case(word))
    }

    fn least(&self) -> usize {
        self.args
            .split_whitespace()
            .filter(|arg| !arg.starts_with('['))
            .count()
    }

    fn most(&self) -> usize {
        // what is joined by "+" is one word
        let repeats = |arg: &str| arg.contains("...") && !arg.contains('+');
        if self.args.split_whitespace().any(repeats) {
            usize::MAX
        } else {
            self.args.split_whitespace().count()
        }
    }
}

/// The directive called `word`.
pub(crate) fn find<T>(table: &'static [Directive<T>], word: &str) -> Option<&'static Directive<T>> {
    table.iter().find(|directive| directive.is_named(word))
}

/// The names in a table.
pub(crate) fn names<T>(table: &'static [Directive<T>]) -> impl Iterator<Item = &'static str> {
    table.iter().map(|directive| directive.name)
}

/// `, did you mean x?` or `otherwise`.
pub(crate) fn hint(
    word: &str,
    names: impl IntoIterator<Item = &'static str>,
    otherwise: &str,
) -> String {
    nearest(word, names).map_or_else(
        || otherwise.to_owned(),
        |name| format!(", did you mean {name}?"),
    )
}

/// What is wrong with the words of a directive, and with which of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub(crate) severity: Severity,
    pub(crate) at: u64,
    pub(crate) text: String,
}

impl Fault {
    /// The directive has no effect because of `word`.
    #[must_use]
    pub fn error(word: Word<'_>, text: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            at: word.at,
            text: text.into(),
        }
    }

    /// The directive is understood, but `word` deserves a remark.
    #[must_use]
    pub fn warning(word: Word<'_>, text: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(word, text)
        }
    }
}

/// The words behind a directive. How to read them as values is in [`crate::value`].
#[derive(Debug)]
pub struct Args<'a> {
    /// The name as it was written.
    pub name: Word<'a>,
    /// The words behind it.
    pub words: &'a [Word<'a>],
    /// Where the name stands.
    pub place: Place,
    notes: Vec<Fault>,
}

impl Args<'_> {
    /// Remarks on a word while the directive stays in force.
    pub fn warn(&mut self, word: Word<'_>, text: impl Into<String>) {
        self.notes.push(Fault::warning(word, text));
    }
}

/// How a file writes what follows a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `NAME value value`
    Words,
    /// `name = value`
    Equals,
}

impl Style {
    fn usage<T>(self, directive: &Directive<T>) -> String {
        let (name, args) = (directive.name, directive.args);
        match self {
            _ if args.is_empty() => format!("usage: {name}"),
            Self::Words => format!("usage: {name} {args}"),
            Self::Equals => format!("usage: {name} = {args}"),
        }
    }

    fn surplus<T>(self, directive: &Directive<T>) -> String {
        let name = directive.name;
        if directive.args.is_empty() {
            format!("{name} is a flag, any value switches it on; remove the line to switch it off")
        } else if self == Self::Equals {
            cut_value(name)
        } else {
            let usage = self.usage(directive);
            format!("{name}: this word is one too many and is ignored; {usage}")
        }
    }
}

/// What to say of a value with blanks in it that has no quotes around it.
pub(crate) fn cut_value(key: &str) -> String {
    format!("{key}: only the first word behind \"=\" is taken; quote the value: {key} = \"...\"")
}

/// Applies a directive to `target` and reports what is wrong; whether it is in force.
pub(crate) fn apply<T>(
    directive: &Directive<T>,
    target: &mut T,
    name: Word<'_>,
    words: &[Word<'_>],
    style: Style,
    report: &mut Report<'_>,
) -> bool {
    let mut args = Args {
        name,
        words: words.get(..directive.most()).unwrap_or(words),
        place: report.place(name.at),
        notes: Vec::new(),
    };
    let result = check(directive, &args, style).and_then(|()| (directive.apply)(target, &mut args));
    if let Some(surplus) = words.get(args.words.len()).filter(|_| result.is_ok()) {
        report.warning(surplus.at, style.surplus(directive));
    }
    let in_force = result.is_ok();
    for fault in args.notes.into_iter().chain(result.err()) {
        let mut text = format!("{}: {}", directive.name, fault.text);
        if fault.severity == Severity::Error {
            text = format!("{text}; {}", style.usage(directive));
        }
        report.add(fault.severity, fault.at, text);
    }
    in_force
}

fn check<T>(directive: &Directive<T>, args: &Args<'_>, style: Style) -> Result<(), Fault> {
    match args.words.first() {
        Some(equals) if style == Style::Words && equals.text == "=" => Err(Fault::error(
            *equals,
            "here the value follows without \"=\"",
        )),
        _ if args.words.len() < directive.least() => {
            Err(Fault::error(args.name, "a value is missing"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taking(args: &'static str) -> Directive<()> {
        Directive::new("X", args, "", |(), _| Ok(()))
    }

    #[test]
    fn the_text_of_the_arguments_tells_how_many_there_are() {
        for (args, least, most) in [
            ("", 0, 0),
            ("<seconds>", 1, 1),
            ("<address> [<port>]", 1, 2),
            ("<action>...", 1, usize::MAX),
            ("<event> <flag>[+<flag>...]", 2, 2),
            ("yes|no|auto", 1, 1),
        ] {
            let directive = taking(args);
            assert_eq!(
                (directive.least(), directive.most()),
                (least, most),
                "{args}"
            );
        }
    }

    #[test]
    fn names_are_exact_unless_the_table_says_otherwise() {
        assert!(taking("").is_named("X") && !taking("").is_named("x"));
        assert!(taking("").in_any_case().is_named("x"));
    }
}
