//! nut-scanner in a sandbox, and the drivers that its output starts.

use std::time::Duration;

use testkit::{DriverSocket, Finished, PATIENCE, Program, Running, Sandbox};

/// How long a scan may take on any machine: a serial port where nothing answers takes half a minute.
const SCAN: Duration = PATIENCE.saturating_mul(4);

/// What a scan has found, as it printed it.
#[derive(Debug)]
pub(crate) struct Scanned {
    pub(crate) conf: String,
    pub(crate) told: String,
}

/// nut-scanner, not started.
pub(crate) fn scanner(sandbox: &Sandbox) -> Program {
    Program::locknut("nut-scanner", sandbox)
}

/// Runs a scan to its end.
#[track_caller]
pub(crate) fn run(program: Program) -> Finished {
    let done = program.run_within(SCAN);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    done
}

/// Scans, and makes what is found the ups.conf of the sandbox.
#[track_caller]
pub(crate) fn adopt(sandbox: &Sandbox, program: Program) -> Scanned {
    let done = run(program);
    sandbox.write("ups.conf", &done.stdout);
    Scanned {
        conf: done.stdout,
        told: done.stderr,
    }
}

/// A driver of the ups.conf that was found, in touch with its device.
#[derive(Debug)]
pub(crate) struct Driver {
    // first, so that it ends first
    pub(crate) socket: DriverSocket,
    _running: Running,
}

impl Driver {
    /// Starts the driver that a section names. `lead` has it see what it is to see.
    #[track_caller]
    pub(crate) fn start(
        sandbox: &Sandbox,
        scanned: &Scanned,
        section: &str,
        lead: impl Fn(Program) -> Program,
    ) -> Self {
        let name = driver_of(&scanned.conf, section);
        let program = lead(Program::locknut(&name, sandbox).as_myself());
        let mut running = program.args(["-a", section, "-F"]).start();
        let socket = DriverSocket::connect(sandbox, &name, section, &mut running);
        let mut driver = Self {
            socket,
            _running: running,
        };
        driver.expect("fresh data", |said| said.is_fresh() == Some(true));
        driver
    }

    #[track_caller]
    pub(crate) fn expect(&mut self, what: &str, said: impl Fn(&DriverSocket) -> bool) {
        self.socket.expect(what, PATIENCE, said);
    }

    /// The value of a variable.
    pub(crate) fn value(&self, var: &str) -> Option<&str> {
        self.socket.value(var)
    }
}

/// The driver of a section.
#[track_caller]
fn driver_of(conf: &str, section: &str) -> String {
    let mut lines = conf
        .lines()
        .skip_while(|line| *line != format!("[{section}]"));
    let line = lines.find_map(|line| line.trim_start().strip_prefix("driver = \""));
    let name = line.and_then(|rest| rest.split('"').next());
    name.unwrap_or_else(|| panic!("no section {section} in:\n{conf}"))
        .to_owned()
}
