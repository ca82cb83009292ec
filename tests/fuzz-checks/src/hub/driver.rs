//! A driver: when it was heard, and whether all that it is sent is messages.

use ipc::ToDriver;
use model::Tick;
use server::DeviceId;
use text::{Fed, Lexer};

use super::Stage;
use crate::lines::Line;

/// Longest message: a name of 512 bytes, each escaped, behind its keyword.
const MESSAGE_MAX: usize = 1100;
/// Most that may wait for a driver which does not read.
const WAITING_MAX: usize = 256 * 1024 + MESSAGE_MAX;

#[derive(Debug, Default)]
pub(super) struct Driver {
    /// The device, if there is one now.
    pub(super) id: Option<DeviceId>,
    pub(super) connected: bool,
    /// When it last said anything.
    pub(super) heard: Tick,
    lexer: Lexer,
}

impl Stage {
    /// A driver's bytes arrive; it connects before if it is not.
    pub(super) fn driver_says(&mut self, index: usize, mut bytes: &[u8]) {
        let now = self.now;
        let Some(driver) = self.drivers.get_mut(index) else {
            return;
        };
        let Some(id) = driver.id else { return };
        if !driver.connected {
            self.hub.driver_unreachable(id, "socket", "not yet", now);
            self.hub.driver_connected(id, "socket", now);
            driver.connected = true;
            driver.lexer = Lexer::new();
            driver.heard = now;
        }
        loop {
            let fed = driver.lexer.feed(bytes);
            let line = Line::of(&driver.lexer, false);
            let used = match fed {
                Fed::More => return,
                Fed::Line(used) => {
                    self.hub.driver_says(id, &line.words(), now);
                    used
                }
                Fed::Broken(used) => {
                    self.hub.driver_garbled(id, &line.words(), now);
                    used
                }
            };
            driver.heard = now;
            bytes = bytes.get(used..).unwrap_or_default();
        }
    }

    /// A driver's connection ends.
    pub(super) fn driver_gone(&mut self, index: usize) {
        if let Some(driver) = self.drivers.get_mut(index)
            && let Some(id) = driver.id
        {
            driver.connected = false;
            self.hub.driver_gone(id, "closed");
            assert_eq!(self.hub.take_outbox(id), "", "for a driver that is gone");
        }
    }

    /// Takes what waits for a driver, as its task would.
    pub(super) fn deliver(&mut self, id: DeviceId) {
        let mut waiting = self.hub.take_outbox(id);
        assert!(waiting.len() <= WAITING_MAX);
        while let Some(end) = waiting.find('\n') {
            let rest = waiting.split_off(end + 1);
            assert!(waiting.len() <= MESSAGE_MAX, "{waiting:?}");
            let words = crate::lines::only_line(&waiting);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            assert!(ToDriver::parse(&words).is_ok(), "{waiting:?}");
            waiting = rest;
        }
        assert_eq!(waiting, "", "half a message");
    }
}
