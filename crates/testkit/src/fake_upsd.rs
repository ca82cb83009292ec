//! A server that answers from a script, for testing clients.

use crate::failure::{fail, must};
use crate::served::Served;
use std::fmt;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

/// A listener on loopback that clients take for upsd.
pub struct FakeUpsd {
    port: u16,
    served: Arc<Served<TcpStream>>,
}

impl FakeUpsd {
    /// Answers each line by the first row of `script` whose left side it begins with, with the bytes of the right
    /// side; a line without a row gets `ERR UNKNOWN-COMMAND`, and the wish for encryption a refusal.
    #[track_caller]
    #[must_use]
    pub fn start(script: &[(&str, &str)]) -> Self {
        let script: Vec<(String, String)> = script
            .iter()
            .map(|(line, answer)| ((*line).to_owned(), (*answer).to_owned()))
            .collect();
        let door = must(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
        let port = must(door.local_addr()).port();
        let answer = move |line: &str| {
            let row = script.iter().find(|(begin, _)| line.starts_with(begin));
            row.map_or_else(
                || match line {
                    "STARTTLS" => b"ERR FEATURE-NOT-CONFIGURED\n".to_vec(),
                    _ => b"ERR UNKNOWN-COMMAND\n".to_vec(),
                },
                |(_, answer)| answer.clone().into_bytes(),
            )
        };
        Self {
            port,
            served: Served::start(door, Box::new(answer)),
        }
    }

    /// The port it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Sends bytes as they are to everybody.
    pub fn send_bytes(&self, bytes: &[u8]) {
        self.served.send(bytes);
    }

    /// Ends the connections; new ones are accepted.
    pub fn hang_up(&self) {
        self.served.hang_up();
    }

    /// Every line that came so far.
    #[must_use]
    pub fn received(&self) -> Vec<String> {
        self.served.received()
    }

    /// Waits for a line that holds `pattern`, and gives it.
    #[track_caller]
    pub fn wait_for_line(&self, pattern: &str, within: Duration) -> String {
        match self.served.wait_for(pattern, within) {
            Some(line) => line,
            None => fail(format!(
                "`{pattern}` was not sent within {within:?}, but: {:#?}",
                self.received()
            )),
        }
    }
}

impl fmt::Debug for FakeUpsd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeUpsd")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

impl Drop for FakeUpsd {
    fn drop(&mut self) {
        self.served.end();
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PATIENCE, Wire};

    fn upsd() -> FakeUpsd {
        FakeUpsd::start(&[
            ("VER", "Network UPS Tools upsd 2.8.5\n"),
            (
                "LIST UPS",
                "BEGIN LIST UPS\nUPS lab \"Lab\"\nEND LIST UPS\n",
            ),
        ])
    }

    #[test]
    fn it_answers_from_the_script_and_remembers() {
        let upsd = upsd();
        let mut client = Wire::connect(upsd.port());
        assert_eq!(client.ask("VER"), "Network UPS Tools upsd 2.8.5");
        assert_eq!(client.list("UPS"), ["UPS lab \"Lab\""]);
        assert_eq!(client.ask("DANCE now"), "ERR UNKNOWN-COMMAND");
        assert_eq!(upsd.wait_for_line("DANCE", PATIENCE), "DANCE now");
    }

    #[test]
    fn a_hang_up_is_the_end_of_the_connection() {
        let upsd = upsd();
        let mut client = Wire::connect(upsd.port());
        assert_eq!(client.ask("VER"), "Network UPS Tools upsd 2.8.5");
        upsd.hang_up();
        client.expect_closed();
    }

    #[test]
    fn silence_is_noticed() {
        let upsd = upsd();
        let mut client = Wire::connect(upsd.port());
        assert_eq!(client.ask("VER"), "Network UPS Tools upsd 2.8.5");
        client.expect_silence(Duration::from_millis(20));
    }
}
