//! The reports of a device, each read no oftener than needed (spec usbhid.md, section 6).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use driver::Clock;
use hid::{Descriptor, Item};
use usb::Error;
use usb::class::{self, Kind};
use usb::{CONTROL, Identity, UsbDevice};

/// Kept reports.
#[derive(Debug)]
pub(crate) struct Reports {
    kept: BTreeMap<u8, Report>,
    /// Most bytes that are asked for at once.
    most: usize,
    /// Nothing is asked for: the device only talks by itself.
    pub(crate) listen_only: bool,
    clock: Clock,
}

#[derive(Debug)]
struct Report {
    bytes: Vec<u8>,
    read: Option<Instant>,
}

impl Reports {
    pub(crate) fn new(descriptor: &Descriptor, most: usize, clock: Clock) -> Self {
        let kept = descriptor.reports().map(|(id, length)| {
            let bytes = vec![0; length];
            (id, Report { bytes, read: None })
        });
        Self {
            kept: kept.collect(),
            most,
            listen_only: false,
            clock,
        }
    }

    /// The bytes of a report that are no older than `age`. A short answer leaves the old bytes behind it.
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
        let fresh = report
            .read
            .is_some_and(|read| now.duration_since(read) < age);
        if !fresh && !self.listen_only {
            let mut buffer = report.bytes.clone();
            buffer.truncate(self.most);
            let length = class::get_report(device, Kind::Feature, id, &mut buffer, CONTROL)?;
            put(&mut report.bytes, buffer.get(..length).unwrap_or_default());
            report.read = Some(self.clock.now());
        }
        Ok(&report.bytes)
    }

    /// A report that the device sent by itself; its identifier.
    pub(crate) fn hear(&mut self, bytes: &[u8]) -> Option<u8> {
        let id = *bytes.first()?;
        let report = self.kept.get_mut(&id)?;
        put(&mut report.bytes, bytes);
        report.read = Some(self.clock.now());
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
        }
    }
}

/// One model does not survive this report.
pub(crate) fn is_forbidden(identity: &Identity, id: u8) -> bool {
    (identity.vid, identity.pid, id) == (0x09ae, 0x1330, 0x54)
}

/// As many bytes as fit.
fn put(kept: &mut [u8], bytes: &[u8]) {
    for (kept, byte) in kept.iter_mut().zip(bytes) {
        *kept = *byte;
    }
}
