//! Names of units. What is not a letter, digit, `_`, `.` or `:` is escaped as systemd does.

const PREFIX: &str = "nut-driver@";
const SUFFIX: &str = ".service";

/// The unit of a UPS.
#[must_use]
pub fn service(ups: &str) -> String {
    format!("{PREFIX}{}{SUFFIX}", escape(ups))
}

/// The UPS of a unit; none for a unit of another kind. `.service` may be left out.
#[must_use]
pub fn device(unit: &str) -> Option<String> {
    let instance = unit.strip_prefix(PREFIX)?;
    let instance = instance.strip_suffix(SUFFIX).unwrap_or(instance);
    (!instance.is_empty()).then(|| unescape(instance))
}

fn escape(name: &str) -> String {
    let mut escaped = String::new();
    for (at, byte) in name.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b':' => escaped.push(byte.into()),
            b'.' if at > 0 => escaped.push('.'),
            b'/' => escaped.push('-'),
            other => escaped.push_str(&format!("\\x{other:02x}")),
        }
    }
    escaped
}

fn unescape(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .strip_prefix(b"x")
            .and_then(|code| code.split_at_checked(2));
        let code = code.and_then(|(code, after)| {
            let code = std::str::from_utf8(code).ok()?;
            Some((u8::from_str_radix(code, 16).ok()?, after))
        });
        (bytes, rest) = match (first, code) {
            (b'\\', Some((byte, after))) => ([bytes, vec![byte]].concat(), after),
            (b'-', _) => ([bytes, vec![b'/']].concat(), after),
            (byte, _) => ([bytes, vec![*byte]].concat(), after),
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_named_as_systemd_escapes_them() {
        for (ups, unit) in [
            ("rack", "nut-driver@rack.service"),
            ("my-ups 1", "nut-driver@my\\x2dups\\x201.service"),
            (".a/b", "nut-driver@\\x2ea-b.service"),
            ("é", "nut-driver@\\xc3\\xa9.service"),
        ] {
            assert_eq!(service(ups), unit);
            assert_eq!(device(unit).as_deref(), Some(ups));
        }
        assert_eq!(device("nut-driver@rack").as_deref(), Some("rack"));
        assert_eq!(device("nut-server.service"), None);
        assert_eq!(device("nut-driver@.service"), None);
        assert_eq!(device("nut-driver@a\\xé.service").as_deref(), Some("a\\xé"));
    }
}
