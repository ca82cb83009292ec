//! Who may do what (spec net-protocol.md, section 7).
//!
//! Credentials are judged anew for every command against the present users, so that a reload which
//! changes a password or takes a right away holds for open sessions, too.

use config::{User, Users};
use subtle::ConstantTimeEq;

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

/// Whether the session's credentials are right and grant `right`.
pub(crate) fn permits(users: &Users, session: &Session, right: Right<'_>) -> bool {
    let (Some(name), Some(password)) = (&session.username, &session.password) else {
        return false;
    };
    let known = users.users.iter().find_map(|user| {
        let expected = user.password.as_ref()?;
        (*user.name == **name).then_some((user, expected))
    });
    let Some((user, expected)) = known else {
        return false;
    };
    // how long this takes must not tell how much of a guess was right
    let genuine: bool = expected
        .expose()
        .as_bytes()
        .ct_eq(password.expose().as_bytes())
        .into();
    genuine && grants(user, right)
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
