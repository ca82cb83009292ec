//! What a test does to a device.

use super::emulator::Emulator;
use crate::failure::fail;
use serde_json::{Value, json};

/// A device on the bus.
#[derive(Clone, Copy, Debug)]
pub struct UsbDevice<'a> {
    emulator: &'a Emulator,
    index: usize,
}

impl<'a> UsbDevice<'a> {
    pub(super) const fn new(emulator: &'a Emulator, index: usize) -> Self {
        Self { emulator, index }
    }

    /// A command as `upsemu/control.py` lists them; gives the answer.
    #[track_caller]
    pub fn command(self, mut command: Value) -> Value {
        if let Some(command) = command.as_object_mut() {
            command.insert("device".to_owned(), json!(self.index));
        }
        let answer = self.emulator.tell(&command);
        if answer.get("ok") != Some(&Value::Bool(true)) {
            fail(format!("{command} was answered {answer}"));
        }
        answer
    }

    /// Takes mains away or gives it back; the device says so by itself.
    #[track_caller]
    pub fn mains(self, on: bool) {
        self.command(json!({"mains": on}));
    }

    /// Has its battery run low; the device says so by itself.
    #[track_caller]
    pub fn battery_low(self) {
        self.command(json!({"battery_low": true}));
    }

    /// Has its battery charged again; the device says so by itself.
    #[track_caller]
    pub fn battery_charged(self) {
        self.command(json!({"battery_low": false}));
    }

    /// Sets logical values by the last part of their paths, without a word from the device.
    #[track_caller]
    pub fn set(self, values: Value) {
        self.command(json!({"leaf": values}));
    }

    /// Has something go wrong, as `upsemu/faults.py` describes it.
    #[track_caller]
    pub fn fault(self, fault: Value) {
        self.command(json!({"fault": fault}));
    }

    /// All is well again.
    #[track_caller]
    pub fn clear_faults(self) {
        self.command(json!({"clear_faults": true}));
    }

    /// Pulls it out.
    #[track_caller]
    pub fn unplug(self) {
        self.command(json!({"unplug": true}));
    }

    /// Plugs it in again, where it was.
    #[track_caller]
    pub fn plug(self) {
        self.command(json!({"plug": true}));
    }

    /// Whether it is plugged in; a fault may have pulled it out.
    #[track_caller]
    #[must_use]
    pub fn is_plugged(self) -> bool {
        self.command(json!({})).get("plugged") == Some(&Value::Bool(true))
    }

    /// How many control transfers the device has seen.
    #[track_caller]
    #[must_use]
    pub fn transfers(self) -> usize {
        self.log().len()
    }

    /// The reports that were written to the device, each as hexadecimal text with its id first.
    #[track_caller]
    #[must_use]
    pub fn written(self) -> Vec<String> {
        let writes = |entry: &&Value| {
            let setup = entry.get(0).and_then(Value::as_str);
            setup.is_some_and(|setup| setup.starts_with("2109"))
        };
        let data = |entry: &Value| Some(entry.get(1)?.as_str()?.to_owned());
        self.log().iter().filter(writes).filter_map(data).collect()
    }

    #[track_caller]
    fn log(self) -> Vec<Value> {
        let answer = self.command(json!({"log": 0}));
        answer
            .get("log")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default()
    }
}
