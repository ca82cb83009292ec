//! Encryption: ours with ours, with C NUT's (of which Debian's is built with NSS) and with Python's.
//!
//! | file | holds |
//! |---|---|
//! | `matrix.rs` | server × client × version × what is checked: let in or refused as it should be, and with the reason |
//! | `scenario.rs` | what is checked, and with which certificates |
//! | `servers.rs`, `clients.rs` | who plays, and how each is told what to check |
//! | `made.rs` | certificates that `upsd-tls` makes, and the lines that it tells to write |
//! | `starttls.rs` | what may happen around STARTTLS: injected lines, silence, garbage, reloads |

#![cfg(test)]

mod clients;
mod made;
mod matrix;
mod scenario;
mod servers;
mod starttls;
