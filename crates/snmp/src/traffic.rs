//! What the lines of a [recording] say about an agent: which version was spoken, what was asked.
//!
//! ```text
//! @ snmp v2c
//! > get 1.3.6.1.2.1.1.1.0
//! < text "Smart UPS"
//! > get 1.3.6.1.2.1.33.1.2.4.0
//! < missing
//! > next 1.3.6.1.2.1.33.1.6.2
//! < 1.3.6.1.2.1.33.1.6.2.1.1.1 integer 1
//! > next 1.3.6.1.6
//! < end
//! > set 1.3.6.1.2.1.33.1.9.8.0 integer 3
//! < !refused notWritable
//! > get 1.3.6.1.2.1.33.1.2.4.0
//! < !silent
//! ```
//!
//! Each object stands for itself, though many are asked for in one request: how they are bundled may change, and a recording
//! shall not care. A value is its type and what it is; a text that is no UTF-8 is `hex` and its bytes. An answer that begins with
//! `!` is an error's name; one that is no refusal was about the device, whatever it was asked.

use std::fmt;

use recording::{Problem, Recording, quoted, split};

use crate::error::Error;
use crate::oid::Oid;
use crate::snmprec;
use crate::value::Value;

/// What a driver did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// It asked for an object.
    Get(Oid),
    /// It asked for the one behind.
    Next(Oid),
    /// It set an object.
    Set(Oid, Value),
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The object is this.
    Value(Value),
    /// The one behind is this; nothing: there is none.
    Next(Option<(Oid, Value)>),
    /// Done.
    Ok,
    /// It failed; the error's words.
    Failed(String),
}

/// One call and its answer.
pub type Exchange = recording::Exchange<Call>;

/// All of a recording.
///
/// # Errors
/// The first line that cannot be understood.
pub fn all(recording: &Recording) -> Result<Vec<Exchange>, Problem> {
    Exchange::all(recording, "snmp", "an SNMP agent")
}

impl Call {
    /// The object that it is about.
    #[must_use]
    pub const fn oid(&self) -> &Oid {
        match self {
            Self::Get(oid) | Self::Next(oid) | Self::Set(oid, _) => oid,
        }
    }
}

impl recording::Call for Call {
    type Answer = Answer;

    fn parse(text: &str) -> Option<Self> {
        let words = split(text)?;
        let mut words = words.iter().map(String::as_str);
        let verb = words.next()?;
        let oid = words.next()?.parse().ok()?;
        let rest: Vec<&str> = words.collect();
        match verb {
            "get" => rest.is_empty().then_some(Self::Get(oid)),
            "next" => rest.is_empty().then_some(Self::Next(oid)),
            "set" => value(&rest).map(|value| Self::Set(oid, value)),
            _ => None,
        }
    }

    fn answer(&self, text: &str) -> Option<Answer> {
        if let Some(words) = text.strip_prefix('!') {
            Error::from_words(words, self.oid())?;
            return Some(Answer::Failed(words.to_owned()));
        }
        let words = split(text)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (self, words.as_slice()) {
            (Self::Get(_), words) => value(words).map(Answer::Value),
            (Self::Next(_), ["end"]) => Some(Answer::Next(None)),
            (Self::Next(_), [oid, words @ ..]) => {
                Some(Answer::Next(Some((oid.parse().ok()?, value(words)?))))
            }
            (Self::Set(..), ["ok"]) => Some(Answer::Ok),
            _ => None,
        }
    }
}

impl Answer {
    /// Whether it shows that the device could not be asked at all.
    pub(crate) fn is_outage(&self) -> bool {
        matches!(self, Self::Failed(words) if !words.starts_with("refused"))
    }
}

fn value(words: &[&str]) -> Option<Value> {
    Some(match words {
        ["integer", number] => Value::Integer(number.parse().ok()?),
        ["text", text] => Value::Text(text.as_bytes().to_vec()),
        ["hex", hex] => Value::Text(snmprec::bytes(hex)?),
        ["oid", oid] => Value::Oid(oid.parse().ok()?),
        ["ip", address] => Value::IpAddress(address.parse::<std::net::Ipv4Addr>().ok()?.octets()),
        ["counter", number] => Value::Counter32(number.parse().ok()?),
        ["gauge", number] => Value::Gauge32(number.parse().ok()?),
        ["ticks", number] => Value::TimeTicks(number.parse().ok()?),
        ["opaque", hex] => Value::Opaque(snmprec::bytes(hex)?),
        ["counter64", number] => Value::Counter64(number.parse().ok()?),
        ["null"] => Value::Null,
        ["missing"] => Value::Missing,
        _ => return None,
    })
}

/// A value as a recording has it.
struct Written<'a>(&'a Value);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.0.kind();
        match self.0 {
            Value::Integer(number) => write!(f, "{kind} {number}"),
            Value::Counter32(number) | Value::Gauge32(number) | Value::TimeTicks(number) => {
                write!(f, "{kind} {number}")
            }
            Value::Counter64(number) => write!(f, "{kind} {number}"),
            Value::Text(bytes) => match std::str::from_utf8(bytes) {
                Ok(text) => write!(f, "{kind} {}", quoted(text)),
                Err(_) => write!(f, "hex {}", Hex(bytes)),
            },
            Value::Opaque(bytes) => write!(f, "{kind} {}", Hex(bytes)),
            Value::Oid(oid) => write!(f, "{kind} {oid}"),
            Value::IpAddress(address) => {
                write!(f, "{kind} {}", std::net::Ipv4Addr::from(*address))
            }
            Value::Null | Value::Missing => f.write_str(kind),
        }
    }
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("\"\"");
        }
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Get(oid) => write!(f, "get {oid}"),
            Self::Next(oid) => write!(f, "next {oid}"),
            Self::Set(oid, value) => write!(f, "set {oid} {}", Written(value)),
        }
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => Written(value).fmt(f),
            Self::Next(Some((oid, value))) => write!(f, "{oid} {}", Written(value)),
            Self::Next(None) => f.write_str("end"),
            Self::Ok => f.write_str("ok"),
            Self::Failed(words) => write!(f, "!{words}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{any_oid, any_value};
    use proptest::prelude::*;

    fn exchange() -> impl Strategy<Value = (Call, Answer)> {
        let failed = prop_oneof![Just("silent"), Just("refused wrongType")]
            .prop_map(|words| Answer::Failed(words.to_owned()));
        let next = prop::option::of((any_oid(), any_value()));
        prop_oneof![
            (any_oid(), any_value()).prop_map(|(oid, it)| (Call::Get(oid), Answer::Value(it))),
            (any_oid(), next).prop_map(|(oid, next)| (Call::Next(oid), Answer::Next(next))),
            (any_oid(), any_value()).prop_map(|(oid, it)| (Call::Set(oid, it), Answer::Ok)),
            (any_oid(), failed).prop_map(|(oid, failed)| (Call::Get(oid), failed)),
        ]
    }

    proptest! {
        #[test]
        fn text_and_back_is_nothing((call, answer) in exchange()) {
            let read = Exchange::parse(3, &call.to_string(), &answer.to_string());
            prop_assert_eq!(read, Some(Exchange { step: 3, call, answer }));
        }

        #[test]
        fn no_text_makes_it_panic(call: String, answer: String) {
            let _ = Exchange::parse(0, &call, &answer);
            let _ = Exchange::parse(0, "get 1.3.6", &answer);
        }
    }

    #[test]
    fn what_is_no_agent_is_named() {
        let text = "locknut-recording 1\n= 0.000 open\n@ snmp v1\n> get 1.3\n< 2\n";
        let recording = Recording::parse(text).unwrap();
        let problem = all(&recording).unwrap_err();
        assert_eq!((problem.line, problem.text.as_str()), (4, "get 1.3"));
        let usb = text.replace("snmp v1", "usb 0001 0000 0000");
        let recording = Recording::parse(&usb).unwrap();
        assert_eq!(all(&recording).unwrap_err().line, 3);
    }
}
