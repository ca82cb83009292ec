//! Files on a disk.

use super::*;
use std::fs;

fn file(dir: &Path, name: &str, text: &str, mode: u32) -> PathBuf {
    let path = dir.join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    path
}

#[test]
fn a_file_that_others_may_read_is_told_first() {
    let dir = tempfile::tempdir().unwrap();
    for mode in [0o644, 0o641, 0o604] {
        let path = file(dir.path(), "upsd.conf", "MAXAGE x\n", mode);
        let problems = load_upsd(&path).unwrap().problems;
        let path = path.display();
        assert_eq!(
            problems[0].to_string(),
            format!(
                "{path}: warning: mode {mode:04o} lets everybody read this file, which may hold passwords; run: chmod o= {path}"
            )
        );
        assert_eq!(problems.len(), 2);
    }
    for name in ["ups.conf", "upsd.users"] {
        let path = file(dir.path(), name, "", 0o644);
        let ups = load_ups(&path).unwrap().problems.len();
        assert_eq!((ups, load_users(&path).unwrap().problems.len()), (1, 1));
    }
}

#[test]
fn a_file_for_owner_and_group_only_is_fine() {
    let dir = tempfile::tempdir().unwrap();
    for mode in [0o640, 0o600, 0o642] {
        let path = file(dir.path(), "upsd.conf", "MAXAGE 5\n", mode);
        let loaded = load_upsd(&path).unwrap();
        assert_eq!(loaded.problems, []);
        assert_eq!(loaded.value.maxage().as_secs(), 5);
    }
}

#[test]
fn why_a_file_cannot_be_read_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let gone = load_ups(&dir.path().join("gone")).unwrap_err();
    assert!(matches!(gone, LoadError::NotFound { .. }));
    assert!(gone.to_string().ends_with(
        "gone: there is no such file; create it, or set NUT_CONFPATH to the directory it is in"
    ));
    assert!(matches!(load_ups(dir.path()), Err(LoadError::Other { .. })));
    let denied = explain(Path::new("x"), ErrorKind::PermissionDenied.into());
    assert!(matches!(denied, LoadError::Denied { .. }));
}

#[test]
fn a_file_larger_than_any_configuration_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("huge");
    File::create(&path).unwrap().set_len(FILE_MAX + 1).unwrap();
    assert!(matches!(load_ups(&path), Err(LoadError::TooLarge { .. })));
}
