//! Waiting for what has no event to wait on.

use std::time::{Duration, Instant};

/// How long a test waits for what ought to happen at once; generous, because machines that test are busy.
pub const PATIENCE: Duration = Duration::from_secs(20);

const STEP: Duration = Duration::from_millis(5);

/// Asks `done` again and again until it gives a value; `None` when it did not within the time.
pub fn eventually<T>(within: Duration, mut done: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + within;
    loop {
        if let Some(value) = done() {
            return Some(value);
        }
        if Instant::now() >= deadline {
            return None;
        }
        std::thread::sleep(STEP);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_with_the_first_value() {
        let mut calls = 0;
        let third = eventually(PATIENCE, || {
            calls += 1;
            (calls == 3).then_some(calls)
        });
        assert_eq!(third, Some(3));
    }

    #[test]
    fn it_ends_at_the_deadline() {
        assert_eq!(eventually(Duration::from_millis(20), || None::<()>), None);
    }
}
