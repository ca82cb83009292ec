//! A definition file as a list of instructions (soft-drivers.md, A4).
//!
//! The syntax is that of every NUT file, and a listing of `upsc` is a valid file. Lines that cannot be
//! read are told with their place and skipped, the others count. Nothing here touches a file.

use text::{Fed, Lexer, Words, source_line};

use crate::instruction::{self, Instruction, Wrong};
use crate::utf8::{shield, unshield};

/// How many faults of a file are told.
const FAULTS_MAX: usize = 20;
/// How many characters of a faulty line are told.
const SHOWN_MAX: usize = 120;

/// What a file asks for, and what of it cannot be done.
#[derive(Debug, Default)]
pub(crate) struct Script {
    /// The instructions in their order.
    pub(crate) steps: Vec<Step>,
    /// What is wrong: the first [`FAULTS_MAX`] faults.
    pub(crate) faults: Vec<Fault>,
    /// How many more faults there are.
    pub(crate) more_faults: usize,
}

/// One instruction and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// Line of the file, from 1.
    pub(crate) line: usize,
    /// What to do.
    pub(crate) what: Instruction,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Line of the file, from 1.
    pub(crate) line: usize,
    /// The line.
    pub(crate) text: String,
    /// What is wrong with it and what to do.
    pub(crate) why: Wrong,
}

/// Reads a whole file.
pub(crate) fn parse(source: &[u8]) -> Script {
    let source = shield(source);
    let mut reader = Reader {
        source: &source,
        lines: Lines::default(),
        script: Script::default(),
    };
    let mut lexer = Lexer::new();
    let mut used = 0;
    loop {
        match lexer.feed(source.get(used..).unwrap_or_default()) {
            Fed::More => break,
            Fed::Line(bytes) => {
                reader.line(&lexer);
                used += bytes;
            }
            Fed::Broken(bytes) => {
                reader.broken(&lexer);
                used += bytes;
            }
        }
    }
    reader.end(lexer);
    reader.script
}

struct Reader<'s> {
    source: &'s [u8],
    lines: Lines,
    script: Script,
}

impl Reader<'_> {
    fn line(&mut self, lexer: &Lexer) {
        let words = lexer.words();
        let Some(first) = words.word(0) else { return };
        let line = self.lines.number(self.source, first.at);
        let (whole, torn) = unshielded(words);
        let mut wrong = Vec::new();
        let what = instruction::read(&whole, &mut wrong);
        if what.is_some() {
            wrong.extend(left_out(words, torn));
        }
        for why in wrong {
            self.fault(line, first.at, why);
        }
        let step = what.map(|what| Step { line, what });
        self.script.steps.extend(step);
    }

    fn broken(&mut self, lexer: &Lexer) {
        let at = lexer.fault();
        let line = self.lines.number(self.source, at);
        self.fault(line, at, Wrong::HashInQuotes);
    }

    /// What stands behind the last line end.
    fn end(&mut self, mut lexer: Lexer) {
        let open = lexer.in_quotes();
        match lexer.finish() {
            Some(Fed::Line(_)) if open => self.never_closed(&lexer),
            Some(Fed::Line(_)) => self.line(&lexer),
            Some(Fed::Broken(_)) => self.broken(&lexer),
            Some(Fed::More) | None => {}
        }
    }

    fn never_closed(&mut self, lexer: &Lexer) {
        let words = lexer.words();
        let at = words.len().checked_sub(1).and_then(|last| words.word(last));
        let at = at.map_or(0, |word| word.at);
        let line = self.lines.number(self.source, at);
        self.fault(line, at, Wrong::OpenQuote);
    }

    fn fault(&mut self, line: usize, at: u64, why: Wrong) {
        if self.script.faults.len() >= FAULTS_MAX {
            self.script.more_faults += 1;
            return;
        }
        let (text, _) = unshield(&source_line(self.source, at));
        let text = text
            .chars()
            .filter(|c| !c.is_control())
            .take(SHOWN_MAX)
            .collect();
        self.script.faults.push(Fault { line, text, why });
    }
}

/// The words with the bytes that the lexer must not see, and whether any is no text.
fn unshielded(words: &Words) -> (Vec<String>, bool) {
    let mut torn = words.dropped() > 0;
    let whole = words.iter().map(|word| {
        let (word, invalid) = unshield(word);
        torn |= invalid;
        word
    });
    (whole.collect(), torn)
}

/// What the lexer could not keep of a line.
fn left_out(words: &Words, torn: bool) -> impl Iterator<Item = Wrong> {
    let found = [
        (torn, Wrong::NotText),
        (words.surplus(), Wrong::ManyWords),
        (words.cut(), Wrong::LongWord),
    ];
    found.into_iter().filter(|(is, _)| *is).map(|(_, why)| why)
}

/// Counts lines up to places that only move forward.
#[derive(Default)]
struct Lines {
    before: usize,
    at: usize,
}

impl Lines {
    fn number(&mut self, source: &[u8], at: u64) -> usize {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(source.len());
        let between = source.get(self.at..at).unwrap_or_default();
        self.before += between.iter().filter(|&&byte| byte == b'\n').count();
        self.at = self.at.max(at);
        self.before + 1
    }
}

#[cfg(test)]
mod tests;
