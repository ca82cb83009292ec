//! When which part of the file is played (soft-drivers.md, A5): polls and versions of the file in,
//! instructions out. Nothing here reads a file or a clock.
//!
//! ```text
//!            poll: read the file        TIMER s                     end of the file
//!  idle ---------------------> playing ---------> paused until s  -----------------> idle
//!   ^  loop: at every poll        ^-------------------' poll at or after that time     |
//!   |  once: when it was changed                                                       |
//!   '----------------------------------------------------------------------------------'
//! ```
//!
//! A pause ends at a poll, so it is rounded up to the next one (which may come a little early); behind a last TIMER the end of the
//! file costs one more poll. Both are as in C. In once mode a changed file is also noticed during a
//! pause, which C does not do, and a file that has vanished makes the data stale, where C exits.

use std::time::Duration;
use std::vec::IntoIter;

use model::Tick;

use crate::file::Identity;
use crate::instruction::Instruction;
use crate::script::Step;

/// Polls do not come to the millisecond: one that is early by so much still ends a pause.
const EARLY: Duration = Duration::from_millis(100);

/// When the file is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// At the first poll after its end.
    Loop,
    /// When it was changed.
    Once,
}

/// What a poll has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Move {
    /// Read the file, [`Play::begin`] a pass and play its first part.
    Read,
    /// Play the next part.
    GoOn,
    /// Nothing: the file pauses, or is as it was.
    Rest,
    /// The file is needed and is not there.
    Missing,
}

/// A pause of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pause {
    /// Line of its TIMER.
    pub(crate) line: usize,
    /// How long.
    pub(crate) span: Duration,
}

/// Where in the file the play is.
#[derive(Debug)]
pub(crate) struct Play {
    repeat: Repeat,
    /// The version of the file that is, or was last, played.
    version: Option<Identity>,
    /// What is left of it.
    rest: IntoIter<Step>,
    /// When to go on, unless the end was reached.
    until: Option<Tick>,
}

impl Play {
    /// A play that has not begun.
    pub(crate) fn new(repeat: Repeat) -> Self {
        Self {
            repeat,
            version: None,
            rest: Vec::new().into_iter(),
            until: None,
        }
    }

    /// What is to be done now, with the file in this version, if it is there at all.
    pub(crate) fn next(&self, file: Option<Identity>, now: Tick) -> Move {
        let changed = file != self.version;
        match (self.repeat, self.until) {
            (Repeat::Once, _) if file.is_none() => Move::Missing,
            (Repeat::Once, _) if changed => Move::Read,
            (_, Some(until)) if until <= now + EARLY => Move::GoOn,
            (_, Some(_)) | (Repeat::Once, None) => Move::Rest,
            (Repeat::Loop, None) if file.is_none() => Move::Missing,
            (Repeat::Loop, None) => Move::Read,
        }
    }

    /// A pass over the file, read in this version, begins.
    pub(crate) fn begin(&mut self, version: Identity, steps: Vec<Step>) {
        self.version = Some(version);
        self.rest = steps.into_iter();
        self.until = None;
    }

    /// The instructions up to the next pause or the end, and the pause.
    pub(crate) fn part(&mut self, now: Tick) -> (Vec<Instruction>, Option<Pause>) {
        let mut part = Vec::new();
        self.until = None;
        for step in self.rest.by_ref() {
            if let Instruction::Timer(span) = step.what {
                self.until = Some(now + span);
                return (
                    part,
                    Some(Pause {
                        line: step.line,
                        span,
                    }),
                );
            }
            part.push(step.what);
        }
        (part, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::parse;

    fn version(size: u64) -> Identity {
        Identity {
            modified: (1, 2),
            size,
            inode: 3,
        }
    }

    /// Polls every two seconds; returns the values that `lab.a` is given and when.
    struct Stage {
        play: Play,
        now: u64,
        file: Option<(u64, &'static str)>,
    }

    impl Stage {
        fn new(repeat: Repeat, source: &'static str) -> Self {
            Self {
                play: Play::new(repeat),
                now: 0,
                file: Some((1, source)),
            }
        }

        fn poll(&mut self) -> (Move, Vec<String>) {
            let now = Tick::secs(self.now);
            self.now += 2;
            let next = self
                .play
                .next(self.file.map(|(size, _)| version(size)), now);
            if let (Move::Read, Some((size, source))) = (next, self.file) {
                self.play
                    .begin(version(size), parse(source.as_bytes()).steps);
            }
            let mut values = Vec::new();
            if matches!(next, Move::Read | Move::GoOn) {
                for instruction in self.play.part(now).0 {
                    match instruction {
                        Instruction::Set { value, .. } => values.push(value),
                        other => panic!("{other:?}"),
                    }
                }
            }
            (next, values)
        }

        fn polls(&mut self, count: usize) -> String {
            let mut all = Vec::new();
            for _ in 0..count {
                let (next, values) = self.poll();
                let word = match next {
                    Move::Read => "read",
                    Move::GoOn => "on",
                    Move::Rest => "-",
                    Move::Missing => "missing",
                };
                all.push(format!("{word}{}", values.concat()));
            }
            all.join(" ")
        }
    }

    #[test]
    fn a_loop_without_timer_is_read_at_every_poll() {
        assert_eq!(
            Stage::new(Repeat::Loop, "lab.a 1").polls(3),
            "read1 read1 read1"
        );
        assert_eq!(Stage::new(Repeat::Loop, "").polls(2), "read read");
    }

    #[test]
    fn pauses_end_at_the_next_poll_and_a_last_one_costs_one_more() {
        let source = "lab.a 1\nTIMER 4\nlab.a 2\nTIMER 3\nlab.a 3\nTIMER 4\n";
        let mut stage = Stage::new(Repeat::Loop, source);
        assert_eq!(stage.polls(9), "read1 - on2 - on3 - on read1 -");
    }

    #[test]
    fn a_timer_of_zero_ends_at_the_next_poll() {
        let mut stage = Stage::new(Repeat::Loop, "TIMER 0\nlab.a 1\nTIMER\nlab.a 2");
        assert_eq!(stage.polls(3), "read on12 read");
    }

    #[test]
    fn a_file_is_played_once_until_it_changes() {
        let mut stage = Stage::new(Repeat::Once, "lab.a 1\nTIMER 2\nlab.a 2");
        assert_eq!(stage.polls(4), "read1 on2 - -");
        stage.file = Some((2, "lab.a 3\nTIMER 60\nlab.a 4"));
        assert_eq!(stage.polls(3), "read3 - -");
        stage.file = Some((3, "lab.a 5"));
        assert_eq!(stage.polls(2), "read5 -");
    }

    #[test]
    fn a_vanished_file_is_missed_and_played_again_when_it_is_back() {
        let mut stage = Stage::new(Repeat::Once, "lab.a 1");
        stage.polls(2);
        stage.file = None;
        assert_eq!(stage.polls(2), "missing missing");
        stage.file = Some((1, "lab.a 1"));
        assert_eq!(stage.polls(2), "- -"); // the very same file
        stage.file = Some((2, "lab.a 2"));
        assert_eq!(stage.polls(1), "read2");
    }

    #[test]
    fn a_loop_misses_its_file_only_when_it_is_to_be_read() {
        let mut stage = Stage::new(Repeat::Loop, "lab.a 1\nTIMER 4\nlab.a 2");
        assert_eq!(stage.polls(1), "read1");
        stage.file = None;
        assert_eq!(stage.polls(4), "- on2 missing missing");
        stage.file = Some((1, "lab.a 1"));
        assert_eq!(stage.polls(2), "read1 read1");
    }

    #[test]
    fn a_pause_is_told_with_its_line() {
        let mut play = Play::new(Repeat::Once);
        play.begin(version(1), parse(b"lab.a 1\nTIMER 7\n").steps);
        let pause = Pause {
            line: 2,
            span: Duration::from_secs(7),
        };
        assert_eq!(play.part(Tick::secs(0)).1, Some(pause));
        assert_eq!(play.part(Tick::secs(7)), (vec![], None));
    }

    #[test]
    fn a_pause_without_end_is_survived() {
        let mut stage = Stage::new(Repeat::Loop, "TIMER 99999999999999999999\nlab.a 1");
        assert_eq!(stage.polls(3), "read - -");
    }
}
