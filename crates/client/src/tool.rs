//! What upsc, upscmd and upsrw have in common: option syntax, messages, prompts, sending with tracking.

mod failure;
mod getopt;
mod prompt;
mod send;
mod sign_in;
mod timeout;

pub use failure::{Failure, say};
pub use getopt::{ended, split};
pub use prompt::ask_line;
pub use send::{Change, change};
pub use sign_in::{Given, must_exist};
pub use timeout::{connect_timeout, patience};
