//! SNMP agents: the simulated one of `tests/devices/snmp`, and Net-SNMP's `snmpd`.

use crate::control::Control;
use crate::failure::{fail, must};
use crate::peers::{library_dirs, peers_dir};
use crate::port::free_port;
use crate::program::{Program, installed};
use crate::running::Running;
use crate::sandbox::Sandbox;
use crate::skip::skipped_unless_ci;
use crate::wait::PATIENCE;
use nix::sys::signal::Signal;
use std::env;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// The simulated agent; it ends when it is dropped.
#[derive(Debug)]
pub struct SnmpAgent {
    port: u16,
    control: Control,
    running: Running,
}

impl SnmpAgent {
    /// Starts it with a file of `tests/devices/snmp/data`, or one elsewhere by its whole path, on a free port of 127.0.0.1 unless
    /// the arguments say otherwise. Without Python, test `name` is noted as skipped.
    #[track_caller]
    #[must_use]
    pub fn start(name: &str, sandbox: &Sandbox, data: &str, args: &[&str]) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let Some(python) = installed("python3") else {
            skipped_unless_ci(name, "python3");
            return None;
        };
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let control = sandbox.run().join(format!("agent-{count}"));
        let home = home();
        let program = Program::at(&python, sandbox)
            .args(["-B", "-u"])
            .arg(home.join("snmp_agent.py"))
            .arg(home.join("data").join(data))
            .arg("--control")
            .arg(&control);
        let running = program.args(args).start();
        let ready = running.wait_for_line("READY", PATIENCE);
        let port = ready.split_whitespace().last().map(str::parse);
        let Some(Ok(port)) = port else {
            fail(format!("the agent says no port: {ready}"))
        };
        Some(Self {
            port,
            control: Control::connect(&control),
            running,
        })
    }

    /// The port on which it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Tells it a control line and gives what it says behind `OK`.
    #[track_caller]
    pub fn tell(&mut self, line: &str) -> String {
        self.control.tell(line)
    }

    /// Ends it, as if its network card had failed.
    #[track_caller]
    pub fn kill(&mut self) {
        self.running.signal(Signal::SIGKILL);
        self.running.wait_for_end(PATIENCE);
    }
}

/// Where the agent is.
fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/devices/snmp")
}

/// Net-SNMP's agent; it ends when it is dropped.
#[derive(Debug)]
pub struct Snmpd {
    port: u16,
    _running: Running,
}

impl Snmpd {
    /// Starts it with this configuration on a port of 127.0.0.1: the one that `cargo xtask peers` has unpacked, else the system's.
    /// Without it, test `name` is noted as skipped.
    #[track_caller]
    #[must_use]
    pub fn start(name: &str, sandbox: &Sandbox, config: &str) -> Option<Self> {
        let root = peers_dir().map(|peers| peers.join("snmp"));
        let unpacked = root.iter().map(|root| root.join("usr/sbin/snmpd"));
        let system = ["/usr/sbin/snmpd", "/usr/local/sbin/snmpd"].map(PathBuf::from);
        let Some(path) = unpacked.chain(system).find(|path| path.is_file()) else {
            skipped_unless_ci(
                name,
                "Net-SNMP's snmpd: run `cargo xtask peers` (Debian or its kin, with apt-get)",
            );
            return None;
        };
        let port = must(free_port());
        sandbox.write("snmpd.conf", config);
        let file = sandbox.etc().join("snmpd.conf");
        let libraries = root.map(|root| env::join_paths(library_dirs(&root)).unwrap_or_default());
        let run = sandbox.run();
        let running = Program::at(&path, sandbox)
            .env("LD_LIBRARY_PATH", libraries.unwrap_or_default())
            .env("SNMP_PERSISTENT_DIR", run.join("snmp"))
            .env("SNMPCONFPATH", run.join("snmp"))
            .env("MIBS", "")
            // in front, log to standard output, this file alone
            .args(["-f", "-Lo", "-C", "-r", "-c"])
            .arg(&file)
            .arg("-p")
            .arg(run.join("snmpd.pid"))
            .arg(format!("udp:127.0.0.1:{port}"))
            .start();
        running.wait_for_line("NET-SNMP version", PATIENCE);
        Some(Self {
            port,
            _running: running,
        })
    }

    /// The port on which it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }
}
