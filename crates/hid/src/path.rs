//! Where a field stands: the usages of the collections around it, then its own.
//!
//! As text: `UPS.PowerSummary.PresentStatus.ACPresent`. A collection of a vendor's type has a number behind it,
//! `UPS.Flow.[4].ConfigVoltage`; a usage without a name is eight hexadecimal digits, `UPS.ff860024`.

use crate::usage::Names;

/// Most nodes of a path; the reference's limit, and no known device comes near it.
pub const NODES_MAX: usize = 10;

/// What a node is that is the number of a collection, in its high half.
const INDEX: u32 = 0x00ff_0000;

/// A path of at most [`NODES_MAX`] nodes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Path {
    nodes: [u32; NODES_MAX],
    len: usize,
}

impl Path {
    /// A path of these nodes, or `None` when they are too many.
    #[must_use]
    pub fn of(nodes: &[u32]) -> Option<Self> {
        let mut path = Self::default();
        nodes.iter().all(|node| path.push(*node)).then_some(path)
    }

    /// Its nodes, the outermost first.
    #[must_use]
    pub fn nodes(&self) -> &[u32] {
        self.nodes.get(..self.len).unwrap_or_default()
    }

    /// The usage of the field itself.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        self.nodes().last().copied()
    }

    /// Adds a node. `false`: there is no room.
    pub(crate) fn push(&mut self, node: u32) -> bool {
        let Some(free) = self.nodes.get_mut(self.len) else {
            return false;
        };
        *free = node;
        self.len += 1;
        true
    }

    /// Goes back to the first `len` nodes.
    pub(crate) fn truncate(&mut self, len: usize) {
        let rest = self.nodes.get_mut(len..).unwrap_or_default();
        rest.fill(0);
        self.len = self.len.min(len);
    }

    /// Whether it begins with the nodes of `asked`. An empty `asked` asks for nothing.
    #[must_use]
    pub fn begins_with(&self, asked: &Self) -> bool {
        asked.len > 0 && self.nodes().starts_with(asked.nodes())
    }
}

/// The node for the `[n]` behind a collection, from its type byte (HID 1.11, section 6.2.2.6: 0x80 and more are the
/// vendor's). The reference counts with seven bits.
pub(crate) fn index_node(collection_type: u32) -> Option<u32> {
    (collection_type >= 0x80).then_some(INDEX | (collection_type & 0x7f))
}

/// What [`Names::path`] makes of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed<'a> {
    /// What was understood.
    pub path: Path,
    /// Words that no table knows, and those behind the tenth. The reference leaves them out of the path and uses the
    /// rest; tables that rely on it exist in the field as edited copies.
    pub dropped: Vec<&'a str>,
}

impl Names {
    /// The path that a text means.
    #[must_use]
    pub fn path(self, text: &str) -> Parsed<'_> {
        let mut path = Path::default();
        let words = text.split('.').filter(|word| !word.is_empty());
        let dropped = words
            .filter(|word| !self.node(word).is_some_and(|node| path.push(node)))
            .collect();
        Parsed { path, dropped }
    }

    /// One word of a path: a name, else a number, else the `[n]` of a collection.
    fn node(self, word: &str) -> Option<u32> {
        self.code(word)
            .or_else(|| number(word))
            .or_else(|| index(word))
    }

    /// The text of a path, which [`Names::path`] reads back.
    #[must_use]
    pub fn text(self, path: &Path) -> String {
        let words: Vec<String> = path.nodes().iter().map(|node| self.word(*node)).collect();
        words.join(".")
    }

    fn word(self, node: u32) -> String {
        if let Some(name) = self.name(node) {
            return name.to_owned();
        }
        match node.checked_sub(INDEX) {
            Some(index @ 0..=0xffff) => format!("[{index}]"),
            _ => format!("{node:08x}"),
        }
    }
}

fn number(word: &str) -> Option<u32> {
    let digits = word
        .strip_prefix("0x")
        .or_else(|| word.strip_prefix("0X"))
        .unwrap_or(word);
    // from_str_radix takes a sign, too
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    hex.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

fn index(word: &str) -> Option<u32> {
    let digits = word.strip_prefix('[')?.strip_suffix(']')?;
    let index: u16 = digits.parse().ok()?;
    Some(INDEX | u32::from(index))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::vendor;

    fn path(text: &str) -> Path {
        let parsed = Names::STANDARD.path(text);
        assert_eq!(parsed.dropped, [""; 0]);
        parsed.path
    }

    #[test]
    fn names_numbers_and_indexes_are_nodes() {
        assert_eq!(
            path("UPS.Flow.[4].ConfigVoltage").nodes(),
            [0x0084_0004, 0x0084_001e, 0x00ff_0004, 0x0084_0040]
        );
        assert_eq!(path("ups.0xff010043").nodes(), [0x0084_0004, 0xff01_0043]);
        assert_eq!(path("UPS.ffff00f9").last(), Some(0xffff_00f9));
    }

    #[test]
    fn unknown_words_are_dropped_and_told() {
        let parsed = Names::STANDARD.path("UPS.Nonsense.Voltage.[x].+1.[70000]");
        assert_eq!(parsed.path, path("UPS.Voltage"));
        assert_eq!(parsed.dropped, ["Nonsense", "[x]", "+1", "[70000]"]);
    }

    #[test]
    fn the_eleventh_node_is_dropped() {
        let text = ["UPS"; 11].join(".");
        let parsed = Names::STANDARD.path(&text);
        assert_eq!(parsed.path.nodes().len(), NODES_MAX);
        assert_eq!(parsed.dropped, ["UPS"]);
    }

    #[test]
    fn a_path_reads_back_from_its_text() {
        let names = Names::new(vendor::MGE);
        for text in ["UPS.Flow.[4].ConfigVoltage", "UPS.ff860024", "008500d8"] {
            let path = names.path(text).path;
            assert_eq!(names.path(&names.text(&path)).path, path);
        }
        assert_eq!(
            names.text(&path("ups.flow.[4].voltage")),
            "UPS.Flow.[4].Voltage"
        );
    }

    #[test]
    fn a_shorter_path_asks_for_whatever_begins_with_it() {
        let item = path("UPS.PowerSummary.Voltage");
        assert!(item.begins_with(&path("UPS.PowerSummary")));
        assert!(item.begins_with(&item));
        assert!(!item.begins_with(&path("UPS.Battery")));
        assert!(!path("UPS").begins_with(&item));
        assert!(!item.begins_with(&Path::default()));
    }
}
