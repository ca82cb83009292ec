//! The thread that owns the device: polls it, performs commands, opens it again when it is lost.
//!
//! ```text
//!          deadline: poll                       Gone
//!  attached ------------> fresh | stale    attached -----> lost --(back-off)--> opened, identified, polled: attached
//!      ^                       |                             |
//!      '--- jobs until then <--'                             '--> gave up: the driver exits
//! ```
//! Between polls a device that speaks by itself is listened to, in slices, so that jobs do not wait.
//! The next deadline is computed before the poll, so the period is the poll interval or the poll's own length.
//! Jobs come through a bounded queue and each gets its outcome, [`Outcome::Failed`] while the device is lost.
//! Driver calls block, each for a bounded time; the main thread never waits for this one.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use proto::Outcome;
use tokio::sync::mpsc;
use tracing::{debug, info, warn};

use crate::backoff::{Backoff, Next};
use crate::device::{Depth, Driver, Error, Heard, Info};
use crate::job::{Job, News, Ticket};
use crate::live::Live;
use crate::options::Settings;
use crate::report::Report;
use crate::{killpower, state};

/// Jobs that may wait while the device is busy; more are refused.
const JOBS_MAX: usize = 8;
/// News that may wait for the main thread.
const NEWS_MAX: usize = 8;
/// How long a job may wait for a device that is listened to.
const SLICE: Duration = Duration::from_millis(100);
/// Driver code needs little; buffers of any size belong on the heap.
const STACK: usize = 256 * 1024;

/// The main thread's ends of both queues.
pub(crate) struct Handle {
    pub(crate) jobs: SyncSender<Job>,
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
    let (jobs, queue) = sync_channel(JOBS_MAX);
    let (sender, news) = mpsc::channel(NEWS_MAX);
    let worker = Worker {
        info: device.info,
        settings: device.settings,
        driver: Some(device.driver),
        live: device.live,
        backoff: Backoff::default(),
        complaint: None,
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
    /// `None` while the device is lost.
    driver: Option<Box<dyn Driver>>,
    live: Arc<Live>,
    backoff: Backoff,
    /// What was logged last about the device's silence.
    complaint: Option<String>,
    jobs: Receiver<Job>,
    news: mpsc::Sender<News>,
}

/// The thread's work is over: the main thread is gone, or the device for good.
struct Over;

impl Worker {
    fn run(mut self) -> Result<(), Over> {
        let mut deadline = Instant::now() + self.live.get().poll_interval;
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

    /// Performs jobs and listens until `deadline`; a new deadline when the device got lost meanwhile.
    fn serve(&mut self, deadline: Instant) -> Result<Option<Instant>, Over> {
        let mut deaf = false;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let wait = if deaf { left } else { Duration::ZERO };
            match self.jobs.recv_timeout(wait) {
                Ok(job) => {
                    if let Some(pause) = self.perform(job)? {
                        return Ok(Some(Instant::now() + pause));
                    }
                }
                Err(RecvTimeoutError::Timeout) if deaf || left.is_zero() => return Ok(None),
                Err(RecvTimeoutError::Timeout) => deaf = !self.listen(left.min(SLICE))?,
                Err(RecvTimeoutError::Disconnected) => return Err(Over),
            }
        }
    }

    /// Whether it is worth while to go on listening. A device whose data are stale is not listened to: only a poll makes
    /// them fresh.
    fn listen(&mut self, within: Duration) -> Result<bool, Over> {
        let Some(driver) = self.driver.as_mut().filter(|_| self.complaint.is_none()) else {
            return Ok(false);
        };
        let mut report = Report::default();
        match driver.listen(within, &mut report) {
            Heard::Something => self.tell(News::Polled(report)).map(|()| true),
            Heard::Nothing => Ok(true),
            Heard::Deaf => Ok(false),
        }
    }

    /// Polls the device, or tries to get it back; the pause before the next attempt when it is lost.
    fn turn(&mut self) -> Result<Option<Duration>, Over> {
        match self.driver.take() {
            Some(driver) => self.poll(driver),
            None => match self.reopen()? {
                Some(driver) => self.poll(driver),
                None => self.lost().map(Some),
            },
        }
    }

    fn poll(&mut self, mut driver: Box<dyn Driver>) -> Result<Option<Duration>, Over> {
        self.tell(News::State(state::UPDATE))?;
        let mut report = Report::default();
        let result = driver.poll(Depth::Full, &mut report);
        let pause = match result {
            Ok(()) => {
                self.answered(driver);
                self.tell(News::Polled(report))?;
                None
            }
            Err(error) => self.failed(driver, &error)?,
        };
        if pause.is_none() {
            self.tell(News::State(state::QUIET))?;
        }
        Ok(pause)
    }

    fn answered(&mut self, driver: Box<dyn Driver>) {
        self.driver = Some(driver);
        self.backoff = Backoff::default();
        if self.complaint.take().is_some() {
            info!(target: daemon::log::NOTICE, "the device answers again");
        }
    }

    /// After an error: the device is kept and asked again, or it is lost.
    fn failed(&mut self, driver: Box<dyn Driver>, error: &Error) -> Result<Option<Duration>, Over> {
        self.complain(error);
        self.tell(News::Stale)?;
        if matches!(error, Error::Gone(_)) {
            drop(driver);
            return self.lost().map(Some);
        }
        self.driver = Some(driver);
        Ok(None)
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

    fn lost(&mut self) -> Result<Duration, Over> {
        match self.backoff.next(self.live.get()) {
            Next::GiveUp => {
                self.tell(News::GaveUp)?;
                Err(Over)
            }
            Next::Try {
                attempt,
                after,
                report,
            } => {
                if report {
                    info!(target: daemon::log::NOTICE, "trying to reach the device again, attempt {attempt} in {} s", after.as_secs());
                }
                self.tell(News::Reconnecting { attempt })?;
                Ok(after)
            }
        }
    }

    fn reopen(&mut self) -> Result<Option<Box<dyn Driver>>, Over> {
        let mut report = Report::default();
        let opened = (self.info.open)(&self.settings).and_then(|mut driver| {
            driver.identify(&mut report)?;
            Ok(driver)
        });
        match opened {
            Ok(driver) => {
                self.tell(News::Reconnected(report))?;
                Ok(Some(driver))
            }
            Err(error) => {
                self.complain(&error);
                Ok(None)
            }
        }
    }

    /// Performs a job; the pause before the next attempt when the device got lost by it.
    fn perform(&mut self, job: Job) -> Result<Option<Duration>, Over> {
        let Some(mut driver) = self.driver.take() else {
            self.tell(job.refused())?;
            return Ok(None);
        };
        let mut report = Report::default();
        let (ticket, result) = match job {
            Job::KillPower { commands, ticket } => {
                let outcome = killpower::run(driver.as_mut(), &commands, &mut report);
                self.driver = Some(driver);
                self.tell(News::PowerKilled { ticket, outcome })?;
                return Ok(None);
            }
            Job::Command {
                name,
                param,
                ticket,
            } => {
                let param = param.as_deref();
                (
                    ticket,
                    killpower::one(driver.as_mut(), &name, param, &mut report),
                )
            }
            Job::Set { var, value, ticket } => (ticket, driver.set(&var, &value, &mut report)),
        };
        self.finish(driver, ticket, result, report)
    }

    fn finish(
        &mut self,
        driver: Box<dyn Driver>,
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
        self.tell(News::Done {
            ticket,
            outcome,
            report,
        })?;
        match result {
            Err(error @ Error::Gone(_)) => self.failed(driver, &error),
            _ => {
                self.driver = Some(driver);
                Ok(None)
            }
        }
    }

    fn tell(&self, news: News) -> Result<(), Over> {
        self.news.blocking_send(news).map_err(|_| Over)
    }
}
