//! Whether an account may run a file, told before it has to (`-t`).

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use daemon::user::Account;

/// Whether `account` may run `path`; without an account whether anybody may who runs this.
///
/// # Errors
/// Why not.
pub(crate) fn may_run(path: &Path, account: Option<&Account>) -> Result<(), String> {
    let groups = account.map(|account| account.groups()).unwrap_or_default();
    for dir in path
        .ancestors()
        .skip(1)
        .filter(|dir| !dir.as_os_str().is_empty())
    {
        let meta = fs::metadata(dir).map_err(|why| format!("{}: {why}", dir.display()))?;
        if !is_executable(&meta, account, &groups) {
            return Err(format!("directory {} is closed to it", dir.display()));
        }
    }
    let meta = fs::metadata(path).map_err(|why| why.to_string())?;
    if !meta.is_file() {
        return Err("it is no file".to_owned());
    }
    if !is_executable(&meta, account, &groups) {
        return Err(format!("its mode is {:o}", meta.mode() & 0o7777));
    }
    Ok(())
}

fn is_executable(meta: &Metadata, account: Option<&Account>, groups: &[u32]) -> bool {
    let mode = meta.mode();
    let Some(account) = account else {
        return mode & 0o111 != 0;
    };
    if account.uid == 0 {
        return mode & 0o111 != 0;
    }
    let class = if meta.uid() == account.uid {
        0o100
    } else if meta.gid() == account.gid || groups.contains(&meta.gid()) {
        0o010
    } else {
        0o001
    };
    mode & class != 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_class_of_the_account_decides() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("script");
        fs::write(&path, "#!/bin/sh\n").unwrap();
        let owner = fs::metadata(&path).unwrap();
        let account = |uid, gid| Account {
            name: "x".to_owned(),
            uid,
            gid,
        };
        let (own, group) = (owner.uid().max(1), owner.gid().max(1));
        let meta = |mode| {
            fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
            fs::metadata(&path).unwrap()
        };
        let stranger = account(own + 1, group + 1);
        assert!(is_executable(&meta(0o701), Some(&stranger), &[]));
        assert!(!is_executable(&meta(0o770), Some(&stranger), &[]));
        assert!(is_executable(&meta(0o770), Some(&stranger), &[owner.gid()]));
        assert!(!is_executable(&meta(0o666), None, &[]));
        assert!(
            may_run(&path, None)
                .unwrap_err()
                .contains("its mode is 666")
        );
        assert!(may_run(dir.path(), None).unwrap_err().contains("no file"));
    }
}
