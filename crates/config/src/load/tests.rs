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

const HASH: &str =
    "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

#[test]
fn passwords_are_read_from_files_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    file(dir.path(), "plain", "p w #1\n", 0o640);
    let hashed = file(dir.path(), "hashed", &format!("{HASH}\n"), 0o640);
    let users = format!(
        "[a]\n password-file = plain\n[b]\n password-file = {}\n",
        hashed.display()
    );
    let loaded = load_users(&file(dir.path(), "upsd.users", &users, 0o640)).unwrap();
    assert_eq!(loaded.problems, []);
    let plain = crate::Password::Plain(secret::Secret::new("p w #1"));
    assert_eq!(loaded.value.find("a").unwrap().password, Some(plain));
    let b = loaded.value.find("b").unwrap();
    assert!(matches!(b.password, Some(crate::Password::Hashed(_))));

    let upsmon = "MONITOR x@h 1 u \"\" primary\nMONITOR y@h 1 u pw secondary\nPASSWORDFILE x@h plain\nSHUTDOWNCMD x\nPOWERDOWNFLAG /x\n";
    let loaded = load_upsmon(&file(dir.path(), "upsmon.conf", upsmon, 0o640)).unwrap();
    assert_eq!(loaded.problems, []);
    let passwords: Vec<&str> = loaded
        .value
        .monitors
        .iter()
        .map(|line| line.password.expose())
        .collect();
    assert_eq!(passwords, ["p w #1", "pw"]);
}

#[test]
fn a_password_file_that_is_a_pipe_is_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let pipe = dir.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let users = "[a]\n password-file = pipe\n";
    let users = file(dir.path(), "upsd.users", users, 0o640);
    let (told, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || told.send(load_users(&users).unwrap().problems));
    let problems = heard.recv_timeout(std::time::Duration::from_secs(30));
    let told = problems.unwrap()[0].to_string();
    assert!(told.contains("it is a pipe, not a file"), "{told}");
}

#[test]
fn a_password_file_that_is_missing_is_told_with_what_to_write() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("upsd.users");
    fs::write(&path, "[a]\n password-file = gone\n").unwrap();
    let told = load_users(&path).unwrap().problems;
    let told: Vec<String> = told.iter().map(|problem| problem.text.clone()).collect();
    let expected = format!(
        "password-file: there is no {}; write the password into its first line, or name the file that has it",
        dir.path().join("gone").display()
    );
    assert!(told.contains(&expected), "{told:?}");
}

#[test]
fn a_password_file_that_is_not_in_order_is_told_with_its_place() {
    let dir = tempfile::tempdir().unwrap();
    for (text, expected) in [
        ("", "it is empty"),
        ("\n", "it is empty"),
        ("a\nb\n", "more than one line"),
        ("p\u{e4}ss\n", "printable ASCII"),
        ("$argon2i$v=19$x\n", "only hashes of Argon2id"),
        (&"x".repeat(513), "more than 512 bytes"),
    ] {
        let secret = file(dir.path(), "secret", text, 0o640);
        let path = file(
            dir.path(),
            "upsd.users",
            "[a]\n password-file = secret\n",
            0o640,
        );
        let loaded = load_users(&path).unwrap();
        assert_eq!(loaded.value.users[0].password, None);
        let told = loaded.problems[0].to_string();
        let place = format!(
            "{}:2:2: error: password-file: {}: ",
            path.display(),
            secret.display()
        );
        assert!(
            told.starts_with(&place) && told.contains(expected),
            "{told}"
        );
    }
    let path = file(
        dir.path(),
        "upsmon.conf",
        "MONITOR x 1 u pw primary\nPASSWORDFILE x gone\nPASSWORDFILE y gone\n",
        0o640,
    );
    let loaded = load_upsmon(&path).unwrap();
    let errors: Vec<String> = loaded
        .problems
        .iter()
        .filter(|p| p.severity == Severity::Error)
        .map(ToString::to_string)
        .collect();
    assert!(
        errors
            .iter()
            .any(|told| told.contains("no MONITOR line for \"y\"")),
        "{errors:?}"
    );
    assert!(
        errors
            .iter()
            .any(|told| told.contains(":2:1: error: PASSWORDFILE: there is no")),
        "{errors:?}"
    );
    file(dir.path(), "open", "x\n", 0o644);
    let path = file(
        dir.path(),
        "upsd.users",
        "[a]\n password-file = open\n",
        0o640,
    );
    let told = load_users(&path).unwrap().problems;
    assert!(
        told.len() == 1 && told[0].to_string().contains("lets everybody read"),
        "{told:?}"
    );
}
