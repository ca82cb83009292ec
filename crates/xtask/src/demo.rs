//! `demo`: a power failure on a simulated UPS, played by the real programs with nothing configured.
//!
//! A driver (dummy-ups) plays a recording in a loop, a server (upsd) on a free port of loopback serves it, and a client
//! (upsc) reads it; what changes is printed. `--once` plays it once and fast, and tells whether all of it was seen.

mod outage;
mod stage;
mod watch;

use crate::cargo::{cargo, perform};
use crate::failure::{Failure, Result};
use outage::Outage;
use signal_hook::consts::{SIGINT, SIGTERM};
use stage::Stage;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use watch::Watch;

/// How the recording is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pace {
    /// As recorded, until the user ends it.
    Endless,
    /// Fast, until all of it was seen.
    Once,
}

const BETWEEN_LOOKS: Duration = Duration::from_millis(200);
const ONCE_MAX: Duration = Duration::from_secs(30);

/// Builds the programs and plays.
pub(crate) fn run(pace: Pace) -> Result<()> {
    println!("building the programs…");
    perform(cargo().args(["build", "-p", "upsd", "-p", "dummy-ups", "-p", "upsc"]))?;
    play(&testkit::our_programs()?, pace)
}

/// Plays with the programs in `programs`. All of them end with this function, on every way out of it.
pub(crate) fn play(programs: &Path, pace: Pace) -> Result<()> {
    let ended = end_on_signals()?;
    let stage = Stage::set(programs, pace)?;
    if pace == Pace::Endless {
        println!("{}", stage.hint());
    }
    let mut watch = Watch::default();
    let mut outage = Outage::default();
    let begin = Instant::now();
    while !ended.load(Ordering::SeqCst) {
        let listing = stage.listing()?;
        watch
            .look(&listing, begin.elapsed())
            .iter()
            .for_each(|line| println!("{line}"));
        outage.see(watch.value("ups.status"));
        if pace == Pace::Once && (outage.is_over() || begin.elapsed() > ONCE_MAX) {
            return verdict(&outage);
        }
        std::thread::sleep(BETWEEN_LOOKS);
    }
    println!("ended");
    Ok(())
}

fn verdict(outage: &Outage) -> Result<()> {
    if outage.is_over() {
        println!("seen: {}", outage.seen());
        return Ok(());
    }
    let text = format!(
        "expected {}, but saw {} within {ONCE_MAX:?}",
        outage::WANTED,
        outage.seen()
    );
    Err(Failure::told(text))
}

/// A flag that Ctrl-C sets. The programs get the signal too, from the terminal; that does no harm.
fn end_on_signals() -> Result<Arc<AtomicBool>> {
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&ended)).map_err(Failure::io("signals"))?;
    }
    Ok(ended)
}

/// Where `cargo build` puts programs that are not for release.
pub(crate) fn built_programs(target: &Path) -> PathBuf {
    target.join("debug")
}
