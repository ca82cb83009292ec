//! Bytes to lines of owned words, as every reader of lines does it.

use text::{Fed, Lexer};

/// One line as the lexer gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) words: Vec<String>,
    /// Where each word begins.
    pub(crate) places: Vec<u64>,
    /// Where the `#` stands that broke it, if one did.
    pub(crate) broken: Option<u64>,
    /// Dropped bytes, a cut word, surplus words.
    pub(crate) lost: (u32, bool, bool),
}

impl Line {
    pub(crate) fn of(lexer: &Lexer, broken: bool) -> Self {
        let words = lexer.words();
        let each = || (0..words.len()).filter_map(|index| words.word(index));
        Self {
            words: each().map(|word| word.text.to_owned()).collect(),
            places: each().map(|word| word.at).collect(),
            broken: broken.then(|| lexer.fault()),
            lost: (words.dropped(), words.cut(), words.surplus()),
        }
    }

    pub(crate) fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }
}

/// All lines of `bytes`, the last also without its end.
pub(crate) fn read(bytes: &[u8]) -> Vec<Line> {
    read_in_pieces(bytes, bytes.len().max(1))
}

/// The same with the bytes arriving in pieces of `size`.
pub(crate) fn read_in_pieces(bytes: &[u8], size: usize) -> Vec<Line> {
    let mut lexer = Lexer::new();
    let mut lines = Vec::new();
    for mut rest in bytes.chunks(size) {
        loop {
            let (used, broken) = match lexer.feed(rest) {
                Fed::More => break,
                Fed::Line(used) => (used, false),
                Fed::Broken(used) => (used, true),
            };
            assert!(used > 0, "a line of no bytes");
            assert!(lexer.is_idle(), "in the middle of a line behind its end");
            lines.push(Line::of(&lexer, broken));
            rest = rest.get(used..).expect("no more used than given");
        }
    }
    if let Some(fed) = lexer.finish() {
        lines.push(Line::of(&lexer, matches!(fed, Fed::Broken(_))));
    }
    lines
}

/// The words of `line`, which must be exactly one whole line.
pub(crate) fn only_line(line: &str) -> Vec<String> {
    let mut lexer = Lexer::new();
    let fed = lexer.feed(line.as_bytes());
    assert_eq!(fed, Fed::Line(line.len()), "not one whole line: {line:?}");
    Line::of(&lexer, false).words
}

/// Whether a word may be written as it is and is read as it was written.
pub(crate) fn is_plain(word: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"#=\\".contains(&byte);
    !word.is_empty() && word.bytes().all(plain)
}
