//! The built driver on a simulated agent.

use std::time::Duration;

use testkit::{DriverSocket, Finished, Program, Running, Sandbox, SnmpAgent};

pub(crate) const DRIVER: &str = "snmp-ups";
/// How long what is wrong may take to be told, and to be over.
pub(crate) const SOON: Duration = Duration::from_secs(60);
/// Results of INSTCMD and SET.
pub(crate) const HANDLED: &str = "0";
pub(crate) const UNKNOWN: &str = "1";
pub(crate) const FAILED: &str = "3";

/// How ups.conf says who asks, for each version.
pub(crate) const LOGINS: [&str; 3] = [
    "snmp_version = v1\ncommunity = private\n",
    "snmp_version = v2c\ncommunity = private\n",
    "snmp_version = v3\nsecLevel = authPriv\nsecName = u-sha256-aes\nauthProtocol = SHA256\nauthPassword = authpass123\nprivProtocol = AES\nprivPassword = privpass123\n",
];

/// An agent, and what the driver needs to know of it.
pub(crate) struct Device {
    pub(crate) agent: SnmpAgent,
    pub(crate) sandbox: Sandbox,
}

impl Device {
    /// An agent with a file's objects; nothing if test `test` cannot be run here.
    pub(crate) fn start(test: &str, data: &str, lines: &str) -> Option<Self> {
        let sandbox = Sandbox::new();
        let agent = SnmpAgent::start(test, &sandbox, data, &[])?;
        let port = agent.port();
        let conf =
            format!("pollinterval = 1\n[ups]\ndriver = {DRIVER}\nport = 127.0.0.1:{port}\n{lines}");
        sandbox.write("ups.conf", &conf);
        Some(Self { agent, sandbox })
    }

    fn program(&self) -> Program {
        let program = Program::locknut(DRIVER, &self.sandbox).as_myself();
        program.args(["-a", "ups"])
    }

    /// Cuts the power.
    pub(crate) fn kill_power(&self) -> Finished {
        self.program().args(["-k", "-F"]).run_within(SOON)
    }

    /// Starts the driver.
    pub(crate) fn serve(self) -> Driven {
        let mut driver = self.program().arg("-F").start();
        let socket = DriverSocket::connect(&self.sandbox, DRIVER, "ups", &mut driver);
        Driven {
            driver,
            socket,
            device: self,
        }
    }

    /// What was set, or refused, since it was asked the last time.
    pub(crate) fn sets(&mut self) -> String {
        self.agent.tell("sets")
    }
}

/// A driver that runs.
pub(crate) struct Driven {
    // first, so that it ends first
    pub(crate) driver: Running,
    pub(crate) socket: DriverSocket,
    pub(crate) device: Device,
}

impl Driven {
    #[track_caller]
    pub(crate) fn tell(&mut self, line: &str) {
        self.device.agent.tell(line);
    }

    /// Waits until the data are stale, or fresh.
    #[track_caller]
    pub(crate) fn expect_fresh(&mut self, is_fresh: bool, when: &str) {
        let what = format!("fresh {is_fresh}, with {when}");
        let wanted = |socket: &DriverSocket| socket.is_fresh() == Some(is_fresh);
        self.socket.expect(&what, SOON, wanted);
    }

    /// Waits for a variable's value.
    #[track_caller]
    pub(crate) fn expect_value(&mut self, var: &str, value: &str) -> Duration {
        let wanted = |socket: &DriverSocket| socket.value(var) == Some(value);
        self.socket.expect(&format!("{var} {value}"), SOON, wanted)
    }
}
