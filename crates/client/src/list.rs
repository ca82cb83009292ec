//! Lists: `BEGIN LIST`, items, `END LIST`, within bounds.

use proto::{List, Reply, Request};
use tokio::time::Instant;

use crate::connection::behind;
use crate::{Connection, Error};

/// Most items that a list may have: fifty times the largest device known.
pub const ITEMS_MAX: usize = 20_000;
/// A whole list may take this many times as long as one answer; each line of it as long as one.
const PATIENCE: u32 = 6;

/// What a line within a list is.
enum Part {
    Item(Vec<String>),
    End,
}

impl Connection {
    /// Asks for a list; returns, for each item, the words behind the query words.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn list(&mut self, list: List<'_>) -> Result<Vec<Vec<String>>, Error> {
        self.begin(&[Request::List(list)]).await?;
        let answer = self.read_list(&list).await;
        self.end(answer)
    }

    pub(crate) async fn read_list(&mut self, list: &List<'_>) -> Result<Vec<Vec<String>>, Error> {
        let (keyword, args) = list.query();
        let latest = Instant::now() + self.within() * PATIENCE;
        self.read_line(self.deadline()).await?;
        self.reply(|reply| match reply {
            Reply::Err(word) => Err(Error::from_refusal(word)),
            Reply::Begin(words) => behind(words, keyword, &args).map(drop),
            _ => Err(Error::Protocol),
        })?;
        let mut items = Vec::new();
        while items.len() <= ITEMS_MAX {
            self.read_line(self.deadline().min(latest)).await?;
            match self.reply(|reply| part(reply, keyword, &args))? {
                Part::Item(item) => items.push(item),
                Part::End => return Ok(items),
            }
        }
        Err(Error::Protocol)
    }
}

fn part(reply: Reply<'_, '_>, keyword: &str, args: &[&str]) -> Result<Part, Error> {
    match reply {
        Reply::End(words) => behind(words, keyword, args).map(|_| Part::End),
        Reply::Line(words) => behind(words, keyword, args).map(Part::Item),
        // also ERR: within a list it answers nothing
        _ => Err(Error::Protocol),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Server, Then};
    use std::time::{Duration, Instant as Clock};

    const VAR: List<'static> = List::Var { ups: "rack" };

    fn list_from(server: &Server) -> Result<Vec<Vec<String>>, Error> {
        server.client(Duration::from_millis(300)).list(VAR)
    }

    #[test]
    fn items_are_what_stands_behind_the_query() {
        let server = Server::answering(&[(
            "LIST VAR rack",
            "begin list var RACK\nVAR rack a.b \"1\"\nVAR rack c.d \"x \\\"y\\\"\"\nEND LIST VAR rack\n",
        )]);
        let items = list_from(&server).unwrap();
        assert_eq!(items, [vec!["a.b", "1"], vec!["c.d", "x \"y\""]]);
    }

    #[test]
    fn an_empty_list_is_one() {
        let server =
            Server::answering(&[("LIST VAR rack", "BEGIN LIST VAR rack\nEND LIST VAR rack\n")]);
        assert!(list_from(&server).unwrap().is_empty());
    }

    #[test]
    fn frames_and_items_of_other_queries_are_errors() {
        for answer in [
            "VAR rack a.b \"1\"\n",
            "OK\n",
            "BEGIN LIST VAR desk\n",
            "BEGIN LIST VAR rack\nVAR desk a.b \"1\"\n",
            "BEGIN LIST VAR rack\nRW rack a.b \"1\"\n",
            "BEGIN LIST VAR rack\nERR DATA-STALE\n",
            "BEGIN LIST VAR rack\nend list var rack\n",
            "BEGIN LIST VAR rack\nEND LIST VAR desk\n",
            "BEGIN LIST VAR rack\nBEGIN LIST VAR rack\n",
        ] {
            let server = Server::raw(answer, Then::Wait);
            assert!(
                matches!(list_from(&server), Err(Error::Protocol)),
                "{answer}"
            );
        }
    }

    #[test]
    fn a_list_that_stops_half_way_is_an_error() {
        let half = "BEGIN LIST VAR rack\nVAR rack a.b \"1\"\nVAR ra";
        let closed = list_from(&Server::raw(half, Then::Close));
        assert!(matches!(closed, Err(Error::Disconnected)));
        let silent = list_from(&Server::raw(half, Then::Wait));
        assert_eq!(
            silent.unwrap_err().to_string(),
            "Read error: Connection timed out"
        );
    }

    #[test]
    fn an_endless_list_ends() {
        let server = Server::raw(
            "BEGIN LIST VAR rack\n",
            Then::Repeat("VAR rack a.b \"1\"\n"),
        );
        let mut client = server.client(Duration::from_secs(10));
        assert!(matches!(client.list(VAR), Err(Error::Protocol)));
    }

    #[test]
    fn a_list_that_trickles_ends_too() {
        let server = Server::raw(
            "BEGIN LIST VAR rack\n",
            Then::Trickle("VAR rack a.b \"1\"\n", Duration::from_millis(20)),
        );
        let begun = Clock::now();
        let mut client = server.client(Duration::from_millis(60));
        assert!(matches!(client.list(VAR), Err(Error::Read(_))));
        assert!(begun.elapsed() < Duration::from_secs(5));
    }
}
