//! What every daemon's `main` does before and around its work: arguments, log, paths, account, PID file,
//! detaching from the terminal, signals, readiness.
//!
//! Each module is one of these and knows nothing of the others, so a program takes what it needs and in
//! the order it needs it. A daemon starts so:
//!
//! 1. [`args::parse`] and, for `-c`, [`pidfile::send`];
//! 2. [`hardening`], [`log::init`], then [`user::find`], [`user::chroot`] and, after the listeners are bound, [`user::become_user`];
//! 3. in the background: [`background::detach`] *before any thread exists*; the parent waits;
//! 4. configuration, sockets;
//! 5. [`pidfile::PidFile::create`], [`background::Readiness::ready`], [`notify::Notify::ready`];
//! 6. the runtime with [`signals::Signals`] as one of its sources.

#![deny(unsafe_code)]

pub mod access;
pub mod args;
pub mod background;
pub mod banner;
pub mod child;
pub mod environment;
mod error;
pub mod exit;
pub mod hardening;
pub mod limits;
pub mod local_time;
pub mod log;
pub mod memory;
pub mod notify;
pub mod password;
pub mod paths;
pub mod pidfile;
pub mod power_down_flag;
pub mod process;
pub mod replace;
pub mod signals;
pub mod user;

pub use error::Error;
pub use exit::Exit;
