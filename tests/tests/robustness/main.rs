//! Faults, each with its expected outcome: the real programs, and what is thrown at them.
//!
//! | file | fault |
//! |---|---|
//! | `kills.rs` | driver, server or client killed at any moment, 60 random rounds; `LOCKNUT_ROUNDS=1000` plays more |
//! | `bad_drivers.rs` | a driver that floods, is deaf, breaks off, sends too long a line, garbage, or no end of its dump |
//! | `bad_clients.rs` | a client that does the same, or comes and goes by the thousand |
//! | `crowds.rs` | 2,000 UPSes in ups.conf |
//! | `reloads.rs` | good and bad files in turn, 20 times a second, under load |
//! | `descriptors.rs` | no file descriptors left, too many connections |
//! | `pid_files.rs` | no room, no right or a trap where the PID file belongs |
//! | `state_dirs.rs` | state directory or socket missing, read-only, a link, occupied, made anew |
//! | `clocks.rs` | a clock that is set |
//! | `our_driver.rs` | our driver with a server that is deaf, floods or stands still; a device that changes all the time |
//! | `rivals.rs` | several instances of one driver, and storms of signals |
//!
//! `process.rs`, `raw_driver.rs`, `watch.rs` and `chance.rs` are what they share. While a fault lasts, a [`watch::Watch`]
//! sees to it that an innocent client of an innocent UPS is answered promptly and that the server stays small.

#![cfg(test)]

mod bad_clients;
mod bad_drivers;
mod chance;
mod clocks;
mod crowds;
mod descriptors;
mod kills;
mod our_driver;
mod pid_files;
mod process;
mod raw_driver;
mod reloads;
mod rivals;
mod state_dirs;
mod watch;
