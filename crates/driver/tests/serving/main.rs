//! A driver that serves, as its clients see it (spec sock-protocol.md, sections 5 to 8, 15 to 17, 19).
//!
//! A fake device is run by the real framework inside the test's process; clients speak to its socket.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests are not known as tests"
)]

mod client;
mod fake;

mod answers;
mod changes;
mod connections;
mod endings;
mod recovery;
mod reloads;
