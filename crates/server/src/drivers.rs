//! What happens between the hub and the drivers (spec sock-protocol.md, sections 4 and 6).

use ipc::{Applied, ToServer};
use model::Tick;
use proto::{Outcome, TrackingId};

use crate::device::DeviceId;
use crate::effect::{Effect, Severity};
use crate::hub::Hub;

impl Hub {
    /// The connection to a driver stands; everything is asked for.
    pub fn driver_connected(&mut self, id: DeviceId, socket: &str, now: Tick) {
        let Some(device) = self.device_by_id(id) else {
            return;
        };
        device.connected(now);
        let line = format!("Connected to UPS [{}]: {socket}", device.spec.name);
        self.log(Severity::Info, line);
        self.effect(Effect::Flush(id));
    }

    /// A driver could not be reached.
    pub fn driver_unreachable(&mut self, id: DeviceId, socket: &str, why: &str, now: Tick) {
        let Some(device) = self.device_by_id(id) else {
            return;
        };
        if device.log_failure(now) {
            let line = format!(
                "Can't connect to UPS [{}] ({socket}): {why}",
                device.spec.name
            );
            self.log(Severity::Error, line);
        }
    }

    /// The connection to a driver has ended; what it reported is void.
    pub fn driver_gone(&mut self, id: DeviceId, why: &str) {
        let Some(device) = self.device_by_id(id) else {
            return;
        };
        if device.disconnected() {
            let line = format!("Lost connection to UPS [{}]: {why}", device.spec.name);
            self.log(Severity::Notice, line);
        }
    }

    /// A line from a driver.
    pub fn driver_says(&mut self, id: DeviceId, words: &[&str], now: Tick) {
        let Ok(message) = ToServer::parse(words) else {
            return;
        };
        if let ToServer::Tracking { id, result } = message {
            self.settle(id, result);
        }
        let Some(device) = self.device_by_id(id) else {
            return;
        };
        let Some(link) = &mut device.link else { return };
        link.note(&message, now);
        let applied = ipc::apply(&message, &mut link.tree);
        if is_cut(&message, words) {
            self.ask_again(id, now);
        }
        if let Some(what) = complaint(applied) {
            let line = words.get(..2).unwrap_or(words).join(" ");
            self.complain(id, Severity::Error, &format!("{line} ignored: {what}"), now);
        }
    }

    /// A line from a driver that broke off at an unescaped `#`; `words` are those before it.
    pub fn driver_garbled(&mut self, id: DeviceId, words: &[&str], now: Tick) {
        let broadcast = |keyword: &str| {
            ["SETINFO", "ADDENUM"]
                .iter()
                .any(|known| known.eq_ignore_ascii_case(keyword))
        };
        if words.first().is_some_and(|keyword| broadcast(keyword)) {
            self.ask_again(id, now);
        }
        let text = "unescaped # in quotes from its driver; line ignored";
        self.complain(id, Severity::Notice, text, now);
    }

    /// Asks for a dump, where every driver escapes values, now or when it is time.
    fn ask_again(&mut self, id: DeviceId, now: Tick) {
        let link = self
            .device_by_id(id)
            .and_then(|device| device.link.as_mut());
        let Some(link) = link else { return };
        link.misunderstood();
        if link.redump(now) {
            self.effect(Effect::Flush(id));
        }
    }

    /// Logs a driver's mistake, unless there were too many.
    fn complain(&mut self, id: DeviceId, severity: Severity, text: &str, now: Tick) {
        let Some(device) = self.device_by_id(id) else {
            return;
        };
        let Some(withheld) = device.complaints.admit(now) else {
            return;
        };
        let ups = device.spec.name.clone();
        if withheld > 0 {
            let line =
                format!("UPS [{ups}]: {withheld} more mistakes of its driver were not logged");
            self.log(Severity::Notice, line);
        }
        self.log(severity, format!("UPS [{ups}]: {text}"));
    }

    /// What waits to be written to a driver.
    #[must_use]
    pub fn take_outbox(&mut self, id: DeviceId) -> String {
        self.device_by_id(id)
            .map(crate::device::Device::take_outbox)
            .unwrap_or_default()
    }

    fn settle(&mut self, id: &str, result: &str) {
        let outcome = Outcome::from_driver(result);
        let Some(known) = TrackingId::parse(id) else {
            return;
        };
        if self.tracking.settle(known, outcome) {
            self.log(
                Severity::Info,
                format!("tracking ID: {known}\tresult: {}", outcome.answer()),
            );
        }
    }
}

/// Whether what came is only the beginning of a value, because C drivers broadcast values without escapes.
fn is_cut(message: &ToServer<'_>, words: &[&str]) -> bool {
    let has_value = matches!(message, ToServer::SetInfo { .. } | ToServer::AddEnum { .. });
    has_value && words.len() > 3
}

/// What is wrong with a message that could not be carried out.
fn complaint(applied: Applied) -> Option<&'static str> {
    match applied {
        Applied::Done | Applied::Elsewhere => None,
        Applied::NoSuchVariable => Some("there is no such variable"),
        Applied::InvertedRange => Some("the ends of the range are in the wrong order"),
        Applied::BadName => Some("clients could not read the name"),
        Applied::Full => Some("its driver reports more than can be kept"),
    }
}
