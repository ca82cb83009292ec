//! Whole conversations with upsd, told in text files beside this one.
//!
//! `worked-examples.txt` holds those of the network specification, `wire-rules.txt` what clients of the
//! field rely on. The format is described in `script.rs`.

#![cfg(test)]

mod lab;
mod script;

use lab::Lab;
use script::Script;

#[test]
fn every_worked_example_of_the_specification() {
    let script = Script::parse(include_str!("worked-examples.txt"));
    assert_eq!(
        script
            .titles()
            .filter(|title| title.starts_with("example "))
            .count(),
        35
    );
    Lab::start().play(&script);
}

#[test]
fn every_wire_rule_of_the_clients() {
    let script = Script::parse(include_str!("wire-rules.txt"));
    Lab::start().play(&script);
}
