//! Telling people and scripts: log, wall, NOTIFYCMD (spec upsmon.md, section 5.3).
//!
//! ```text
//! tell --+-- log: at once
//!        +-- queue -- one task, one delivery after the other: wall, then NOTIFYCMD
//! ```
//! One queue for all UPSes: what was told first is delivered first, so that a script which starts a timer at ONBATT
//! and cancels it at ONLINE never sees them swapped. A script that does not end is waited for only so long; then it
//! is left alone, runs on beside those that follow, and its end is still noted. Watching never waits for any of this.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use model::Notice;
use tokio::sync::Notify;
use tokio::task::{AbortHandle, spawn_local};
use tokio::time::{Instant, sleep_until, timeout};
use tracing::{error, info, warn};

use wall::Wall;

mod exec;
mod wall;

/// How many deliveries may wait; one more, and the oldest is dropped.
const QUEUE_MAX: usize = 512;
/// Terminals can block; nobody waits longer for them.
const WALL_TIME: Duration = Duration::from_secs(10);
/// How long a script is waited for before the next is started.
const SCRIPT_TIME: Duration = Duration::from_secs(60);

/// NOTIFYCMD's words; none when there is no NOTIFYCMD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct NotifyCommand {
    pub(crate) argv: Vec<String>,
}

/// Something to tell, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) notice: Notice,
    /// The UPS as MONITOR names it, when it is about one.
    pub(crate) ups: Option<String>,
    pub(crate) message: String,
    pub(crate) syslog: bool,
    pub(crate) wall: bool,
    pub(crate) exec: bool,
}

/// The notifier with its task, which ends when this is dropped; scripts that run go on.
#[derive(Debug)]
pub(crate) struct Notifier {
    desk: Rc<Desk>,
    script_time: Duration,
    task: AbortHandle,
}

impl Notifier {
    /// Begins delivering, on the event loop that is running.
    pub(crate) fn start(command: NotifyCommand) -> Self {
        Self::start_with(command, SCRIPT_TIME, Wall::new("wall"))
    }

    fn start_with(command: NotifyCommand, script_time: Duration, wall: Wall) -> Self {
        let desk = Rc::new(Desk::new(command, script_time));
        let task = spawn_local(work(Rc::clone(&desk), wall)).abort_handle();
        Self {
            desk,
            script_time,
            task,
        }
    }

    /// Logs it at once and has the rest delivered when its turn comes.
    pub(crate) fn tell(&self, delivery: Delivery) {
        if delivery.syslog {
            info!(target: daemon::log::NOTICE, "{}", delivery.message);
        }
        if delivery.wall || delivery.exec {
            self.desk.put(delivery);
        }
    }

    /// After a reload: what is told from now on, and what still waits, goes to this command.
    pub(crate) fn set_command(&self, command: NotifyCommand) {
        self.desk.command.replace(command);
    }

    /// Waits until all has been delivered, but no longer than `within`, in which every delivery that waits gets its
    /// share: a script that hangs cannot keep the last ones from being started. Whether all is done.
    pub(crate) async fn drain(&self, within: Duration) -> bool {
        let patience = self.desk.script_time.get();
        self.desk.hurry(within);
        let done = timeout(within, self.desk.idle()).await.is_ok();
        self.desk.script_time.set(patience);
        if !done {
            warn!("notifications are still being delivered; going on without waiting");
        }
        self.desk.script_time.set(self.script_time);
        done
    }
}

impl Drop for Notifier {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What `tell` and the task share.
#[derive(Debug)]
struct Desk {
    waiting: RefCell<VecDeque<Delivery>>,
    command: RefCell<NotifyCommand>,
    script_time: Cell<Duration>,
    /// Until when the script that runs now is waited for.
    deadline: Cell<Option<Instant>>,
    busy: Cell<bool>,
    /// Deliveries lost since the queue was last empty.
    dropped: Cell<u64>,
    /// Something was put, or the deadline was moved.
    changed: Notify,
    /// Nothing is left to do.
    done: Notify,
}

impl Desk {
    fn new(command: NotifyCommand, script_time: Duration) -> Self {
        Self {
            waiting: RefCell::default(),
            command: RefCell::new(command),
            script_time: Cell::new(script_time),
            deadline: Cell::default(),
            busy: Cell::default(),
            dropped: Cell::default(),
            changed: Notify::new(),
            done: Notify::new(),
        }
    }

    fn put(&self, delivery: Delivery) {
        let mut waiting = self.waiting.borrow_mut();
        if waiting.len() >= QUEUE_MAX {
            waiting.pop_front();
            self.dropped.set(self.dropped.get() + 1);
            if self.dropped.get() == 1 {
                error!(
                    "{QUEUE_MAX} notifications wait for wall and NOTIFYCMD; dropping the oldest"
                );
            }
        }
        waiting.push_back(delivery);
        self.changed.notify_one();
    }

    /// The next one, as soon as there is one.
    async fn take(&self) -> Delivery {
        loop {
            let next = self.waiting.borrow_mut().pop_front();
            self.busy.set(next.is_some());
            if let Some(delivery) = next {
                return delivery;
            }
            self.tell_dropped();
            self.done.notify_waiters();
            self.changed.notified().await;
        }
    }

    fn tell_dropped(&self) {
        match self.dropped.take() {
            0 => {}
            count => error!("{count} notifications were not delivered to wall and NOTIFYCMD"),
        }
    }

    fn is_idle(&self) -> bool {
        !self.busy.get() && self.waiting.borrow().is_empty()
    }

    async fn idle(&self) {
        while !self.is_idle() {
            self.done.notified().await;
        }
    }

    /// All that is waited for gets an equal share of the time, also what runs now; a delivery is two, wall and script.
    fn hurry(&self, within: Duration) {
        let deliveries = self.waiting.borrow().len() + usize::from(self.busy.get());
        let share = within / u32::try_from(2 * deliveries + 1).unwrap_or(u32::MAX);
        self.script_time.set(self.script_time.get().min(share));
        let sooner = Instant::now() + share;
        let deadline = self.deadline.get();
        self.deadline.set(deadline.map(|end| end.min(sooner)));
        self.changed.notify_one();
    }

    /// Waits for `future`, but no longer than `limit` or a script's time; whether it came to its end.
    async fn wait_for(&self, future: impl Future<Output = ()>, limit: Duration) -> bool {
        let time = limit.min(self.script_time.get());
        self.deadline.set(Some(Instant::now() + time));
        let ended = tokio::select! {
            () = future => true,
            () = self.expiry() => false,
        };
        self.deadline.set(None);
        ended
    }

    /// Ends at the deadline, which may move meanwhile.
    async fn expiry(&self) {
        while let Some(deadline) = self.deadline.get().filter(|end| *end > Instant::now()) {
            tokio::select! {
                () = sleep_until(deadline) => {}
                () = self.changed.notified() => {}
            }
        }
    }
}

/// The task: one delivery after the other.
async fn work(desk: Rc<Desk>, wall: Wall) {
    let scripts = exec::Scripts::default();
    loop {
        let delivery = desk.take().await;
        if delivery.wall && !desk.wait_for(wall.say(&delivery.message), WALL_TIME).await {
            wall.complain("it takes too long");
        }
        let command = desk.command.borrow().clone();
        if delivery.exec
            && let Some(mut script) = scripts.start(&command, &delivery)
            && !desk.wait_for(script.ended(), SCRIPT_TIME).await
        {
            let name = script.name();
            warn!("{name} has not ended; it is left running and the next notification goes out");
        }
    }
}

#[cfg(test)]
mod tests;
