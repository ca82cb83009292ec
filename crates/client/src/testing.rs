//! For tests: a server that says what its script says, and programs run against it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot start its server fails"
)]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use proto::HostPort;
use text::Lexer;

use crate::{Blocking, DEFAULT_TIMEOUT};

mod process;

pub use process::{Ended, run};

/// What a server that does not listen does after its first words.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// Closes the connection.
    Close,
    /// Says nothing more and keeps it open.
    Wait,
    /// Says this for ever, as fast as it goes.
    Repeat(&'static str),
    /// Says this for ever, with a pause each time.
    Trickle(&'static str, Duration),
}

/// A server on the loopback, in a thread that ends with the test's process.
#[derive(Debug)]
pub struct Server {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
}

/// What every client says first, and what a server without encryption answers.
const START_TLS: &str = "STARTTLS\n";
const NO_TLS: &str = "ERR FEATURE-NOT-CONFIGURED\n";

/// Requests, as words with one blank between them, and what they are answered, in turn; the last answer
/// stays.
type Answers = Vec<(String, VecDeque<String>)>;

impl Server {
    /// Answers each of the requests; any other with `ERR UNKNOWN-COMMAND`, LOGOUT with a goodbye. Encryption it has none,
    /// and that it was asked for is not listed among what it heard.
    ///
    /// A request is written as plain words, `GET VAR rack ups.status`, whatever its quotes on the wire.
    /// One that is listed twice gets the second answer the second time.
    #[must_use]
    pub fn answering(script: &[(&str, &str)]) -> Self {
        let answers = Arc::new(Mutex::new(collect(script)));
        Self::serve(move |stream, heard| converse(stream, &answers, heard))
    }

    /// Says `words` at the first request, whatever it is, and goes on as told. Encryption it has none.
    #[must_use]
    pub fn raw(words: impl Into<Vec<u8>>, then: Then) -> Self {
        Self::saying(words.into(), then, true)
    }

    /// The same, and the first request may be that for encryption.
    #[must_use]
    pub fn wholly_raw(words: impl Into<Vec<u8>>, then: Then) -> Self {
        Self::saying(words.into(), then, false)
    }

    fn saying(words: Vec<u8>, then: Then, refuses_tls: bool) -> Self {
        Self::serve(move |mut stream, heard| {
            let mut line = String::new();
            let mut lines = BufReader::new(stream);
            // an error is the client's end
            let _ = lines.read_line(&mut line);
            if refuses_tls && line == START_TLS {
                line.clear();
                let _ = stream.write_all(NO_TLS.as_bytes());
                let _ = lines.read_line(&mut line);
            }
            heard.lock().unwrap().push(line.trim_end().to_owned());
            go_on(stream, &words, then);
        })
    }

    fn serve(each: impl Fn(&TcpStream, &Mutex<Vec<String>>) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        thread::spawn(move || {
            for stream in listener.incoming() {
                each(&stream.unwrap(), &log);
            }
        });
        Self { port, heard }
    }

    /// Its port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// How users write it: `127.0.0.1:port`.
    #[must_use]
    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// How users write a UPS of it.
    #[must_use]
    pub fn ups(&self, name: &str) -> String {
        format!("{name}@{}", self.host())
    }

    /// Its address.
    #[must_use]
    pub fn address(&self) -> HostPort {
        HostPort {
            host: "127.0.0.1".to_owned(),
            port: self.port,
        }
    }

    /// A connection to it.
    #[must_use]
    pub fn client(&self, within: Duration) -> Blocking {
        // connecting to oneself is quick; the time-out under test is that of the requests
        let mut client = Blocking::open(&self.address(), DEFAULT_TIMEOUT).expect("connects");
        client.set_deadline(within);
        client
    }

    /// The lines it was sent so far, as they were on the wire.
    #[must_use]
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

/// A port on which nobody listens.
#[must_use]
pub fn unused_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn collect(script: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::new();
    for (request, answer) in script {
        let answer = (*answer).to_owned();
        match answers.iter_mut().find(|row| row.0 == *request) {
            Some(row) => row.1.push_back(answer),
            None => answers.push(((*request).to_owned(), VecDeque::from([answer]))),
        }
    }
    answers
}

fn converse(stream: &TcpStream, answers: &Mutex<Answers>, heard: &Mutex<Vec<String>>) {
    let mut out = stream;
    for line in BufReader::new(stream).lines() {
        let Ok(line) = line else { return };
        let request = words(&line);
        if request == START_TLS.trim_end() {
            if out.write_all(NO_TLS.as_bytes()).is_err() {
                return;
            }
            continue;
        }
        let answer = answer(&mut answers.lock().unwrap(), &request);
        heard.lock().unwrap().push(line);
        if out.write_all(answer.as_bytes()).is_err() || request == "LOGOUT" {
            return;
        }
    }
}

fn words(line: &str) -> String {
    let mut lexer = Lexer::new();
    lexer.feed(line.as_bytes());
    lexer.finish();
    lexer.words().iter().collect::<Vec<_>>().join(" ")
}

fn answer(answers: &mut Answers, request: &str) -> String {
    match answers.iter_mut().find(|row| row.0 == request) {
        Some((_, rest)) if rest.len() > 1 => rest.pop_front().unwrap(),
        Some((_, rest)) => rest.front().unwrap().clone(),
        None if request == "LOGOUT" => "OK Goodbye\n".to_owned(),
        None => "ERR UNKNOWN-COMMAND\n".to_owned(),
    }
}

fn go_on(mut stream: &TcpStream, words: &[u8], then: Then) {
    // a client that has heard enough closes: that ends each of these
    let _ = stream.write_all(words);
    match then {
        Then::Close => {}
        Then::Wait => {
            let _ = BufReader::new(stream).lines().count();
        }
        Then::Repeat(line) => while stream.write_all(line.repeat(100).as_bytes()).is_ok() {},
        Then::Trickle(line, pause) => {
            while stream.write_all(line.as_bytes()).is_ok() {
                thread::sleep(pause);
            }
        }
    }
}
