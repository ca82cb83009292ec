//! Text to calls, answers and devices.

use recording::{Event, Problem, Recording, split};

use super::{Answer, Call, Exchange, Session};
use crate::device::Setup;
use crate::error::Error;

impl Session {
    /// The devices of a recording, in the order in which they were opened.
    ///
    /// # Errors
    /// The first line that cannot be understood.
    pub fn all(recording: &Recording) -> Result<Vec<Self>, Problem> {
        let mut sessions: Vec<Self> = Vec::new();
        recording.understand("USB", |step, event| match event {
            Event::Device { text, .. } => device(&mut sessions, step, text),
            Event::Exchange { call, answer, .. } => {
                let exchange = Exchange::parse(step, call, answer)?;
                sessions.last_mut()?.exchanges.push(exchange);
                Some(())
            }
        })?;
        Ok(sessions)
    }

    fn line(&mut self, words: &[&str]) -> Option<()> {
        let text = |text: &str| Some(text.to_owned());
        match words {
            ["at", bus, address, ports] => {
                self.identity.bus = bus.parse().ok()?;
                self.identity.address = address.parse().ok()?;
                let ports = ports.split('.').filter(|port| *port != "-");
                self.identity.ports = ports.map(|port| port.parse().ok()).collect::<Option<_>>()?;
            }
            ["vendor", vendor] => self.identity.vendor = text(vendor),
            ["product", product] => self.identity.product = text(product),
            ["serial", serial] => self.identity.serial = text(serial),
            [
                "interface",
                number,
                "in",
                input,
                "out",
                output,
                "descriptor",
                index,
            ] => {
                self.interface.number = number.parse().ok()?;
                self.interface.endpoint_in = endpoint(input)?;
                self.interface.endpoint_out = endpoint(output)?;
                self.interface.descriptor_index = index.parse().ok()?;
            }
            [super::ANSWERS] => self.answers = true,
            ["packet", size] => self.interface.packet_in = size.parse().ok()?,
            ["extra", words @ ..] => self.interface.extra = bytes(words)?,
            _ => return None,
        }
        Some(())
    }
}

/// The first line of a device begins with `usb`.
fn device(sessions: &mut Vec<Session>, step: usize, text: &str) -> Option<()> {
    let words = split(text)?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let ["usb", vid, pid, release] = words.as_slice() {
        let mut session = Session {
            step,
            ..Session::default()
        };
        session.identity.vid = hex16(vid)?;
        session.identity.pid = hex16(pid)?;
        session.identity.release = hex16(release)?;
        sessions.push(session);
        return Some(());
    }
    sessions.last_mut()?.line(&words)
}

impl recording::Call for Call {
    type Answer = Answer;

    fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        match words.as_slice() {
            ["get", a, b, c, d, length] => {
                Some(Self::Get(setup([a, b, c, d])?, length.parse().ok()?))
            }
            ["set", a, b, c, d, data @ ..] => Some(Self::Set(setup([a, b, c, d])?, bytes(data)?)),
            ["interrupt", length] => Some(Self::Interrupt(length.parse().ok()?)),
            ["send", data @ ..] => Some(Self::Send(bytes(data)?)),
            ["string", index] => Some(Self::String(index.parse().ok()?)),
            ["reset"] => Some(Self::Reset),
            _ => None,
        }
    }

    fn answer(&self, text: &str) -> Option<Answer> {
        if let Some(word) = text.strip_prefix('!') {
            Error::from_word(word, "")?;
            return Some(Answer::Failed(word.to_owned()));
        }
        match self {
            Self::Get(..) | Self::Interrupt(_) => {
                let words: Vec<&str> = text.split_ascii_whitespace().collect();
                bytes(&words).map(Answer::Bytes)
            }
            Self::Set(..) | Self::Send(_) => text.parse().ok().map(Answer::Taken),
            Self::String(_) => {
                let mut words = split(text)?;
                words.pop().filter(|_| words.is_empty()).map(Answer::Text)
            }
            Self::Reset => (text == "ok").then_some(Answer::Ok),
        }
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
