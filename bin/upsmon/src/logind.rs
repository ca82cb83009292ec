//! Sleep, as systemd-logind announces it (spec upsmon.md, section 13.1).
//!
//! A *delay inhibitor* makes the system wait a few seconds before it sleeps, so that people and scripts can still be told.
//! Where there is no system bus or no logind, a sleep is noticed afterwards by the clocks ([`crate::clock`]).

use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use futures_core::Stream;
use tokio::time::{sleep, timeout};
use tracing::{debug, info, warn};
use zbus::zvariant::OwnedFd;
use zbus::{Connection, MatchRule, MessageStream};

use crate::shell::Shell;

const SERVICE: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
/// How long the bus may take for anything.
const BUS_TIME: Duration = Duration::from_secs(10);
/// Pause before a bus that is not there is tried again; it doubles up to [`RETRY_MAX`].
const RETRY: Duration = Duration::from_secs(30);
const RETRY_MAX: Duration = Duration::from_secs(1800);

/// A connection to logind, with the signal that tells of sleep.
struct Logind {
    bus: Connection,
    signals: MessageStream,
}

/// Follows the system into sleep and out of it. Ends only by being aborted.
pub(crate) async fn watch(shell: Rc<Shell>) {
    let mut pause = RETRY;
    loop {
        match timeout(BUS_TIME, Logind::connect()).await {
            Ok(Ok(logind)) => {
                logind.follow(&shell).await;
                pause = RETRY;
                debug!("logind is gone");
            }
            Ok(Err(why)) => debug!("no word of sleep from logind: {why}"),
            Err(_) => debug!("no word of sleep from logind: the bus does not answer"),
        }
        sleep(pause).await;
        pause = (pause * 2).min(RETRY_MAX);
    }
}

impl Logind {
    async fn connect() -> zbus::Result<Self> {
        let bus = Connection::system().await?;
        let rule = format!(
            "type='signal',sender='{SERVICE}',path='{PATH}',interface='{MANAGER}',member='PrepareForSleep'"
        );
        let rule = MatchRule::try_from(rule.as_str())?;
        let signals = MessageStream::for_match_rule(rule, &bus, None).await?;
        Ok(Self { bus, signals })
    }

    /// Until the connection ends.
    async fn follow(mut self, shell: &Rc<Shell>) {
        let mut inhibitor = self.inhibit().await;
        while let Some(going) = self.next().await {
            if going {
                info!("the system is going to sleep");
                shell.fall_asleep().await;
                // closed, it lets the system sleep
                drop(inhibitor.take());
            } else {
                info!("the system has woken up");
                inhibitor = self.inhibit().await;
                shell.wake_up();
            }
        }
    }

    /// Asks the system to wait before it sleeps.
    async fn inhibit(&self) -> Option<OwnedFd> {
        let why = "tell that UPSes are not watched while the system sleeps";
        let body = ("sleep", "upsmon", why, "delay");
        let call = self
            .bus
            .call_method(Some(SERVICE), PATH, Some(MANAGER), "Inhibit", &body);
        let answer = match timeout(BUS_TIME, call).await {
            Ok(Ok(answer)) => answer.body().deserialize().map_err(|why| why.to_string()),
            Ok(Err(why)) => Err(why.to_string()),
            Err(_) => Err("no answer".to_owned()),
        };
        answer
            .inspect_err(|why| warn!("the system will not wait for upsmon before it sleeps: {why}"))
            .ok()
    }

    /// Whether the system goes to sleep or has woken up; `None` when the connection has ended.
    async fn next(&mut self) -> Option<bool> {
        loop {
            let message = poll_fn(|context| Pin::new(&mut self.signals).poll_next(context)).await?;
            if let Ok(going) = message.ok()?.body().deserialize() {
                return Some(going);
            }
        }
    }
}
