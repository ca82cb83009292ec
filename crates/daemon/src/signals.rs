//! Signals as a stream of what they ask for (spec server-behaviour.md, section 11; sock-protocol.md, section 11).
//!
//! SIGPIPE is ignored by Rust's start-up code. Signals not listened to keep their default action.

use std::future::poll_fn;
use std::io;
use std::task::{Context, Poll};

use tokio::signal::unix::{self, SignalKind};

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// TERM, INT, QUIT: end in order. The text is the signal's name.
    Stop(&'static str),
    /// HUP: read the configuration again.
    Reload,
    /// USR1: the same, and exit when a changed setting needs a restart.
    ReloadOrExit,
    /// URG: print all variables.
    Dump,
    /// USR1 of upsmon: shut down now, whatever the power is like.
    ForcedShutdown,
    /// USR1 of upslog: do not wait, write a line now.
    LogNow,
}

/// The signals a program listens to.
#[derive(Debug)]
pub struct Signals {
    streams: Vec<(unix::Signal, Event)>,
}

impl Signals {
    /// TERM, INT, QUIT and HUP, as upsd wants them.
    ///
    /// # Errors
    /// No runtime with signals is running, or the system refuses.
    pub fn daemon() -> io::Result<Self> {
        Self::listen(&[
            (SignalKind::terminate(), Event::Stop("SIGTERM")),
            (SignalKind::interrupt(), Event::Stop("SIGINT")),
            (SignalKind::quit(), Event::Stop("SIGQUIT")),
            (SignalKind::hangup(), Event::Reload),
        ])
    }

    /// Those and USR1 and URG, as drivers want them.
    ///
    /// # Errors
    /// As for [`daemon`](Self::daemon).
    pub fn driver() -> io::Result<Self> {
        let mut signals = Self::daemon()?;
        let more = Self::listen(&[
            (SignalKind::user_defined1(), Event::ReloadOrExit),
            (SignalKind::from_raw(nix::libc::SIGURG), Event::Dump),
        ])?;
        signals.streams.extend(more.streams);
        Ok(signals)
    }

    /// Those of [`daemon`](Self::daemon) and USR1, as upsmon wants them.
    ///
    /// # Errors
    /// As for [`daemon`](Self::daemon).
    pub fn monitor() -> io::Result<Self> {
        Self::with_usr1(Event::ForcedShutdown)
    }

    /// Those of [`daemon`](Self::daemon) and USR1, as upslog wants them.
    ///
    /// # Errors
    /// As for [`daemon`](Self::daemon).
    pub fn logger() -> io::Result<Self> {
        Self::with_usr1(Event::LogNow)
    }

    fn with_usr1(event: Event) -> io::Result<Self> {
        let mut signals = Self::daemon()?;
        let more = Self::listen(&[(SignalKind::user_defined1(), event)])?;
        signals.streams.extend(more.streams);
        Ok(signals)
    }

    fn listen(table: &[(SignalKind, Event)]) -> io::Result<Self> {
        let streams = table
            .iter()
            .map(|(kind, event)| Ok((unix::signal(*kind)?, *event)));
        Ok(Self {
            streams: streams.collect::<io::Result<_>>()?,
        })
    }

    /// The next signal. Dropping the future loses none.
    pub async fn next(&mut self) -> Event {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Event> {
        for (stream, event) in &mut self.streams {
            if let Poll::Ready(Some(())) = stream.poll_recv(context) {
                return Poll::Ready(*event);
            }
        }
        Poll::Pending
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::sys::signal::{Signal, raise};

    #[test]
    fn signals_become_events() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let mut signals = Signals::driver().unwrap();
            for (signal, event) in [
                (Signal::SIGTERM, Event::Stop("SIGTERM")),
                (Signal::SIGHUP, Event::Reload),
                (Signal::SIGUSR1, Event::ReloadOrExit),
                (Signal::SIGURG, Event::Dump),
                (Signal::SIGINT, Event::Stop("SIGINT")),
            ] {
                raise(signal).unwrap();
                assert_eq!(signals.next().await, event);
            }
            drop(signals);
            let mut signals = Signals::monitor().unwrap();
            raise(Signal::SIGUSR1).unwrap();
            assert_eq!(signals.next().await, Event::ForcedShutdown);
        });
    }
}
