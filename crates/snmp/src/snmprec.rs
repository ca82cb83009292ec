//! Reads `.snmprec` files: an agent's objects as text, one a line, `OID|TAG|VALUE`.
//!
//! The tag is the type's number on the wire: 2 INTEGER, 4 OCTET STRING (4x: in hexadecimal), 5 NULL, 6 OBJECT IDENTIFIER, 64
//! IpAddress, 65 Counter32, 66 Gauge32, 67 TimeTicks, 68 Opaque, 70 Counter64. Lines that are empty or begin with `#` are comments.

use std::collections::BTreeMap;

use crate::oid::Oid;
use crate::value::Value;

/// A line that is not understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: \"{text}\" is no OID|TAG|VALUE")]
pub struct BadLine {
    /// Its number, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

/// All objects of a file.
///
/// # Errors
/// The first line that is not understood.
pub fn read(text: &str) -> Result<BTreeMap<Oid, Value>, BadLine> {
    let lines = (1..).zip(text.lines());
    let is_object = |(_, line): &(usize, &str)| !line.is_empty() && !line.starts_with('#');
    lines
        .filter(is_object)
        .map(|(line, text)| {
            object(text).ok_or_else(|| BadLine {
                line,
                text: text.to_owned(),
            })
        })
        .collect()
}

fn object(line: &str) -> Option<(Oid, Value)> {
    let mut parts = line.splitn(3, '|');
    let oid = parts.next()?.parse().ok()?;
    let tag = parts.next()?;
    let value = parts.next()?;
    let value = match tag {
        "2" => Value::Integer(value.parse().ok()?),
        "4" => Value::Text(value.as_bytes().to_vec()),
        "4x" => Value::Text(bytes(value)?),
        "5" => Value::Null,
        "6" => Value::Oid(value.parse().ok()?),
        "64" => Value::IpAddress(value.parse::<std::net::Ipv4Addr>().ok()?.octets()),
        "64x" => Value::IpAddress(bytes(value)?.try_into().ok()?),
        "65" => Value::Counter32(value.parse().ok()?),
        "66" => Value::Gauge32(value.parse().ok()?),
        "67" => Value::TimeTicks(value.parse().ok()?),
        "68" => Value::Opaque(value.as_bytes().to_vec()),
        "68x" => Value::Opaque(bytes(value)?),
        "70" => Value::Counter64(value.parse().ok()?),
        _ => return None,
    };
    Some((oid, value))
}

/// Bytes from two hexadecimal digits each.
pub(crate) fn bytes(hex: &str) -> Option<Vec<u8>> {
    let is_hex = hex.len().is_multiple_of(2) && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pairs = (0..hex.len()).step_by(2).map(|at| hex.get(at..at + 2));
    let byte = |pair: Option<&str>| u8::from_str_radix(pair?, 16).ok();
    is_hex.then(|| pairs.map(byte).collect()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_understood() {
        let text = "# one of each\n\
            1.3.6.1.1|2|-5\n1.3.6.1.2|4|a|b\n1.3.6.1.3|4x|00ff\n1.3.6.1.4|5|\n1.3.6.1.5|6|.1.3.6\n\
            1.3.6.1.6|64|127.0.0.1\n1.3.6.1.7|65|1\n1.3.6.1.8|66|2\n1.3.6.1.9|67|3\n1.3.6.1.10|68x|9f\n\n1.3.6.1.11|70|4\n";
        let read = read(text).unwrap();
        let values: Vec<Value> = read.into_values().collect();
        assert_eq!(
            values,
            [
                Value::Integer(-5),
                Value::Text(b"a|b".to_vec()),
                Value::Text(vec![0, 255]),
                Value::Null,
                Value::Oid("1.3.6".parse().unwrap()),
                Value::IpAddress([127, 0, 0, 1]),
                Value::Counter32(1),
                Value::Gauge32(2),
                Value::TimeTicks(3),
                Value::Opaque(vec![0x9f]),
                Value::Counter64(4),
            ]
        );
    }

    #[test]
    fn what_is_no_object_is_named() {
        let bad = read("1.3.6.1|2|1\n1.3.6.2|99|1\n").unwrap_err();
        assert_eq!((bad.line, bad.text.as_str()), (2, "1.3.6.2|99|1"));
        assert!(read("1.3.6.1|4x|fx\n").is_err());
        assert!(read("1.3.6.1|4x|é\n").is_err());
        assert!(read("1.3.6.1|2|x\n").is_err());
    }
}
