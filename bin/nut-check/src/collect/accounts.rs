//! Accounts of the system that is looked at: of this one as it knows them, of a tree by its files.

use std::fs;
use std::path::PathBuf;

use daemon::access::Who;
use daemon::user;

use super::Place;

/// Who there is.
#[derive(Debug)]
pub(super) struct Accounts {
    /// The directory of `passwd` and `group`; nothing for this system.
    files: Option<PathBuf>,
}

impl Accounts {
    pub(super) fn of(place: &Place<'_>) -> Self {
        Self {
            files: (!place.is_running).then(|| place.root.join("etc")),
        }
    }

    /// An account by its name.
    pub(super) fn who(&self, name: &str) -> Option<Who> {
        let Some(dir) = &self.files else {
            let account = user::find(Some(name)).ok().flatten()?;
            return Some(Who::from(&account));
        };
        let read = |file: &str| fs::read_to_string(dir.join(file)).unwrap_or_default();
        of_files(name, &read("passwd"), &read("group"))
    }
}

fn of_files(name: &str, passwd: &str, group: &str) -> Option<Who> {
    let fields = |line: &str| line.split(':').map(ToOwned::to_owned).collect::<Vec<_>>();
    let rows = passwd.lines().map(fields);
    let mut rows = rows.filter(|row| row.first().is_some_and(|first| first == name));
    let row = rows.next()?;
    let number = |at: usize| row.get(at)?.parse::<u32>().ok();
    let member = |row: &Vec<String>| {
        let members = row.get(3)?;
        let gid = row.get(2)?.parse().ok()?;
        members
            .split(',')
            .any(|member| member == name)
            .then_some(gid)
    };
    let groups = group.lines().map(fields);
    let groups = groups.filter_map(|row| member(&row));
    Some(Who {
        uid: number(2)?,
        groups: number(3).into_iter().chain(groups).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_has_its_own_group_and_those_that_list_it() {
        let passwd = "root:x:0:0::/:/bin/sh\nnut:x:107:108::/:/bin/false\n";
        let group = "dialout:x:20:bob,nut\nnut:x:108:\nadm:x:4:bob\n";
        let who = of_files("nut", passwd, group).unwrap();
        assert_eq!((who.uid, who.groups), (107, vec![108, 20]));
        assert_eq!(of_files("bob", passwd, group), None);
    }
}
