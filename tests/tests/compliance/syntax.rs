//! What a line of a conversation may hold.
//!
//! | in | written | is |
//! |---|---|---|
//! | what the client sends | `\r \t \n \\` | what they are in C |
//! | | `\xE9` | that byte |
//! | everywhere | `{600*f}` | 600 times `f` |
//! | | `{id}` | a tracking id: remembered, or the same again |
//! | what the server answers | `*` at the end | any text |

/// The bytes that the client sends.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.extend(c.to_string().bytes());
            continue;
        }
        match chars.next() {
            Some('r') => out.push(b'\r'),
            Some('t') => out.push(b'\t'),
            Some('n') => out.push(b'\n'),
            Some('x') => {
                let digits: String = chars.by_ref().take(2).collect();
                out.push(u8::from_str_radix(&digits, 16).expect("two hexadecimal digits"));
            }
            Some(other) => out.extend(other.to_string().bytes()),
            None => out.push(b'\\'),
        }
    }
    out
}

/// Writes out `{600*f}`.
pub(crate) fn expand(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out += before;
        let repeated = after
            .split_once('}')
            .and_then(|(inner, after)| Some((inner.split_once('*')?, after)));
        match repeated {
            Some(((count, what), after)) => {
                out += &what.repeat(count.parse().expect("a count before the star"));
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out + rest
}

/// Compares a line with what was expected; `id` is the tracking id seen so far.
pub(crate) fn matches(expected: &str, got: &str, id: &mut Option<String>) -> bool {
    let expected = expand(expected);
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

#[test]
fn escapes_are_bytes_and_repetitions_are_written_out() {
    assert_eq!(bytes(r"a\xE9\\\n"), b"a\xE9\\\n");
    assert_eq!(expand("<{3*ab}> {id}"), "<ababab> {id}");
}
