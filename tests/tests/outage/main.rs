//! Outages, played with real processes: a simulated UPS, our upsd, and upsmons of ours and of C NUT on several hosts.
//!
//! | file | scenario |
//! |---|---|
//! | `order.rs` | secondaries go first, the primary last, in every mixture; one that hangs is waited for only so long |
//! | `losses.rs` | driver, server or network lost, in every state of a UPS |
//! | `supplies.rs` | two supplies, MINSUPPLIES 1 and 2; a server that hangs delays nobody else |
//! | `asked.rs` | `-c fsd`, `-c reload` and `-c stop` |
//! | `returns.rs` | power returns between each two steps of a shutdown |
//! | `deaths.rs` | upsmon or its helper killed |
//! | `command.rs` | SHUTDOWNCMD that fails, SIGTERM, SHUTDOWNEXIT |
//! | `flag.rs` | POWERDOWNFLAG and `-K` |
//! | `notices.rs` | logins that are refused, NOTIFYCMD |
//! | `daily.rs` | reloads, a second instance, a pause of the process, `--explain` |
//! | `helper.rs` | what the privileged process does and what it does not |
//!
//! A `room::Room` is a server with its UPSes, a `host::Host` is a machine with its upsmon, and `traces.rs` has what it
//! leaves behind; `network.rs` is a network that can be cut, `proc.rs` what the system tells of a process.
//!
//! No host is ever shut down: SHUTDOWNCMD is a script that leaves a mark, and what is judged is the order of the marks.
//! Times are short (POLLFREQ 1), and only the order of events is asserted, with generous limits.

#![cfg(test)]

mod asked;
mod command;
mod daily;
mod deaths;
mod flag;
mod helper;
mod host;
mod losses;
mod network;
mod notices;
mod order;
mod proc;
mod returns;
mod room;
mod subjects;
mod supplies;
mod traces;
