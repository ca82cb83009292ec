//! Text to recording; the inverse of what [`Recorder`](crate::Recorder) writes.

use super::{Answer, Call, Exchange, MAGIC, Recording};
use crate::device::Setup;
use crate::error::Error;

/// Longest line that is read.
const LINE_MAX: usize = 20_000;

impl Recording {
    /// Reads a recording.
    ///
    /// # Errors
    /// The first line that cannot be understood, and what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut recording = Self::default();
        let mut pending: Option<(usize, Call)> = None;
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim();
            if number == 1 && line != MAGIC {
                return Err(wrong(
                    1,
                    line,
                    &format!("the first line is to be {MAGIC:?}"),
                ));
            }
            if number == 1 || line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.len() > LINE_MAX {
                return Err(wrong(
                    number,
                    line.get(..20).unwrap_or_default(),
                    "too long",
                ));
            }
            let understood = match (line.split_once(' ').unwrap_or((line, "")), pending.take()) {
                ((">", call), None) => parse_call(call).map(|call| pending = Some((number, call))),
                (("<", answer), Some((line, call))) => {
                    parse_answer(&call, answer.trim()).map(|answer| {
                        recording.exchanges.push(Exchange { line, call, answer });
                    })
                }
                // the answer without bytes has no blank behind the sign
                ((">" | "<", _), _) => None,
                (_, Some(_)) => None,
                ((word, rest), None) => recording.head(word, rest.trim()),
            };
            understood.ok_or_else(|| wrong(number, line, "not understood here"))?;
        }
        Ok(recording)
    }

    fn head(&mut self, word: &str, rest: &str) -> Option<()> {
        let words: Vec<&str> = rest.split_ascii_whitespace().collect();
        match (word, words.as_slice()) {
            ("id", [vid, pid, release]) => {
                self.identity.vid = hex16(vid)?;
                self.identity.pid = hex16(pid)?;
                self.identity.release = hex16(release)?;
            }
            ("at", [bus, address, ports]) => {
                self.identity.bus = bus.parse().ok()?;
                self.identity.address = address.parse().ok()?;
                let ports = ports.split('.').filter(|port| *port != "-");
                self.identity.ports = ports.map(|port| port.parse().ok()).collect::<Option<_>>()?;
            }
            ("vendor", _) => self.identity.vendor = Some(unquote(rest)?),
            ("product", _) => self.identity.product = Some(unquote(rest)?),
            ("serial", _) => self.identity.serial = Some(unquote(rest)?),
            (
                "interface",
                [
                    number,
                    "in",
                    endpoint_in,
                    "out",
                    endpoint_out,
                    "descriptor",
                    index,
                ],
            ) => {
                self.interface.number = number.parse().ok()?;
                self.interface.endpoint_in = endpoint(endpoint_in)?;
                self.interface.endpoint_out = endpoint(endpoint_out)?;
                self.interface.descriptor_index = index.parse().ok()?;
            }
            ("packet", [size]) => self.interface.packet_in = size.parse().ok()?,
            ("extra", words) => self.interface.extra = bytes(words)?,
            _ => return None,
        }
        Some(())
    }
}

fn wrong(line: usize, got: &str, expected: &str) -> Error {
    Error::Config(format!("recording line {line}: {got:?}: {expected}"))
}

fn parse_call(text: &str) -> Option<Call> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    match words.as_slice() {
        ["get", a, b, c, d, length] => Some(Call::Get(setup([a, b, c, d])?, length.parse().ok()?)),
        ["set", a, b, c, d, data @ ..] => Some(Call::Set(setup([a, b, c, d])?, bytes(data)?)),
        ["interrupt", length] => Some(Call::Interrupt(length.parse().ok()?)),
        ["send", data @ ..] => Some(Call::Send(bytes(data)?)),
        ["string", index] => Some(Call::String(index.parse().ok()?)),
        ["reset"] => Some(Call::Reset),
        _ => None,
    }
}

/// What kind of answer it is depends on the call.
fn parse_answer(call: &Call, text: &str) -> Option<Answer> {
    if let Some(word) = text.strip_prefix('!') {
        Error::from_word(word, "")?;
        return Some(Answer::Failed(word.to_owned()));
    }
    match call {
        Call::Get(..) | Call::Interrupt(_) => {
            let words: Vec<&str> = text.split_ascii_whitespace().collect();
            bytes(&words).map(Answer::Bytes)
        }
        Call::Set(..) | Call::Send(_) => text.parse().ok().map(Answer::Taken),
        Call::String(_) => unquote(text).map(Answer::Text),
        Call::Reset => (text == "ok").then_some(Answer::Ok),
    }
}

fn setup([request_type, request, value, index]: [&&str; 4]) -> Option<Setup> {
    Some(Setup {
        request_type: hex8(request_type)?,
        request: hex8(request)?,
        value: hex16(value)?,
        index: hex16(index)?,
    })
}

fn endpoint(word: &str) -> Option<Option<u8>> {
    if word == "-" {
        Some(None)
    } else {
        hex8(word).map(Some)
    }
}

fn bytes(words: &[&str]) -> Option<Vec<u8>> {
    words.iter().map(|word| hex8(word)).collect()
}

fn hex8(word: &str) -> Option<u8> {
    u8::from_str_radix(word, 16)
        .ok()
        .filter(|_| word.len() == 2)
}

fn hex16(word: &str) -> Option<u16> {
    u16::from_str_radix(word, 16)
        .ok()
        .filter(|_| word.len() == 4)
}

/// The inverse of `{:?}` for the escapes that it makes.
fn unquote(text: &str) -> Option<String> {
    let mut rest = text.strip_prefix('"')?.strip_suffix('"')?.chars();
    let mut out = String::new();
    while let Some(character) = rest.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        out.push(match rest.next()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'u' => {
                let digits: String = rest
                    .by_ref()
                    .skip(1)
                    .take_while(|character| *character != '}')
                    .collect();
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            other => other,
        });
    }
    Some(out)
}
