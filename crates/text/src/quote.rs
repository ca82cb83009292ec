//! Text to a quoted word: the inverse of the lexer.
//!
//! Exactly `"`, `#` and `\` are escaped (spec net-protocol.md, section 2.5).

/// Appends `text` with its special bytes escaped, without quotes around it.
pub fn escape(text: &str, out: &mut String) {
    escape_within(text, usize::MAX, out);
}

/// Appends as much of `text` as fits in `limit` bytes of escaped text.
///
/// An escape pair is kept whole. C NUT cuts served values at 255 and descriptions at 511 bytes.
pub fn escape_within(text: &str, limit: usize, out: &mut String) {
    let mut room = limit;
    for part in text.split_inclusive(['"', '#', '\\']) {
        let plain = part.strip_suffix(['"', '#', '\\']).unwrap_or(part);
        let special = part.get(plain.len()..).unwrap_or_default();
        if plain.len() > room {
            out.push_str(
                plain
                    .get(..plain.floor_char_boundary_at(room))
                    .unwrap_or_default(),
            );
            return;
        }
        out.push_str(plain);
        room -= plain.len();
        if special.is_empty() {
            continue;
        }
        if room < 2 {
            return;
        }
        out.push('\\');
        out.push_str(special);
        room -= 2;
    }
}

/// Appends `text` as one quoted word.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    escape(text, out);
    out.push('"');
}

/// `str::floor_char_boundary`, which is younger than our oldest compiler.
trait FloorCharBoundary {
    fn floor_char_boundary_at(&self, index: usize) -> usize;
}

impl FloorCharBoundary for str {
    fn floor_char_boundary_at(&self, index: usize) -> usize {
        (0..=index.min(self.len()))
            .rev()
            .find(|&at| self.is_char_boundary(at))
            .unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(text: &str, limit: usize) -> String {
        let mut out = String::new();
        escape_within(text, limit, &mut out);
        out
    }

    #[test]
    fn escapes_three_bytes_and_no_other() {
        assert_eq!(within(r#"M"q" #1 \x = é"#, 99), r#"M\"q\" \#1 \\x = é"#);
    }

    #[test]
    fn a_long_value_is_cut_at_the_limit() {
        assert_eq!(within(&"x".repeat(600), 255).len(), 255);
    }

    #[test]
    fn an_escape_pair_is_never_split() {
        assert_eq!(within(&"\"".repeat(200), 255), "\\\"".repeat(127));
        assert_eq!(within("ab#", 3), "ab");
    }
}
