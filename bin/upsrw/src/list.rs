//! Asking for all about the writable variables: their names in one round trip, the rest in another.

use client::{Answer, Ask, Blocking, Error};
use proto::{Get, List};

use crate::block::Variable;
use crate::kind::Kind;

/// Questions about one variable; [`variable`] takes their answers in this order.
const QUESTIONS: usize = 4;

/// The writable variables of `ups`, in the server's order.
pub(crate) fn variables(connection: &mut Blocking, ups: &str) -> Result<Vec<Variable>, Error> {
    let items = connection.list(List::Rw { ups })?.into_iter();
    let pairs = items.map(pair).collect::<Option<Vec<_>>>();
    let pairs = pairs.ok_or(Error::Protocol)?;
    let asks: Vec<Ask<'_>> = pairs
        .iter()
        .flat_map(|(var, _)| questions(ups, var))
        .collect();
    let mut answers = connection.batch(&asks)?.into_iter().map(Result::ok);
    let variables = pairs.into_iter().map(|pair| variable(pair, &mut answers));
    Ok(variables.collect())
}

fn questions<'a>(ups: &'a str, var: &'a str) -> [Ask<'a>; QUESTIONS] {
    [
        Ask::Get(Get::Type { ups, var }),
        Ask::Get(Get::Desc { ups, var }),
        Ask::List(List::Enum { ups, var }),
        Ask::List(List::Range { ups, var }),
    ]
}

/// A refused question leaves its place empty.
fn variable(
    (name, value): (String, String),
    answers: &mut impl Iterator<Item = Option<Answer>>,
) -> Variable {
    let mut next = || answers.next().flatten();
    let kind = next().map_or(Kind::Unknown, |answer| Kind::read(&answer.into_words()));
    let description = next().and_then(|answer| answer.into_words().into_iter().next());
    let choices = next().map_or(Vec::new(), Answer::into_items).into_iter();
    let ranges = next().map_or(Vec::new(), Answer::into_items).into_iter();
    Variable {
        name,
        value,
        description,
        kind,
        choices: choices.filter_map(|item| item.into_iter().next()).collect(),
        ranges: ranges.filter_map(pair).collect(),
    }
}

fn pair(item: Vec<String>) -> Option<(String, String)> {
    let mut words = item.into_iter();
    Some((words.next()?, words.next()?))
}
