//! PEM text to its blocks (RFC 7468), as lenient as OpenSSL: what stands between blocks is ignored.

use zeroize::Zeroizing;

/// Bytes read of one file. What is larger holds no certificates that anybody wants.
pub const FILE_MAX: usize = 4 << 20;
/// Blocks read of one file.
const BLOCKS_MAX: usize = 4096;

/// One `-----BEGIN x-----` block.
#[derive(Clone, PartialEq, Eq)]
pub struct Block {
    /// What stands behind `BEGIN`.
    pub label: String,
    /// Its bytes, which may be a private key.
    pub der: Zeroizing<Vec<u8>>,
    /// The line of its beginning, counted from 1.
    pub line: usize,
    /// Whether it begins with headers, as keys encrypted in the way of before PKCS#8 do.
    pub has_headers: bool,
}

impl std::fmt::Debug for Block {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Block({} in line {})", self.label, self.line)
    }
}

/// What is wrong with a text; the line is counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{what} (line {line})")]
pub struct Fault {
    /// The line.
    pub line: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Finds all blocks.
///
/// # Errors
/// The first block that is not whole.
pub fn blocks(text: &[u8]) -> Result<Vec<Block>, Fault> {
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    for (index, line) in text.split(|&byte| byte == b'\n').enumerate() {
        let line_no = index + 1;
        let line = line.trim_ascii();
        match (&mut open, marker(line)) {
            (None, Some(("BEGIN", label))) => open = Some(Open::new(label, line_no)),
            (Some(_), Some(("BEGIN", _))) => {
                return Err(fault(line_no, "a block begins in a block"));
            }
            (Some(block), Some((_, label))) if block.label == label => {
                if let Some(block) = open.take() {
                    found.push(block.close()?);
                }
                if found.len() > BLOCKS_MAX {
                    return Err(fault(line_no, "too many blocks"));
                }
            }
            (_, Some(_)) => return Err(fault(line_no, "an END without its BEGIN")),
            (Some(block), None) => block.take(line),
            (None, None) => {}
        }
    }
    match open {
        Some(block) => Err(fault(block.line, "a block without its END")),
        None => Ok(found),
    }
}

fn fault(line: usize, what: &'static str) -> Fault {
    Fault { line, what }
}

/// `-----BEGIN x-----` or `-----END x-----`, as its two words.
fn marker(line: &[u8]) -> Option<(&'static str, &str)> {
    let inner = line.strip_prefix(b"-----")?.strip_suffix(b"-----")?;
    let inner = std::str::from_utf8(inner).ok()?;
    ["BEGIN", "END"]
        .into_iter()
        .find_map(|word| Some((word, inner.strip_prefix(word)?.strip_prefix(' ')?)))
}

/// A block whose end has not been seen.
struct Open {
    label: String,
    line: usize,
    text: Zeroizing<Vec<u8>>,
    has_headers: bool,
}

impl Open {
    fn new(label: &str, line: usize) -> Self {
        Self {
            label: label.to_owned(),
            line,
            text: Zeroizing::default(),
            has_headers: false,
        }
    }

    fn take(&mut self, line: &[u8]) {
        if line.contains(&b':') {
            self.has_headers = true;
        } else {
            self.text.extend_from_slice(line);
        }
    }

    fn close(self) -> Result<Block, Fault> {
        let decoded = base64(&self.text);
        Ok(Block {
            der: decoded.ok_or(fault(self.line, "this block is not base64"))?,
            label: self.label,
            line: self.line,
            has_headers: self.has_headers,
        })
    }
}

/// Decodes base64 that may be padded.
fn base64(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let padding = text.iter().rev().take_while(|&&byte| byte == b'=').count();
    let text = text.get(..text.len() - padding)?;
    if padding > 2 || text.len() % 4 == 1 {
        return None;
    }
    let mut out = Zeroizing::new(Vec::with_capacity(text.len() / 4 * 3 + 2));
    for quad in text.chunks(4) {
        let mut bits = 0;
        for &byte in quad {
            bits = bits << 6 | u32::from(sextet(byte)?);
        }
        bits <<= 6 * (4 - quad.len());
        let [_, bytes @ ..] = bits.to_be_bytes();
        out.extend_from_slice(bytes.get(..quad.len() * 3 / 4)?);
    }
    Some(out)
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Vec<(String, Vec<u8>, usize)>, String> {
        blocks(text.as_bytes())
            .map(|all| {
                all.into_iter()
                    .map(|block| (block.label, block.der.to_vec(), block.line))
                    .collect()
            })
            .map_err(|fault| fault.to_string())
    }

    #[test]
    fn base64_is_decoded_with_every_padding() {
        for (text, bytes) in [
            ("", ""),
            ("TQ==", "M"),
            ("TWE=", "Ma"),
            ("TWFu", "Man"),
            ("TWFuTQ", "ManM"),
        ] {
            assert_eq!(
                *base64(text.as_bytes()).unwrap(),
                bytes.as_bytes(),
                "{text}"
            );
        }
        for text in ["T", "T===", "T\u{1}==", "TWF-"] {
            assert!(base64(text.as_bytes()).is_none(), "{text:?}");
        }
    }

    #[test]
    fn blocks_are_found_among_other_text() {
        let text = "Bag Attributes: x\n-----BEGIN A B-----\r\nTW\r\nFu\r\n-----END A B-----\r\nx\n\
                    -----BEGIN C-----\n-----END C-----";
        assert_eq!(
            found(text),
            Ok(vec![
                ("A B".to_owned(), b"Man".to_vec(), 2),
                ("C".to_owned(), Vec::new(), 7)
            ])
        );
    }

    #[test]
    fn headers_are_noticed_and_not_decoded() {
        let text = "-----BEGIN K-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES,00\n\nTWFu\n-----END K-----\n";
        let [block] = &blocks(text.as_bytes()).unwrap()[..] else {
            panic!("one block");
        };
        assert!(block.has_headers);
        assert_eq!(*block.der, b"Man");
    }

    #[test]
    fn what_is_not_whole_is_told_with_its_line() {
        for (text, wrong) in [
            (
                "x\n-----BEGIN A-----\nTW",
                "a block without its END (line 2)",
            ),
            ("-----END A-----", "an END without its BEGIN (line 1)"),
            (
                "-----BEGIN A-----\n-----END B-----",
                "an END without its BEGIN (line 2)",
            ),
            (
                "-----BEGIN A-----\n-----BEGIN A-----",
                "a block begins in a block (line 2)",
            ),
            (
                "-----BEGIN A-----\n!\n-----END A-----",
                "this block is not base64 (line 1)",
            ),
        ] {
            assert_eq!(found(text), Err(wrong.to_owned()));
        }
    }
}
