//! `bench snmp`: our snmp-ups, as packages ship it, and C NUT's, on the same simulated agents.
//!
//! | figure | from, to |
//! |---|---|
//! | ready, near and far | the program is started; its socket says DATAOK. Far is a device whose answers take [`FAR`] |
//! | requests until ready | what the agent was asked until then |
//! | requests of a walk | what it is asked at each `pollfreq`: the median of several |

use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use testkit::{CNut, DriverSocket, PATIENCE, Program, Running, Sandbox, SnmpAgent};

use super::figures::{Figures, Side, Unit};
use super::promise::{Target, judged, ratio};
use super::subject::peers;
use super::table;
use crate::cargo::{cargo, perform};
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;

const UPS: &str = "ups";
const DRIVER: &str = "snmp-ups";
/// How often everything is measured.
const ROUNDS: usize = 3;
/// How long an answer of a far device takes, in milliseconds.
const FAR: u64 = 20;
/// Seconds between two walks.
const POLL: u64 = 2;
/// So long walks are watched.
const WATCHED: Duration = Duration::from_secs(14);
/// Requests with less between them belong to one walk.
const PAUSE: Duration = Duration::from_millis(600);

/// Devices with more than 60 rows, and one with fewer.
const DEVICES: [(&str, bool); 3] = [("apcc", true), ("epdu", true), ("ups", false)];

/// Whose driver.
enum Make {
    Ours(PathBuf),
    C(CNut),
}

impl Make {
    fn all(workspace: &Workspace) -> Result<Vec<Self>> {
        println!("building {DRIVER}, profile dist…");
        perform(cargo().args(["build", "--profile", "dist", "-p", DRIVER]))?;
        let mut all = vec![Self::Ours(workspace.target.join("dist").join(DRIVER))];
        let c = CNut::at(&peers(workspace)).filter(|c| c.path(DRIVER).is_some());
        match c {
            Some(c) => all.push(Self::C(c)),
            None => println!(
                "C NUT's {DRIVER} is not here (`cargo xtask peers`): ours is measured alone"
            ),
        }
        Ok(all)
    }

    fn program(&self, sandbox: &Sandbox) -> Program {
        let program = match self {
            Self::Ours(path) => Program::at(path, sandbox),
            Self::C(c) => c.program(DRIVER, sandbox),
        };
        program.args(["-a", UPS, "-F"]).as_myself()
    }

    const fn side(&self) -> Side {
        match self {
            Self::Ours(_) => Side::Ours,
            Self::C(_) => Side::C,
        }
    }
}

/// Measures, prints the table, and fails when a promise is not kept.
pub(crate) fn run() -> Result<()> {
    let makes = Make::all(&Workspace::load()?)?;
    let mut figures = Figures::default();
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}…");
        for (device, _) in DEVICES {
            for make in &makes {
                measure(make, device, 0, &mut figures)?;
                measure(make, device, FAR, &mut figures)?;
            }
        }
    }
    println!("\n{}", table::of(&figures));
    let (text, all_met) = judge(&figures);
    println!("{text}");
    if all_met {
        Ok(())
    } else {
        Err(Failure::Reported)
    }
}

fn ready_after(device: &str, delay: u64) -> String {
    format!("ready, {device}, {delay} ms away")
}

fn until_ready(device: &str) -> String {
    format!("requests until ready, {device}")
}

fn of_walk(device: &str) -> String {
    format!("requests of a walk, {device}")
}

/// One start; near the device, its walks, too.
fn measure(make: &Make, device: &str, delay: u64, figures: &mut Figures) -> Result<()> {
    let sandbox = Sandbox::try_new()?;
    let data = format!("{device}.snmprec");
    let mut agent =
        SnmpAgent::start("bench snmp", &sandbox, &data, &[]).ok_or(Failure::Reported)?;
    if delay > 0 {
        agent.tell(&format!("fault delay={delay}"));
    }
    let conf = format!(
        "pollinterval = {POLL}\n[{UPS}]\ndriver = {DRIVER}\nport = 127.0.0.1:{}\nsnmp_version = v2c\ncommunity = private\npollfreq = {POLL}\n",
        agent.port()
    );
    sandbox.try_write("ups.conf", &conf)?;
    let begin = Instant::now();
    let mut driver: Running = make.program(&sandbox).try_start()?;
    let mut socket = DriverSocket::connect(&sandbox, DRIVER, UPS, &mut driver);
    socket.wait(PATIENCE, |said| said.is_fresh() == Some(true))?;
    let millis = begin.elapsed().as_secs_f64() * 1e3;
    figures.add(
        make.side(),
        &ready_after(device, delay),
        Unit::Millis,
        millis,
    );
    if delay > 0 {
        return Ok(());
    }
    let asked = requests(&mut agent);
    figures.add(make.side(), &until_ready(device), Unit::Requests, asked);
    if let Some(walk) = median(walks(&mut agent)) {
        figures.add(make.side(), &of_walk(device), Unit::Requests, walk);
    }
    Ok(())
}

/// How many requests there were since this was asked.
#[allow(clippy::cast_precision_loss, reason = "there are not so many")]
fn requests(agent: &mut SnmpAgent) -> f64 {
    counted(&agent.tell("asked")) as f64
}

/// The agent says how many objects each request asked for; `-` for no request.
fn counted(asked: &str) -> usize {
    let each = asked.split_whitespace();
    each.filter(|word| word.parse::<usize>().is_ok()).count()
}

/// The requests of each walk but the first and the last, which may be watched in part only.
fn walks(agent: &mut SnmpAgent) -> Vec<f64> {
    let begin = Instant::now();
    let (mut walks, mut last): (Vec<f64>, Option<Instant>) = (Vec::new(), None);
    while begin.elapsed() < WATCHED {
        thread::sleep(Duration::from_millis(50));
        let asked = requests(agent);
        if asked == 0.0 {
            continue;
        }
        match walks.last_mut() {
            Some(walk) if last.is_some_and(|last| last.elapsed() < PAUSE) => *walk += asked,
            _ => walks.push(asked),
        }
        last = Some(Instant::now());
    }
    walks.pop();
    walks.drain(..1.min(walks.len()));
    walks
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// All promises as lines, and whether none is broken.
fn judge(figures: &Figures) -> (String, bool) {
    let mut all = Vec::new();
    for (device, is_large) in DEVICES {
        let far = ready_after(device, FAR);
        let what = format!("{far}: five times sooner than C's");
        all.push(Target::of_ratio(what, ratio(figures, &far), |ratio| {
            ratio <= 0.2
        }));
        let walk = of_walk(device);
        let (share, said) = if is_large {
            (0.1, "a tenth")
        } else {
            (0.5, "half")
        };
        let what = format!("{walk}: at most {said} of C's");
        all.push(Target::of_ratio(what, ratio(figures, &walk), |ratio| {
            ratio <= share
        }));
    }
    judged(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_of_more_than_a_tenth_breaks_the_promise() {
        for (ours, verdict) in [(9.0, true), (11.0, false)] {
            let mut figures = Figures::default();
            figures.add(Side::Ours, &of_walk("apcc"), Unit::Requests, ours);
            figures.add(Side::C, &of_walk("apcc"), Unit::Requests, 100.0);
            assert_eq!(judge(&figures).1, verdict, "{ours}");
        }
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
    }

    #[test]
    fn no_request_is_none() {
        assert_eq!(counted("30 32 1"), 3);
        assert_eq!(counted("-"), 0);
    }
}
