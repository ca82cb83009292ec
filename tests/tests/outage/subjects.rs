//! Whose upsmon plays, and playing with all of them at once.

use std::path::Path;
use std::thread;
use std::time::Duration;

use testkit::{CNut, our_programs, skipped};
use tests::Subject;

/// Ours, and C NUT's where it is there and has no machine-wide place for its PID file.
#[track_caller]
pub(crate) fn upsmons(test: &str) -> Vec<Subject> {
    let ours = (
        Subject::Locknut,
        our_programs().unwrap().join("upsmon").exists(),
    );
    let mut all = Vec::new();
    all.extend(ours.1.then_some(ours.0));
    all.extend(c_upsmon(test));
    all
}

/// C NUT's.
#[track_caller]
pub(crate) fn c_upsmon(test: &str) -> Option<Subject> {
    if Path::new("/run/nut").exists() {
        skipped(
            test,
            "a machine without /run/nut: C's upsmon 2.8.0 keeps its PID file there",
        );
        return None;
    }
    CNut::find(test).map(Subject::C)
}

/// Plays the same for each at the same time, because most of it is waiting.
pub(crate) fn each<T: Send>(all: impl IntoIterator<Item = T>, play: impl Fn(T) + Sync) {
    thread::scope(|scope| {
        let play = &play;
        let running: Vec<_> = all
            .into_iter()
            .map(|one| scope.spawn(move || play(one)))
            .collect();
        for thread in running {
            thread.join().expect("a scene failed, see above");
        }
    });
}

/// For what must not happen: it had time enough.
pub(crate) fn pause(seconds: u64) {
    thread::sleep(Duration::from_secs(seconds));
}
