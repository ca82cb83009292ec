//! Locknut and C NUT in one chain, in every mixture.
//!
//! | file | holds |
//! |---|---|
//! | `mixes.rs` | server, driver and tools, each ours or C's: eight mixes, the same checks for each |
//! | `generations.rs` | two generations at once: servers on one driver, tools on one server |
//! | `repeaters.rs` | dummy-ups of one kind repeats what a server of the other kind serves |
//! | `checks.rs` | the checks of a mix, and the differences that are expected |
//!
//! What is found is printed as tables: a row for each mix, a column for each check.

#![cfg(test)]

mod chain;
mod checks;
mod generations;
mod mixes;
mod repeaters;
mod verdict;
