//! Bytes to words, byte for byte as C NUT does it (spec net-protocol.md, section 2.1).
//!
//! | state  | byte                     | what happens                          | next    |
//! |--------|--------------------------|---------------------------------------|---------|
//! | Start  | LF                       | line complete                         | Start   |
//! |        | space                    |                                       | Start   |
//! |        | `#`                      |                                       | Comment |
//! |        | `=`                      | the word `=`                          | Start   |
//! |        | `"`                      | a word begins                         | Quoted  |
//! |        | `\`                      | a word begins                         | Escape  |
//! |        | other                    | a word begins with it                 | Word    |
//! | Comment| LF                       | line complete                         | Start   |
//! | Word   | LF                       | word ends, line complete              | Start   |
//! |        | space                    | word ends                             | Start   |
//! |        | `#`                      | word ends                             | Comment |
//! |        | `=`                      | word ends, then the word `=`          | Start   |
//! |        | `\`                      |                                       | Escape  |
//! |        | other, also `"`          | appended                              | Word    |
//! | Escape | LF                       | the line goes on                      | Word    |
//! |        | other                    | appended                              | Word    |
//! | Quoted | `"`                      | word ends, it may be empty            | Start   |
//! |        | `#`                      | word ends; the line is broken         | Skip    |
//! |        | `\`                      |                                       | QuotedEscape |
//! |        | other, also LF           | appended                              | Quoted  |
//! | QuotedEscape | LF                 | the line goes on                      | Quoted  |
//! |        | other                    | appended                              | Quoted  |
//! | Skip   | LF                       | broken line complete                  | Start   |
//!
//! Space is what `isspace` says in the C locale: tab, VT, FF, CR and blank. Appending drops bytes that
//! are not printable ASCII, but such a byte still *opens* a word. The one departure from C: after a
//! broken line C goes on right behind the `#`, in the middle of the line; here the rest of that line
//! is skipped and the caller hears of it once.

use crate::words::Words;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Start,
    Comment,
    Word,
    Escape,
    Quoted,
    QuotedEscape,
    Skip,
}

/// What [`Lexer::feed`] found. The number is how many of the given bytes were used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fed {
    /// All bytes were used and no line is complete.
    More,
    /// A line is complete: its words are in [`Lexer::words`] until the next call.
    Line(usize),
    /// A line with an unescaped `#` inside quotes ended; [`Lexer::words`] holds what stood before it.
    Broken(usize),
}

/// Turns bytes into lines of words and remembers its place between calls.
#[derive(Debug, Default)]
pub struct Lexer {
    state: State,
    words: Words,
    /// Whether `words` holds a line that was handed out and is to be cleared.
    stale: bool,
    /// Bytes fed in earlier calls.
    before: u64,
    /// Where the last unescaped `#` inside quotes stood.
    fault: u64,
}

impl Lexer {
    /// A lexer at the start of a line.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads `input` up to the end of the first line in it.
    pub fn feed(&mut self, input: &[u8]) -> Fed {
        if self.stale {
            self.stale = false;
            self.words.clear();
        }
        let mut used = 0;
        while let Some(rest) = input.get(used..).filter(|rest| !rest.is_empty()) {
            let at = self.before + used as u64;
            let run = self.take_run(rest, at);
            if run > 0 {
                used += run;
                continue;
            }
            used += 1;
            let Some(&byte) = rest.first() else { break };
            if self.step(byte, at) {
                return self.line(used);
            }
        }
        self.before += used as u64;
        Fed::More
    }

    /// Ends the input: a last line without LF counts, also when its quote is still open.
    ///
    /// Returns `None` when nothing is pending.
    pub fn finish(&mut self) -> Option<Fed> {
        if self.stale || (self.state == State::Start && self.words.is_empty()) {
            return None;
        }
        self.words.close();
        match self.line(0) {
            Fed::Line(_) if self.words.is_empty() => None,
            fed => Some(fed),
        }
    }

    /// Overwrites the words of the line that [`feed`](Self::feed) has just completed: it held a secret.
    pub fn wipe(&mut self) {
        if self.stale {
            self.words.wipe();
        }
    }

    /// The words of the line that [`feed`](Self::feed) has just completed.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Where the `#` of the last broken line stood, as an offset in all bytes fed.
    #[must_use]
    pub fn fault(&self) -> u64 {
        self.fault
    }

    /// Whether a quoted word is open: a line end would not end the line now.
    #[must_use]
    pub fn in_quotes(&self) -> bool {
        matches!(self.state, State::Quoted | State::QuotedEscape)
    }

    /// Whether nothing of a next line has been seen, so that a fresh lexer could take over.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.state == State::Start
            && (self.stale || (self.words.is_empty() && !self.words.is_open()))
    }

    fn line(&mut self, used: usize) -> Fed {
        let broken = self.state == State::Skip;
        self.before += used as u64;
        self.state = State::Start;
        self.stale = true;
        if broken {
            Fed::Broken(used)
        } else {
            Fed::Line(used)
        }
    }

    /// Appends the ordinary bytes at the front of `rest` in one go; most bytes are ordinary.
    fn take_run(&mut self, rest: &[u8], at: u64) -> usize {
        let special: fn(u8) -> bool = match self.state {
            State::Quoted => |byte| matches!(byte, b'"' | b'#' | b'\\'),
            State::Word => special_outside_quotes,
            State::Start => |byte| special_outside_quotes(byte) || byte == b'"',
            _ => return 0,
        };
        let run = rest
            .iter()
            .position(|&byte| special(byte))
            .unwrap_or(rest.len());
        if run > 0 {
            if self.state == State::Start {
                self.words.open(at);
                self.state = State::Word;
                // inside a word a quote is an ordinary byte: the next round takes it
            }
            self.words.append(rest.get(..run).unwrap_or_default());
        }
        run
    }

    /// Handles one byte; true when the line is complete.
    fn step(&mut self, byte: u8, at: u64) -> bool {
        match self.state {
            State::Start => self.start(byte, at),
            State::Comment | State::Skip => byte == b'\n',
            State::Word => self.in_word(byte, at),
            State::Escape => {
                self.append_unless_lf(byte);
                self.state = State::Word;
                false
            }
            State::Quoted => {
                self.quoted(byte, at);
                false
            }
            State::QuotedEscape => {
                self.append_unless_lf(byte);
                self.state = State::Quoted;
                false
            }
        }
    }

    fn start(&mut self, byte: u8, at: u64) -> bool {
        match byte {
            b'\n' => return true,
            byte if is_space(byte) => {}
            b'#' => self.state = State::Comment,
            b'=' => self.equals(at),
            b'\\' => self.open(State::Escape, at),
            b'"' => self.open(State::Quoted, at),
            _ => {
                self.open(State::Word, at);
                self.words.append(&[byte]);
            }
        }
        false
    }

    fn in_word(&mut self, byte: u8, at: u64) -> bool {
        if byte == b'\\' {
            self.state = State::Escape;
            return false;
        }
        self.words.close();
        self.state = State::Start;
        match byte {
            b'\n' => return true,
            b'#' => self.state = State::Comment,
            b'=' => self.equals(at),
            _ => {}
        }
        false
    }

    fn quoted(&mut self, byte: u8, at: u64) {
        match byte {
            b'"' => {
                self.words.close();
                self.state = State::Start;
            }
            b'#' => {
                self.words.close();
                self.fault = at;
                self.state = State::Skip;
            }
            b'\\' => self.state = State::QuotedEscape,
            _ => self.words.append(&[byte]),
        }
    }

    fn open(&mut self, state: State, at: u64) {
        self.words.open(at);
        self.state = state;
    }

    fn equals(&mut self, at: u64) {
        self.words.open(at);
        self.words.append(b"=");
        self.words.close();
    }

    fn append_unless_lf(&mut self, byte: u8) {
        if byte != b'\n' {
            self.words.append(&[byte]);
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | 0x0b | 0x0c | b'\r' | b' ')
}

fn special_outside_quotes(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'\n' | b'#' | b'=' | b'\\')
}

#[cfg(test)]
mod tests;
