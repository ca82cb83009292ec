//! Commands that take the power away have to be given twice: no sooner than 3 s and no later than 15 s after the first time.

use std::time::{Duration, Instant};

use crate::commands::Command;

const SOONEST: Duration = Duration::from_secs(3);
const LATEST: Duration = Duration::from_secs(15);

/// The command that was given last.
#[derive(Debug, Default)]
pub(crate) struct Confirm(Option<(Instant, &'static Command, Option<String>)>);

impl Confirm {
    /// Takes a command; whether it is the second time. Another command, or the same with another delay, is a first time again.
    pub(crate) fn press(
        &mut self,
        command: &'static Command,
        extra: Option<&str>,
        now: Instant,
    ) -> bool {
        let first = self.0.take();
        let confirmed = first.is_some_and(|(then, last, what)| {
            let passed = now.saturating_duration_since(then);
            let same = std::ptr::eq(last, command) && what.as_deref() == extra;
            same && (SOONEST..=LATEST).contains(&passed)
        });
        if !confirmed {
            self.0 = Some((now, command, extra.map(str::to_owned)));
        }
        confirmed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(name: &str) -> &'static Command {
        Command::named(name, None, false).unwrap()
    }

    /// Presses after so many milliseconds each; whether each was the second time.
    fn presses(steps: &[(u64, &str)]) -> Vec<bool> {
        let (mut confirm, mut now) = (Confirm::default(), Instant::now());
        let press = |(pause, name): &(u64, &str)| {
            now += Duration::from_millis(*pause);
            confirm.press(command(name), None, now)
        };
        steps.iter().map(press).collect()
    }

    #[test]
    fn the_second_time_counts_within_its_window() {
        for (pause, confirmed) in [
            (0, false),
            (2999, false),
            (3000, true),
            (15_000, true),
            (15_001, false),
        ] {
            let steps = [(0, "load.off"), (pause, "load.off")];
            assert_eq!(presses(&steps), [false, confirmed], "{pause} ms");
        }
    }

    #[test]
    fn another_command_confirms_nothing() {
        let steps = [
            (0, "load.off"),
            (4000, "shutdown.stayoff"),
            (4000, "load.off"),
            (4000, "load.off"),
            (4000, "load.off"),
        ];
        assert_eq!(presses(&steps), [false, false, false, true, false]);
    }

    #[test]
    fn another_delay_confirms_nothing() {
        let (mut confirm, now) = (Confirm::default(), Instant::now());
        let at = Command::named("shutdown.return", Some("at:1"), false).unwrap();
        let later = now + Duration::from_secs(4);
        assert!(!confirm.press(at, Some("at:1"), now));
        assert!(!confirm.press(at, Some("at:999"), later));
    }

    #[test]
    fn who_presses_too_soon_begins_anew() {
        let steps = [
            (0, "load.off"),
            (1000, "load.off"),
            (2500, "load.off"),
            (3000, "load.off"),
        ];
        assert_eq!(presses(&steps), [false, false, false, true]);
    }
}
