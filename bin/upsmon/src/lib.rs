//! upsmon: watches UPSes and shuts this host down in the right order when it must.
//!
//! The decisions are in crate [`monitor`], a function of events and time. Here is what happens around them:
//!
//! ```text
//! watch (a task for each UPS) --event--> shell --> Monitor::step --action--> shell --+--> watch: FSD, NUMLOGINS, LOGOUT
//! signals, helper, clock (run) --event-->                                            +--> notifier: log, wall, NOTIFYCMD
//!                                                                                    +--> run: helper, the end
//! ```
//!
//! * [`start`]: from the command line to the running monitor; [`args`], [`files`], [`fatal`]
//! * [`command`], [`check`], [`flag`]: what it does instead of watching: `-c`, `--explain`, `-t`, `-K`
//! * [`settings`], [`reload`]: upsmon.conf in the terms of those who use it
//! * [`shell`]: events go in, actions are carried out; [`run`]: the main loop
//! * [`watch`], [`session`]: the connection to a upsd
//! * [`notifier`]: log, wall and NOTIFYCMD, in order
//! * [`helper`]: the process that stays root to shut the system down; [`last_resort`]: without it
//! * [`logind`]: sleep, where the system announces it
//! * [`clock`]: time that neither stalls nor the wall clock can bend
//! * [`explain`]: the socket of `--explain`

#![forbid(unsafe_code)]

mod args;
mod check;
mod clock;
mod command;
mod encryption;
mod explain;
mod fatal;
mod files;
mod flag;
mod helper;
mod last_resort;
mod logind;
mod notifier;
mod reload;
mod run;
mod session;
mod settings;
mod shell;
mod start;
mod watch;

pub use start::main;
