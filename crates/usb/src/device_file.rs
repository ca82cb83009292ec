//! Device files of the USB emulator (schema `upsemu-device/1`, JSON) as simulated devices, so that the same devices serve
//! in-process tests and those through a real libusb.
//!
//! A file has reports as bytes (`feature`, `input`) and, applied last, as logical values by path (`values`). Paths need a
//! report descriptor's parser, which this crate has not: they are handed on.

use serde_json::Value;

use crate::class::Kind;
use crate::device::Interface;
use crate::error::Error;
use crate::identity::Identity;
use crate::simulated::Simulated;
use crate::string;

/// One device of the emulator.
#[derive(Clone, Debug)]
pub struct DeviceFile {
    /// The device, with its strings, descriptors and reports.
    pub device: Simulated,
    /// Its report descriptor.
    pub report_descriptor: Vec<u8>,
    /// Logical values that are still to be put into the reports, as (path, value).
    pub values: Vec<(String, i64)>,
    /// Options that a driver needs for it, as (name, value).
    pub options: Vec<(String, Option<String>)>,
}

impl DeviceFile {
    /// Reads a device file.
    ///
    /// # Errors
    /// [`Error::Config`] with the first thing that is missing or wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let file: Value = serde_json::from_str(text)
            .map_err(|error| Error::Config(format!("device file: {error}")))?;
        read(&file)
            .ok_or_else(|| Error::Config("device file: not as upsemu-device/1 has it".to_owned()))
    }
}

fn read(file: &Value) -> Option<DeviceFile> {
    let hid = file.get("hid")?;
    let report_descriptor = bytes(hid.get("report_descriptor")?)?;
    let mut device = Simulated::new(identity(file)?);
    for (index, text) in entries(file.get("strings")) {
        device.set_string(index.parse().ok()?, text.as_str()?);
    }
    for (kind, name) in [(Kind::Feature, "feature"), (Kind::Input, "input")] {
        for (id, report) in entries(file.get(name)) {
            device.set_report(
                kind,
                number(&Value::String(id.clone()), 10)?.try_into().ok()?,
                &bytes(report)?,
            );
        }
    }
    device.set_interface(Interface {
        number: optional(hid.get("bInterfaceNumber"), 0)?.try_into().ok()?,
        endpoint_in: Some(optional(hid.get("ep_in"), 0x81)?.try_into().ok()?),
        ..Interface::default()
    });
    let length = i64::try_from(report_descriptor.len()).ok()?;
    let told = |name| optional(hid.get(name), length)?.try_into().ok();
    device.set_descriptor(
        &report_descriptor,
        Some(told("length_by_request")?),
        Some(told("length_in_config")?),
    );
    let values =
        entries(file.get("values")).map(|(path, value)| Some((path.clone(), value.as_i64()?)));
    let options = file
        .get("driver_options")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    Some(DeviceFile {
        device,
        report_descriptor,
        values: values.collect::<Option<_>>()?,
        options: options
            .map(|line| Some(option(line.as_str()?)))
            .collect::<Option<_>>()?,
    })
}

/// The identity that libusb would show: strings come through the descriptors' encoding.
fn identity(file: &Value) -> Option<Identity> {
    let device = file.get("device")?;
    let hex = |name| optional(device.get(name), 0x0100)?.try_into().ok();
    let text = |name| {
        let index = device.get(name)?.as_u64()?;
        let text = file.get("strings")?.get(index.to_string())?.as_str()?;
        string::decode(&string::encode(text), 0).ok()
    };
    device.get("idVendor").and(device.get("idProduct"))?;
    Some(Identity {
        vid: hex("idVendor")?,
        pid: hex("idProduct")?,
        release: hex("bcdDevice")?,
        vendor: text("iManufacturer"),
        product: text("iProduct"),
        serial: text("iSerialNumber"),
        bus: 1,
        address: 2,
        ports: vec![1],
    })
}

fn entries(object: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    object.and_then(Value::as_object).into_iter().flatten()
}

/// A number, or a text in hexadecimal.
fn optional(value: Option<&Value>, default: i64) -> Option<i64> {
    value
        .filter(|value| !value.is_null())
        .map_or(Some(default), |value| number(value, 16))
}

fn number(value: &Value, radix: u32) -> Option<i64> {
    let Some(text) = value.as_str() else {
        return value.as_i64();
    };
    match text.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None => i64::from_str_radix(text, radix).ok(),
    }
}

/// Hexadecimal bytes with or without blanks: one text, or several lines.
fn bytes(value: &Value) -> Option<Vec<u8>> {
    let lines: Vec<&str> = match value {
        Value::String(text) => vec![text],
        Value::Array(lines) => lines.iter().map(Value::as_str).collect::<Option<_>>()?,
        _ => return None,
    };
    let digits: String = lines.concat().split_ascii_whitespace().collect();
    let pairs = digits.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect()
}

fn option(line: &str) -> (String, Option<String>) {
    match line.split_once('=') {
        Some((name, value)) => (name.trim().to_owned(), Some(value.trim().to_owned())),
        None => (line.trim().to_owned(), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::class::{descriptor_lengths, get_report, report_descriptor};
    use crate::device::{CONTROL, UsbDevice};

    const FILE: &str = r#"{
        "device": {"idVendor": "2341", "idProduct": "8036", "bcdDevice": "0106", "iManufacturer": 1, "iProduct": 0, "iSerialNumber": 3},
        "strings": {"1": "Maker", "3": "S1  ", "4": "PbAc"},
        "hid": {"report_descriptor": ["05 84 09 04", "a1 01 c0"], "bInterfaceNumber": 2, "ep_in": "84", "length_in_config": 5},
        "feature": {"12": "0c 64"}, "input": {"0x0d": "0d 01"},
        "values": {"UPS.Flow.Voltage": -1},
        "driver_options": ["explore", "vendorid = 5131"]
    }"#;

    #[test]
    fn a_device_file_is_a_device() {
        let DeviceFile {
            mut device,
            report_descriptor: descriptor,
            values,
            options,
        } = DeviceFile::parse(FILE).unwrap();
        let identity = device.identity().clone();
        assert_eq!(
            (identity.vid, identity.release, identity.product),
            (0x2341, 0x0106, None)
        );
        assert_eq!(identity.serial.as_deref(), Some("S1  "));
        assert_eq!(
            (device.interface().number, device.interface().endpoint_in),
            (2, Some(0x84))
        );
        assert_eq!(device.string(4, CONTROL).unwrap(), "PbAc");
        assert_eq!(descriptor_lengths(&mut device).unwrap(), [5, 7]);
        assert_eq!(report_descriptor(&mut device, 7).unwrap(), descriptor);
        let mut buffer = [0; 8];
        assert_eq!(
            get_report(&mut device, Kind::Feature, 12, &mut buffer, CONTROL),
            Ok(2)
        );
        assert_eq!(device.report(Kind::Input, 13).unwrap(), [13, 1]);
        assert_eq!(values, [("UPS.Flow.Voltage".to_owned(), -1)]);
        assert_eq!(
            options,
            [
                ("explore".to_owned(), None),
                ("vendorid".to_owned(), Some("5131".to_owned()))
            ]
        );
    }

    #[test]
    fn what_is_no_device_file_is_told() {
        for text in [
            "",
            "[]",
            "{}",
            r#"{"hid": {}}"#,
            &FILE.replace("0c 64", "0c 6x"),
            &FILE.replace("\"idVendor\"", "\"x\""),
        ] {
            assert!(DeviceFile::parse(text).is_err(), "{text}");
        }
    }
}
