//! Work that mostly waits, done a few pieces at a time.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// What `one` makes of each, in the order in which they get done; at most `at_once` are under way.
pub(crate) fn each<T: Send, R: Send>(
    at_once: usize,
    items: impl IntoIterator<Item = T>,
    one: impl Fn(T) -> R + Sync,
) -> Vec<R> {
    let waiting: Mutex<VecDeque<T>> = Mutex::new(items.into_iter().collect());
    let done = Mutex::new(Vec::new());
    let next = || locked(&waiting).pop_front();
    thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                while let Some(item) = next() {
                    let result = one(item);
                    locked(&done).push(result);
                }
            });
        }
    });
    done.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn all_are_done_and_not_too_many_at_once() {
        let (busy, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut done = each(3, 0..50, |number| {
            most.fetch_max(busy.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            busy.fetch_sub(1, Ordering::SeqCst);
            number * 2
        });
        done.sort_unstable();
        assert_eq!(done, (0..100).step_by(2).collect::<Vec<_>>());
        assert!((1..=3).contains(&most.load(Ordering::SeqCst)));
    }
}
