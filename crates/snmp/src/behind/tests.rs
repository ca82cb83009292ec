use std::time::Duration;

use super::*;
use crate::patience::Patience;

/// An agent with the objects 1.3.1.0 to 1.3.1.99, and 1.3.2.0.
#[derive(Default)]
struct Table {
    is_first: bool,
    /// It goes round in circles.
    is_endless: bool,
    /// It gives at most these at once, or refuses.
    gives: Option<u32>,
    refuses: bool,
    requests: usize,
}

impl Table {
    fn behind(&self, oid: &Oid) -> (Oid, Value) {
        if self.is_endless && oid.arcs().ends_with(&[1, 9]) {
            return (Oid::new(&[1, 3, 1, 5]).unwrap(), Value::Null);
        }
        let objects = (0..100).map(|row| [1, 3, 1, row]).chain([[1, 3, 2, 0]]);
        let mut objects = objects.map(|arcs| Oid::new(&arcs).unwrap());
        match objects.find(|object| object > oid) {
            Some(found) => (found, Value::Null),
            None => (oid.clone(), Value::Missing),
        }
    }
}

impl Exchange for Table {
    fn exchange(&mut self, mut pdu: Pdu, _: Patience) -> Result<Pdu, Error> {
        self.requests += 1;
        let (mut last, _) = pdu.bindings.remove(0);
        let wanted = if pdu.kind == Kind::Bulk { pdu.index } else { 1 };
        let count = wanted.min(self.gives.unwrap_or(u32::MAX));
        if self.refuses && pdu.kind == Kind::Bulk && count < wanted {
            pdu.status = Status::GEN_ERR.0;
        }
        for _ in 0..count {
            let (oid, value) = self.behind(&last);
            if self.is_first && value.is_missing() {
                pdu.status = Status::NO_SUCH_NAME.0;
            }
            last.clone_from(&oid);
            pdu.bindings.push((oid, value));
        }
        Ok(pdu)
    }

    fn peer(&self) -> String {
        "the table".to_owned()
    }

    fn patience(&self) -> Patience {
        Patience::new(Duration::from_secs(1), 5)
    }

    fn is_first_version(&self) -> bool {
        self.is_first
    }
}

fn oid(text: &str) -> Oid {
    text.parse().unwrap()
}

fn walk(table: &mut Table, root: &str, limit: usize) -> usize {
    let found = Walks::default().walk(table, &oid(root), limit).unwrap();
    assert!(found.is_sorted_by_key(|(oid, _)| oid.clone()));
    found.len()
}

#[test]
fn a_walk_ends_with_its_root_with_the_last_object_and_with_its_limit() {
    for is_first in [false, true] {
        let mut table = Table {
            is_first,
            ..Table::default()
        };
        assert_eq!(walk(&mut table, "1.3.1", 1_000), 100);
        assert_eq!(walk(&mut table, "1.3.2", 1_000), 1);
        assert_eq!(walk(&mut table, "1.3.9", 1_000), 0);
        assert_eq!(walk(&mut table, "1.3", 1_000), 101);
        assert_eq!(walk(&mut table, "1.3", 50), 50);
        assert_eq!(walk(&mut table, "1.3", 0), 0);
    }
}

#[test]
fn many_come_at_once_where_the_version_can() {
    let mut table = Table::default();
    walk(&mut table, "1.3.1", 1_000);
    assert_eq!(table.requests, 4);
    let mut table = Table {
        is_first: true,
        ..Table::default()
    };
    walk(&mut table, "1.3.1", 1_000);
    assert_eq!(table.requests, 101);
}

#[test]
fn an_agent_that_gives_few_or_none_at_once_is_walked_nevertheless() {
    for (gives, refuses) in [(1, false), (7, false), (7, true), (0, false), (1, true)] {
        let mut table = Table {
            gives: Some(gives),
            refuses,
            ..Table::default()
        };
        if gives == 0 {
            // not even one
            let error = Walks::default()
                .walk(&mut table, &oid("1.3"), 9)
                .unwrap_err();
            assert!(matches!(error, Error::Malformed { .. }));
            assert!(error.to_string().starts_with("the table: "), "{error}");
        } else {
            assert_eq!(walk(&mut table, "1.3", 1_000), 101);
        }
    }
}

#[test]
fn a_walk_in_circles_ends() {
    for is_first in [false, true] {
        let mut table = Table {
            is_first,
            is_endless: true,
            ..Table::default()
        };
        let error = Walks::default()
            .walk(&mut table, &oid("1.3"), 1_000)
            .unwrap_err();
        assert!(error.to_string().contains("would never end"), "{error}");
        assert!(table.requests < 20);
    }
}

#[test]
fn the_object_behind_is_told_or_that_there_is_none() {
    let mut table = Table::default();
    let found = next(&mut table, &oid("1.3.1.99")).unwrap();
    assert_eq!(found, Some((oid("1.3.2.0"), Value::Null)));
    assert_eq!(next(&mut table, &oid("1.3.2.0")), Ok(None));
    table.is_first = true;
    assert_eq!(next(&mut table, &oid("1.3.2.0")), Ok(None));
}
