//! The thread that owns the device: polls it, performs commands, opens it again when it is lost.
//!
//! ```text
//!          deadline: poll                       Gone
//!  attached ------------> fresh | stale    attached -----> lost --(back-off)--> found, identified, polled: attached
//!      ^                       |                             |
//!      '--- jobs until then <--'                             '--> gave up: the driver exits
//! ```
//! Between polls a device that speaks by itself is listened to; a job ends that, or it goes on in slices.
//! The next deadline is computed before the poll, so the period is the poll interval or the poll's own length.
//! Jobs come through a bounded queue and each gets its outcome, [`Outcome::Failed`] while the device is lost.
//! Driver calls block, each for a bounded time; the main thread never waits for this one.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use proto::Outcome;
use tokio::sync::mpsc;
use tracing::{debug, info, warn};

use crate::backoff::{Backoff, LOOK, Loss, Next};
use crate::device::{Depth, Driver, Error, Heard, Info};
use crate::job::{Job, News, Ticket};
use crate::jobs::{Bell, Jobs};
use crate::link::Link;
use crate::live::Live;
use crate::options::Settings;
use crate::report::Report;
use crate::told::Told;
use crate::{killpower, recorded, state};

/// News that may wait for the main thread.
const NEWS_MAX: usize = 8;
/// How long a job may wait for a device that is listened to and cannot be woken.
const SLICE: Duration = Duration::from_millis(100);
/// Driver code needs little; buffers of any size belong on the heap.
const STACK: usize = 256 * 1024;

/// The main thread's ends of both queues.
pub(crate) struct Handle {
    pub(crate) jobs: Jobs,
    pub(crate) news: mpsc::Receiver<News>,
}

/// What the thread is given: an open device that was polled once.
pub(crate) struct Device {
    pub(crate) info: &'static Info,
    pub(crate) settings: Settings,
    pub(crate) driver: Box<dyn Driver>,
    pub(crate) live: Arc<Live>,
}

/// Starts the thread.
///
/// # Errors
/// The system has no room for a thread.
pub(crate) fn spawn(device: Device) -> std::io::Result<Handle> {
    let bell = Bell::default();
    bell.hang(device.driver.waker());
    let (jobs, queue) = Jobs::new(bell.clone());
    let (sender, news) = mpsc::channel(NEWS_MAX);
    let worker = Worker {
        info: device.info,
        settings: device.settings,
        link: Link::Open(device.driver),
        live: device.live,
        backoff: Backoff::default(),
        complaint: None,
        told: Told::default(),
        alarmed: false,
        bell,
        jobs: queue,
        news: sender,
    };
    let builder = thread::Builder::new()
        .name("device".to_owned())
        .stack_size(STACK);
    builder.spawn(move || _ = worker.run())?;
    Ok(Handle { jobs, news })
}

struct Worker {
    info: &'static Info,
    settings: Settings,
    link: Link,
    live: Arc<Live>,
    backoff: Backoff,
    /// What was logged last about the device's silence.
    complaint: Option<String>,
    told: Told,
    /// Polled at once because the device seemed gone, and not heard since.
    alarmed: bool,
    /// Rung for a job while the device is listened to.
    bell: Bell,
    jobs: Receiver<Job>,
    news: mpsc::Sender<News>,
}

/// The thread's work is over: the main thread is gone, or the device for good.
struct Over;

impl Worker {
    fn run(mut self) -> Result<(), Over> {
        // the first poll comes at once, as C's: the one before it was made without listeners
        let mut deadline = Instant::now();
        loop {
            if let Some(earlier) = self.serve(deadline)? {
                deadline = earlier;
                continue;
            }
            deadline = Instant::now() + self.live.get().poll_interval;
            if let Some(pause) = self.turn()? {
                deadline = Instant::now() + pause;
            }
        }
    }

    /// Performs jobs and listens until `deadline`; a new deadline when the device got lost meanwhile, or came back.
    fn serve(&mut self, deadline: Instant) -> Result<Option<Instant>, Over> {
        let mut deaf = false;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let is_lost = self.link.driver().is_none();
            let wait = match (deaf, is_lost) {
                (_, true) => left.min(LOOK),
                (true, false) => left,
                (false, false) => Duration::ZERO,
            };
            match self.jobs.recv_timeout(wait) {
                Ok(job) => {
                    if let Some(pause) = self.perform(job)? {
                        return Ok(Some(Instant::now() + pause));
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return Err(Over),
                Err(RecvTimeoutError::Timeout) if wait >= left => return Ok(None),
                Err(RecvTimeoutError::Timeout) if is_lost => {
                    if self.link.is_back() {
                        self.backoff.renew();
                        return Ok(None);
                    }
                }
                Err(RecvTimeoutError::Timeout) => match self.listen(left)? {
                    Heard::Called | Heard::Gone => return Ok(None),
                    heard => deaf = heard == Heard::Deaf,
                },
            }
        }
    }

    /// A device whose data are stale is not listened to: only a poll makes them fresh.
    fn listen(&mut self, left: Duration) -> Result<Heard, Over> {
        let within = if self.bell.is_there() {
            left
        } else {
            left.min(SLICE)
        };
        let fresh = self.complaint.is_none();
        let Some(driver) = self.link.driver().filter(|_| fresh) else {
            return Ok(Heard::Deaf);
        };
        let mut report = Report::default();
        let heard = driver.listen(within, &mut report);
        match heard {
            Heard::Something => self.polled(report, false)?,
            // it was polled for that, and it was there
            Heard::Gone if self.alarmed => return Ok(Heard::Deaf),
            Heard::Nothing | Heard::Called | Heard::Deaf | Heard::Gone => {}
        }
        self.alarmed = heard == Heard::Gone;
        Ok(heard)
    }

    /// Polls the device, or tries to get it back; the pause before the next attempt when it is lost.
    fn turn(&mut self) -> Result<Option<Duration>, Over> {
        if let Some(pause) = self.regain()? {
            return Ok(Some(pause));
        }
        let mut report = Report::default();
        self.live.begin_poll();
        let driver = self.link.driver();
        let result = driver.map_or(Ok(()), |driver| driver.poll(Depth::Full, &mut report));
        let was_long = self.live.end_poll();
        match result {
            Ok(()) => {
                self.answered();
                self.polled(report, was_long).map(|()| None)
            }
            Err(error) => self.failed(&error),
        }
    }

    /// Tells a report, unless the main thread need not be woken for it.
    fn polled(&mut self, report: Report, anyway: bool) -> Result<(), Over> {
        if self.told.is_news(&report, self.live.epoch()) || anyway {
            self.tell(News::Polled(report))?;
        }
        Ok(())
    }

    /// Tries to get a lost device back.
    fn regain(&mut self) -> Result<Option<Duration>, Over> {
        if self.link.driver().is_some() {
            return Ok(None);
        }
        let mut report = Report::default();
        let open = || recorded::open(self.info, &self.settings);
        let regained = self.link.regain(open, &mut report);
        self.bell
            .hang(self.link.driver().and_then(|driver| driver.waker()));
        match regained {
            Ok(()) => self.tell(News::Reconnected(report)).map(|()| None),
            Err((loss, error)) => {
                self.complain(&error);
                self.lost(loss).map(Some)
            }
        }
    }

    fn answered(&mut self) {
        self.backoff = Backoff::default();
        if self.complaint.take().is_some() {
            info!(target: daemon::log::NOTICE, "the device answers again");
        }
    }

    /// After an error: the device is kept and asked again, or it is lost.
    fn failed(&mut self, error: &Error) -> Result<Option<Duration>, Over> {
        self.complain(error);
        self.told.forget();
        self.tell(News::Stale)?;
        if !error.is_loss() {
            self.tell(News::State(state::QUIET))?;
            return Ok(None);
        }
        self.bell.hang(None);
        self.link.lose();
        self.lost(Loss::Refused).map(Some)
    }

    /// Each kind of silence is logged once, not at every poll.
    fn complain(&mut self, error: &Error) {
        let text = error.to_string();
        if self.complaint.as_deref() == Some(text.as_str()) {
            debug!("{text}");
        } else {
            warn!("{text}");
            self.complaint = Some(text);
        }
    }

    fn lost(&mut self, loss: Loss) -> Result<Duration, Over> {
        let next = self.backoff.next(loss, self.link.rest(), self.live.get());
        let Next::Try {
            after,
            begins,
            report,
        } = next
        else {
            self.tell(News::GaveUp)?;
            return Err(Over);
        };
        if let Some(attempt) = begins {
            if report {
                info!(target: daemon::log::NOTICE, "trying to reach the device again, attempt {attempt} in {} s", after.as_secs());
            }
            self.tell(News::Reconnecting { attempt })?;
        }
        Ok(after)
    }

    /// Performs a job; the pause before the next attempt when the device got lost by it.
    fn perform(&mut self, job: Job) -> Result<Option<Duration>, Over> {
        let Some(driver) = self.link.driver() else {
            self.tell(job.refused())?;
            return Ok(None);
        };
        let mut report = Report::default();
        let (ticket, result) = match job {
            Job::KillPower { commands, ticket } => {
                let outcome = killpower::run(driver, &commands, &mut report);
                self.tell(News::PowerKilled { ticket, outcome })?;
                return Ok(None);
            }
            Job::Command {
                name,
                param,
                ticket,
            } => {
                let result = killpower::one(driver, &name, param.as_deref(), &mut report);
                (ticket, result)
            }
            Job::Set { var, value, ticket } => (ticket, driver.set(&var, &value, &mut report)),
        };
        self.finish(ticket, result, report)
    }

    fn finish(
        &mut self,
        ticket: Ticket,
        result: Result<Outcome, Error>,
        report: Report,
    ) -> Result<Option<Duration>, Over> {
        let (outcome, report) = match &result {
            Ok(outcome) => (*outcome, report),
            Err(error) => {
                warn!("a command or setting failed: {error}");
                (Outcome::Failed, Report::default())
            }
        };
        self.told.forget();
        self.tell(News::Done {
            ticket,
            outcome,
            report,
        })?;
        match result {
            Err(error) if error.is_loss() => self.failed(&error),
            _ => Ok(None),
        }
    }

    fn tell(&self, news: News) -> Result<(), Over> {
        self.news.blocking_send(news).map_err(|_| Over)
    }
}
