//! A unit, its driver, and a client of the driver.

use std::path::{Path, PathBuf};
use std::time::Duration;
use testkit::{DriverSocket, Finished, Pinger, Program, Running, Sandbox, Simulator, our_programs};

/// How long the slowest unit takes to be recognised: several questions that it does not answer, of 3 s each.
pub(crate) const START: Duration = Duration::from_secs(90);
/// Results of requests.
pub(crate) const HANDLED: &str = "0";
pub(crate) const FAILED: &str = "3";

/// How long what is wrong may take to be told, and to be over.
pub(crate) const SOON: Duration = Duration::from_secs(30);

/// A unit with its files.
pub(crate) struct Unit {
    pub(crate) sandbox: Sandbox,
    pub(crate) simulator: Simulator,
    program: PathBuf,
    name: &'static str,
}

/// A driver that serves it.
pub(crate) struct Bench {
    pub(crate) unit: Unit,
    pub(crate) driver: Running,
    pub(crate) socket: DriverSocket,
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("devices/serial/apcsmart_sim.py")
}

impl Unit {
    /// Begins to simulate `model`; nothing if test `test` cannot be run here.
    pub(crate) fn new(test: &str, model: &str) -> Option<Self> {
        let sandbox = Sandbox::new();
        let simulator = Simulator::start(test, &sandbox, &script(), &["--model", model])?;
        let unit = Self {
            program: our_programs().unwrap().join("apcsmart"),
            name: "apcsmart",
            sandbox,
            simulator,
        };
        unit.configure("");
        Some(unit)
    }

    /// The same by the name of the older driver.
    pub(crate) fn by_old_name(mut self) -> Self {
        let link = self.sandbox.etc().join("apcsmart-old");
        std::os::unix::fs::symlink(&self.program, &link).unwrap();
        (self.program, self.name) = (link, "apcsmart-old");
        self.configure("");
        self
    }

    /// Writes ups.conf with these lines in the unit's section.
    pub(crate) fn configure(&self, lines: &str) -> &Self {
        let (name, port) = (self.name, self.simulator.port().display());
        let conf = format!("pollinterval = 1\n[ups]\ndriver = {name}\nport = {port}\n{lines}\n");
        self.sandbox.write("ups.conf", &conf);
        self
    }

    /// The driver's program.
    pub(crate) fn program(&self) -> Program {
        Program::at(&self.program, &self.sandbox)
            .as_myself()
            .args(["-a", "ups"])
    }

    /// Starts the driver.
    pub(crate) fn serve(self) -> Bench {
        let mut driver = self.program().arg("-F").start();
        let socket = DriverSocket::connect(&self.sandbox, self.name, "ups", &mut driver);
        Bench {
            unit: self,
            driver,
            socket,
        }
    }

    /// Cuts the power.
    pub(crate) fn kill_power(&self) -> Finished {
        self.program().args(["-k", "-F"]).run_within(START)
    }

    /// Plays another unit on the same port, after the first was pulled.
    pub(crate) fn plug_in(&mut self, test: &str, model: &str) {
        let simulator = Simulator::start(test, &self.sandbox, &script(), &["--model", model]);
        self.simulator = simulator.unwrap();
    }

    /// What the unit was asked since the log was cleared.
    pub(crate) fn asked(&mut self) -> String {
        self.simulator.tell("log")
    }

    /// Whether the unit is in smart mode.
    pub(crate) fn is_smart(&mut self) -> bool {
        self.simulator.tell("get").contains("\"smart\": true")
    }
}

impl Bench {
    pub(crate) fn start(test: &str, model: &str) -> Option<Self> {
        Unit::new(test, model).map(Unit::serve)
    }

    pub(crate) fn tell(&mut self, line: &str) -> String {
        self.unit.simulator.tell(line)
    }

    /// Waits for data that are good, or not.
    #[track_caller]
    pub(crate) fn await_fresh(&mut self, fresh: bool) {
        let what = if fresh { "DATAOK" } else { "DATASTALE" };
        self.socket
            .expect(what, SOON, |socket| socket.is_fresh() == Some(fresh));
    }

    /// Expects a value, now.
    #[track_caller]
    pub(crate) fn has(&mut self, var: &str, value: Option<&str>) {
        self.answers();
        assert_eq!(self.socket.value(var), value, "{}", self.driver.printed());
    }

    /// Expects that the driver's socket is served, whatever the device does.
    #[track_caller]
    pub(crate) fn answers(&mut self) {
        assert_eq!(self.socket.ask("SET driver.debug -1"), HANDLED);
    }

    /// Begins to measure how soon it is.
    pub(crate) fn ping(&self) -> Pinger {
        Pinger::start(&self.unit.sandbox.socket(self.unit.name, "ups"))
    }
}
