//! Many objects in few requests, and with agents that do not take many, in as many as it needs.
//!
//! | what the agent does | what is done |
//! |---|---|
//! | it answers with fewer objects | the rest is asked for again; no more at once from now on |
//! | it answers with others, or none | one at a time from now on |
//! | tooBig | half of them, from now on |
//! | it is silent | one object is asked for; if that is answered, as for tooBig |
//! | it refuses because of one object | that is asked for alone, the others without it; noSuchName: it is missing |
//! | noSuchName, in the first version | all are [sifted](crate::sieve), as one that is missing seldom is the only one |
//! | it refuses and does not say which | both halves for themselves |
//! | it refuses one that stands alone | that is missing |
//! | it says of one that whoever asks may not read it | that is missing, too, unless nothing may be read |

use crate::error::Error;
use crate::link::Exchange;
use crate::oid::Oid;
use crate::sieve::{Found, sieve};
use crate::status::Status;
use crate::value::Value;
use crate::wire::{Kind, Pdu};

/// Objects in one request, at first.
const MANY: usize = 32;
/// Arcs in one request: some 1000 bytes, so that it is one packet anywhere.
const ARCS: usize = 700;

/// What was learnt of how much the agent takes.
#[derive(Clone, Debug)]
pub(crate) struct Bundles {
    most: usize,
    /// It can be asked which of many objects there are.
    sifts: bool,
    /// It has let something be read.
    tells: bool,
    /// It has said of an object that whoever asks may not read it.
    denied: Option<Error>,
}

impl Default for Bundles {
    fn default() -> Self {
        Self {
            most: MANY,
            sifts: true,
            tells: false,
            denied: None,
        }
    }
}

/// Objects that are asked for together, as numbers in the question.
type Part = Vec<usize>;

impl Bundles {
    /// The values of these objects, in their order.
    pub(crate) fn get(
        &mut self,
        link: &mut dyn Exchange,
        oids: &[Oid],
    ) -> Result<Vec<Value>, Error> {
        let mut values = vec![Value::Missing; oids.len()];
        let mut parts: Vec<Part> = vec![(0..oids.len()).collect()];
        while let Some(part) = parts.pop() {
            let (now, later) = self.split(&part, oids);
            if !later.is_empty() {
                parts.push(later);
            }
            if !now.is_empty() {
                self.ask(link, oids, now, &mut values, &mut parts)?;
            }
        }
        match self.denied.take() {
            Some(error) if !self.tells => Err(error),
            _ => Ok(values),
        }
    }

    /// As much of a part as fits into a request, and the rest.
    fn split(&self, part: &[usize], oids: &[Oid]) -> (Part, Part) {
        let arcs = |index: &usize| oids.get(*index).map_or(0, |oid| oid.arcs().len());
        let sums = part.iter().scan(0, |sum, index| {
            *sum += arcs(index);
            Some(*sum)
        });
        let fit = sums.take_while(|sum| *sum <= ARCS).count();
        let count = fit.clamp(1, self.most).min(part.len());
        let (now, later) = part.split_at_checked(count).unwrap_or((part, &[]));
        (now.to_vec(), later.to_vec())
    }

    /// Asks for a part; what it does not answer becomes parts again.
    fn ask(
        &mut self,
        link: &mut dyn Exchange,
        oids: &[Oid],
        part: Part,
        values: &mut [Value],
        parts: &mut Vec<Part>,
    ) -> Result<(), Error> {
        let asked: Vec<&Oid> = part.iter().filter_map(|index| oids.get(*index)).collect();
        let question = Pdu::asking(Kind::Get, asked.iter().copied());
        let answer = match link.exchange(question, link.patience()) {
            Err(error @ (Error::Silent { .. } | Error::Malformed { .. })) if part.len() > 1 => {
                self.probe(link, asked.first().copied(), error)?;
                self.most = part.len() / 2;
                parts.push(part);
                return Ok(());
            }
            other => other?,
        };
        match Status(answer.status) {
            Status(0) => self.take(link, answer, &asked, &part, values, parts),
            Status::TOO_BIG if part.len() > 1 => {
                self.most = part.len() / 2;
                parts.push(part);
                Ok(())
            }
            Status::NO_SUCH_NAME if self.sifts && link.is_first_version() && part.len() > 2 => {
                self.sift(link, &asked, part, values, parts)
            }
            status => {
                self.denied = self.denied.take().or_else(|| denial(status, &asked));
                refused(answer.index, status, part, parts);
                Ok(())
            }
        }
    }

    /// Takes the values of those that there are.
    fn sift(
        &mut self,
        link: &mut dyn Exchange,
        asked: &[&Oid],
        part: Part,
        values: &mut [Value],
        parts: &mut Vec<Part>,
    ) -> Result<(), Error> {
        let Some(found) = sieve(link, asked)? else {
            self.sifts = false;
            parts.push(part);
            return Ok(());
        };
        for (index, found) in part.into_iter().zip(found) {
            match (found, values.get_mut(index)) {
                (Found::Value(value), Some(place)) => *place = value,
                (Found::Unknown, _) => parts.push(vec![index]),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether the agent answers a single question, where many were too much; else what became of the many.
    fn probe(&self, link: &mut dyn Exchange, oid: Option<&Oid>, error: Error) -> Result<(), Error> {
        let short = link.patience().short();
        match link.exchange(Pdu::asking(Kind::Get, oid), short) {
            Ok(_) => Ok(()),
            Err(_) => Err(error),
        }
    }

    /// Takes the values of an answer; it may have fewer than was asked for.
    fn take(
        &mut self,
        link: &dyn Exchange,
        answer: Pdu,
        asked: &[&Oid],
        part: &[usize],
        values: &mut [Value],
        parts: &mut Vec<Part>,
    ) -> Result<(), Error> {
        let count = answer.bindings.len();
        let fits = |((oid, _), asked): &(&(Oid, Value), &&Oid)| oid == **asked;
        let good = answer.bindings.iter().zip(asked).take_while(fits).count();
        let is_short = good > 0 && count == good && count < asked.len();
        if good == asked.len() && count == good || is_short {
            self.tells = true;
            for ((_, value), index) in answer.bindings.into_iter().zip(part) {
                if let Some(place) = values.get_mut(*index) {
                    *place = value;
                }
            }
            if is_short {
                self.most = good;
                parts.push(part.iter().skip(good).copied().collect());
            }
            return Ok(());
        }
        if part.len() == 1 {
            let oid = asked.first().map(ToString::to_string).unwrap_or_default();
            return Err(Error::Malformed {
                peer: link.peer(),
                what: format!("asked for {oid} it answers with another object"),
            });
        }
        self.most = 1;
        parts.push(part.to_vec());
        Ok(())
    }
}

/// That whoever asks may not read a single object. It is an error as long as nothing could be read, later it is that object's.
fn denial(status: Status, asked: &[&Oid]) -> Option<Error> {
    match (status, asked) {
        (Status::AUTHORIZATION_ERROR | Status::NO_ACCESS, [oid]) => Some(Error::Refused {
            oid: (*oid).clone(),
            status,
        }),
        _ => None,
    }
}

/// The agent refused; `index` may say because of which object. The value of one that was asked for alone stays missing.
fn refused(index: u32, status: Status, mut part: Part, parts: &mut Vec<Part>) {
    let place = usize::try_from(index)
        .ok()
        .and_then(|index| index.checked_sub(1));
    let place = place.filter(|place| *place < part.len());
    if part.len() <= 1 {
        return;
    }
    if let Some(place) = place {
        let alone = part.remove(place);
        if status != Status::NO_SUCH_NAME {
            parts.push(vec![alone]);
        }
        parts.push(part);
    } else {
        let half = part.split_off(part.len() / 2);
        parts.push(half);
        parts.push(part);
    }
}

#[cfg(test)]
mod tests;
