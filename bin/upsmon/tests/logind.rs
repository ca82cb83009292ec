//! Sleep as logind announces it: a bus of the test's own, and a logind that the test plays.

#![cfg(test)]

use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use testkit::{PATIENCE, Program, Sandbox, Signal, eventually, installed, skipped_unless_ci};

const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";

/// The bus, for as long as the test runs.
struct Bus(Child);

impl Bus {
    fn start(program: &Path, socket: &Path) -> Self {
        let child = Command::new(program)
            .args(["--session", "--nofork", "--nopidfile"])
            .arg(format!("--address=unix:path={}", socket.display()))
            .stdin(Stdio::null())
            .spawn();
        eventually(PATIENCE, || socket.exists().then_some(())).expect("the bus listens");
        Self(child.unwrap())
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Our end of each inhibitor that was handed out.
type Inhibitors = Arc<Mutex<Vec<UnixStream>>>;

struct Logind(Inhibitors);

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Logind {
    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> zbus::zvariant::OwnedFd {
        assert_eq!((what, who, mode), ("sleep", "upsmon", "delay"));
        assert!(!why.is_empty());
        let (ours, theirs) = UnixStream::pair().unwrap();
        self.0.lock().unwrap().push(ours);
        OwnedFd::from(theirs).into()
    }
}

/// Whether the inhibitor was let go.
fn is_released(inhibitors: &Inhibitors, index: usize) -> bool {
    let held = inhibitors.lock().unwrap();
    let mut stream = &held[index];
    stream.set_nonblocking(true).unwrap();
    matches!(stream.read(&mut [0]), Ok(0))
}

#[test]
fn the_system_sleeps_only_after_it_was_told_and_is_inhibited_again_when_it_wakes() {
    let Some(program) = installed("dbus-daemon") else {
        skipped_unless_ci("sleep announced by logind", "dbus-daemon");
        return;
    };
    let sandbox = Sandbox::new();
    let socket = sandbox.run().join("bus");
    let _bus = Bus::start(&program, &socket);
    let address = format!("unix:path={}", socket.display());
    let inhibitors = Inhibitors::default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let logind = runtime.block_on(async {
        zbus::connection::Builder::address(address.as_str())
            .unwrap()
            .name("org.freedesktop.login1")
            .unwrap()
            .serve_at(PATH, Logind(Arc::clone(&inhibitors)))
            .unwrap()
            .build()
            .await
            .unwrap()
    });
    let tell = |going: bool| {
        let body = (going,);
        let signal = logind.emit_signal(None::<&str>, PATH, MANAGER, "PrepareForSleep", &body);
        runtime.block_on(signal).unwrap();
    };
    sandbox.write("upsmon.conf", "MINSUPPLIES 0\nRUN_AS_USER root\n");
    let mut upsmon = Program::locknut("upsmon", &sandbox)
        .args(["-FF", "-p"])
        .env("DBUS_SYSTEM_BUS_ADDRESS", &address)
        .start();
    let count = |wanted: usize| {
        let enough = || (inhibitors.lock().unwrap().len() == wanted).then_some(());
        assert!(
            eventually(PATIENCE, enough).is_some(),
            "{}",
            upsmon.printed()
        );
    };
    count(1);
    std::thread::sleep(Duration::from_millis(200));
    assert!(!is_released(&inhibitors, 0));
    tell(true);
    upsmon.wait_for_line("The system is going to sleep", PATIENCE);
    let released = || is_released(&inhibitors, 0).then_some(());
    assert!(
        eventually(PATIENCE, released).is_some(),
        "{}",
        upsmon.printed()
    );
    tell(false);
    upsmon.wait_for_line("The system has woken up", PATIENCE);
    count(2);
    assert!(!is_released(&inhibitors, 1));
    assert!(!upsmon.printed().contains("slept without notice"));
    // it must have nothing left to deliver, or it would end in another way
    std::thread::sleep(Duration::from_millis(700));
    upsmon.signal(Signal::SIGTERM);
    assert_eq!(upsmon.wait_for_end(PATIENCE), Some(0));
    // where a panic aborts, it would end as a crash
    assert!(
        !upsmon.printed().contains("panicked"),
        "{}",
        upsmon.printed()
    );
}
