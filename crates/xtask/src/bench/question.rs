//! A question to upsd, and the answer that is expected each time.

use crate::failure::{Failure, Result};
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a connect or an answer may take.
pub(crate) const DEADLINE: Duration = Duration::from_secs(5);

/// One or several requests that are sent at once, and the bytes of all their answers.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) text: Vec<u8>,
    pub(crate) answer: Vec<u8>,
}

impl Question {
    /// Asks once to learn the answer; it is complete with a line that begins with `last`.
    pub(crate) fn learn(address: SocketAddr, line: &str, last: &str) -> Result<Self> {
        let text = format!("{line}\n").into_bytes();
        let answer = ask_once(address, &text, last).map_err(Failure::io(line))?;
        Ok(Self { text, answer })
    }

    /// The same question `count` times in one go.
    #[must_use]
    pub(crate) fn times(&self, count: usize) -> Self {
        Self {
            text: self.text.repeat(count),
            answer: self.answer.repeat(count),
        }
    }

    /// Whether `bytes` are the answer from its byte `from` on.
    pub(crate) fn goes_on_with(&self, from: usize, bytes: &[u8]) -> bool {
        self.answer
            .get(from..)
            .is_some_and(|rest| rest.starts_with(bytes))
    }

    /// Asks over a connection and waits for the answer.
    pub(crate) fn put(&self, server: &mut TcpStream) -> io::Result<()> {
        server.write_all(&self.text)?;
        let mut answer = vec![0; self.answer.len()];
        server.read_exact(&mut answer)?;
        if answer == self.answer {
            Ok(())
        } else {
            Err(wrong(&answer))
        }
    }
}

/// A connection on which nothing waits longer than the deadline.
pub(crate) fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let server = TcpStream::connect_timeout(&address, DEADLINE)?;
    server.set_read_timeout(Some(DEADLINE))?;
    server.set_write_timeout(Some(DEADLINE))?;
    server.set_nodelay(true)?;
    Ok(server)
}

/// An answer that was not expected.
pub(crate) fn wrong(answer: &[u8]) -> io::Error {
    let text = String::from_utf8_lossy(answer);
    io::Error::other(format!("another answer than before: {:?}", text.trim_end()))
}

fn ask_once(address: SocketAddr, text: &[u8], last: &str) -> io::Result<Vec<u8>> {
    let mut server = connect(address)?;
    server.write_all(text)?;
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while !is_complete(&answer, last) {
        match server.read(&mut buffer)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            bytes => answer.extend_from_slice(buffer.get(..bytes).unwrap_or_default()),
        }
        if answer.starts_with(b"ERR ") {
            return Err(io::Error::other(
                String::from_utf8_lossy(&answer).into_owned(),
            ));
        }
    }
    Ok(answer)
}

/// Whether the last line is there to its end.
fn is_complete(answer: &[u8], last: &str) -> bool {
    let lines = answer.strip_suffix(b"\n").unwrap_or_default();
    let line = lines.rsplit(|&byte| byte == b'\n').next();
    line.is_some_and(|line| line.starts_with(last.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_complete_with_its_last_line() {
        assert!(is_complete(b"VAR a\n", "VAR"));
        assert!(!is_complete(b"VAR a", "VAR"));
        assert!(!is_complete(b"VAR a\n", "END"));
        assert!(is_complete(b"VAR a\nEND LIST\n", "END"));
    }

    #[test]
    fn an_answer_may_come_in_parts() {
        let question = Question {
            text: b"GET\n".to_vec(),
            answer: b"VAR\n".to_vec(),
        };
        let twice = question.times(2);
        assert!(twice.goes_on_with(0, b"VAR\nVA") && twice.goes_on_with(6, b"R\n"));
        assert!(!twice.goes_on_with(6, b"R\nV") && !twice.goes_on_with(0, b"ERR"));
    }
}
