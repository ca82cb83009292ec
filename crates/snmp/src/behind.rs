//! What lies behind an object: one, or many at once. A walk only goes forward, so that it ends.

use crate::error::Error;
use crate::link::Exchange;
use crate::oid::Oid;
use crate::status::Status;
use crate::value::Value;
use crate::wire::{Kind, Pdu};

/// Objects that are asked for at once.
const MANY: usize = 32;

/// What was learnt of how many objects the agent gives at once; with 1 it is asked for one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walks {
    most: usize,
}

impl Default for Walks {
    fn default() -> Self {
        Self { most: MANY }
    }
}

/// The object behind `oid`.
pub(crate) fn next(link: &mut dyn Exchange, oid: &Oid) -> Result<Option<(Oid, Value)>, Error> {
    let answer = link.exchange(Pdu::asking(Kind::Next, [oid]), link.patience())?;
    match Status(answer.status) {
        Status(0) => {}
        Status::NO_SUCH_NAME => return Ok(None),
        status => {
            let oid = oid.clone();
            return Err(Error::Refused { oid, status });
        }
    }
    match answer.bindings.into_iter().next() {
        None => Err(odd(link, oid, "nothing")),
        Some((_, Value::Missing)) => Ok(None),
        Some((found, _)) if found <= *oid => Err(odd(link, oid, &found.to_string())),
        Some(found) => Ok(Some(found)),
    }
}

fn odd(link: &dyn Exchange, oid: &Oid, found: &str) -> Error {
    Error::Malformed {
        peer: link.peer(),
        what: format!("it says that {found} is behind {oid}; this would never end"),
    }
}

impl Walks {
    /// What lies below `root`.
    pub(crate) fn walk(
        &mut self,
        link: &mut dyn Exchange,
        root: &Oid,
        limit: usize,
    ) -> Result<Vec<(Oid, Value)>, Error> {
        let mut found: Vec<(Oid, Value)> = Vec::new();
        while found.len() < limit {
            let last = found.last().map_or(root, |(oid, _)| oid);
            let more = self.some(link, last, limit - found.len())?;
            let count = more.len();
            let below = more
                .into_iter()
                .take_while(|(oid, _)| oid.starts_with(root));
            let before = found.len();
            found.extend(below.take(limit - before));
            if count == 0 || found.len() < before + count {
                break;
            }
        }
        Ok(found)
    }

    /// Some objects behind `oid`; none behind the last.
    fn some(
        &mut self,
        link: &mut dyn Exchange,
        oid: &Oid,
        wanted: usize,
    ) -> Result<Vec<(Oid, Value)>, Error> {
        while self.most > 1 && !link.is_first_version() {
            if let Some(found) = self.bulk(link, oid, wanted)? {
                return Ok(found);
            }
            self.most /= 2;
        }
        Ok(next(link, oid)?.into_iter().collect())
    }

    /// Many at once; nothing when the agent does not give so many.
    fn bulk(
        &self,
        link: &mut dyn Exchange,
        oid: &Oid,
        wanted: usize,
    ) -> Result<Option<Vec<(Oid, Value)>>, Error> {
        let count = u32::try_from(self.most.min(wanted).max(1)).unwrap_or(1);
        let question = Pdu {
            index: count,
            ..Pdu::asking(Kind::Bulk, [oid])
        };
        let answer = match link.exchange(question, link.patience()) {
            Ok(answer) if answer.status == 0 && !answer.bindings.is_empty() => answer,
            Ok(_) => return Ok(None),
            Err(error @ (Error::Silent { .. } | Error::Malformed { .. })) => {
                let probe = Pdu::asking(Kind::Next, [oid]);
                let there = link.exchange(probe, link.patience().short());
                return there.map(|_| None).map_err(|_| error);
            }
            Err(error) => return Err(error),
        };
        let mut found: Vec<(Oid, Value)> = Vec::new();
        for (name, value) in answer.bindings {
            if value.is_missing() {
                break;
            }
            let last = found.last().map_or(oid, |(oid, _)| oid);
            if name <= *last {
                return Err(odd(link, last, &name.to_string()));
            }
            found.push((name, value));
        }
        Ok(Some(found))
    }
}

#[cfg(test)]
mod tests;
