//! What happens between the hub and the drivers (spec sock-protocol.md, sections 4 and 6).

use ipc::{Applied, ToDriver, ToServer};
use model::Tick;
use proto::{Outcome, TrackingId};

use crate::device::DeviceId;
use crate::effect::{Effect, Severity};
use crate::hub::{Hub, turned};

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
        let max_age = self.settings.max_age;
        let Some(device) = self.device_by_id(id) else {
            return;
        };
        let Some(link) = &mut device.link else { return };
        link.note(&message, now);
        let applied = ipc::apply(&message, &mut link.tree);
        let complaint = complaint(&device.spec.name, applied, words);
        let turned = device
            .turned(now, max_age)
            .map(|stale| turned(&device.spec.name, stale));
        for effect in complaint.into_iter().chain(turned) {
            self.effect(effect);
        }
        if let (ToServer::SetInfo { var, .. }, true) = (message, words.len() > 3) {
            // C drivers broadcast values without escapes: what came is only the beginning of this one
            self.ask_again(id, var);
        }
    }

    /// A line from a driver that broke off at an unescaped `#`; `words` are those before it.
    pub fn driver_garbled(&mut self, id: DeviceId, words: &[&str]) {
        let Some(device) = self.device_by_id(id) else {
            return;
        };
        let line = format!(
            "UPS [{}]: unescaped # in quotes from its driver; line ignored",
            device.spec.name
        );
        self.log(Severity::Notice, line);
        if let [keyword, var, ..] = words
            && keyword.eq_ignore_ascii_case("SETINFO")
        {
            self.ask_again(id, var);
        }
    }

    /// Asks for one variable in a dump, where every driver escapes values.
    fn ask_again(&mut self, id: DeviceId, var: &str) {
        let Some(device) = self.device_by_id(id) else {
            return;
        };
        if device.send(&ToDriver::DumpValue { var }) {
            self.effect(Effect::Flush(id));
        }
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

/// What is wrong with a message that could not be carried out.
fn complaint(ups: &str, applied: Applied, words: &[&str]) -> Option<Effect> {
    let what = match applied {
        Applied::Done | Applied::Elsewhere => return None,
        Applied::NoSuchVariable => "there is no such variable",
        Applied::InvertedRange => "the ends of the range are in the wrong order",
        Applied::BadName => "clients could not read the name",
        Applied::Full => "its driver reports more than can be kept",
    };
    let line = words.get(..2).unwrap_or(words).join(" ");
    Some(Effect::Log(
        Severity::Error,
        format!("UPS [{ups}]: {line} ignored: {what}"),
    ))
}
