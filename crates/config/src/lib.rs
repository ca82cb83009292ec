//! NUT's configuration files: what they may say, what they say, and what is wrong with them.
//!
//! A tour, from the bytes upwards:
//!
//! * `lines` turns bytes into lines of words with the lexer of crate `text` and tells what the lexer lost;
//! * [`read`] takes files of directives (`MAXAGE 15`), `sections` INI-like ones (`[rack]`, `port = auto`);
//! * [`grammar`] is what both go by: a table of [`Directive`]s for each file, from which the manual is made too;
//!   [`value`] reads words as numbers, switches and paths;
//! * [`upsd`], [`ups`], [`users`], [`upsmon`] and [`upssched`] are the files, each a typed value with its table;
//! * [`edit`] changes a file and keeps all other bytes of it;
//! * [`nut`] is nut.conf, which only scripts read, as a table; [`manual`] has all tables for those who write manual pages;
//! * [`problem`] is how every mistake is told: by file, line and column, with the line and a caret;
//! * [`load`](load_upsd) is the only part that touches the disk. All else is a function of bytes.
//!
//! Reading never stops at a mistake: what could be understood is in [`Loaded::value`], the rest keeps its
//! default, and all mistakes are in [`Loaded::problems`]. A line that may hold a password is never cited.

#![forbid(unsafe_code)]

pub mod edit;
pub mod grammar;
mod lines;
mod load;
pub mod manual;
mod nearest;
mod network;
pub mod nut;
mod places;
pub mod problem;
pub mod read;
mod report;
mod sections;
mod telling;
pub mod ups;
pub mod upsd;
pub mod upsmon;
pub mod upssched;
pub mod users;
pub mod value;

pub use grammar::{Args, Directive, Fault};
pub use load::{
    FILE_MAX, LoadError, credential_or_file, load_ups, load_upsd, load_upsmon, load_upssched,
    load_users, open_to_others,
};
pub use nearest::{distance, nearest};
pub use network::Network;
pub use problem::{Cited, Loaded, Problem, Severity};
pub use report::PROBLEMS_MAX;
pub use secret::{Hash, SALT_LEN, Secret};
pub use telling::is_told_in as may_hold_secret;
pub use text::Place;
pub use ups::{Section, Setting, Synchronous, UpsConf};
pub use upsd::{CertIdent, CertRequest, Listen, ListenPort, UpsdConf};
pub use upsmon::{CommLoss, MonitorLine, NotifyFlags, Role, ShutdownExit, UpsmonConf};
pub use upssched::UpsschedConf;
pub use users::{Password, User, Users};

#[cfg(test)]
mod tests;
