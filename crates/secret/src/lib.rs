//! Passwords in memory, and their hashes.
//!
//! A [`Secret`] shows itself to nobody by accident and is wiped when it is dropped. A [`struct@Hash`] is what a file may hold in
//! its place: who reads the file does not know the password. Checking a password against a hash takes a noticeable time and
//! some memory on purpose, so it must not be done by a thread that others wait for.

#![forbid(unsafe_code)]

mod hash;
mod phc;
mod text;

pub use hash::{Hash, Room, SALT_LEN};
pub use phc::HashError;
pub use text::{Bytes, Secret};
