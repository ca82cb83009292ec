//! The connection to a driver: what it reported, how fresh that is, and what waits to be told to it.

use std::time::Duration;

use ipc::{ToDriver, ToServer};
use model::{StateTree, Tick};

use crate::redump::Redump;

/// Bytes that may wait for a driver that does not read; more means that it is stuck.
pub(crate) const OUTBOX_MAX: usize = 256 * 1024;
/// The connection to a driver, from connect to disconnect.
#[derive(Debug)]
pub(crate) struct Link {
    /// What the driver reported.
    pub(crate) tree: StateTree,
    dumped: bool,
    data_ok: bool,
    heard: Tick,
    pinged: Option<Tick>,
    redump: Redump,
    outbox: String,
}

impl Link {
    /// A fresh connection: everything is asked for, and until it comes the status is `WAIT`.
    pub(crate) fn new(now: Tick) -> Self {
        let mut tree = StateTree::default();
        tree.set("ups.status", "WAIT");
        let mut outbox = String::new();
        ToDriver::DumpAll.write(&mut outbox);
        Self {
            tree,
            dumped: false,
            data_ok: false,
            heard: now,
            pinged: None,
            redump: Redump::default(),
            outbox,
        }
    }

    /// Stale is a driver that was silent for more than `max_age` and a second, or said so itself.
    ///
    /// C forgets the latter during that second.
    pub(crate) fn is_stale(&self, now: Tick, max_age: Duration) -> bool {
        let silent = now.since(self.heard) > max_age + Duration::from_secs(1);
        silent || (self.dumped && !self.data_ok)
    }

    /// Takes note of a message; whatever is a message shows that the driver is alive.
    pub(crate) fn note(&mut self, message: &ToServer<'_>, now: Tick) {
        match message {
            ToServer::DumpDone => self.dumped = true,
            ToServer::DataOk => self.data_ok = true,
            ToServer::DataStale => self.data_ok = false,
            ToServer::Pid { .. } | ToServer::Goodbye => return,
            _ => {}
        }
        self.heard = now;
    }

    /// Whether it is time to ask for a sign of life.
    fn wants_ping(&self, now: Tick, max_age: Duration) -> bool {
        let patience = max_age / 3;
        now.since(self.heard) > patience
            && self
                .pinged
                .is_none_or(|pinged| now.since(pinged) > patience)
    }

    /// Appends a message to the outbox; false when the driver is stuck.
    #[must_use]
    pub(crate) fn send(&mut self, message: &ToDriver<'_>) -> bool {
        if self.outbox.len() > OUTBOX_MAX {
            return false;
        }
        message.write(&mut self.outbox);
        true
    }

    /// Takes what is waiting for the driver.
    pub(crate) fn take_outbox(&mut self) -> String {
        std::mem::take(&mut self.outbox)
    }

    /// Takes note of a line that could not be understood: a dump is wanted.
    pub(crate) fn misunderstood(&mut self) {
        self.redump.want();
    }

    /// Asks for everything once more when that is wanted and due; true when the outbox has it.
    pub(crate) fn redump(&mut self, now: Tick) -> bool {
        self.redump.is_due(now) && self.send(&ToDriver::DumpAll)
    }

    /// Asks for a sign of life when it is time; true when the outbox has it.
    pub(crate) fn ping(&mut self, now: Tick, max_age: Duration) -> bool {
        if !self.wants_ping(now, max_age) {
            return false;
        }
        self.pinged = Some(now);
        self.send(&ToDriver::Ping)
    }
}
