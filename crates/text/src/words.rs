//! The words of one line, in buffers that are used again for the next line.

/// Bytes kept of one word; what exceeds them is dropped (C NUT keeps as many).
pub const WORD_MAX: usize = 512;
/// Words kept of one line; what exceeds them is dropped (C NUT keeps as many).
pub const WORDS_MAX: usize = 32;

/// Where a word stands in the line's text, and where it began in the input.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: usize,
    end: usize,
    at: u64,
}

/// One word and the offset of its first byte in the input (that of the quote for a quoted word).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// The text without quotes and escapes.
    pub text: &'a str,
    /// Offset in all the bytes that were ever fed to the lexer.
    pub at: u64,
}

/// The words of one line. Text is printable ASCII: all other bytes were dropped.
#[derive(Debug, Default)]
pub struct Words {
    text: String,
    spans: Vec<Span>,
    /// Where the word being collected began: (in `text`, in the input).
    open: Option<(usize, u64)>,
    lost: Lost,
}

/// What was dropped from a line because it does not fit the limits or the character set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lost {
    bytes: u32,
    long: bool,
    surplus: bool,
}

impl Words {
    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether the line has no word: it is empty, or holds only a comment.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The text of word `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let span = self.spans.get(index)?;
        self.text.get(span.start..span.end)
    }

    /// Word `index` with its place.
    #[must_use]
    pub fn word(&self, index: usize) -> Option<Word<'_>> {
        let at = self.spans.get(index)?.at;
        Some(Word {
            text: self.get(index)?,
            at,
        })
    }

    /// All words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.spans
            .iter()
            .filter_map(|span| self.text.get(span.start..span.end))
    }

    /// Fills `into` with the words and returns the filled part; words beyond `N` are left out.
    #[must_use]
    pub fn slots<'a, 'b, const N: usize>(&'a self, into: &'b mut [&'a str; N]) -> &'b [&'a str] {
        let mut filled = 0;
        for (slot, word) in into.iter_mut().zip(self.iter()) {
            *slot = word;
            filled += 1;
        }
        into.get(..filled).unwrap_or_default()
    }

    /// How many bytes were dropped because they are not printable ASCII.
    #[must_use]
    pub fn dropped(&self) -> u32 {
        self.lost.bytes
    }

    /// Whether a word was longer than [`WORD_MAX`] and was cut.
    #[must_use]
    pub fn cut(&self) -> bool {
        self.lost.long
    }

    /// Whether words beyond [`WORDS_MAX`] were dropped.
    #[must_use]
    pub fn surplus(&self) -> bool {
        self.lost.surplus
    }

    /// Forgets the words and overwrites what they were; for lines that hold secrets.
    pub(crate) fn wipe(&mut self) {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        let room = bytes.capacity();
        bytes.resize(room, 0);
        bytes.fill(0);
        // so that nobody finds the zeros useless and leaves them out
        std::hint::black_box(&bytes);
        bytes.clear();
        self.text = String::from_utf8(bytes).unwrap_or_default();
        self.clear();
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
        self.open = None;
        self.lost = Lost::default();
    }

    /// Begins a word at input offset `at`.
    pub(crate) fn open(&mut self, at: u64) {
        if self.open.is_none() {
            self.open = Some((self.text.len(), at));
        }
    }

    /// Adds bytes to the open word, dropping what is not printable ASCII.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        let Some((start, _)) = self.open else { return };
        if self.spans.len() >= WORDS_MAX {
            return;
        }
        let room = WORD_MAX.saturating_sub(self.text.len() - start);
        match std::str::from_utf8(bytes) {
            Ok(text) if bytes.len() <= room && text.bytes().all(printable) => {
                self.text.push_str(text)
            }
            _ => self.append_slowly(bytes, room),
        }
    }

    fn append_slowly(&mut self, bytes: &[u8], mut room: usize) {
        for &byte in bytes {
            if !printable(byte) {
                self.lost.bytes = self.lost.bytes.saturating_add(1);
            } else if room == 0 {
                self.lost.long = true;
            } else {
                room -= 1;
                self.text.push(char::from(byte));
            }
        }
    }

    /// Ends the open word.
    pub(crate) fn close(&mut self) {
        let Some((start, at)) = self.open.take() else {
            return;
        };
        if self.spans.len() < WORDS_MAX {
            self.spans.push(Span {
                start,
                end: self.text.len(),
                at,
            });
        } else {
            self.text.truncate(start);
            self.lost.surplus = true;
        }
    }

    /// Whether a word is being collected.
    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

fn printable(byte: u8) -> bool {
    matches!(byte, 0x20..=0x7f)
}
