//! `explore`: what a device has that nobody knows yet, so that somebody can write a subdriver for it.
//!
//! ```text
//! Path: UPS.PowerSummary.RemainingCapacity, Type: Feature, ReportID: 0x0c, Offset: 0, Size: 8, Value: 100
//! Path: UPS.PowerSummary.iDeviceChemistry, Type: Feature, ReportID: 0x03, Offset: 0, Size: 8, Value: 4, String: "PbAc"
//! Path: UPS.ff860024, Type: Input, ReportID: 0x11, Offset: 0, Size: 1
//! ```
//! Each item of the report descriptor is a line, at first all of them and then those whose value has changed: who pulls the plug sees
//! which items speak of it. Feature reports are asked for; what is in Input reports is known when the device sends one. The
//! form is that of the reference, whose script makes a subdriver's skeleton of such lines.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::time::Duration;

use hid::{Descriptor, Item, Kind, Names};
use usb::traffic::blank;
use usb::{CONTROL, Error, Identity, Meaning, UsbDevice};

use crate::reports::{Reports, is_forbidden};

/// Tells of the items of a device.
pub(crate) struct Explorer {
    names: Names,
    /// The line of each item that was told last.
    told: BTreeMap<usize, String>,
    strings: BTreeMap<u8, Option<String>>,
}

impl Explorer {
    /// `names` are for the paths.
    pub(crate) fn new(names: Names) -> Self {
        Self {
            names,
            told: BTreeMap::new(),
            strings: BTreeMap::new(),
        }
    }

    /// What comes before the items.
    pub(crate) fn title(&self, identity: &Identity, descriptor: &Descriptor) -> Vec<String> {
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
        vec![
            format!("- VendorID: {}", identity.vid_text()),
            format!("- ProductID: {}", identity.pid_text()),
            format!("- Manufacturer: {}", text(&identity.vendor)),
            format!("- Product: {}", text(&identity.product)),
            format!("- Device release number: {:04x}", identity.release),
            format!("{} HID objects found", descriptor.items().len()),
        ]
    }

    /// Asks for all Feature reports; the lines of the items that have changed since the last time.
    ///
    /// # Errors
    /// The device is gone. A report that cannot be read has no values.
    pub(crate) fn look(
        &mut self,
        device: &mut dyn UsbDevice,
        reports: &mut Reports,
        descriptor: &Descriptor,
    ) -> Result<Vec<String>, Error> {
        reports.forget();
        let mut read: BTreeMap<u8, Option<Vec<u8>>> = BTreeMap::new();
        let mut lines = Vec::new();
        for (index, item) in descriptor.items().iter().enumerate() {
            if item.kind != Kind::Feature {
                // what an Input report has said stays
                if !self.told.contains_key(&index) {
                    lines.extend(self.line(index, item, None));
                }
                continue;
            }
            if is_left_out(device.identity(), item.report) {
                continue;
            }
            let bytes = match read.get(&item.report) {
                Some(bytes) => bytes.as_ref(),
                None => {
                    let bytes = feature(device, reports, item.report)?;
                    read.entry(item.report).or_insert(bytes).as_ref()
                }
            };
            let value = bytes.map(|bytes| item.value(bytes));
            let shown = match value {
                Some(value) => Some(number(value) + &self.string(device, item, value)?),
                None => None,
            };
            lines.extend(self.line(index, item, shown.as_deref()));
        }
        Ok(lines)
    }

    /// The lines of the items that an Input report has changed.
    pub(crate) fn heard(&mut self, descriptor: &Descriptor, report: &[u8]) -> Vec<String> {
        let id = report.first().copied();
        let mut lines = Vec::new();
        for (index, item) in descriptor.items().iter().enumerate() {
            if item.kind == Kind::Input && Some(item.report) == id {
                let value = number(item.value(report));
                lines.extend(self.line(index, item, Some(&value)));
            }
        }
        lines
    }

    /// The line of an item, if it is not the same as the last time.
    fn line(&mut self, index: usize, item: &Item, value: Option<&str>) -> Option<String> {
        let kind = match item.kind {
            Kind::Input => "Input",
            Kind::Output => "Output",
            Kind::Feature => "Feature",
        };
        let mut line = format!(
            "Path: {}, Type: {kind}, ReportID: 0x{:02x}, Offset: {}, Size: {}",
            self.names.text(&item.path),
            item.report,
            item.offset,
            item.size
        );
        if let Some(value) = value {
            line.push_str(", Value: ");
            line.push_str(value);
        }
        let is_new = self.told.get(&index) != Some(&line);
        is_new.then(|| {
            self.told.insert(index, line.clone());
            line
        })
    }

    /// The string of an item that is the number of one: their names are `iProduct` and the like.
    fn string(
        &mut self,
        device: &mut dyn UsbDevice,
        item: &Item,
        value: f64,
    ) -> Result<String, Error> {
        let name = item.path.last().and_then(|usage| self.names.name(usage));
        let is_index = |name: &str| {
            let mut letters = name.chars();
            letters.next() == Some('i') && letters.next().is_some_and(char::is_uppercase)
        };
        let index = u8::try_from(hid::whole(value)).ok();
        let Some((name, index)) = name
            .filter(|name| is_index(name))
            .zip(index.filter(|index| *index > 0))
        else {
            return Ok(String::new());
        };
        if let Entry::Vacant(place) = self.strings.entry(index) {
            place.insert(unless_lost(device.string(index, CONTROL))?);
        }
        let text = self.strings.get(&index).and_then(Option::as_deref);
        Ok(text.map_or_else(String::new, |text| {
            // these lines are made to be published
            let text = if name == "iSerialNumber" {
                blank(text)
            } else {
                text.to_owned()
            };
            format!(", String: {text:?}")
        }))
    }
}

/// A Feature report as it is now.
fn feature(
    device: &mut dyn UsbDevice,
    reports: &mut Reports,
    id: u8,
) -> Result<Option<Vec<u8>>, Error> {
    unless_lost(reports.get(device, id, Duration::ZERO).map(<[u8]>::to_vec))
}

/// Nothing instead of an error that concerns only one request.
fn unless_lost<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(why) if why.meaning() == Meaning::Skip => Ok(None),
        Err(why) => Err(why),
    }
}

/// Reports that devices do not like to be asked for; Eaton's last two, too.
fn is_left_out(identity: &Identity, id: u8) -> bool {
    is_forbidden(identity, id) || (matches!(identity.vid, 0x0463 | 0x047c) && id >= 254)
}

/// A number with as many digits as count. (Counted with whole numbers: a logarithm would bring a library into memory that
/// nothing else needs.)
fn number(value: f64) -> String {
    const DIGITS: u32 = 6;
    let whole = hid::whole(value.abs());
    let before = whole.checked_ilog10().unwrap_or(0).saturating_add(1);
    let behind = usize::try_from(DIGITS.saturating_sub(before)).unwrap_or(0);
    let text = format!("{value:.behind$}");
    match text.split_once('.') {
        Some(_) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests;
