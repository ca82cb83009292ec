//! upssched as upsmon runs it: many short processes and one daemon.
//!
//! | file | what |
//! |---|---|
//! | `actions.rs` | each command of AT, the list, the end of the daemon |
//! | `races.rs` | starts and cancels from many processes at once, daemons that die |
//! | `mixed.rs` | C NUT's upssched with our daemon, and ours with its |
//!
//! `site.rs` is what they share.

#![cfg(test)]

mod actions;
mod mixed;
mod races;
mod site;
