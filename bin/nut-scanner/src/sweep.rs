//! Asking many at once, but not too many, and not for ever.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};
use std::time::Instant;

/// What a thread that asks needs.
const STACK: usize = 512 * 1024;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Swept<R> {
    /// The answers, in the order of those who were asked.
    pub(crate) answers: Vec<R>,
    /// How many were not asked, as time was up.
    pub(crate) left: usize,
}

/// Asks all, as many at the same time as there are threads; nobody any more after `until`. Each `ask` ends by itself.
pub(crate) fn sweep<T: Sync, R: Send>(
    all: &[T],
    threads: usize,
    until: Instant,
    ask: impl Fn(&T) -> R + Sync,
) -> Swept<R> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(Vec::new());
    let work = || {
        while Instant::now() < until {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = all.get(index) else { return };
            let answer = ask(one);
            let mut answers = answers.lock().unwrap_or_else(PoisonError::into_inner);
            answers.push((index, answer));
        }
    };
    thread::scope(|scope| {
        // this thread is one of them, and does it alone where the system gives no others
        for _ in 1..threads.min(all.len()) {
            let helper = Builder::new().stack_size(STACK).spawn_scoped(scope, work);
            if helper.is_err() {
                break;
            }
        }
        work();
    });
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_by_key(|(index, _)| *index);
    Swept {
        left: all.len() - answers.len(),
        answers: answers.into_iter().map(|(_, answer)| answer).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn later() -> Instant {
        Instant::now() + Duration::from_secs(600)
    }

    #[test]
    fn all_are_asked_and_answers_keep_their_order() {
        let all: Vec<usize> = (0..1000).collect();
        for threads in [0, 1, 7, 5000] {
            let swept = sweep(&all, threads, later(), |number| number * 2);
            assert_eq!(swept.left, 0);
            assert!(
                swept
                    .answers
                    .iter()
                    .copied()
                    .eq((0..1000).map(|number| number * 2))
            );
        }
        assert_eq!(sweep(&[0; 0], 7, later(), |_| ()).answers, []);
    }

    #[test]
    fn no_more_are_asked_at_the_same_time_than_there_are_threads() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        sweep(&[(); 64], 4, later(), |()| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(1));
            now.fetch_sub(1, Ordering::SeqCst);
        });
        assert!(most.into_inner() <= 4);
    }

    #[test]
    fn when_time_is_up_the_rest_is_left() {
        let swept = sweep(&[(); 5], 1, Instant::now(), |()| ());
        assert_eq!((swept.answers.len(), swept.left), (0, 5));
    }
}
