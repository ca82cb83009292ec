//! The account a daemon runs as, and its root directory (spec server-behaviour.md, section 13).
//!
//! Started without root rights it stays who it is. As root it becomes the configured user, else `nut` (or
//! what `LOCKNUT_USER` said when it was built). There is no silent way to stay root: who wants that says so.

use std::ffi::CString;
use std::path::Path;

use nix::unistd::{
    Gid, Group, Uid, User, chdir, getgrouplist, getgroups, initgroups, setgid, setuid,
};

use crate::Error;

/// The account of this build.
pub const DEFAULT_USER: &str = match option_env!("LOCKNUT_USER") {
    Some(user) => user,
    None => "nut",
};

/// The group of this build: what the udev rules give devices to, so that [`DEFAULT_USER`] may open them. It is called like
/// the user unless `LOCKNUT_GROUP` said otherwise when it was built.
pub const DEFAULT_GROUP: &str = match option_env!("LOCKNUT_GROUP") {
    Some(group) => group,
    None => DEFAULT_USER,
};

/// An account that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// Its user id.
    pub uid: u32,
    /// Its own group.
    pub gid: u32,
}

impl Account {
    /// The account that may everything.
    #[must_use]
    pub fn root() -> Self {
        Self {
            name: "root".to_owned(),
            uid: 0,
            gid: 0,
        }
    }

    /// The ids of all groups it is in; only its own when they cannot be looked up.
    #[must_use]
    pub fn groups(&self) -> Vec<u32> {
        let own = Gid::from_raw(self.gid);
        let name = CString::new(self.name.as_str()).unwrap_or_default();
        let groups = getgrouplist(&name, own).unwrap_or_else(|_| vec![own]);
        groups.into_iter().map(Gid::as_raw).collect()
    }
}

/// Whether the process has root's rights to change accounts.
#[must_use]
pub fn is_root() -> bool {
    Uid::current().is_root() || Uid::effective().is_root()
}

/// The account to become: `configured`, else for root the built-in one, else none.
///
/// # Errors
/// That account does not exist. The look-up reads files and, with NSS, the network: do it before `chroot`.
pub fn find(configured: Option<&str>) -> Result<Option<Account>, Error> {
    match configured {
        Some(name) => look_up(name, "create it or name another with -u or \"user =\"").map(Some),
        None if is_root() => look_up(
            DEFAULT_USER,
            "as root, name the user to run as with -u or \"user =\"",
        )
        .map(Some),
        None => Ok(None),
    }
}

fn look_up(name: &str, hint: &'static str) -> Result<Account, Error> {
    let user = User::from_name(name).map_err(Error::system("look up the user to run as"))?;
    let user = user.ok_or_else(|| Error::NoUser {
        name: name.to_owned(),
        hint,
    })?;
    Ok(Account {
        name: user.name,
        uid: user.uid.as_raw(),
        gid: user.gid.as_raw(),
    })
}

/// The id of group `name`.
///
/// # Errors
/// There is no such group.
pub fn group(name: &str) -> Result<u32, Error> {
    let group = Group::from_name(name).map_err(Error::system("look up the group"))?;
    let group = group.ok_or_else(|| Error::NoGroup {
        name: name.to_owned(),
    })?;
    Ok(group.gid.as_raw())
}

/// The group that a device must belong to so that this process may open it: the one of the build, if the process is in it
/// or may do everything, else its own.
#[must_use]
pub fn device_group() -> String {
    let mine = |gid: &u32| getgroups().is_ok_and(|all| all.contains(&Gid::from_raw(*gid)));
    let own = Gid::effective();
    let is_in_builds = group(DEFAULT_GROUP).is_ok_and(|gid| gid == own.as_raw() || mine(&gid));
    if is_root() || is_in_builds {
        return DEFAULT_GROUP.to_owned();
    }
    let named = Group::from_gid(own).ok().flatten();
    named.map_or_else(|| own.to_string(), |group| group.name)
}

/// Gives root's rights up for those of `account`, for good. Without root rights nothing happens, nor for root itself.
///
/// # Errors
/// The system refuses; the caller must not go on.
pub fn become_user(account: &Account) -> Result<(), Error> {
    if !is_root() || (account.uid == 0 && Uid::current().is_root()) {
        return Ok(());
    }
    let name = CString::new(account.name.as_str()).map_err(|_| Error::NoUser {
        name: account.name.clone(),
        hint: "its name has a null byte",
    })?;
    let (uid, gid) = (Uid::from_raw(account.uid), Gid::from_raw(account.gid));
    initgroups(&name, gid).map_err(Error::system("take the user's groups"))?;
    setgid(gid).map_err(Error::system("take the user's group"))?;
    setuid(uid).map_err(Error::system("become the user"))
}

/// Makes `dir` the root directory and the working directory.
///
/// # Errors
/// The system refuses, for instance without root rights.
pub fn chroot(dir: &Path) -> Result<(), Error> {
    nix::unistd::chroot(dir)
        .map_err(|errno| Error::file("change the root to", dir)(errno.into()))?;
    chdir("/").map_err(Error::system("enter the new root"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_is_found_and_nobody_else_by_chance() {
        let root = find(Some("root")).unwrap().unwrap();
        assert_eq!(root, Account::root());
        assert!(root.groups().contains(&0));
        let told = find(Some("no-such-user-here")).unwrap_err().to_string();
        assert_eq!(
            told,
            r#"there is no user "no-such-user-here"; create it or name another with -u or "user =""#
        );
        assert!(group("no-such-group-here").is_err());
    }

    #[test]
    fn only_root_needs_the_built_in_user() {
        match find(None) {
            Ok(Some(account)) => assert!(is_root() && account.name == DEFAULT_USER),
            Ok(None) => assert!(!is_root()),
            Err(error) => assert!(
                is_root() && error.to_string().contains("name the user"),
                "{error}"
            ),
        }
    }

    #[test]
    fn a_device_is_to_belong_to_a_group_that_we_are_in() {
        let name = device_group();
        if is_root() {
            assert_eq!(name, DEFAULT_GROUP);
            return;
        }
        let gid = group(&name).map(Gid::from_raw).unwrap();
        assert!(gid == Gid::effective() || getgroups().unwrap().contains(&gid));
    }

    #[test]
    fn becoming_oneself_is_allowed() {
        let me = User::from_uid(Uid::current()).unwrap().unwrap();
        let account = find(Some(&me.name)).unwrap().unwrap();
        become_user(&account).unwrap();
        assert_eq!(Uid::current(), me.uid);
    }
}
