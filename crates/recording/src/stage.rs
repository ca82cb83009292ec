//! What plays a device.

/// A transport that plays a recording: it answers as the device did.
pub trait Stage {
    /// From now on it answers as in step number `step`, counted from 0.
    fn turn_to(&self, step: usize);

    /// Whether the device has something to say by itself that the driver has not heard yet.
    fn speaks(&self) -> bool {
        false
    }

    /// What the driver did since the last time that is worth a line in a test's expectation: how much was asked for, what was
    /// sent, which questions the recording has no answer for.
    fn notes(&self) -> Vec<String>;
}
