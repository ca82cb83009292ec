//! The whole driver on a serial line: a device on a pseudo terminal, the driver in this process, and its socket.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing
)]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use driver::testing::Running;
use testkit::{Pinger, SerialDevice};

const ON_LINE: &str = "(229.5 195.0 229.5 014 50.0 27.4 30.0 00001001";
const ON_BATTERY: &str = "(000.0 183.0 228.0 014 00.0 21.3 30.0 11001001";
const PATIENCE: Duration = Duration::from_secs(30);

/// What the device does instead of answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    Silence,
    Garbage,
    Truncated,
    WithoutEnd,
    Echo,
    Refusal,
    Noise,
    Doubled,
    Zeros,
    Slow,
}

#[derive(Debug)]
struct State {
    status: &'static str,
    fault: Fault,
    asked: Vec<String>,
}

/// A megatec device, the driver on it, and a connection to the driver.
struct Bench {
    state: Arc<Mutex<State>>,
    socket: BufReader<UnixStream>,
    running: Option<Running>,
    _device: SerialDevice,
    _dir: tempfile::TempDir,
}

impl Bench {
    fn start(options: &str) -> Self {
        let state = Arc::new(Mutex::new(State {
            status: ON_LINE,
            fault: Fault::None,
            asked: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        let device = SerialDevice::start(Some(b'\r'), move |request, line| {
            answer(&mut shared.lock().unwrap(), request, line);
        });
        let dir = tempfile::tempdir().unwrap();
        write_conf(dir.path(), device.port(), options);
        let running = Running::start(&nutdrv_qx::INFO, "ups", dir.path()).unwrap();
        let socket = UnixStream::connect(running.socket()).unwrap();
        socket.set_read_timeout(Some(PATIENCE)).unwrap();
        Self {
            state,
            socket: BufReader::new(socket),
            running: Some(running),
            _device: device,
            _dir: dir,
        }
    }

    /// Another client, that asks all the time whether the driver is there.
    fn pinger(&self) -> Pinger {
        Pinger::start(self.running.as_ref().unwrap().socket())
    }

    fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }

    fn send(&mut self, line: &str) {
        writeln!(self.socket.get_mut(), "{line}").unwrap();
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.socket.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Everything that is said until a line that is wanted, with it.
    fn until(&mut self, wanted: impl Fn(&str) -> bool) -> Vec<String> {
        let began = Instant::now();
        let mut said = Vec::new();
        while began.elapsed() < PATIENCE {
            let line = self.line();
            let found = wanted(&line);
            said.push(line);
            if found {
                return said;
            }
        }
        panic!("what is wanted was not said: {said:#?}");
    }

    fn dump(&mut self) -> Vec<String> {
        self.send("DUMPALL");
        self.until(|line| line == "DUMPDONE")
    }

    fn ask(&mut self, line: &str) -> String {
        self.send(&format!("{line} TRACKING t1"));
        self.until(|line| line.starts_with("TRACKING t1 "))
            .pop()
            .unwrap()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop();
        }
    }
}

fn write_conf(dir: &Path, port: &Path, options: &str) {
    let conf = format!(
        "pollinterval = 1\n[ups]\n  driver = nutdrv_qx\n  port = {}\n  pollfreq = 0\n{options}\n",
        port.display()
    );
    std::fs::write(dir.join("ups.conf"), conf).unwrap();
}

fn answer(state: &mut State, request: &[u8], line: &mut dyn Write) {
    let text = String::from_utf8_lossy(request).trim_end().to_owned();
    let answer = match text.as_str() {
        "Q1" => format!("{}\r", state.status),
        "F" => "#230.0 004 24.00 50.0\r".to_owned(),
        "I" => "#ACME POWER      SIM-1000   V1.23     \r".to_owned(),
        "T" | "C" | "S.5R0003" => String::new(),
        other => format!("{other}\r"),
    };
    let answer = answer.into_bytes();
    let half = answer.len() / 2;
    let bytes = match state.fault {
        Fault::None | Fault::Slow => answer,
        Fault::Silence => Vec::new(),
        Fault::Garbage => b"\x80\xffXYZ@~|\x07(((1111111111111111111111111111111111111\r".to_vec(),
        Fault::Truncated => [&answer[..half], b"\r"].concat(),
        Fault::WithoutEnd => answer[..half].to_vec(),
        Fault::Echo => request.to_vec(),
        Fault::Refusal => b"NAK\r".to_vec(),
        Fault::Noise => [b"\xff\x7f", answer.as_slice()].concat(),
        Fault::Doubled => answer.repeat(2),
        Fault::Zeros => [vec![0; answer.len()], vec![b'\r']].concat(),
    };
    state.asked.push(text);
    let pause = Duration::from_millis(if state.fault == Fault::Slow { 10 } else { 0 });
    for byte in bytes {
        sleep(pause);
        let _ = line.write_all(&[byte]);
    }
}

#[test]
fn a_device_is_found_out_read_and_commanded() {
    let mut bench = Bench::start("");
    let dump = bench.dump();
    for line in [
        r#"SETINFO driver.version.data "Megatec 0.10""#,
        r#"SETINFO device.mfr "ACME POWER""#,
        r#"SETINFO battery.charge "100""#,
        r#"SETINFO ups.status "OL""#,
        "ADDRANGE ups.delay.shutdown 12 600",
        "ADDCMD shutdown.return",
        "DATAOK",
    ] {
        assert!(
            dump.iter().any(|said| said == line),
            "{line} is not in {dump:#?}"
        );
    }
    assert_eq!(
        bench.ask("INSTCMD test.battery.start.quick"),
        "TRACKING t1 0"
    );
    assert_eq!(bench.ask("INSTCMD test.battery.start 5"), "TRACKING t1 3");
    assert_eq!(bench.ask("SET ups.delay.shutdown 65"), "TRACKING t1 0");
    assert_eq!(bench.ask("SET ups.delay.shutdown 601"), "TRACKING t1 1");
    bench.set(|state| {
        assert!(state.asked.contains(&"T".to_owned()), "{:?}", state.asked);
        state.status = ON_BATTERY;
    });
    bench.until(|line| line.starts_with(r#"SETINFO ups.status "OB"#) && line.contains("LB"));
}

#[test]
fn a_dead_line_makes_data_stale_and_blocks_nobody() {
    let mut bench = Bench::start("  protocol = megatec");
    bench.dump();
    let pinger = bench.pinger();
    bench.set(|state| state.fault = Fault::Silence);
    bench.until(|line| line == "DATASTALE");
    bench.set(|state| state.fault = Fault::None);
    bench.until(|line| line == "DATAOK");
    pinger.expect_prompt();
}

#[test]
fn no_fault_of_the_line_makes_a_status() {
    let faults = [
        Fault::Garbage,
        Fault::Truncated,
        Fault::WithoutEnd,
        Fault::Echo,
        Fault::Refusal,
        Fault::Noise,
        Fault::Doubled,
        Fault::Zeros,
        Fault::Slow,
    ];
    let tried = faults.map(|fault| std::thread::spawn(move || try_fault(fault)));
    for thread in tried {
        thread.join().unwrap();
    }
}

/// With a fault the status stays what it is until the data are stale; without it they are fresh again.
fn try_fault(fault: Fault) {
    let mut bench = Bench::start("  protocol = megatec");
    bench.dump();
    let pinger = bench.pinger();
    bench.set(|state| {
        state.fault = fault;
        state.asked.clear();
    });
    let survives = [Fault::Doubled, Fault::Slow].contains(&fault);
    if survives {
        while bench.state.lock().unwrap().asked.len() < 6 {
            sleep(Duration::from_millis(20));
        }
    } else {
        let said = bench.until(|line| line == "DATASTALE");
        let status = said
            .iter()
            .find(|line| line.starts_with("SETINFO ups.status"));
        assert_eq!(status, None, "{fault:?}");
        bench.set(|state| state.fault = Fault::None);
        bench.until(|line| line == "DATAOK");
    }
    pinger.expect_prompt();
    let dump = bench.dump();
    for line in [
        r#"SETINFO ups.status "OL""#,
        r#"SETINFO battery.charge "100""#,
        "DATAOK",
    ] {
        assert!(
            dump.iter().any(|said| said == line),
            "{fault:?}: {line} is not in {dump:#?}"
        );
    }
}

#[test]
fn a_port_that_is_not_there_is_named() {
    let dir = tempfile::tempdir().unwrap();
    write_conf(dir.path(), Path::new("/dev/ttyNone9"), "");
    let refused = Running::start(&nutdrv_qx::INFO, "ups", dir.path()).unwrap_err();
    assert!(
        refused.contains("/dev/ttyNone9: there is no such port"),
        "{refused}"
    );
}
