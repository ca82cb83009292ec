//! Which entry counts: that of the user on the server, then that of the server, then the global one.
//!
//! A password never serves another user than the one it was written for: an entry that names a user
//! counts only for him.

use proto::HostPort;

use super::{Credentials, Entry, Keys, Title};

type Sections = [(Title, Entry)];

/// Who to be on `server`; `wanted` is the user if the caller knows him.
pub(super) fn credentials(
    global: &Entry,
    sections: &Sections,
    server: &HostPort,
    wanted: Option<&str>,
) -> Credentials {
    let site = sections
        .iter()
        .find(|(title, _)| title.user.is_none() && title.is_for(server))
        .map(|(_, entry)| entry);
    let user = wanted
        .or_else(|| site?.user.as_deref())
        .or_else(|| only_user(sections, server))
        .or(global.user.as_deref());
    let own = sections
        .iter()
        .find(|(title, _)| {
            title.is_for(server) && title.user.is_some() && title.user.as_deref() == user
        })
        .map(|(_, entry)| entry);
    let password = [own, site, Some(global)]
        .into_iter()
        .flatten()
        .filter(|entry| entry.user.is_none() || entry.user.as_deref() == user)
        .find_map(|entry| entry.password.clone());
    Credentials {
        user: user.map(str::to_owned),
        password,
    }
}

/// How to connect to `server`: each key as the closest entry says it.
pub(super) fn encryption(
    global: &Entry,
    sections: &Sections,
    server: &HostPort,
    wanted: Option<&str>,
) -> Keys {
    let user = credentials(global, sections, server, wanted).user;
    let of = |user: Option<&str>| {
        let mut all = sections.iter();
        let own = all.find(|(title, _)| title.is_for(server) && title.user.as_deref() == user);
        own.map(|(_, entry)| entry.encryption.clone())
            .unwrap_or_default()
    };
    let own = user.as_deref().map(|user| of(Some(user)));
    own.unwrap_or_default()
        .over(&of(None))
        .over(&global.encryption)
}

/// The user who has a section of his own for the server, if there is just one.
fn only_user<'s>(sections: &'s Sections, server: &HostPort) -> Option<&'s str> {
    let mut users = sections
        .iter()
        .filter(|(title, _)| title.is_for(server))
        .filter_map(|(title, _)| title.user.as_deref());
    let user = users.next();
    if users.next().is_some() { None } else { user }
}

#[cfg(test)]
mod tests {
    use crate::auth::file::tests::conf;
    use proto::HostPort;

    fn found(text: &str, server: &str, user: Option<&str>) -> (Option<String>, Option<String>) {
        let server = HostPort::parse(server).unwrap();
        let found = conf(text).credentials(&server, user);
        let password = found.password.map(|password| password.expose().to_owned());
        (found.user, password)
    }

    fn pair(user: &str, password: &str) -> (Option<String>, Option<String>) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (some(user), some(password))
    }

    const ALL: &str = "user = guest\npass = g\n\
        [@srv]\nuser = admin\npass = a\n\
        [bob@srv]\npass = b\n\
        [carol@srv:99]\npass = c\n\
        [desk]\npass = d\n";

    #[test]
    fn the_closest_entry_counts() {
        assert_eq!(found(ALL, "srv", None), pair("admin", "a"));
        assert_eq!(found(ALL, "srv", Some("bob")), pair("bob", "b"));
        assert_eq!(found(ALL, "SRV", Some("admin")), pair("admin", "a"));
        assert_eq!(found(ALL, "srv:99", None), pair("carol", "c"));
        assert_eq!(found(ALL, "srv:98", None), pair("guest", "g"));
        assert_eq!(found(ALL, "elsewhere", None), pair("guest", "g"));
        assert_eq!(found("", "srv", None), pair("", ""));
    }

    #[test]
    fn an_entry_without_user_serves_every_user() {
        assert_eq!(found(ALL, "desk", Some("bob")), pair("bob", "d"));
        assert_eq!(found(ALL, "desk", None), pair("guest", "d"));
    }

    #[test]
    fn a_password_never_serves_another_user() {
        assert_eq!(found(ALL, "srv", Some("mallory")), pair("mallory", ""));
        assert_eq!(found(ALL, "srv", Some("carol")), pair("carol", ""));
        assert_eq!(found(ALL, "elsewhere", Some("bob")), pair("bob", ""));
    }

    #[test]
    fn among_several_users_none_is_guessed() {
        let two = "[bob@srv]\npass = b\n[carol@srv]\npass = c\n";
        assert_eq!(found(two, "srv", None), pair("", ""));
        assert_eq!(found(two, "srv", Some("carol")), pair("carol", "c"));
    }
}
