//! The lexer, quoting, and places in a text.

use crate::lines::{Line, only_line, read, read_in_pieces};
use text::{WORD_MAX, WORDS_MAX, escape_within, place_of, quote, source_line};

/// Any bytes are lines of bounded words, however they arrive; words survive being quoted; places lie in the text.
pub fn check_words(bytes: &[u8]) {
    let lines = read(bytes);
    for size in [1, 2, 7] {
        assert_eq!(read_in_pieces(bytes, size), lines, "in pieces of {size}");
    }
    let mut before = 0;
    for line in &lines {
        bounded(line);
        before = placed(line, bytes, before);
        requoted(line);
    }
}

fn bounded(line: &Line) {
    assert!(line.words.len() <= WORDS_MAX);
    for word in &line.words {
        assert!(word.len() <= WORD_MAX);
        assert!(word.bytes().all(|byte| matches!(byte, 0x20..=0x7f)));
    }
}

/// Words stand in their order behind offset `before`; returns the last place.
fn placed(line: &Line, bytes: &[u8], before: u64) -> u64 {
    let mut last = before;
    for &at in line.places.iter().chain(&line.broken) {
        assert!(at >= last, "places go back from {last} to {at}");
        last = at;
        let at = usize::try_from(at).expect("an offset");
        let byte = *bytes.get(at).expect("a place in the text");
        assert!(byte != b'\n' && byte != b' ');
        let place = place_of(bytes, last);
        let line_feeds = bytes.iter().filter(|&&byte| byte == b'\n').count();
        assert!(usize::try_from(place.line).is_ok_and(|line| (1..=line_feeds + 1).contains(&line)));
        assert!(place.col >= 1);
        assert!(!source_line(bytes, last).contains('\n'));
    }
    if let Some(fault) = line.broken {
        assert_eq!(
            usize::try_from(fault).ok().and_then(|at| bytes.get(at)),
            Some(&b'#')
        );
    }
    last
}

fn requoted(line: &Line) {
    let mut text = String::new();
    for word in &line.words {
        text.push(' ');
        quote(word, &mut text);
    }
    text.push('\n');
    assert_eq!(only_line(&text), line.words, "quoted: {text:?}");
    for word in &line.words {
        for limit in [0, 1, word.len() / 2, 255] {
            cut(word, limit);
        }
    }
}

/// What is left of an escaped word that is cut is its beginning.
fn cut(word: &str, limit: usize) {
    let mut escaped = String::from("\"");
    escape_within(word, limit, &mut escaped);
    assert!(escaped.len() <= limit + 1);
    escaped.push_str("\"\n");
    let words = only_line(&escaped);
    let [kept] = words.as_slice() else {
        panic!("{escaped:?} is not one word")
    };
    assert!(word.starts_with(kept.as_str()), "{kept:?} of {word:?}");
}
