//! Many questions in one write: a round trip costs more than all their answers.

use proto::{Get, List, Request};

use crate::{Connection, Error};

/// Requests on the way at once. Their text must fit in the kernel's buffers: a server that is busy writing
/// answers reads nothing, and we would wait for each other.
const WINDOW: usize = 128;

/// A question of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask<'a> {
    /// Answered by [`Answer::Words`].
    Get(Get<'a>),
    /// Answered by [`Answer::Items`].
    List(List<'a>),
}

/// What a question brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The words behind the query words.
    Words(Vec<String>),
    /// The same of each item.
    Items(Vec<Vec<String>>),
}

impl Answer {
    /// The words of an answer to GET; none for a list.
    #[must_use]
    pub fn into_words(self) -> Vec<String> {
        match self {
            Self::Words(words) => words,
            Self::Items(_) => Vec::new(),
        }
    }

    /// The items of an answer to LIST; none for GET.
    #[must_use]
    pub fn into_items(self) -> Vec<Vec<String>> {
        match self {
            Self::Items(items) => items,
            Self::Words(_) => Vec::new(),
        }
    }
}

impl Connection {
    /// Asks all questions and returns their answers in order; a refused one is an `Err` in its place.
    ///
    /// # Errors
    /// What is no refusal ends the batch.
    pub async fn batch(&mut self, asks: &[Ask<'_>]) -> Result<Vec<Result<Answer, Error>>, Error> {
        let mut answers = Vec::with_capacity(asks.len());
        for window in asks.chunks(WINDOW) {
            let requests: Vec<Request<'_>> = window.iter().map(request).collect();
            self.begin(&requests).await?;
            let read = self.read_window(window, &mut answers).await;
            self.end(read)?;
        }
        Ok(answers)
    }

    async fn read_window(
        &mut self,
        window: &[Ask<'_>],
        answers: &mut Vec<Result<Answer, Error>>,
    ) -> Result<(), Error> {
        for ask in window {
            let answer = match ask {
                Ask::Get(get) => self.read_get(get).await.map(Answer::Words),
                Ask::List(list) => self.read_list(list).await.map(Answer::Items),
            };
            match answer {
                Err(error) if !error.is_refusal() => return Err(error),
                answer => answers.push(answer),
            }
        }
        Ok(())
    }
}

fn request<'a>(ask: &Ask<'a>) -> Request<'a> {
    match *ask {
        Ask::Get(get) => Request::Get(get),
        Ask::List(list) => Request::List(list),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Server;
    use proto::Refusal;
    use std::time::Duration;

    #[test]
    fn answers_come_in_order_with_refusals_in_their_places() {
        let server = Server::answering(&[
            ("GET TYPE rack a.b", "TYPE rack a.b RW NUMBER\n"),
            ("GET TYPE rack c.d", "ERR VAR-NOT-SUPPORTED\n"),
            (
                "LIST ENUM rack a.b",
                "BEGIN LIST ENUM rack a.b\nENUM rack a.b \"x\"\nEND LIST ENUM rack a.b\n",
            ),
        ]);
        let ups = "rack";
        let mut client = server.client(Duration::from_secs(5));
        let answers = client
            .batch(&[
                Ask::Get(Get::Type { ups, var: "a.b" }),
                Ask::Get(Get::Type { ups, var: "c.d" }),
                Ask::List(List::Enum { ups, var: "a.b" }),
            ])
            .unwrap();
        let answers: [_; 3] = answers.try_into().unwrap();
        let [Ok(first), Err(second), Ok(third)] = answers else {
            panic!("order");
        };
        assert_eq!(first.into_words(), ["RW", "NUMBER"]);
        assert_eq!(second.refusal(), Some(Refusal::VarNotSupported));
        assert_eq!(third.into_items(), [["x"]]);
    }

    #[test]
    fn more_questions_than_fit_are_asked_in_turns() {
        let server = Server::answering(&[("GET UPSDESC rack", "UPSDESC rack \"x\"\n")]);
        let asks = vec![Ask::Get(Get::UpsDesc { ups: "rack" }); 3 * WINDOW + 1];
        let mut client = server.client(Duration::from_secs(5));
        assert_eq!(client.batch(&asks).unwrap().len(), asks.len());
    }

    #[test]
    fn an_answer_to_another_question_ends_the_batch() {
        let server = Server::answering(&[("GET UPSDESC rack", "UPSDESC desk \"x\"\n")]);
        let asks = [Ask::Get(Get::UpsDesc { ups: "rack" })];
        let mut client = server.client(Duration::from_secs(5));
        assert!(matches!(client.batch(&asks), Err(Error::Protocol)));
        assert!(matches!(client.batch(&asks), Err(Error::Disconnected)));
    }
}
