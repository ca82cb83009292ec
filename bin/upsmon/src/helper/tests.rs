//! A shell script stands in for the helper; the real one has tests of its own.

use std::path::PathBuf;
use std::time::Duration;

use nix::sys::signal::kill;
use nix::unistd::Pid;
use tempfile::TempDir;
use tokio::time::timeout;

use super::*;

/// A program that runs `script`, in a directory that lives as long as the guard.
fn program(script: &str) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(NAME);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    (dir, path)
}

fn started(program: &Path) -> Started {
    let flag = Some(Path::new("/flag"));
    // A test beside this one may be forking while the script is still open for writing there.
    for _ in 0..50 {
        match start(program, OsStr::new("halt now"), flag, Output::Nowhere) {
            Err(HelperError::Start { source, .. })
                if source.kind() == io::ErrorKind::ExecutableFileBusy =>
            {
                std::thread::sleep(Duration::from_millis(20));
            }
            other => return other.unwrap(),
        }
    }
    panic!("the script stays busy");
}

async fn next(helper: &mut Helper) -> HelperEvent {
    timeout(Duration::from_secs(20), helper.next())
        .await
        .unwrap()
}

#[tokio::test]
async fn an_order_is_answered_and_may_be_repeated() {
    let (dir, path) = program(
        r#"
        for answer in '\001' '\003' '\002' '\000'; do
            test "$(head -c1 | od -An -tu1 | tr -d ' ')" = 1 || exit 3
            printf "$answer" >&0
        done
        head -c1 >/dev/null
        env >"$0.env"; echo "$@" >"$0.args"; mv "$0.args" "$0.told""#,
    );
    let mut helper = started(&path).listen().unwrap();
    for expected in [
        HelperEvent::Failed,
        HelperEvent::Failed,
        HelperEvent::Done,
        HelperEvent::Done,
    ] {
        helper.act().await.unwrap();
        assert_eq!(next(&mut helper).await, expected);
    }
    drop(helper);
    let told = dir.path().join("upsmon-helper.told");
    for _ in 0..500 {
        if told.exists() {
            break;
        }
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(fs::read_to_string(told).unwrap(), "halt now /flag\n");
    let env = fs::read_to_string(dir.path().join("upsmon-helper.env")).unwrap();
    let own = ["PATH=", "PWD=", "_=", "SHLVL=", "OLDPWD="]; // those a shell makes itself
    for line in env.lines() {
        assert!(own.iter().any(|name| line.starts_with(name)), "{line}");
    }
}

#[tokio::test]
async fn a_helper_that_dies_is_lost_and_buried() {
    let (_dir, path) = program("exit 9");
    let mut helper = started(&path).listen().unwrap();
    assert_eq!(next(&mut helper).await, HelperEvent::Lost);
    assert_eq!(helper.child.wait().unwrap().code(), Some(9));
    assert!(helper.act().await.is_err());
}

#[tokio::test]
async fn no_signal_that_ends_programs_reaches_it_and_ours_still_reach_us() {
    // It gives every byte back. A shell would not do: some unblock all signals when they have waited for a program.
    let (_dir, path) = program("exec cat >&0");
    let mask = || SigSet::thread_get_mask().unwrap();
    let before = mask();
    let mut helper = started(&path).listen().unwrap();
    assert_eq!(mask(), before);
    helper.act().await.unwrap();
    assert_eq!(next(&mut helper).await, HelperEvent::Failed);
    let pid = helper.child.id();
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let blocked = status.lines().find_map(|line| line.strip_prefix("SigBlk:"));
    let blocked = u64::from_str_radix(blocked.unwrap().trim(), 16).unwrap();
    let expected = BLOCKED.iter().map(|signal| 1 << (*signal as u32 - 1));
    assert_eq!(blocked, expected.sum());
    let pid = Pid::from_raw(i32::try_from(pid).unwrap());
    for signal in BLOCKED {
        kill(pid, signal).unwrap();
    }
    helper.act().await.unwrap();
    assert_eq!(next(&mut helper).await, HelperEvent::Failed);
}

#[test]
fn a_missing_helper_is_told_with_all_places() {
    let (dir, _path) = program("");
    let none = dir.path().join("none");
    let found = find_in([none.clone(), dir.path().to_owned()].into_iter()).unwrap();
    assert_eq!(found, dir.path().join(NAME));
    let told = find_in([none.clone(), "/nowhere".into()].into_iter()).unwrap_err();
    let expected = format!(
        "upsmon-helper is in none of {}, /nowhere; install it beside upsmon",
        none.display()
    );
    assert_eq!(told.to_string(), expected);
    let wrong = start(&none, OsStr::new(""), None, Output::Nowhere).unwrap_err();
    assert!(wrong.to_string().starts_with("cannot start "), "{wrong}");
}
