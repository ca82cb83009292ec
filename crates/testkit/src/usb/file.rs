//! Device files, and devices that differ from them in one thing.

use crate::Sandbox;
use crate::failure::must;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// A device as the emulator reads it, from `tests/devices/usb/devices` or another place.
#[derive(Clone, Debug)]
pub struct DeviceFile(Value);

impl DeviceFile {
    /// One of our own devices: `apc`, `cps`…
    #[track_caller]
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self::read(&super::home().join(format!("devices/{name}.json")))
    }

    /// One of our devices of the Megatec family: `cypress`, `krauler`…
    #[track_caller]
    #[must_use]
    pub fn qx(name: &str) -> Self {
        Self::read(&super::home().join(format!("qx/{name}.json")))
    }

    /// The paths of all our own devices.
    #[track_caller]
    #[must_use]
    pub fn all() -> Vec<PathBuf> {
        let entries = must(fs::read_dir(super::home().join("devices")));
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths
    }

    /// The device of that file.
    #[track_caller]
    #[must_use]
    pub fn read(path: &Path) -> Self {
        Self(must(serde_json::from_str(&must(fs::read_to_string(path)))))
    }

    /// The same device but for one thing, named as a JSON pointer: `/strings/3`. What is not there is added.
    #[track_caller]
    #[must_use]
    pub fn with(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (object, key) = pointer.rsplit_once('/').unwrap_or(("", pointer));
        if let Some(object) = self.0.pointer_mut(object).and_then(Value::as_object_mut) {
            object.insert(key.to_owned(), value.into());
        }
        self
    }

    /// A value of the file, null if there is none.
    #[must_use]
    pub fn get(&self, pointer: &str) -> &Value {
        self.0.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// Options that a driver needs for this device, as lines of ups.conf.
    #[must_use]
    pub fn driver_options(&self) -> Vec<&str> {
        let options = self.get("/driver_options").as_array();
        options
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    pub(super) fn write(&self, sandbox: &Sandbox, name: &str) -> PathBuf {
        let path = sandbox.run().join(name);
        must(fs::write(&path, self.0.to_string()));
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_changed_in_one_thing() {
        let device = DeviceFile::named("cps")
            .with("/strings/3", "S2")
            .with("/hid/length_in_config", 7);
        assert_eq!(device.get("/strings/3"), "S2");
        assert_eq!(device.get("/hid/length_in_config"), 7);
        assert_eq!(device.get("/device/idVendor"), "0764");
    }
}
