//! The state of a power device, as drivers publish it and clients read it.
//!
//! A device is a [`StateTree`]: variables sorted by name (`battery.charge` = `100`), each a
//! [`Variable`] with the attributes that a client needs in order to set it, and instant commands.
//! `ups.status` is composed from words by [`status`], `ups.alarm` by [`alarm`]. [`catalog`] knows what
//! the standard names mean. Nothing here reads a clock or touches the outside: time is a [`Tick`] that
//! the caller passes in.

#![forbid(unsafe_code)]

pub mod alarm;
pub mod catalog;
pub mod name;
pub mod notice;
pub mod number;
pub mod status;
mod time;
mod tree;
mod variable;

pub use notice::Notice;
pub use time::Tick;
pub use tree::{NoSuchVariable, StateTree};
pub use variable::{Flags, Range, Variable};
