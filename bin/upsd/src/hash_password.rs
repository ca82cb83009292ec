//! `--hash-password`: a line for upsd.users that does not tell the password.

use daemon::{Exit, banner, password};

/// Asks for a password and prints its hash.
pub(crate) fn hash_password() -> Exit {
    match password::ask().and_then(|password| password::hash(&password)) {
        Ok(hash) => {
            banner::say(&format!("password = \"{hash}\""));
            Exit::Success
        }
        Err(why) => {
            banner::complain(&format!("upsd: {why}"));
            Exit::Failure
        }
    }
}
