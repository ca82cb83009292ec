//! The innocent bystander: a client of another UPS that asks on and on, and a look at the server's memory.

use crate::process::memory_of;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};
use testkit::{Running, Wire};
use tests::Site;

/// Within what an answer is prompt. It takes a fraction of a millisecond; a machine that tests is busy with much else.
pub(crate) const PROMPT: Duration = Duration::from_secs(3);
/// Kilobytes that the server may hold whatever is thrown at it. It begins with some 5,000.
pub(crate) const MEMORY_MAX: u64 = 64 * 1024;
/// The UPS that the bystander asks for; its `ups.status` has to be `OL`.
pub(crate) const CALM: &str = "calm";

/// Asks until it is ended.
pub(crate) struct Watch {
    ended: Arc<AtomicBool>,
    thread: JoinHandle<Seen>,
}

/// What it saw.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen {
    answers: u32,
    slowest: Duration,
    /// Kilobytes.
    memory: u64,
}

impl Watch {
    /// Begins to ask; the UPS has to be served already.
    pub(crate) fn over(site: &Site, upsd: &Running) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let (until, pid, port) = (Arc::clone(&ended), upsd.pid(), site.port);
        let thread = thread::spawn(move || {
            let mut seen = Seen::default();
            let mut client = Wire::connect(port).with_patience(PROMPT);
            while !until.load(Ordering::SeqCst) {
                seen.ask(&mut client);
                seen.memory = seen.memory.max(memory_of(pid));
                thread::sleep(Duration::from_millis(2));
            }
            // and who comes anew is served, too
            seen.ask(&mut Wire::connect(port).with_patience(PROMPT));
            seen
        });
        Self { ended, thread }
    }

    /// Ends it and expects that all was well.
    #[track_caller]
    pub(crate) fn finish(self) {
        self.ended.store(true, Ordering::SeqCst);
        let seen = self.thread.join().expect("the bystander was not served");
        assert!(seen.memory < MEMORY_MAX, "upsd grew: {seen:?}");
        assert!(seen.answers > 10, "{seen:?}");
    }
}

impl Seen {
    fn ask(&mut self, client: &mut Wire) {
        let asked = Instant::now();
        assert_eq!(
            client.ask("GET VAR calm ups.status"),
            "VAR calm ups.status \"OL\""
        );
        self.slowest = self.slowest.max(asked.elapsed());
        self.answers += 1;
    }
}

/// A site with the UPS `calm`, which is served by our driver, and others that tests play themselves.
pub(crate) fn site_with(others: &[&str]) -> Site {
    let site = Site::new();
    let others = others.iter().map(|name| (*name, "ups.status: OL\n"));
    let devices: Vec<_> = others.chain([(CALM, "ups.status: OL\n")]).collect();
    site.devices(&devices);
    site
}
