//! Time, and what the hub wants done: the part of the shell around it.

use server::{DeviceId, Effect};
use std::time::Duration;

use super::Stage;

impl Stage {
    /// Time passes, and the hub is told at the end of it.
    pub(super) fn later(&mut self, seconds: u64) {
        self.now = self.now + Duration::from_secs(seconds);
        self.hub.tick(self.now);
        self.perform();
        self.audit();
    }

    /// Does what the hub wants, until it wants nothing more.
    pub(super) fn perform(&mut self) {
        for _ in 0..8 {
            let effects = self.hub.take_effects();
            if effects.is_empty() {
                return;
            }
            effects.into_iter().for_each(|effect| self.act(effect));
        }
        panic!("what the hub wants has no end");
    }

    fn act(&mut self, effect: Effect) {
        match effect {
            Effect::Log(_, line) => {
                assert!(!line.contains('\n') && line.len() < 4096, "{line:?}");
            }
            Effect::Flush(id) if self.held => assert!(self.hub.spec(id).is_some()),
            Effect::Flush(id) => self.deliver(id),
            Effect::Disconnect(id) => {
                if let Some(index) = self.index(id) {
                    self.driver_gone(index);
                }
            }
            Effect::Connect(id) => {
                let name = self.hub.spec(id).map(|spec| spec.name.clone());
                let at = super::stage::DEVICES
                    .iter()
                    .position(|device| name.as_deref() == Some(device));
                let driver = at.and_then(|at| self.drivers.get_mut(at));
                driver.expect("a device that was named").id = Some(id);
            }
            Effect::Forget(id) => {
                if let Some(driver) = self.index(id).and_then(|at| self.drivers.get_mut(at)) {
                    *driver = super::driver::Driver::default();
                }
            }
            Effect::Verify(check) => self
                .hub
                .verified(check.perform(&mut server::Room::default()), self.now),
            Effect::Resume(conn) => {
                let mut clients = self.clients.iter_mut();
                if let Some(client) = clients.find(|client| client.conn == Some(conn)) {
                    client.resumed = true;
                }
            }
            Effect::Close(conn) => {
                let index = self
                    .clients
                    .iter()
                    .position(|client| client.conn == Some(conn));
                self.hang_up(index.expect("only what is open is closed"));
            }
        }
    }

    fn index(&self, id: DeviceId) -> Option<usize> {
        self.drivers.iter().position(|driver| driver.id == Some(id))
    }
}
