//! What a connection has yet to be sent, bounded.
//!
//! A reader that falls behind by more than [`QUEUE_MAX`] is dropped: nobody else waits for it, and upsd connects
//! again and asks for everything.

use std::cell::{Cell, RefCell};

use tokio::sync::Notify;

/// Bytes that may wait for a slow reader.
pub(crate) const QUEUE_MAX: usize = 256 * 1024;

/// How a connection stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Served.
    #[default]
    Open,
    /// To be closed when the queue is empty.
    Leaving,
    /// To be closed at once: its reader is too slow.
    TooSlow,
}

/// The outgoing side of one connection.
#[derive(Debug)]
pub(crate) struct Outbox {
    queue: RefCell<Vec<u8>>,
    broadcast: Cell<bool>,
    standing: Cell<Standing>,
    /// Told when there is something to do.
    pub(crate) wake: Notify,
}

impl Default for Outbox {
    fn default() -> Self {
        Self {
            queue: RefCell::default(),
            broadcast: Cell::new(true),
            standing: Cell::default(),
            wake: Notify::new(),
        }
    }
}

impl Outbox {
    /// Queues text. One text may exceed the bound, so that a large dump passes.
    pub(crate) fn push(&self, text: &str) {
        let mut queue = self.queue.borrow_mut();
        if queue.len() > QUEUE_MAX {
            self.standing.set(Standing::TooSlow);
        } else {
            queue.extend_from_slice(text.as_bytes());
        }
        self.wake.notify_one();
    }

    /// Queues text if the connection wants to hear of changes.
    pub(crate) fn broadcast(&self, text: &str) {
        if self.broadcast.get() {
            self.push(text);
        }
    }

    /// Sets whether the connection wants to hear of changes.
    pub(crate) fn set_broadcast(&self, wanted: bool) {
        self.broadcast.set(wanted);
    }

    /// Closes the connection when all is sent.
    pub(crate) fn leave(&self) {
        if self.standing.get() == Standing::Open {
            self.standing.set(Standing::Leaving);
        }
        self.wake.notify_one();
    }

    pub(crate) fn standing(&self) -> Standing {
        self.standing.get()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.queue.borrow().is_empty()
    }

    /// Hands the queue to `write`, which tells how much of it is gone.
    pub(crate) fn drain<E>(&self, write: impl FnOnce(&[u8]) -> Result<usize, E>) -> Result<(), E> {
        let mut queue = self.queue.borrow_mut();
        let sent = write(&queue)?.min(queue.len());
        queue.drain(..sent);
        if queue.is_empty() && queue.capacity() > QUEUE_MAX {
            *queue = Vec::new();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(bytes: &[u8]) -> Result<usize, ()> {
        Ok(bytes.len())
    }

    #[test]
    fn one_large_text_passes_and_the_next_is_too_much() {
        let outbox = Outbox::default();
        outbox.push(&"x".repeat(2 * QUEUE_MAX));
        assert_eq!(outbox.standing(), Standing::Open);
        outbox.push("y");
        assert_eq!(outbox.standing(), Standing::TooSlow);
        outbox.drain(all).unwrap();
        assert!(outbox.is_empty());
    }

    #[test]
    fn a_partial_write_keeps_the_rest_in_order() {
        let outbox = Outbox::default();
        outbox.push("one\n");
        outbox.push("two\n");
        outbox.drain(|_| Ok::<_, ()>(5)).unwrap();
        outbox
            .drain(|rest| {
                assert_eq!(rest, b"wo\n");
                all(rest)
            })
            .unwrap();
        assert!(outbox.is_empty());
    }

    #[test]
    fn who_wants_no_broadcasts_gets_none() {
        let outbox = Outbox::default();
        outbox.set_broadcast(false);
        outbox.broadcast("x");
        assert!(outbox.is_empty());
        outbox.set_broadcast(true);
        outbox.broadcast("x");
        assert!(!outbox.is_empty());
    }
}
