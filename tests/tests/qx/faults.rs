//! A line that gets bad just when mains fail: the status never says what the device does not, the data are stale when nothing is
//! known, and tell the failure when something is. The driver's socket answers all the time.

use std::path::Path;
use std::thread::{sleep, spawn};
use std::time::Duration;

use testkit::{DriverSocket, Pinger, Program, Running, Sandbox, Simulator};

/// How long what is wrong may take to be told, and to be over.
const SOON: Duration = Duration::from_secs(60);
/// How long a fault is looked at when nothing is to come of it.
const WATCHED: Duration = Duration::from_secs(5);
/// Whether the data are stale after it.
const FAULTS: &[(&str, bool)] = &[
    ("silence", true),
    ("garbage=47", true),
    ("truncate=20", true),
    ("truncate-nocr=20", true),
    ("echo", true),
    ("nak", true),
    ("noise", true),
    ("zero", true),
    ("double", false),
    ("slow=5", false),
];

/// A driver on a device.
struct Bench {
    // first, so that it ends first
    driver: Running,
    socket: DriverSocket,
    pinger: Pinger,
    device: Simulator,
    _sandbox: Sandbox,
}

impl Bench {
    /// Nothing if test `test` cannot be run here.
    fn start(test: &str, dialect: &str) -> Option<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("devices/serial/qx_sim.py");
        let sandbox = Sandbox::new();
        let device = Simulator::start(test, &sandbox, &script, &["--dialect", dialect])?;
        let port = device.port().display();
        let conf = format!("pollinterval = 1\n[ups]\ndriver = nutdrv_qx\nport = {port}\n");
        sandbox.write("ups.conf", &conf);
        let program = Program::locknut("nutdrv_qx", &sandbox).as_myself();
        let mut driver = program.args(["-a", "ups", "-F"]).start();
        let socket = DriverSocket::connect(&sandbox, "nutdrv_qx", "ups", &mut driver);
        Some(Self {
            pinger: Pinger::start(&sandbox.socket("nutdrv_qx", "ups")),
            driver,
            socket,
            device,
            _sandbox: sandbox,
        })
    }

    /// Whether the status is what it may be.
    fn is_well(&self, on_battery: bool) -> bool {
        let odd = ["LB", "OFF", "FSD", "RB", "OVER"];
        let has = |word| self.socket.status_has(word);
        has("OL") != has("OB") && (on_battery || has("OL")) && !odd.into_iter().any(has)
    }

    #[track_caller]
    fn expect(&mut self, what: &str, said: impl Fn(&DriverSocket) -> bool) {
        self.socket.expect(what, SOON, said);
    }

    /// Mains fail behind the fault, and come back after it.
    fn suffer(mut self, fault: &str, is_bad: bool) {
        self.device.tell(&format!("fault {fault}"));
        self.device.tell("scene onbattery");
        if is_bad {
            self.expect("stale data", |socket| socket.is_fresh() == Some(false));
            assert!(self.socket.status_has("OL"), "{fault}");
            assert!(self.is_well(false), "{fault}: {:#?}", self.socket);
        } else {
            self.expect("OB", |socket| socket.status_has("OB"));
            sleep(WATCHED);
            assert!(self.is_well(true), "{fault}: {:#?}", self.socket);
        }
        self.device.tell("nofault");
        self.expect("fresh data", |socket| socket.is_fresh() == Some(true));
        self.expect("OB", |socket| socket.status_has("OB"));
        assert!(self.is_well(true), "{fault}: {:#?}", self.socket);
        self.device.tell("scene online");
        self.expect("OL", |socket| socket.status_has("OL"));
        self.pinger.expect_prompt();
        assert_eq!(self.driver.ended(), None, "{fault}");
    }
}

/// Each fault on a device of its own.
fn suffers(test: &'static str, dialect: &'static str) {
    let each = FAULTS.iter().map(|(fault, is_bad)| {
        spawn(move || {
            if let Some(bench) = Bench::start(test, dialect) {
                bench.suffer(fault, *is_bad);
            }
        })
    });
    let threads: Vec<_> = each.collect();
    for (thread, fault) in threads.into_iter().zip(FAULTS) {
        assert!(thread.join().is_ok(), "{fault:?}");
    }
}

#[test]
fn a_megatec_on_a_bad_line_tells_nothing_wrong() {
    suffers("a_megatec_on_a_bad_line_tells_nothing_wrong", "megatec");
}

#[test]
fn a_voltronic_on_a_bad_line_tells_nothing_wrong() {
    let name = "a_voltronic_on_a_bad_line_tells_nothing_wrong";
    suffers(name, "voltronic-p01");
}

#[test]
fn a_masterguard_on_a_bad_line_tells_nothing_wrong() {
    let name = "a_masterguard_on_a_bad_line_tells_nothing_wrong";
    suffers(name, "masterguard");
}

#[test]
fn a_binary_voltronic_on_a_bad_line_tells_nothing_wrong() {
    let name = "a_binary_voltronic_on_a_bad_line_tells_nothing_wrong";
    suffers(name, "voltronic-qs-hex");
}
