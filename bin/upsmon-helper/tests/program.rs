//! The helper as a process: bytes in, bytes out, and what it leaves behind.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

struct Helper {
    child: Child,
    socket: UnixStream,
}

impl Helper {
    fn start(args: &[&str]) -> Self {
        let (socket, theirs) = UnixStream::pair().unwrap();
        socket
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_upsmon-helper"))
            .args(args)
            .env_clear()
            .stdin(OwnedFd::from(theirs))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self { child, socket }
    }

    fn order(&mut self, byte: u8) -> u8 {
        self.socket.write_all(&[byte]).unwrap();
        let mut answer = [0xff];
        self.socket.read_exact(&mut answer).unwrap();
        answer[0]
    }

    /// Its exit code and what it complained of, after upsmon has closed the socket.
    fn end(self) -> (Option<i32>, String) {
        drop(self.socket);
        let output = self.child.wait_with_output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        (output.status.code(), told)
    }
}

/// A directory and the paths of the flag and of a file that the command makes in it.
fn places() -> (TempDir, String, String) {
    let dir = tempfile::tempdir().unwrap();
    let place = |name| dir.path().join(name).to_str().unwrap().to_owned();
    let (flag, done) = (place("killpower"), place("done"));
    (dir, flag, done)
}

#[test]
fn one_byte_writes_the_flag_and_runs_the_command_in_a_shell() {
    let (_dir, flag, done) = places();
    let mut helper = Helper::start(&[&format!("A=x; echo $A >>'{done}'"), &flag]);
    assert_eq!(helper.order(1), 0);
    assert_eq!(fs::read(&flag).unwrap(), b"upsmon-shutdown-file");
    let mode = fs::metadata(&flag).unwrap().permissions().mode();
    assert_eq!(mode & 0o777 & !0o044, 0o600);
    assert_eq!(fs::read_to_string(&done).unwrap(), "x\n");
    assert_eq!(helper.end(), (Some(0), String::new()));
}

#[test]
fn nothing_happens_without_an_order() {
    let (_dir, flag, done) = places();
    let helper = Helper::start(&[&format!("echo >'{done}'"), &flag]);
    assert_eq!(helper.end(), (Some(0), String::new()));
    assert!(!fs::exists(flag).unwrap() && !fs::exists(done).unwrap());
}

#[test]
fn a_failing_command_is_told_and_may_be_tried_again() {
    let (_dir, _, done) = places();
    let script = format!("test -e '{done}' || {{ echo >'{done}'; exit 3; }}");
    let mut helper = Helper::start(&[&script]);
    assert_eq!((helper.order(1), helper.order(1)), (1, 0));
    let (code, told) = helper.end();
    assert_eq!(code, Some(0));
    assert_eq!(
        told,
        "upsmon-helper: cannot run SHUTDOWNCMD: exit status: 3\n"
    );
}

#[test]
fn a_flag_that_cannot_be_written_does_not_keep_the_command_from_running() {
    let (_dir, _, done) = places();
    let mut helper = Helper::start(&[&format!("echo >'{done}'"), "/no/such/dir/flag"]);
    assert_eq!(helper.order(1), 2);
    assert!(fs::exists(done).unwrap());
    let (code, told) = helper.end();
    assert_eq!(code, Some(0));
    assert!(told.contains("cannot write POWERDOWNFLAG: "), "{told}");
}

#[test]
fn no_command_is_a_failure() {
    let (_dir, flag, _) = places();
    for args in [&[][..], &[""], &["", &flag]] {
        let mut helper = Helper::start(args);
        assert_eq!(helper.order(1), 1);
        assert!(helper.end().1.contains("none is defined"));
    }
    assert!(fs::exists(flag).unwrap());
}

#[test]
fn an_old_flag_is_replaced_and_a_planted_link_is_not_followed() {
    let (dir, flag, _) = places();
    let precious = dir.path().join("precious");
    fs::write(&precious, "precious").unwrap();
    symlink(&precious, &flag).unwrap();
    let mut helper = Helper::start(&["true", &flag]);
    assert_eq!(helper.order(1), 0);
    assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
    fs::write(&flag, "something much longer than the magic text").unwrap();
    assert_eq!(helper.order(1), 0);
    assert_eq!(fs::read(&flag).unwrap(), b"upsmon-shutdown-file");
    assert_eq!(helper.end().0, Some(0));
}

#[test]
fn any_other_byte_ends_it_with_70() {
    let (_dir, _, done) = places();
    for byte in [0, 2, b'1', 255] {
        let mut helper = Helper::start(&[&format!("echo >'{done}'")]);
        helper.socket.write_all(&[byte, 1]).unwrap();
        assert_eq!(helper.child.wait().unwrap().code(), Some(70));
    }
    assert!(!fs::exists(done).unwrap());
}
