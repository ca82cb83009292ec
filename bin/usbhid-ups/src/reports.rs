//! The reports of a device, each read no oftener than needed (spec usbhid.md, section 6).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use driver::Clock;
use hid::{Descriptor, Item};
use usb::Error;
use usb::class::{self, Kind};
use usb::{CONTROL, Identity, UsbDevice};

/// So many reports that were answered before may stay without an answer in a row.
const SILENT_MAX: u32 = 2;
/// So many reports of any kind may, among them those that were never answered.
const UNANSWERED_MAX: u32 = 4;

/// Kept reports.
#[derive(Debug)]
pub(crate) struct Reports {
    kept: BTreeMap<u8, Report>,
    /// Most bytes that are asked for at once.
    most: usize,
    /// Nothing is asked for: the device only talks by itself.
    pub(crate) listen_only: bool,
    clock: Clock,
    trust: Trust,
}

#[derive(Debug, Default)]
struct Report {
    bytes: Vec<u8>,
    read: Option<Instant>,
    /// How many of the bytes the device has sent at most; those behind them are zeros of our own.
    sent: usize,
    /// When it was asked for in vain, and what came of it.
    failed: Option<(Instant, Error)>,
    /// There was no answer when it was asked for first. It is left alone, as each attempt costs seconds.
    mute: bool,
}

/// What was learnt of the device's answers.
#[derive(Debug, Default)]
struct Trust {
    uses_ids: bool,
    /// It begins answers with the report's identifier; there may be firmware that does not.
    says_ids: bool,
    /// Reports in a row that were not answered, and were before.
    silent: u32,
    /// Reports in a row that were not answered.
    unanswered: u32,
}

impl Reports {
    pub(crate) fn new(descriptor: &Descriptor, most: usize, clock: Clock) -> Self {
        let kept = descriptor.reports().map(|(id, length)| {
            let bytes = vec![0; length];
            let report = Report {
                bytes,
                ..Report::default()
            };
            (id, report)
        });
        Self {
            kept: kept.collect(),
            most,
            listen_only: false,
            clock,
            trust: Trust {
                uses_ids: descriptor.uses_ids(),
                ..Trust::default()
            },
        }
    }

    /// The bytes of a report that are no older than `age`. A short answer leaves the old bytes behind it. What has failed
    /// is not tried again before that age is over: many rows may stand in one report.
    pub(crate) fn get(
        &mut self,
        device: &mut dyn UsbDevice,
        id: u8,
        age: Duration,
    ) -> Result<&[u8], Error> {
        let Some(report) = self.kept.get_mut(&id) else {
            return Err(Error::Other(format!("report {id} is in no descriptor")));
        };
        let now = self.clock.now();
        let is_young = |at: Instant| now.duration_since(at) <= age;
        let fresh = report.read.is_some_and(is_young);
        if !fresh && !self.listen_only {
            if let Some((_, why)) = report.failed.as_ref().filter(|(at, _)| is_young(*at)) {
                return Err(why.clone());
            }
            if report.mute {
                return Err(Error::Other(format!("report {id:02x} is never answered")));
            }
            let mut buffer = report.bytes.clone();
            buffer.truncate(self.most);
            let answer = class::get_report(device, Kind::Feature, id, &mut buffer, CONTROL);
            self.trust.count(&answer, report.sent > 0);
            let answer = answer.and_then(|length| {
                self.trust
                    .check(id, buffer.get(..length).unwrap_or_default())
            });
            match answer {
                Ok(bytes) => report.take(bytes, self.clock.now()),
                Err(why) => {
                    report.fail(&why, self.clock.now());
                    return Err(why);
                }
            }
        }
        Ok(&report.bytes)
    }

    /// Whether the device has ever sent the bits of an item.
    pub(crate) fn holds(&self, item: &Item) -> bool {
        let sent = self.kept.get(&item.report).map_or(0, |report| report.sent);
        is_within(item, sent)
    }

    /// Whether so many answers did not come that the device must be taken for dead.
    pub(crate) fn is_dead(&self) -> bool {
        self.trust.silent >= SILENT_MAX || self.trust.unanswered >= UNANSWERED_MAX
    }

    /// A report that the device sent by itself; its identifier.
    pub(crate) fn hear(&mut self, bytes: &[u8]) -> Option<u8> {
        let id = *bytes.first()?;
        self.kept.get_mut(&id)?.take(bytes, self.clock.now());
        Some(id)
    }

    /// Writes one item, in the report as it is known. Afterwards everything is read anew.
    pub(crate) fn set(
        &mut self,
        device: &mut dyn UsbDevice,
        item: &Item,
        value: i64,
    ) -> Result<(), Error> {
        let id = item.report;
        let Some(report) = self.kept.get_mut(&id) else {
            return Err(Error::Other(format!("report {id} is in no descriptor")));
        };
        let written = item.write(&mut report.bytes, value);
        written.map_err(|why| Error::Other(why.to_string()))?;
        let result = class::set_report(device, Kind::Feature, id, &report.bytes, CONTROL);
        report.read = None;
        result?;
        self.forget();
        Ok(())
    }

    /// Everything is read anew.
    pub(crate) fn forget(&mut self) {
        for report in self.kept.values_mut() {
            report.read = None;
            report.failed = None;
        }
    }
}

/// One model does not survive this report.
pub(crate) fn is_forbidden(identity: &Identity, id: u8) -> bool {
    (identity.vid, identity.pid, id) == (0x09ae, 0x1330, 0x54)
}

impl Report {
    /// As many bytes as fit.
    fn take(&mut self, bytes: &[u8], now: Instant) {
        for (kept, byte) in self.bytes.iter_mut().zip(bytes) {
            *kept = *byte;
        }
        self.sent = self.sent.max(bytes.len());
        self.read = Some(now);
        self.failed = None;
    }

    fn fail(&mut self, why: &Error, now: Instant) {
        self.mute = self.sent == 0 && matches!(why, Error::Timeout(_));
        self.failed = Some((now, why.clone()));
    }
}

impl Trust {
    /// Takes that a report was asked for; `answered` says that it ever was answered. A refusal is an answer.
    fn count(&mut self, answer: &Result<usize, Error>, answered: bool) {
        if !matches!(answer, Err(Error::Timeout(_))) {
            (self.silent, self.unanswered) = (0, 0);
            return;
        }
        self.unanswered += 1;
        self.silent += u32::from(answered);
    }

    /// The answer, if it can be the report that was asked for. Its zeros would else be taken for values, and a status of
    /// zeros is a power failure.
    fn check<'a>(&mut self, id: u8, answer: &'a [u8]) -> Result<&'a [u8], Error> {
        if !self.uses_ids {
            return Ok(answer);
        }
        match *answer {
            [] | [_] => Err(Error::Other(format!(
                "report {id:02x}: the answer is empty"
            ))),
            [first, ..] if first == id => {
                self.says_ids = true;
                Ok(answer)
            }
            [first, ..] if self.says_ids => Err(Error::Other(format!(
                "report {id:02x}: the answer is report {first:02x}"
            ))),
            _ => Ok(answer),
        }
    }
}

/// Whether an item's bits are among the first `length` bytes of its report.
pub(crate) fn is_within(item: &Item, length: usize) -> bool {
    let bits = length.saturating_sub(1).saturating_mul(8);
    usize::try_from(item.end()).is_ok_and(|end| end <= bits)
}

#[cfg(test)]
mod tests;
