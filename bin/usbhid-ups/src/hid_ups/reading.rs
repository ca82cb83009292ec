//! What the device has in its reports and strings.

use std::time::Duration;

use driver::Error;
use hid::mapping::Entry;
use hid::table::{Shown, index_text};
use usb::{CONTROL, Error as UsbError, Meaning};

use super::HidUps;
use crate::claim::Owner;
use crate::known::Known;
use crate::reports::is_forbidden;
use crate::subdrivers::powercom;

impl HidUps {
    /// What a row says; nothing when there is nothing to say.
    pub(super) fn show(&mut self, entry: &Entry<Known>) -> Result<Option<String>, UsbError> {
        let bytes = self.read(entry)?;
        if entry.row.is_status() && !self.reports.holds(&entry.item) {
            return Ok(None);
        }
        let shown = match entry.show(&bytes, &mut self.known) {
            Shown::Nothing => self.asked_string(entry, &bytes)?,
            shown => shown,
        };
        match shown {
            Shown::Text(text) => Ok(Some(text)),
            Shown::Index(index) => self.string(index).map(|text| Some(index_text(&text))),
            Shown::Nothing => Ok(None),
        }
    }

    /// Shows a row again whose function wanted a string.
    fn asked_string(&mut self, entry: &Entry<Known>, bytes: &[u8]) -> Result<Shown, UsbError> {
        let Some(index) = self.known.wanted_string() else {
            return Ok(Shown::Nothing);
        };
        let text = index_text(&self.string(index)?);
        self.known.keep_string(index, &text);
        Ok(entry.show(bytes, &mut self.known))
    }

    /// A string, which never changes; one that cannot be read is empty.
    pub(crate) fn string(&mut self, index: u8) -> Result<String, UsbError> {
        if let Some(text) = self.strings.get(&index) {
            return Ok(text.clone());
        }
        let text = match self.device.string(index, CONTROL) {
            Ok(text) => text,
            Err(why) if why.meaning() == Meaning::Skip => String::new(),
            Err(why) => return Err(why),
        };
        self.strings.insert(index, text.clone());
        Ok(text)
    }

    /// The value of an item that no row has.
    pub(crate) fn number_at(
        &mut self,
        path: &str,
        owner: &Owner,
        age: Duration,
    ) -> Result<Option<f64>, Error> {
        let parsed = owner.subdriver.names().path(path);
        let descriptor = self.mapping.descriptor();
        let index = descriptor.find(&parsed.path, hid::Kind::Feature);
        let Some(item) = index.and_then(|index| descriptor.item(index)).copied() else {
            return Ok(None);
        };
        match self.reports.get(&mut *self.device, item.report, age) {
            Ok(bytes) => Ok(Some(item.value(bytes))),
            Err(why) => self.judge(&why, path).map(|()| None),
        }
    }

    /// The string whose number stands in an item that no row has.
    pub(crate) fn string_at(
        &mut self,
        path: &str,
        owner: &Owner,
        age: Duration,
    ) -> Result<Option<String>, Error> {
        let Some(number) = self.number_at(path, owner, age)? else {
            return Ok(None);
        };
        let index = u8::try_from(hid::whole(number)).unwrap_or(0);
        if index == 0 {
            return Ok(Some(String::new()));
        }
        match self.string(index) {
            Ok(text) => Ok(Some(text)),
            Err(why) => self.judge(&why, path).map(|()| None),
        }
    }

    pub(super) fn read(&mut self, entry: &Entry<Known>) -> Result<Vec<u8>, UsbError> {
        let id = entry.item.report;
        if is_forbidden(self.device.identity(), id) {
            return Err(UsbError::Stalled(format!("report {id:02x} is never read")));
        }
        let age = self.clock.now().duration_since(self.since);
        let bytes = self.reports.get(&mut *self.device, id, age)?.to_vec();
        self.known.keep_report(id, &bytes);
        if entry.row.var == "battery.voltage" && entry.row.path.ends_with("ACPresent") {
            self.read_voltage_text();
        }
        Ok(bytes)
    }

    /// PowerCOM tells its battery's voltage as text in a report that stands in no descriptor.
    fn read_voltage_text(&mut self) {
        let mut buffer = [0; 8];
        let setup = usb::Setup {
            request_type: 0xa1,
            request: 1,
            value: 0x03a4,
            index: 0,
        };
        let read = self
            .device
            .control_in(setup, &mut buffer, Duration::from_secs(1));
        let bytes = read.ok().and_then(|length| buffer.get(..length));
        if let Some(text) = bytes.and_then(powercom::voltage_text) {
            self.known.powercom.battery_voltage = text;
        }
    }
}
