//! Server, driver and tools, each ours or C's: the same checks for all eight mixes.

use crate::chain::{Chain, Mix, at_once};
use crate::checks::{CHECKS, Check};
use crate::verdict::{Cell, Row, judge};
use tests::Subject;

#[test]
fn every_mix_of_server_driver_and_tools() {
    let Some(subjects) = Subject::both("every_mix_of_server_driver_and_tools") else {
        return;
    };
    let rows = at_once(Mix::all(&subjects), row);
    let mut head = vec!["upsd", "dummy-ups", "tools"];
    head.extend(CHECKS.iter().map(|check| check.name));
    judge("server, driver and tools", &head, &rows);
}

fn row(mix: Mix) -> Row {
    let names = [&mix.server, &mix.driver, &mix.tools].map(ToString::to_string);
    let mut chain = Chain::start(mix);
    let cell = |check: &Check| {
        let expected = (check.expected)(&chain.mix);
        Cell::of((check.perform)(&mut chain), expected)
    };
    (names.to_vec(), CHECKS.iter().map(cell).collect())
}
