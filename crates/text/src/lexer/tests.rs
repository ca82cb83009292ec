use super::*;
use crate::{WORD_MAX, WORDS_MAX, quote};
use proptest::prelude::*;

/// All lines of `input`: their words, and whether the line is broken.
fn lines(input: &[u8]) -> Vec<(Vec<String>, bool)> {
    let mut lexer = Lexer::new();
    let mut rest = input;
    let mut lines = Vec::new();
    let words = |lexer: &Lexer| lexer.words().iter().map(str::to_owned).collect::<Vec<_>>();
    loop {
        match lexer.feed(rest) {
            Fed::More => break,
            Fed::Line(used) => {
                lines.push((words(&lexer), false));
                rest = &rest[used..];
            }
            Fed::Broken(used) => {
                lines.push((words(&lexer), true));
                rest = &rest[used..];
            }
        }
    }
    if let Some(fed) = lexer.finish() {
        lines.push((words(&lexer), matches!(fed, Fed::Broken(_))));
    }
    lines
}

fn first(input: &[u8]) -> Vec<String> {
    lines(input)
        .into_iter()
        .next()
        .map(|(words, _)| words)
        .unwrap_or_default()
}

#[test]
fn words_as_the_network_specification_tells() {
    for (input, words) in [
        (&b"\n"[..], &[][..]),
        (b"   # only a comment\n", &[]),
        (b"VER#x\n", &["VER"]),
        (b"f\"ake x\n", &["f\"ake", "x"]),
        (b"\"fake\"ups.status\n", &["fake", "ups.status"]),
        (b"\"fa\"\"ke\"\n", &["fa", "ke"]),
        (b"VER=\n", &["VER", "="]),
        (
            b"GET VAR fake=ups.status\n",
            &["GET", "VAR", "fake", "=", "ups.status"],
        ),
        (b"\"\" x\n", &["", "x"]),
        (b"a\\#b \\\"c \\\\d e\\ f\n", &["a#b", "\"c", "\\d", "e f"]),
        (b"VE\\\nR\n", &["VER"]),
        (b"VER \\\n\n", &["VER", ""]),
        (
            b"GET VAR \\\n fake ups.status\n",
            &["GET", "VAR", "", "fake", "ups.status"],
        ),
        (b"\"ups.\nstatus\"\n", &["ups.status"]),
        (b"VER \xe9\n", &["VER", ""]),
        (b"\x01\n", &[""]),
        (b"V\x00ER\n", &["VER"]),
        (b"\xff\xfd\x01VER\n", &["VER"]),
        (b"VER\r\n", &["VER"]),
        (b"\tLIST\x0bUPS\x0c\r\r\n", &["LIST", "UPS"]),
        (b"a\x7fb\n", &["a\x7fb"]),
    ] {
        assert_eq!(first(input), words, "{:?}", String::from_utf8_lossy(input));
    }
}

#[test]
fn words_as_the_file_specification_tells() {
    for (input, expected) in [
        (&b"a b#c"[..], &[&["a", "b"][..]][..]),
        (b"a==b", &[&["a", "=", "=", "b"]]),
        (b"a\\=b", &[&["a=b"]]),
        (b"\"a=b\"", &[&["a=b"]]),
        (b"pre\"mid\"x", &[&["pre\"mid\"x"]]),
        (b"\"tab\tx\"", &[&["tabx"]]),
        (b"foo\\\nbar", &[&["foobar"]]),
        (b"foo \\\nbar", &[&["foo", "bar"]]),
        (b"foo\\\n  bar", &[&["foo", "bar"]]),
        (b"foo \\\n  bar", &[&["foo", "", "bar"]]),
        (b"foo \\\n\n", &[&["foo", ""]]),
        (b"a b # c \\\nd", &[&["a", "b"], &["d"]]),
        (b"foo \\\r\nbar", &[&["foo", ""], &["bar"]]),
        (
            b"\"unterminated \n next \"x",
            &[&["unterminated  next ", "x"]],
        ),
        (b"pass=se cret", &[&["pass", "=", "se", "cret"]]),
        (b"a b\nnolock", &[&["a", "b"], &["nolock"]]),
        (b"a b \"c d", &[&["a", "b", "c d"]]),
        (b"\"c d", &[&["c d"]]),
    ] {
        let found: Vec<Vec<String>> = lines(input).into_iter().map(|(words, _)| words).collect();
        assert_eq!(found, expected, "{:?}", String::from_utf8_lossy(input));
    }
}

#[test]
fn a_hash_inside_quotes_breaks_that_line_only() {
    let found = lines(b"a \"x#y\" b\nnext\n");
    assert_eq!(
        found,
        [
            (vec!["a".into(), "x".into()], true),
            (vec!["next".into()], false)
        ]
    );
    let mut lexer = Lexer::new();
    assert_eq!(lexer.feed(b"ab \"x#y"), Fed::More);
    assert_eq!(lexer.feed(b"z\nq"), Fed::Broken(2));
    assert_eq!(lexer.fault(), 5);
}

#[test]
fn limits_cut_words_and_drop_words_without_losing_the_line() {
    let long = [b'x'; WORD_MAX + 100];
    let mut lexer = Lexer::new();
    lexer.feed(&long);
    assert_eq!(lexer.feed(b" y\n"), Fed::Line(3));
    assert_eq!(lexer.words().get(0).map(str::len), Some(WORD_MAX));
    assert_eq!(lexer.words().get(1), Some("y"));
    assert!(lexer.words().cut());
    let many = "w ".repeat(100) + "\n";
    assert!(matches!(lexer.feed(many.as_bytes()), Fed::Line(_)));
    assert_eq!(lexer.words().len(), WORDS_MAX);
    assert!(lexer.words().surplus());
}

#[test]
fn places_count_all_bytes_ever_fed() {
    let mut lexer = Lexer::new();
    assert_eq!(lexer.feed(b"one\n"), Fed::Line(4));
    assert_eq!(lexer.feed(b"  \"two\" thr"), Fed::More);
    assert_eq!(lexer.feed(b"ee\n"), Fed::Line(3));
    assert_eq!(lexer.words().word(0).map(|word| word.at), Some(6));
    assert_eq!(lexer.words().word(1).map(|word| word.at), Some(12));
}

#[test]
fn idle_means_that_nothing_is_pending() {
    let mut lexer = Lexer::new();
    assert!(lexer.is_idle());
    lexer.feed(b"GET ");
    assert!(!lexer.is_idle());
    lexer.feed(b"VAR\n");
    assert!(lexer.is_idle());
    lexer.feed(b"\"");
    assert!(!lexer.is_idle() && lexer.in_quotes());
}

/// The state table once more, one byte at a time and with no shortcut.
fn slow(input: &[u8]) -> Vec<(Vec<String>, bool)> {
    let mut lexer = Lexer::new();
    let mut found = Vec::new();
    for byte in input {
        let fed = lexer.feed(&[*byte]);
        if fed != Fed::More {
            found.push((
                lexer.words().iter().map(str::to_owned).collect(),
                fed == Fed::Broken(1),
            ));
        }
    }
    if let Some(fed) = lexer.finish() {
        found.push((
            lexer.words().iter().map(str::to_owned).collect(),
            fed == Fed::Broken(0),
        ));
    }
    found
}

proptest! {
    #[test]
    fn quoted_words_come_back(words in prop::collection::vec("[ -~]{0,40}", 1..10)) {
        let mut line = String::new();
        for word in &words {
            quote(word, &mut line);
            line.push(' ');
        }
        line.push('\n');
        prop_assert_eq!(first(line.as_bytes()), words);
    }

    #[test]
    fn any_bytes_are_survived_and_bounded(input in prop::collection::vec(any::<u8>(), 0..4000)) {
        for (words, _) in lines(&input) {
            prop_assert!(words.len() <= WORDS_MAX);
            prop_assert!(words.iter().all(|word| word.len() <= WORD_MAX));
            prop_assert!(words.iter().all(|word| word.bytes().all(|byte| (0x20..=0x7f).contains(&byte))));
        }
    }

    #[test]
    fn how_the_bytes_arrive_makes_no_difference(input in "([ -~]|\n|\"|#|\\\\|=|\t|é){0,200}") {
        prop_assert_eq!(lines(input.as_bytes()), slow(input.as_bytes()));
    }
}
