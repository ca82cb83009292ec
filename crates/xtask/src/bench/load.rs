//! The load: clients that each ask the next question as soon as they have the answer to the last.
//!
//! One thread plays them all; with one client it waits in the read itself, so that nothing is measured but the server
//! and the kernel.

use super::question::{Question, connect, wrong};
use super::ready::Ready;
use crate::failure::{Failure, Result};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Answers after which a measurement ends before its time.
const ANSWERS_MAX: usize = 2_000_000;
/// How long the load goes on before it is measured: a young connection is acknowledged faster than an old one.
const WARM_UP: Duration = Duration::from_millis(400);
const BUFFER: usize = 64 * 1024;
const WAIT_MILLIS: u16 = 5000;

/// Clients that are connected.
pub(crate) struct Load {
    clients: Vec<Client>,
    ready: Ready,
    buffer: Box<[u8]>,
}

struct Client {
    server: TcpStream,
    asked: Instant,
    /// Bytes of the answer that have come.
    heard: usize,
}

/// How long each answer took, and all of them together.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    pub(crate) answers: Vec<Duration>,
    pub(crate) took: Duration,
}

impl Measured {
    /// Answers a second.
    pub(crate) fn rate(&self) -> f64 {
        self.answers.len() as f64 / self.took.as_secs_f64()
    }
}

impl Load {
    /// Connects `count` clients.
    pub(crate) fn connect(address: SocketAddr, count: usize) -> Result<Self> {
        let ready = Ready::new()?;
        let mut clients = Vec::new();
        for index in 0..count {
            let server = connect(address).map_err(Failure::io("connect"))?;
            ready.add_reader(&server, index)?;
            clients.push(Client {
                server,
                asked: Instant::now(),
                heard: 0,
            });
        }
        Ok(Self {
            clients,
            ready,
            buffer: vec![0; BUFFER].into_boxed_slice(),
        })
    }

    /// Asks for `time`, after a warm-up.
    pub(crate) fn measure(&mut self, question: &Question, time: Duration) -> Result<Measured> {
        self.drive(question, WARM_UP)?;
        self.drive(question, time)
    }

    fn drive(&mut self, question: &Question, time: Duration) -> Result<Measured> {
        let begin = Instant::now();
        let failed = Failure::io("a client of the load");
        let answers = self.drive_until(question, begin + time).map_err(failed)?;
        Ok(Measured {
            answers,
            took: begin.elapsed(),
        })
    }

    fn drive_until(&mut self, question: &Question, end: Instant) -> io::Result<Vec<Duration>> {
        for client in &mut self.clients {
            client.ask(question)?;
        }
        let mut answers = Vec::new();
        let mut waiting = self.clients.len();
        while waiting > 0 {
            for index in self.next()? {
                let Some(client) = self.clients.get_mut(index) else {
                    continue;
                };
                if !client.hear(question, &mut self.buffer)? {
                    continue;
                }
                let now = Instant::now();
                answers.push(now - client.asked);
                if now < end && answers.len() < ANSWERS_MAX {
                    client.ask(question)?;
                } else {
                    waiting -= 1;
                }
            }
        }
        Ok(answers)
    }

    /// Clients that have something to read; a single one waits in its read.
    fn next(&mut self) -> io::Result<Vec<usize>> {
        if self.clients.len() == 1 {
            return Ok(vec![0]);
        }
        let ready = self.ready.wait(WAIT_MILLIS).map_err(io::Error::other)?;
        if ready.is_empty() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(ready)
    }
}

impl Client {
    fn ask(&mut self, question: &Question) -> io::Result<()> {
        self.heard = 0;
        self.asked = Instant::now();
        self.server.write_all(&question.text)
    }

    /// Reads once; true when the answer is complete.
    fn hear(&mut self, question: &Question, buffer: &mut [u8]) -> io::Result<bool> {
        let bytes = self.server.read(buffer)?;
        let came = buffer.get(..bytes).unwrap_or_default();
        if bytes == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if !question.goes_on_with(self.heard, came) {
            return Err(wrong(came));
        }
        self.heard += bytes;
        Ok(self.heard == question.answer.len())
    }
}
