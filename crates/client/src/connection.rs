//! One connection: a request out, its answer in, and the rule that they stay in step.

use std::fmt;
use std::time::Duration;

use proto::{Get, Reply, Request, TrackingId};
use text::WORDS_MAX;
use tokio::time::{Instant, timeout};

use crate::Error;
use crate::error::timed_out;
use crate::lines::Lines;
use crate::transport::Transport;

/// A connection to upsd.
pub struct Connection {
    transport: Transport,
    lines: Lines,
    within: Duration,
    /// Whether the next line from the server will be the answer to the next request.
    in_step: bool,
}

/// The words behind `OK`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OkReply {
    /// All of them; often there are none.
    pub words: Vec<String>,
}

impl OkReply {
    /// The id under which the server tracks the request, if it does.
    #[must_use]
    pub fn tracking(&self) -> Option<TrackingId> {
        match self.words.as_slice() {
            [word, id] if word == "TRACKING" => TrackingId::parse(id),
            _ => None,
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("transport", &self.transport)
            .field("in_step", &self.in_step)
            .finish_non_exhaustive()
    }
}

impl Connection {
    pub(crate) fn over(transport: Transport, within: Duration) -> Self {
        Self {
            transport,
            lines: Lines::default(),
            within,
            in_step: true,
        }
    }

    /// Sets how long the server may take for each request, and again for its answer.
    pub fn set_deadline(&mut self, within: Duration) {
        self.within = within;
    }

    /// Whether a further request can be answered. Once false it stays false: open a new connection.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.in_step
    }

    /// Asks for one thing; returns the words behind the query words.
    ///
    /// `GET TRACKING` is answered without its query words: all words are returned.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn get(&mut self, get: Get<'_>) -> Result<Vec<String>, Error> {
        self.begin(&[Request::Get(get)]).await?;
        let answer = self.read_get(&get).await;
        self.end(answer)
    }

    /// Sends a request whose answer is `OK`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn ok(&mut self, request: Request<'_>) -> Result<OkReply, Error> {
        self.begin(&[request]).await?;
        let answer = self.read_ok().await;
        self.end(answer)
    }

    /// Sends a request that is answered by one line of any words: `VER`, `PROTVER`, `HELP`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn line(&mut self, request: Request<'_>) -> Result<Vec<String>, Error> {
        self.begin(&[request]).await?;
        let answer = self.read_any().await;
        self.end(answer)
    }

    pub(crate) fn within(&self) -> Duration {
        self.within
    }

    /// Writes the requests in one go.
    ///
    /// From here to [`end`](Self::end) the connection counts as out of step, so that a caller who gives up
    /// half-way (a dropped future) cannot mistake a late answer for the next one.
    pub(crate) async fn begin(&mut self, requests: &[Request<'_>]) -> Result<(), Error> {
        if !self.in_step || self.lines.has_unread() {
            self.in_step = false;
            return Err(Error::Disconnected);
        }
        self.in_step = false;
        let mut text = String::new();
        for request in requests {
            request.write(&mut text);
        }
        match timeout(self.within, self.transport.write(text.as_bytes())).await {
            Ok(written) => written.map_err(Error::Write),
            Err(_) => Err(Error::Write(timed_out())),
        }
    }

    /// Notes whether the answer was whole: a refusal is.
    pub(crate) fn end<T>(&mut self, answer: Result<T, Error>) -> Result<T, Error> {
        self.in_step = match &answer {
            Ok(_) => true,
            Err(error) => error.is_refusal(),
        };
        answer
    }

    pub(crate) async fn read_get(&mut self, get: &Get<'_>) -> Result<Vec<String>, Error> {
        if matches!(get, Get::Tracking { .. }) {
            return self.read_any().await;
        }
        let (keyword, args) = get.query();
        self.read_line(self.deadline()).await?;
        self.reply(|reply| match reply {
            Reply::Err(word) => Err(Error::from_refusal(word)),
            Reply::Line(words) => behind(words, keyword, &args),
            _ => Err(Error::Protocol),
        })
    }

    async fn read_ok(&mut self) -> Result<OkReply, Error> {
        self.read_line(self.deadline()).await?;
        self.reply(|reply| match reply {
            Reply::Err(word) => Err(Error::from_refusal(word)),
            Reply::Ok(words) => Ok(OkReply {
                words: owned(words),
            }),
            _ => Err(Error::Protocol),
        })
    }

    async fn read_any(&mut self) -> Result<Vec<String>, Error> {
        self.read_line(self.deadline()).await?;
        self.reply(|reply| match reply {
            Reply::Err(word) => Err(Error::from_refusal(word)),
            Reply::Line([]) => Err(Error::Protocol),
            Reply::Line(words) => Ok(owned(words)),
            _ => Err(Error::Protocol),
        })
    }

    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.within
    }

    /// Waits for the next line.
    pub(crate) async fn read_line(&mut self, until: Instant) -> Result<(), Error> {
        let mut chunk = [0; 4096];
        while !self.lines.advance()? {
            let read = tokio::time::timeout_at(until, self.transport.read(&mut chunk)).await;
            let count = match read {
                Ok(Ok(0)) => return Err(Error::Disconnected),
                Ok(count) => count.map_err(of_reading)?,
                Err(_) => return Err(Error::Read(timed_out())),
            };
            self.lines.push(chunk.get(..count).unwrap_or_default());
        }
        Ok(())
    }

    /// Judges the line read last.
    pub(crate) fn reply<T>(&self, judge: impl FnOnce(Reply<'_, '_>) -> T) -> T {
        let mut slots = [""; WORDS_MAX];
        judge(Reply::of(self.lines.words().slots(&mut slots)))
    }
}

/// A server may refuse our certificate only when it is first read from.
fn of_reading(error: std::io::Error) -> Error {
    match tls::of_io(&error) {
        Some(why) => Error::Tls(why),
        None => Error::Read(error),
    }
}

/// The words behind those of the query, which must come first, in any case.
pub(crate) fn behind(words: &[&str], keyword: &str, args: &[&str]) -> Result<Vec<String>, Error> {
    let mut words = words.iter();
    let mut next_is = |expected: &str| {
        words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case(expected))
    };
    if next_is(keyword) && args.iter().all(|arg| next_is(arg)) {
        Ok(words.map(|&word| word.to_owned()).collect())
    } else {
        Err(Error::Protocol)
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[cfg(test)]
mod tests;
