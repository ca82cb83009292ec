//! What is to be done outside the hub.

use crate::device::DeviceId;
use crate::gate::Check;
use crate::session::ConnId;

/// How serious a log line is; the names of syslog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names of syslog")]
pub enum Severity {
    Error,
    Warning,
    Notice,
    Info,
    Debug,
}

/// One thing to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write a line to the log.
    Log(Severity, String),
    /// There is something in the device's outbox ([`crate::Hub::take_outbox`]).
    Flush(DeviceId),
    /// Drop the connection to the driver and connect again.
    Disconnect(DeviceId),
    /// Begin to keep a connection to this driver.
    Connect(DeviceId),
    /// End the connection to the driver for good: the UPS is no more.
    Forget(DeviceId),
    /// Do this work where nobody waits for it, then call [`crate::Hub::verified`]. No other comes before.
    Verify(Box<Check>),
    /// Serve the line again that was held ([`crate::Next::Hold`]).
    Resume(ConnId),
    /// Close a client's connection.
    Close(ConnId),
}
