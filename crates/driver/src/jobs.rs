//! The main thread's way to the device thread: a bounded queue, and a bell for a thread that listens to its device.

use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Waker;

use crate::job::Job;

/// Jobs that may wait while the device is busy; more are refused.
const MAX: usize = 8;

/// What ends the wait of a device that listens, while there is one that can be woken.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bell(Arc<Mutex<Option<Waker>>>);

impl Bell {
    /// From now on this one is to be woken.
    pub(crate) fn hang(&self, waker: Option<Waker>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = waker;
    }

    /// Whether somebody can be woken.
    pub(crate) fn is_there(&self) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .is_some()
    }

    fn ring(&self) {
        let waker = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waker) = &*waker {
            waker.wake_by_ref();
        }
    }
}

/// Sends jobs; when it is dropped, the device thread ends.
#[derive(Debug)]
pub(crate) struct Jobs {
    queue: Option<SyncSender<Job>>,
    bell: Bell,
}

impl Jobs {
    /// Both ends.
    pub(crate) fn new(bell: Bell) -> (Self, Receiver<Job>) {
        let (queue, jobs) = sync_channel(MAX);
        let queue = Some(queue);
        (Self { queue, bell }, jobs)
    }

    /// Hands a job over, unless there are too many or nobody takes them.
    pub(crate) fn send(&self, job: Job) -> Result<(), Job> {
        let Some(queue) = &self.queue else {
            return Err(job);
        };
        match queue.try_send(job) {
            Ok(()) => {
                self.bell.ring();
                Ok(())
            }
            Err(TrySendError::Full(job) | TrySendError::Disconnected(job)) => Err(job),
        }
    }
}

impl Drop for Jobs {
    /// The queue closes first, so that who is woken sees it.
    fn drop(&mut self) {
        self.queue = None;
        self.bell.ring();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::Ticket;
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::task::Wake;

    #[derive(Default)]
    struct Rung(AtomicU32);

    impl Wake for Rung {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn job() -> Job {
        Job::KillPower {
            commands: Vec::new(),
            ticket: Ticket::default(),
        }
    }

    #[test]
    fn the_bell_rings_for_each_job_and_for_the_end() {
        let (rung, bell) = (Arc::<Rung>::default(), Bell::default());
        let (jobs, queue) = Jobs::new(bell.clone());
        jobs.send(job()).unwrap();
        bell.hang(Some(rung.clone().into()));
        jobs.send(job()).unwrap();
        assert_eq!(rung.0.load(Ordering::Relaxed), 1);
        drop(jobs);
        assert_eq!(rung.0.load(Ordering::Relaxed), 2);
        assert_eq!(queue.iter().count(), 2, "and then it is closed");
    }

    #[test]
    fn a_job_too_many_comes_back_and_nobody_is_woken() {
        let (rung, bell) = (Arc::<Rung>::default(), Bell::default());
        let (jobs, _queue) = Jobs::new(bell.clone());
        (0..MAX).for_each(|_| jobs.send(job()).unwrap());
        bell.hang(Some(rung.clone().into()));
        assert!(jobs.send(job()).is_err());
        assert_eq!(rung.0.load(Ordering::Relaxed), 0);
        assert!(bell.is_there());
    }
}
