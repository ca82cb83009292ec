//! The privileged process: what it opens, what it is told, what ends it.

use std::fs;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

use testkit::{
    PATIENCE, Sandbox, Signal, installed, is_running, our_programs, signal_process, skipped,
};
use tests::Subject;

use crate::host::Host;
use crate::proc;
use crate::room::Room;
use crate::subjects::pause;
use crate::traces::MAGIC;

#[test]
fn the_helper_has_no_environment_and_no_signal_ends_it_before_upsmon() {
    let room = Room::new(&["lab"]);
    let mut host = Host::new(&Subject::Locknut)
        .primary(&room, "lab")
        .with_flag()
        .started();
    room.await_logins("lab", 1);
    let helper = host.helper();
    let environment = proc::environment(helper);
    assert!(
        environment.iter().all(|entry| entry.starts_with("PATH=")),
        "{environment:?}"
    );
    for signal in [
        Signal::SIGTERM,
        Signal::SIGINT,
        Signal::SIGHUP,
        Signal::SIGUSR1,
    ] {
        signal_process(helper, signal);
    }
    pause(1);
    assert!(is_running(helper));
    room.says("lab", "OB LB");
    host.expect_one_shutdown();
    assert_eq!(host.flag().as_deref(), Some(MAGIC));
    assert!(!is_running(helper));
}

#[test]
fn the_helper_uses_no_network_and_writes_no_file_but_the_flag() {
    const NAME: &str = "the_helper_uses_no_network_and_writes_no_file_but_the_flag";
    let Some(strace) = installed("strace") else {
        return skipped(NAME, "strace");
    };
    let sandbox = Sandbox::new();
    let [trace, flag, mark] = ["trace", "flag", "mark"].map(|name| sandbox.etc().join(name));
    let (mut upsmon, theirs) = UnixStream::pair().unwrap();
    upsmon.set_read_timeout(Some(PATIENCE)).unwrap();
    // without -f: what SHUTDOWNCMD does is its own business
    let mut child = Command::new(strace)
        .args(["-s", "300", "-o"])
        .arg(&trace)
        .arg(our_programs().unwrap().join("upsmon-helper"))
        .arg(format!("echo down > {}", mark.display()))
        .arg(&flag)
        .env_clear()
        .stdin(Stdio::from(OwnedFd::from(theirs)))
        .spawn()
        .unwrap();
    upsmon.write_all(&[1]).unwrap();
    let mut answer = [9];
    let answered = upsmon.read_exact(&mut answer);
    drop(upsmon);
    let status = child.wait().unwrap();
    let trace = fs::read_to_string(&trace).unwrap_or_default();
    if !trace.contains("execve(") {
        return skipped(NAME, "the right to trace a process");
    }
    answered.unwrap();
    assert_eq!((answer, status.code()), ([0], Some(0)), "{trace}");
    assert_eq!(fs::read(&flag).unwrap(), MAGIC);
    assert_eq!(fs::read_to_string(&mark).unwrap(), "down\n");
    judge(&trace, &flag.display().to_string());
}

/// The lines of a trace that are calls of `name`.
fn calls<'a>(trace: &'a str, name: &str) -> Vec<&'a str> {
    let begin = format!("{name}(");
    let lines = trace.lines();
    lines.filter(|line| line.starts_with(&begin)).collect()
}

#[track_caller]
fn judge(trace: &str, flag: &str) {
    for network in ["socket", "connect", "bind", "listen", "sendto", "sendmsg"] {
        let found = calls(trace, network);
        assert!(found.is_empty(), "{found:?}");
    }
    let opened = ["open", "openat", "creat"].map(|name| calls(trace, name));
    let mut written = opened.concat();
    written.retain(|line| {
        let ways = ["O_WRONLY", "O_RDWR", "O_CREAT", "creat("];
        ways.iter().any(|way| line.contains(way))
    });
    let flag = format!("\"{flag}\"");
    assert_eq!(written.len(), 1, "{written:?}");
    assert!(
        written.iter().all(|line| line.contains(&flag)),
        "{written:?}"
    );
    for change in [
        "rename",
        "renameat",
        "renameat2",
        "link",
        "linkat",
        "symlink",
        "mkdir",
        "chmod",
    ] {
        let found = calls(trace, change);
        assert!(found.is_empty(), "{found:?}");
    }
}
