//! The task that watches one UPS: it keeps a connection, polls, and does what it is ordered to. Each UPS has its own, so
//! that a server that hangs delays nobody else.

use std::rc::Rc;
use std::time::Duration;

use client::Error;
use monitor::{Event, UpsId};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_local};
use tokio::time::{Instant, sleep_until};

use crate::session::{Dialling, Session, Target, reason};
use crate::shell::Shell;

/// Orders that may wait for a server to answer. The monitor asks one thing at a time.
const ORDERS_MAX: usize = 8;
/// The first pause before a refused login is tried again; it doubles up to [`LOGIN_PAUSE_MAX`].
const LOGIN_PAUSE: Duration = Duration::from_secs(10);
/// The longest.
const LOGIN_PAUSE_MAX: Duration = Duration::from_secs(300);

/// What a watching task is to do besides polling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Set FSD.
    SetFsd,
    /// Count who is logged in.
    CountLogins,
    /// Forget the connection and poll at once: the system has slept.
    Reconnect,
    /// Log out and end.
    LogOut,
}

/// The handle of a watching task, which ends without logging out when this is dropped.
#[derive(Debug)]
pub(crate) struct Watch {
    pub(crate) target: Target,
    orders: mpsc::Sender<Order>,
    task: JoinHandle<()>,
}

impl Watch {
    pub(crate) fn start(shell: Rc<Shell>, id: UpsId, target: Target, dialling: Dialling) -> Self {
        let (orders, received) = mpsc::channel(ORDERS_MAX);
        let watcher = Watcher {
            shell,
            id,
            target: target.clone(),
            dialling,
            session: None,
            login: Login::default(),
        };
        let task = spawn_local(watcher.run(received));
        Self {
            target,
            orders,
            task,
        }
    }

    /// Whether the order was taken: a task that waits for a server that hangs may have its hands full.
    pub(crate) fn order(&self, order: Order) -> bool {
        self.orders.try_send(order).is_ok()
    }

    pub(crate) fn has_ended(&self) -> bool {
        self.task.is_finished()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What is known of the login on the present connection.
#[derive(Debug, Default)]
struct Login {
    accepted: bool,
    /// When to try again, on a new connection: upsd takes credentials only once.
    retry: Option<Instant>,
    pause: Duration,
}

struct Watcher {
    shell: Rc<Shell>,
    id: UpsId,
    target: Target,
    dialling: Dialling,
    session: Option<Session>,
    login: Login,
}

impl Watcher {
    async fn run(mut self, mut orders: mpsc::Receiver<Order>) {
        loop {
            let begun = Instant::now();
            self.poll().await;
            if !self.wait(begun, &mut orders).await {
                break;
            }
        }
        if let Some(session) = self.session.take() {
            session.log_out().await;
        }
    }

    /// Until the next poll is due; false when there is to be none. The period may shrink meanwhile.
    async fn wait(&mut self, begun: Instant, orders: &mut mpsc::Receiver<Order>) -> bool {
        loop {
            let shell = Rc::clone(&self.shell);
            tokio::select! {
                () = sleep_until(begun + shell.poll_period()) => return true,
                () = shell.period_changed() => {}
                order = orders.recv() => match order {
                    None | Some(Order::LogOut) => return false,
                    Some(Order::Reconnect) => {
                        self.disconnect();
                        return true;
                    }
                    Some(Order::SetFsd) => self.set_fsd().await,
                    Some(Order::CountLogins) => self.count_logins().await,
                }
            }
        }
    }

    /// One round. A server that was restarted since the last one has closed the old connection: only a new one tells
    /// whether it is there.
    async fn poll(&mut self) {
        let had_session = self.session.is_some();
        let mut result = self.ask().await;
        if had_session && self.session.is_none() && result.is_err() {
            result = self.ask().await;
        }
        let event = match result {
            Ok(Some(report)) => Event::Polled(self.id, report),
            Ok(None) => Event::ToldNothing(self.id),
            Err(error) => Event::Failed(self.id, reason(&error)),
        };
        self.shell.event(event);
    }

    async fn ask(&mut self) -> Result<Option<monitor::Report>, Error> {
        self.connect().await?;
        let Some(session) = &mut self.session else {
            return Err(Error::Disconnected);
        };
        let result = session.poll(&self.target.ups).await;
        self.keep_if_usable();
        result
    }

    /// Makes sure that there is a connection, and tries to be logged in on it.
    async fn connect(&mut self) -> Result<(), Error> {
        if self
            .login
            .retry
            .is_some_and(|retry| Instant::now() >= retry)
        {
            self.disconnect();
        }
        if self.session.is_some() {
            return Ok(());
        }
        let encryption = self.shell.encryption();
        let mut session = Session::open(&self.target, self.dialling, &encryption).await?;
        match session.log_in(&self.target).await {
            Ok(()) => {
                self.login = Login {
                    accepted: true,
                    ..Login::default()
                };
                self.shell.event(Event::LoggedIn(self.id));
            }
            Err(error) if error.is_refusal() => self.login_refused(&error),
            Err(error) => return Err(error),
        }
        self.session = Some(session);
        Ok(())
    }

    fn login_refused(&mut self, error: &Error) {
        let pause = (self.login.pause * 2).clamp(LOGIN_PAUSE, LOGIN_PAUSE_MAX);
        self.login = Login {
            accepted: false,
            retry: Some(Instant::now() + pause),
            pause,
        };
        self.shell
            .event(Event::LoginRefused(self.id, reason(error)));
    }

    /// A server that was restarted since the last poll is told on a new connection.
    async fn set_fsd(&mut self) {
        let had_session = self.session.is_some();
        let mut result = self.try_set_fsd().await;
        if had_session && self.session.is_none() && result.is_err() {
            result = self.try_set_fsd().await;
        }
        let answer = result.map_err(|error| reason(&error));
        self.shell.event(Event::FsdAnswered(self.id, answer));
    }

    async fn try_set_fsd(&mut self) -> Result<(), Error> {
        self.connect().await?;
        let Some(session) = &mut self.session else {
            return Err(Error::Disconnected);
        };
        let result = session.set_fsd(&self.target.ups).await;
        self.keep_if_usable();
        result
    }

    async fn count_logins(&mut self) {
        let result = match &mut self.session {
            Some(session) => session.count_logins(&self.target.ups).await,
            None => Err(Error::Disconnected),
        };
        self.keep_if_usable();
        self.shell.event(Event::Logins(self.id, result.ok()));
    }

    fn keep_if_usable(&mut self) {
        if self
            .session
            .as_ref()
            .is_some_and(|session| !session.is_usable())
        {
            self.disconnect();
        }
    }

    fn disconnect(&mut self) {
        self.session = None;
        self.login.retry = None;
        if std::mem::take(&mut self.login.accepted) {
            self.shell.event(Event::Disconnected(self.id));
        }
    }
}
