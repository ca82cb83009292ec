//! Which of many sockets can be read or written: epoll, with an index for each socket.

use crate::failure::{Failure, Result};
use nix::errno::Errno;
use nix::sys::epoll::{Epoll, EpollCreateFlags, EpollEvent, EpollFlags, EpollTimeout};
use std::os::fd::AsFd;

/// Events taken at once.
const EVENTS: usize = 256;

/// A set of sockets.
pub(crate) struct Ready {
    epoll: Epoll,
    events: Vec<EpollEvent>,
}

impl Ready {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            epoll: Epoll::new(EpollCreateFlags::EPOLL_CLOEXEC).map_err(failed)?,
            events: vec![EpollEvent::empty(); EVENTS],
        })
    }

    /// Waits for what `socket` has to be read.
    pub(crate) fn add_reader(&self, socket: impl AsFd, index: usize) -> Result<()> {
        self.epoll
            .add(socket, event(EpollFlags::EPOLLIN, index))
            .map_err(failed)
    }

    /// Waits until `socket` can be written.
    pub(crate) fn add_writer(&self, socket: impl AsFd, index: usize) -> Result<()> {
        self.epoll
            .add(socket, event(EpollFlags::EPOLLOUT, index))
            .map_err(failed)
    }

    /// From now on waits for what a writer has to be read.
    pub(crate) fn turn_reader(&self, socket: impl AsFd, index: usize) -> Result<()> {
        let mut event = event(EpollFlags::EPOLLIN, index);
        self.epoll.modify(socket, &mut event).map_err(failed)
    }

    /// Waits at most `millis` and gives the indices of what is ready.
    pub(crate) fn wait(&mut self, millis: u16) -> Result<Vec<usize>> {
        let found = match self
            .epoll
            .wait(&mut self.events, EpollTimeout::from(millis))
        {
            Err(Errno::EINTR) => 0,
            found => found.map_err(failed)?,
        };
        let indices = self.events.iter().take(found);
        Ok(indices
            .filter_map(|event| usize::try_from(event.data()).ok())
            .collect())
    }
}

fn event(flags: EpollFlags, index: usize) -> EpollEvent {
    EpollEvent::new(flags, index as u64)
}

fn failed(error: Errno) -> Failure {
    Failure::io("epoll")(error.into())
}
