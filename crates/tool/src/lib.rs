//! What upsc, upscmd and upsrw have in common: options, sign-in, prompts, messages, exit codes.
//!
//! A tool flattens [`Common`] into its arguments, and [`Changing`] if it changes something, and hands its
//! run to [`Failure::end`].

#![forbid(unsafe_code)]

mod changing;
mod common;
mod failure;
mod getopt;
mod prompt;
mod sign_in;
mod timeout;

pub use changing::Changing;
pub use common::{Common, print, read};
pub use failure::Failure;
pub use prompt::ask_line;
