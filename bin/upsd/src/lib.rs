//! upsd: sockets around the [`server::Hub`].
//!
//! One thread. Every client and every driver has a task that waits for its socket; when bytes come it
//! calls the hub directly, writes what the hub appended in one go, and carries out the effects it left.
//! No request crosses a channel and nothing is awaited while the hub is borrowed.
//!
//! * [`start`]: from the command line to the running server, in an order that keeps root short
//! * [`command`]: what it does instead of serving
//! * [`files`]: the three configuration files, at the start, at a reload and for `-t`
//! * [`hash_password`]: a line for upsd.users
//! * [`listen`]: addresses to listen on, retried until they exist
//! * [`accept`], [`client`]: connections of clients
//! * [`wire`], [`encryption`]: their bytes in the clear or encrypted, STARTTLS
//! * [`driver`]: connections to drivers
//! * [`shell`]: what they share, and how effects are carried out
//! * [`reload`]: a new configuration for the running server

#![forbid(unsafe_code)]

mod accept;
mod args;
mod burst;
mod client;
mod command;
mod context;
mod driver;
mod encryption;
mod environment;
mod files;
mod hash_password;
mod listen;
mod reload;
mod shell;
mod start;
mod state_dir;
mod wire;

pub use start::main;
