//! The language that framings are written in: what is done for a request, and what a packet of the answer means. Both are pure;
//! [`talk`](super::talk) does what they say.

use std::time::Duration;

use usb::Setup;
use usb::class::{Kind, set_report_request};

pub(crate) use crate::dialect::CR;

/// How long the device has to take a request.
pub(crate) const LONG: Duration = Duration::from_secs(5);
/// The same where it is quicker, and how long it has for each packet of an answer.
pub(crate) const SHORT: Duration = Duration::from_secs(1);

/// One way to carry requests over USB.
#[derive(Debug)]
pub(crate) struct Framing {
    /// `subdriver =` of ups.conf.
    pub(crate) name: &'static str,
    /// Whether requests are string descriptors, so that a language is needed.
    pub(crate) speaks: bool,
    /// Whether answers may come without an end, so that silence is one.
    pub(crate) silence_ends: bool,
    /// What is to be done for a request.
    pub(crate) plan: fn(&mut Site, &[u8]) -> Plan,
    /// What a packet of the answer means.
    pub(crate) take: fn(&Site, &mut Answer<'_>, &[u8]) -> Take,
}

/// What is known of the device whatever it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Site {
    /// The language of string descriptors.
    pub(crate) language: u16,
    /// Whether the language is `langid_fix`: then what comes is no proper descriptor, but for its length.
    pub(crate) language_is_fixed: bool,
    /// `novendor`.
    pub(crate) no_vendor: bool,
    /// Address of the endpoint that answers come from.
    pub(crate) endpoint_in: u8,
    /// Address of the endpoint that requests may go to.
    pub(crate) endpoint_out: u8,
    /// Most bytes of one packet of an answer.
    pub(crate) packet_in: u16,
    /// Whether what comes next may belong to a request that was given up.
    pub(crate) late: bool,
    /// Where a device that wants to be asked in turns is in its turn.
    pub(crate) turn: u8,
}

/// What is done for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Plan {
    /// The adapter cannot carry it. It comes back, as devices say what they do not know.
    Echo,
    /// The device is asked.
    Talk(Talk),
}

/// How the device is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Talk {
    /// What is done first.
    pub(crate) steps: Vec<Step>,
    /// How the answer is read.
    pub(crate) read: Read,
    /// How often all of it is done while the answer is [`Take::Again`], beyond the first time.
    pub(crate) repeats: u32,
}

/// One thing that is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Takes packets away that nobody waits for.
    Drain {
        /// Most bytes of one.
        size: usize,
        /// At most so many.
        most: u32,
        /// How long each is waited for.
        within: Duration,
    },
    /// A control request that writes.
    Write(Setup, Vec<u8>, Duration),
    /// The same, and whether the device takes it does not matter.
    Offer(Setup, Vec<u8>, Duration),
    /// A packet to the interrupt endpoint.
    Send(Vec<u8>, Duration),
    /// A control request that reads so many bytes, which do not matter.
    Touch(Setup, usize),
    /// Nothing for a while.
    Rest(Duration),
}

/// How an answer is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Read {
    /// There is none.
    #[default]
    Nothing,
    /// In packets from the interrupt endpoint, each of at most so many bytes.
    Packets(usize),
    /// With a control request, at most so many bytes.
    Control(Setup, usize),
}

/// An answer that is not yet whole.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    /// What was asked.
    pub(crate) request: &'a [u8],
    /// What has come.
    pub(crate) bytes: Vec<u8>,
}

/// What a packet makes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    /// There is more to come.
    More,
    /// There is more to come, if the device gets some time.
    Later(Duration),
    /// It is whole.
    Done,
    /// It is none; the device is to be asked again. If that does not help either, it does not answer.
    Again,
    /// It makes no sense, and asking again would do a command twice.
    Spoiled,
    /// The device says that it does not answer.
    Nothing,
}

impl Plan {
    /// The device is asked once.
    pub(crate) const fn ask(steps: Vec<Step>, read: Read) -> Self {
        Self::Talk(Talk {
            steps,
            read,
            repeats: 0,
        })
    }
}

impl Answer<'_> {
    /// What was asked, without its end.
    pub(crate) fn asked(&self) -> &[u8] {
        text(self.request)
    }

    /// Takes bytes up to the end of the answer; whether that was among them.
    pub(crate) fn take(&mut self, bytes: &[u8]) -> Take {
        for byte in bytes {
            self.bytes.push(*byte);
            if *byte == CR {
                return Take::Done;
            }
        }
        Take::More
    }

    /// Takes all of an answer that comes at once; some adapters leave its end out, or have it end at a NUL.
    pub(crate) fn take_all(&mut self, bytes: &[u8]) -> Take {
        let text = text(bytes);
        let text = match text.iter().position(|byte| *byte == 0) {
            Some(end) if text.len() == bytes.len() => text.get(..end).unwrap_or_default(),
            _ => text,
        };
        if text.iter().all(|byte| *byte == 0) {
            return Take::Nothing;
        }
        self.bytes.extend_from_slice(text);
        self.bytes.push(CR);
        Take::Done
    }
}

/// What stands before the first CR.
pub(crate) fn text(bytes: &[u8]) -> &[u8] {
    bytes.split(|byte| *byte == CR).next().unwrap_or_default()
}

/// A request in output reports of `size` bytes, filled up with zeros. `value` is 0x0200 by the HID specification, and 0x0002 where
/// the device's own software has the two bytes the wrong way round.
pub(crate) fn reports(value: u16, request: &[u8], size: usize, within: Duration) -> Vec<Step> {
    let report = |part: &[u8]| {
        let mut data = part.to_vec();
        data.resize(size, 0);
        Step::Write(output(value), data, within)
    };
    request.chunks(size.max(1)).map(report).collect()
}

/// The request that writes a report, with its value as the device wants it.
pub(crate) fn output(value: u16) -> Setup {
    Setup {
        value,
        ..set_report_request(Kind::Output, 0, 0)
    }
}

/// What tests of framings share.
#[cfg(test)]
pub(crate) mod bench {
    use super::*;

    /// The data of all writes and sends that a request leads to.
    pub(crate) fn written(framing: &Framing, site: &mut Site, request: &str) -> Vec<Vec<u8>> {
        let request = format!("{request}\r");
        let Plan::Talk(talk) = (framing.plan)(site, request.as_bytes()) else {
            return Vec::new();
        };
        let data = talk.steps.into_iter().filter_map(|step| match step {
            Step::Write(_, data, _) | Step::Offer(_, data, _) | Step::Send(data, _) => Some(data),
            _ => None,
        });
        data.collect()
    }

    /// The requests that write for a request.
    pub(crate) fn setups(framing: &Framing, request: &str) -> Vec<String> {
        let request = format!("{request}\r");
        let Plan::Talk(talk) = (framing.plan)(&mut Site::default(), request.as_bytes()) else {
            return Vec::new();
        };
        let setups = talk.steps.into_iter().filter_map(|step| match step {
            Step::Write(setup, ..) | Step::Offer(setup, ..) => Some(setup.to_string()),
            _ => None,
        });
        setups.collect()
    }

    /// The last verdict, and the answer, after these packets.
    pub(crate) fn taken(
        framing: &Framing,
        site: &Site,
        request: &str,
        packets: &[&[u8]],
    ) -> (Take, Vec<u8>) {
        let request = format!("{request}\r");
        let mut answer = Answer {
            request: request.as_bytes(),
            bytes: Vec::new(),
        };
        let mut verdict = Take::More;
        for packet in packets {
            assert!(
                matches!(verdict, Take::More | Take::Later(_)),
                "{verdict:?} before {packet:?}"
            );
            verdict = (framing.take)(site, &mut answer, packet);
        }
        (verdict, answer.bytes)
    }

    /// Whether a request comes back.
    pub(crate) fn is_echoed(framing: &Framing, request: &str) -> bool {
        let request = format!("{request}\r");
        (framing.plan)(&mut Site::default(), request.as_bytes()) == Plan::Echo
    }

    /// A string descriptor.
    pub(crate) fn string(text: &str) -> Vec<u8> {
        usb::string::encode(text)
    }
}
