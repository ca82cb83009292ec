//! Who may do what (spec net-protocol.md, section 7).
//!
//! Whether the credentials of a session are right is found out by the [gate](crate::gate), rights are looked up anew for
//! every command in the present users, so that a reload which takes a right away holds for open sessions, too.

use std::net::IpAddr;

use config::{Password, User, Users};
use secret::{Hash, Secret};

use crate::session::Session;

/// What a request needs permission for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right<'a> {
    Login,
    /// PRIMARY or its old name MASTER; either word in `actions` grants both.
    Primary,
    Fsd,
    Set,
    InstCmd(&'a str),
}

/// Why credentials are no good, for the log. Clients are not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    User,
    Password,
    Address,
}

impl Wrong {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::User => "there is no such user, or it has no password",
            Self::Password => "the password is wrong",
            Self::Address => "the user may not come from this address",
        }
    }
}

/// What a look at the users tells of credentials.
pub(crate) enum Evidence<'u> {
    /// They are right.
    Right,
    /// They are wrong.
    Wrong(Wrong),
    /// The password has to be held against this hash, which takes time.
    Hash(&'u Hash),
}

/// What `users` tell of a name and a password from `peer`.
pub(crate) fn examine<'u>(
    users: &'u Users,
    name: &str,
    password: &Secret,
    peer: IpAddr,
) -> Evidence<'u> {
    let Some((user, expected)) = known(users, name) else {
        return Evidence::Wrong(Wrong::User);
    };
    if !user.may_come_from(peer) {
        return Evidence::Wrong(Wrong::Address);
    }
    match expected {
        Password::Plain(expected) if expected.is(password) => Evidence::Right,
        Password::Plain(_) => Evidence::Wrong(Wrong::Password),
        Password::Hashed(hash) => Evidence::Hash(hash),
    }
}

fn known<'u>(users: &'u Users, name: &str) -> Option<(&'u User, &'u Password)> {
    let mut known = users.users.iter().filter(|user| user.name == name);
    known.find_map(|user| Some((user, user.password.as_ref()?)))
}

/// Whether the user of a session whose credentials are right has `right`.
pub(crate) fn permits(users: &Users, session: &Session, right: Right<'_>) -> bool {
    let name = session.username.as_deref().unwrap_or_default();
    known(users, name).is_some_and(|(user, _)| grants(user, right))
}

fn grants(user: &User, right: Right<'_>) -> bool {
    let action = |word: &str| {
        user.actions
            .iter()
            .any(|known| known.eq_ignore_ascii_case(word))
    };
    match right {
        Right::Login => action("login"),
        Right::Primary => action("primary") || action("master"),
        Right::Fsd => action("fsd"),
        Right::Set => action("set"),
        Right::InstCmd(cmd) => user
            .instcmds
            .iter()
            .any(|known| known.eq_ignore_ascii_case("all") || known.eq_ignore_ascii_case(cmd)),
    }
}
