//! `bench shutdown`: from the moment the device says LB to the start of SHUTDOWNCMD, our upsmon and C NUT's in turns.
//!
//! A lone primary with POLLFREQ and POLLFREQALERT of one second and FINALDELAY 0. Driver and server are the same for
//! both: a fake driver and our upsd. LB falls at random moments between two polls. SHUTDOWNCMD is a script that leaves
//! a mark with the time; nothing is shut down.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use testkit::{CNut, FakeDriver, Program, Running, Sandbox, eventually, free_port};

use super::subject::peers;
use crate::cargo::{cargo, perform};
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;

/// How often each has its turn.
const ROUNDS: u32 = 15;
/// How long anything may take.
const WITHIN: Duration = Duration::from_secs(20);

/// Whose upsmon.
enum Subject {
    Ours(PathBuf),
    C(CNut),
}

/// Measures and prints, and fails when ours is later than C's.
pub(crate) fn run() -> Result<()> {
    let workspace = Workspace::load()?;
    perform(cargo().args([
        "build",
        "--release",
        "-p",
        "upsd",
        "-p",
        "upsmon",
        "-p",
        "upsmon-helper",
    ]))?;
    let built = workspace.target.join("release");
    let ours = Subject::Ours(built.join("upsmon"));
    let c = CNut::at(&peers(&workspace)).map(Subject::C);
    if c.is_none() {
        println!("C NUT is not here (`cargo xtask peers`): ours is measured alone");
    }
    let (mut of_ours, mut of_c) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // spread evenly over the second between two polls, differently for each round
        let phase = Duration::from_millis(u64::from(round * 7 % ROUNDS) * 1000 / u64::from(ROUNDS));
        of_ours.push(play(&built, &ours, phase)?);
        if let Some(c) = &c {
            of_c.push(play(&built, c, phase)?);
        }
    }
    let ours = tell("ours", &mut of_ours);
    if of_c.is_empty() {
        return Ok(());
    }
    let c = tell("C NUT's", &mut of_c);
    let met = ours <= c;
    println!(
        "{} ours / C's: {:.2}; not later than C's",
        if met { "met    " } else { "NOT MET" },
        ours.as_secs_f64() / c.as_secs_f64()
    );
    if met { Ok(()) } else { Err(Failure::Reported) }
}

/// Prints minimum, median and maximum; returns the median.
fn tell(whose: &str, times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    let at = |index: usize| times.get(index).copied().unwrap_or_default();
    let median = at(times.len() / 2);
    println!(
        "{whose:<8} from LB to SHUTDOWNCMD, {} rounds [ms]: min {:.0}, median {:.0}, max {:.0}",
        times.len(),
        at(0).as_secs_f64() * 1e3,
        median.as_secs_f64() * 1e3,
        at(times.len().saturating_sub(1)).as_secs_f64() * 1e3,
    );
    median
}

/// One outage. A fresh site each time, because FSD stays set until upsd ends.
fn play(built: &Path, subject: &Subject, phase: Duration) -> Result<Duration> {
    let sandbox = Sandbox::try_new()?;
    let port = free_port()?;
    let mark = sandbox.run().join("mark");
    configure(&sandbox, port, &mark)?;
    let dump = ["SETINFO ups.status \"OB\"", "DATAOK", "DUMPDONE"];
    let driver = FakeDriver::start(&sandbox, "dummy-ups", "lab", &dump);
    let upsd = Program::at(&built.join("upsd"), &sandbox);
    let _upsd = upsd.arg("-F").as_myself().try_start()?;
    let mut upsmon = start(subject, &sandbox)?;
    let logged_in = || ask(port, "GET NUMLOGINS lab").filter(|answer| answer == "NUMLOGINS lab 1");
    eventually(WITHIN, logged_in).ok_or_else(|| {
        Failure::told(format!(
            "upsmon did not log in; it printed {}",
            upsmon.printed()
        ))
    })?;
    sleep(Duration::from_secs(2) + phase);
    let begun = SystemTime::now();
    driver.broadcast("SETINFO ups.status \"OB LB\"");
    let marked = || {
        fs::read_to_string(&mark)
            .ok()
            .filter(|text| text.ends_with('\n'))
    };
    let text = eventually(WITHIN, marked).ok_or_else(|| {
        Failure::told(format!(
            "nothing was shut down; upsmon printed {}",
            upsmon.printed()
        ))
    })?;
    let _ = upsmon.try_wait_for_end(WITHIN);
    let at: f64 = text.trim().parse().unwrap_or_default();
    let begun = begun.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Duration::from_secs_f64((at - begun.as_secs_f64()).max(0.0)))
}

fn configure(sandbox: &Sandbox, port: u16, mark: &Path) -> Result<()> {
    sandbox.try_write("ups.conf", "[lab]\n  driver = dummy-ups\n  port = auto\n")?;
    sandbox.try_write("upsd.conf", &format!("LISTEN 127.0.0.1 {port}\n"))?;
    sandbox.try_write(
        "upsd.users",
        "[mon]\n  password = secret\n  upsmon primary\n",
    )?;
    let conf = format!(
        "MONITOR lab@127.0.0.1:{port} 1 mon secret primary\n\
         MINSUPPLIES 1\n\
         SHUTDOWNCMD \"date +%s.%N > {}\"\n\
         POLLFREQ 1\nPOLLFREQALERT 1\nFINALDELAY 0\nRUN_AS_USER root\n{}",
        mark.display(),
        ["ONBATT", "LOWBATT", "FSD", "SHUTDOWN", "COMMBAD", "COMMOK"]
            .map(|event| format!("NOTIFYFLAG {event} SYSLOG\n"))
            .concat()
    );
    Ok(sandbox.try_write("upsmon.conf", &conf)?)
}

fn start(subject: &Subject, sandbox: &Sandbox) -> Result<Running> {
    let program = match subject {
        Subject::Ours(path) => Program::at(path, sandbox),
        Subject::C(peers) => peers.program("upsmon", sandbox),
    };
    Ok(program.arg("-F").try_start()?)
}

/// One answer; none while the server does not listen yet.
fn ask(port: u16, line: &str) -> Option<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    stream.set_read_timeout(Some(WITHIN)).ok()?;
    writeln!(stream, "{line}").ok()?;
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).ok()?;
    Some(answer.trim_end().to_owned())
}
