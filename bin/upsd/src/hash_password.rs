//! `--hash-password`: a line for upsd.users that does not tell the password.

use std::io::{self, IsTerminal, Read};

use config::{Hash, Secret};
use daemon::{Exit, banner};

/// Longest password: NUT's words are no longer.
const PASSWORD_MAX: usize = 512;

/// Asks for a password, twice and unseen at a terminal, else on standard input, and prints its hash.
pub(crate) fn hash_password() -> Exit {
    let hashed = ask().and_then(|password| {
        let mut salt = [0; config::SALT_LEN];
        getrandom::fill(&mut salt)
            .map_err(|why| format!("the system gives no random numbers: {why}"))?;
        Hash::of(&password, salt).map_err(|why| why.to_string())
    });
    match hashed {
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

fn ask() -> Result<Secret, String> {
    let password = if io::stdin().is_terminal() {
        let once = prompt("Password: ")?;
        if prompt("The same again: ")? != once {
            return Err("the two are not the same; nothing was made".to_owned());
        }
        once
    } else {
        read_line(io::stdin().lock())?
    };
    usable(password)
}

fn prompt(question: &str) -> Result<Secret, String> {
    let told = rpassword::prompt_password(question);
    told.map(Secret::new)
        .map_err(|why| format!("cannot ask for a password: {why}"))
}

fn read_line(from: impl Read) -> Result<Secret, String> {
    let mut text = String::with_capacity(2 * PASSWORD_MAX);
    let limit = u64::try_from(PASSWORD_MAX + 2).unwrap_or(u64::MAX);
    let read = from.take(limit).read_to_string(&mut text);
    let text = Secret::new(text);
    read.map_err(|why| format!("cannot read the password: {why}"))?;
    Ok(Secret::new(
        text.expose().lines().next().unwrap_or_default(),
    ))
}

/// What NUT's protocol does not carry could be hashed, but never be given.
fn usable(password: Secret) -> Result<Secret, String> {
    let text = password.expose();
    if text.is_empty() {
        return Err("the password is empty; nothing was made".to_owned());
    }
    if text.len() > PASSWORD_MAX {
        return Err("the password has more than 512 characters; no client can send it".to_owned());
    }
    if !text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        return Err(
            "NUT's protocol carries printable ASCII characters only; choose another password"
                .to_owned(),
        );
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_counts_if_a_client_can_send_it() {
        let long = "x".repeat(513);
        for (input, expected) in [
            ("a b\n", Some("a b")),
            ("a b\r\nc\n", Some("a b")),
            ("pw", Some("pw")),
            ("", None),
            ("\n", None),
            ("p\u{e4}ss\n", None),
            ("a\tb\n", None),
            (&long, None),
        ] {
            let read = read_line(input.as_bytes()).and_then(usable).ok();
            assert_eq!(read.as_ref().map(Secret::expose), expected, "{input:?}");
        }
    }
}
