//! JSON, laid out byte for byte as C does it (spec cli.md, section 6).

use std::fmt::Write as _;

use crate::ask::Found;

/// All of the output. All values are strings.
pub(crate) fn text(found: &Found) -> String {
    match found {
        Found::Texts(texts) => block('[', texts.iter().map(|text| quoted(text)), ']'),
        Found::Pairs(pairs) => block(
            '{',
            pairs
                .iter()
                .map(|(name, text)| format!("{}: {}", quoted(name), quoted(text))),
            '}',
        ),
        Found::Text(text) => format!("{}\n", quoted(text)),
    }
}

/// An error: an object of three lines where C has printed the brace of one before it knows of the error,
/// else one of one line.
pub(crate) fn error(error: &str, begun: bool) -> String {
    let member = format!("\"error\": {}", quoted(error));
    if begun {
        block('{', std::iter::once(member), '}')
    } else {
        format!("{{{member}}}\n")
    }
}

/// Without lines there is an empty one between the brackets.
fn block(open: char, lines: impl Iterator<Item = String>, close: char) -> String {
    let lines: Vec<String> = lines.map(|line| format!("  {line}")).collect();
    format!("{open}\n{}\n{close}\n", lines.join(",\n"))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c if u32::from(c) < 0x20 => {
                // writing to a String succeeds
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn an_object_has_a_line_for_each_pair() {
        let pairs = [("battery.charge", "97"), ("ups.status", "OL CHRG")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(
            text(&Found::Pairs(pairs.to_vec())),
            "{\n  \"battery.charge\": \"97\",\n  \"ups.status\": \"OL CHRG\"\n}\n"
        );
    }

    #[test]
    fn an_array_has_a_line_for_each_text() {
        assert_eq!(
            text(&Found::Texts(owned(&["rack", "desk"]))),
            "[\n  \"rack\",\n  \"desk\"\n]\n"
        );
        assert_eq!(text(&Found::Texts(Vec::new())), "[\n\n]\n");
    }

    #[test]
    fn one_text_is_a_string() {
        assert_eq!(text(&Found::Text("OL CHRG".to_owned())), "\"OL CHRG\"\n");
    }

    #[test]
    fn quotes_backslashes_and_control_bytes_are_escaped() {
        assert_eq!(
            quoted("M\"q\" #1 \\x\n\u{1}\u{7f}"),
            "\"M\\\"q\\\" #1 \\\\x\\n\\u0001\u{7f}\""
        );
    }

    #[test]
    fn an_error_has_one_line_or_three() {
        assert_eq!(
            error("Unknown UPS", false),
            "{\"error\": \"Unknown UPS\"}\n"
        );
        assert_eq!(
            error("Unknown UPS", true),
            "{\n  \"error\": \"Unknown UPS\"\n}\n"
        );
    }
}
