//! A crowd: many clients that connect at the same instant, as when the power comes back and a room boots.

use super::question::Question;
use super::ready::Ready;
use crate::failure::{Failure, Result};
use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, SockFlag, SockType, SockaddrStorage, connect, socket};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

/// After this time those who were not served go away.
const PATIENCE: Duration = Duration::from_secs(5);
const WAIT_MILLIS: u16 = 100;

/// How it went.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Crowd {
    /// Clients that got their answer.
    pub(crate) served: usize,
    /// From the first connect to the last answer.
    pub(crate) took: Duration,
}

/// One client: its connection until it has failed, and the bytes of the answer that have come.
struct Member {
    server: Option<TcpStream>,
    asked: bool,
    heard: usize,
}

/// What a step of a client leads to.
enum Step {
    Waits,
    Asked,
    Served,
    Failed,
}

/// Connects `count` clients at once; each asks as soon as it can.
pub(crate) fn rush(address: SocketAddr, question: &Question, count: usize) -> Result<Crowd> {
    let mut ready = Ready::new()?;
    let begin = Instant::now();
    let mut members = Vec::new();
    for index in 0..count {
        let server =
            begin_connect(address).map_err(|error| Failure::io("connect")(error.into()))?;
        ready.add_writer(&server, index)?;
        members.push(Member {
            server: Some(server),
            asked: false,
            heard: 0,
        });
    }
    let mut crowd = Crowd::default();
    let mut waiting = count;
    while waiting > 0 && begin.elapsed() < PATIENCE {
        for index in ready.wait(WAIT_MILLIS)? {
            let Some(member) = members.get_mut(index) else {
                continue;
            };
            match member.step(question) {
                Step::Waits => {}
                Step::Asked => member.listen(&ready, index)?,
                Step::Served => {
                    crowd = Crowd {
                        served: crowd.served + 1,
                        took: begin.elapsed(),
                    };
                    waiting -= 1;
                }
                Step::Failed => waiting -= 1,
            }
        }
    }
    Ok(crowd)
}

impl Member {
    fn step(&mut self, question: &Question) -> Step {
        let step = if self.asked {
            self.hear(question)
        } else {
            self.ask(question)
        };
        if matches!(step, Step::Failed | Step::Served) {
            self.server = None;
        }
        step
    }

    fn ask(&mut self, question: &Question) -> Step {
        let Some(server) = &mut self.server else {
            return Step::Waits;
        };
        let connected = matches!(server.take_error(), Ok(None));
        if !connected || server.write_all(&question.text).is_err() {
            return Step::Failed;
        }
        self.asked = true;
        Step::Asked
    }

    fn hear(&mut self, question: &Question) -> Step {
        let Some(server) = &mut self.server else {
            return Step::Waits;
        };
        let mut buffer = [0; 4096];
        match server.read(&mut buffer) {
            Ok(bytes @ 1..)
                if question.goes_on_with(self.heard, buffer.get(..bytes).unwrap_or_default()) =>
            {
                self.heard += bytes;
            }
            _ => return Step::Failed,
        }
        if self.heard == question.answer.len() {
            Step::Served
        } else {
            Step::Waits
        }
    }

    fn listen(&self, ready: &Ready, index: usize) -> Result<()> {
        self.server
            .as_ref()
            .map_or(Ok(()), |server| ready.turn_reader(server, index))
    }
}

/// Begins to connect, without waiting for it.
fn begin_connect(address: SocketAddr) -> nix::Result<TcpStream> {
    let flags = SockFlag::SOCK_NONBLOCK | SockFlag::SOCK_CLOEXEC;
    let socket = socket(AddressFamily::Inet, SockType::Stream, flags, None)?;
    match connect(socket.as_raw_fd(), &SockaddrStorage::from(address)) {
        Ok(()) | Err(Errno::EINPROGRESS) => Ok(socket.into()),
        Err(error) => Err(error),
    }
}
