//! One UPS: the link to its driver, what the driver reported, and who relies on it.
//!
//! What the driver reports is dropped with the link; logins and the FSD latch outlive it.

use std::time::Duration;

use ipc::ToDriver;
use model::Tick;
use proto::Refusal;

use crate::complaints::Complaints;
use crate::link::Link;
use crate::render::{Made, Rendered};

/// Names a device for as long as its section exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub(crate) u64);

/// A section of ups.conf, as far as upsd needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceSpec {
    /// The section's name.
    pub name: String,
    /// The driver's program name, which is part of the socket's.
    pub driver: String,
    /// What users call it.
    pub desc: Option<String>,
}

/// How often a driver that cannot be reached is logged.
const FAILURE_LOG_EVERY: Duration = Duration::from_secs(300);

/// One UPS.
#[derive(Debug)]
pub(crate) struct Device {
    pub(crate) id: DeviceId,
    pub(crate) spec: DeviceSpec,
    pub(crate) link: Option<Link>,
    /// Sessions logged into it.
    pub(crate) logins: u32,
    /// Set by FSD, cleared by nothing.
    pub(crate) fsd: bool,
    /// Whether the log last said stale.
    stale_logged: bool,
    /// When the log last said that the driver cannot be reached.
    failure_logged: Option<Tick>,
    pub(crate) complaints: Complaints,
    rendered: Option<Rendered>,
}

impl Device {
    pub(crate) fn new(id: DeviceId, spec: DeviceSpec) -> Self {
        Self {
            id,
            spec,
            link: None,
            logins: 0,
            fsd: false,
            stale_logged: false,
            failure_logged: None,
            complaints: Complaints::default(),
            rendered: None,
        }
    }

    /// Its state, if the driver is connected and its data can be used.
    pub(crate) fn fresh(&self, now: Tick, max_age: Duration) -> Result<&Link, Refusal> {
        let link = self.link.as_ref().ok_or(Refusal::DriverNotConnected)?;
        if link.is_stale(now, max_age) {
            Err(Refusal::DataStale)
        } else {
            Ok(link)
        }
    }

    pub(crate) fn connected(&mut self, now: Tick) {
        self.link = Some(Link::new(now));
        self.rendered = None;
        self.failure_logged = None;
        self.stale_logged = false;
    }

    /// Drops the link; false when there was none.
    pub(crate) fn disconnected(&mut self) -> bool {
        self.rendered = None;
        self.link.take().is_some()
    }

    /// Whether a failed connect is to be logged: the first, then one in five minutes.
    pub(crate) fn log_failure(&mut self, now: Tick) -> bool {
        let due = self
            .failure_logged
            .is_none_or(|last| now.since(last) >= FAILURE_LOG_EVERY);
        if due {
            self.failure_logged = Some(now);
        }
        due
    }

    /// Appends a message to the outbox; false when the driver is not there or stuck.
    #[must_use]
    pub(crate) fn send(&mut self, message: &ToDriver<'_>) -> bool {
        self.link.as_mut().is_some_and(|link| link.send(message))
    }

    /// Takes what is waiting for the driver.
    pub(crate) fn take_outbox(&mut self) -> String {
        self.link
            .as_mut()
            .map(Link::take_outbox)
            .unwrap_or_default()
    }

    /// Asks for what is due, a sign of life or a dump; true when the outbox has it.
    pub(crate) fn ask(&mut self, now: Tick, max_age: Duration) -> bool {
        self.link
            .as_mut()
            .is_some_and(|link| link.redump(now) || link.ping(now, max_age))
    }

    /// Appends the answer to `LIST VAR ups`, where `ups` is the client's spelling.
    pub(crate) fn list_var(&mut self, ups: &str, out: &mut String) {
        let Some(link) = &self.link else { return };
        let made = Made {
            ups,
            version: link.tree.version(),
            fsd: self.fsd,
        };
        if !self.rendered.as_ref().is_some_and(|kept| kept.is(made)) {
            self.rendered = Some(Rendered::new(made, &link.tree));
        }
        if let Some(rendered) = &self.rendered {
            out.push_str(rendered.block());
        }
    }

    /// The new freshness, when it changed since the last call.
    pub(crate) fn turned(&mut self, now: Tick, max_age: Duration) -> Option<bool> {
        let stale = self.link.as_ref()?.is_stale(now, max_age);
        (std::mem::replace(&mut self.stale_logged, stale) != stale).then_some(stale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::OUTBOX_MAX;
    use ipc::ToServer;

    const MAX_AGE: Duration = Duration::from_secs(15);

    fn device() -> Device {
        let spec = DeviceSpec {
            name: "lab1".into(),
            driver: "dummy-ups".into(),
            desc: None,
        };
        let mut device = Device::new(DeviceId(1), spec);
        device.connected(Tick::secs(100));
        device
    }

    fn note(device: &mut Device, message: ToServer<'_>, at: u64) {
        device.link.as_mut().unwrap().note(&message, Tick::secs(at));
    }

    fn refusal(device: &Device, at: u64) -> Option<Refusal> {
        device.fresh(Tick::secs(at), MAX_AGE).err()
    }

    #[test]
    fn fresh_while_the_dump_is_under_way() {
        let mut device = device();
        assert_eq!(device.take_outbox(), "DUMPALL\n");
        assert_eq!(refusal(&device, 101), None);
        note(&mut device, ToServer::DumpDone, 101);
        assert_eq!(refusal(&device, 101), Some(Refusal::DataStale));
        note(&mut device, ToServer::DataOk, 102);
        assert_eq!(refusal(&device, 102), None);
        device.disconnected();
        assert_eq!(refusal(&device, 102), Some(Refusal::DriverNotConnected));
    }

    #[test]
    fn silence_makes_stale_after_max_age_and_a_second() {
        let mut device = device();
        note(&mut device, ToServer::DataOk, 100);
        note(&mut device, ToServer::DumpDone, 100);
        assert_eq!(refusal(&device, 116), None);
        assert_eq!(refusal(&device, 117), Some(Refusal::DataStale));
        note(&mut device, ToServer::Pid { pid: "1" }, 117);
        assert_eq!(refusal(&device, 117), Some(Refusal::DataStale));
        note(&mut device, ToServer::Pong, 117);
        assert_eq!(refusal(&device, 117), None);
    }

    #[test]
    fn a_driver_that_said_stale_stays_so_until_it_says_ok() {
        let mut device = device();
        note(&mut device, ToServer::DumpDone, 100);
        note(&mut device, ToServer::DataStale, 100);
        for at in 100..130 {
            assert_eq!(refusal(&device, at), Some(Refusal::DataStale), "{at}");
        }
    }

    #[test]
    fn pings_come_a_third_of_max_age_apart() {
        let mut device = device();
        let pings: Vec<u64> = (100..120)
            .filter(|&at| device.ask(Tick::secs(at), MAX_AGE))
            .collect();
        assert_eq!(pings, [106, 112, 118]);
    }

    #[test]
    fn a_stuck_driver_is_noticed_and_the_queue_is_bounded() {
        let mut device = device();
        let sent = (0..100_000).take_while(|_| {
            device.send(&ToDriver::Set {
                var: "v",
                value: "x",
                tracking: None,
            })
        });
        assert!(sent.count() <= OUTBOX_MAX / 10 + 1);
    }

    #[test]
    fn transitions_are_told_once() {
        let mut device = device();
        note(&mut device, ToServer::DumpDone, 100);
        assert_eq!(device.turned(Tick::secs(100), MAX_AGE), Some(true));
        assert_eq!(device.turned(Tick::secs(101), MAX_AGE), None);
        note(&mut device, ToServer::DataOk, 101);
        assert_eq!(device.turned(Tick::secs(101), MAX_AGE), Some(false));
    }
}
