//! Offsets to line and column, for messages about files.

/// Line and column of a byte, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Physical line.
    pub line: u32,
    /// Character within the line.
    pub col: u32,
}

/// The place of byte `at` in `source`; an offset behind the end is taken as the end.
#[must_use]
pub fn place_of(source: &[u8], at: u64) -> Place {
    let end = usize::try_from(at).unwrap_or(usize::MAX).min(source.len());
    let before = source.get(..end).unwrap_or_default();
    let line_start = line_start(before);
    let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let col = String::from_utf8_lossy(before.get(line_start..).unwrap_or_default())
        .chars()
        .count()
        + 1;
    Place {
        line: saturate(line),
        col: saturate(col),
    }
}

/// The physical line that byte `at` stands in, without its line end.
#[must_use]
pub fn source_line(source: &[u8], at: u64) -> String {
    let end = usize::try_from(at).unwrap_or(usize::MAX).min(source.len());
    let start = line_start(source.get(..end).unwrap_or_default());
    let rest = source.get(start..).unwrap_or_default();
    let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
    String::from_utf8_lossy(line)
        .trim_end_matches('\r')
        .to_owned()
}

fn line_start(before: &[u8]) -> usize {
    before
        .iter()
        .rposition(|&byte| byte == b'\n')
        .map_or(0, |lf| lf + 1)
}

fn saturate(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let source = "ab\ncdé f\r\ng".as_bytes();
        assert_eq!(place_of(source, 0), Place { line: 1, col: 1 });
        assert_eq!(place_of(source, 8), Place { line: 2, col: 5 });
        assert_eq!(source_line(source, 8), "cdé f");
        assert_eq!(place_of(source, 999), Place { line: 3, col: 2 });
        assert_eq!(source_line(source, 999), "g");
    }
}
