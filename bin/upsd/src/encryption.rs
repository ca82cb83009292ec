//! STARTTLS: what upsd.conf says about it, and the handshakes.
//!
//! Handshakes are tasks like everything else: a client that falls silent in the middle of one delays nobody, and is
//! dropped after a while. When very many are under way the oldest one gives way, as real clients need milliseconds.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use config::UpsdConf;
use tls::{Expiry, Remark, Server, ServerStream};
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::timeout;
use tracing::{info, warn};

/// How long a handshake may take.
const DEADLINE: Duration = Duration::from_secs(10);
/// Handshakes under way at once. Each holds some kilobytes.
const HANDSHAKES_MAX: usize = 1024;

/// Reads the certificates that upsd.conf in `dir` names; `None` if it names none. What is to be said of them is logged.
pub(crate) fn load(dir: &Path, conf: &UpsdConf) -> Result<Option<Server>, tls::Error> {
    let (loaded, remarks) = look(dir, conf);
    remarks.iter().for_each(log);
    loaded
}

/// The same, with what is to be said of them.
pub(crate) fn look(
    dir: &Path,
    conf: &UpsdConf,
) -> (Result<Option<Server>, tls::Error>, Vec<Remark>) {
    let settings = encryption::of_upsd(dir, conf);
    let mut remarks = Vec::new();
    let loaded = Server::load(&settings, SystemTime::now(), &mut remarks);
    (loaded, remarks)
}

fn log(remark: &Remark) {
    match remark {
        Remark::Info(text) => info!("{text}"),
        Remark::Warning(text) => warn!("{text}"),
    }
}

/// The certificates in force, and the handshakes under way.
#[derive(Debug, Default)]
pub(crate) struct Encryption {
    server: RefCell<Option<Server>>,
    expiry: RefCell<Expiry>,
    /// Oldest first.
    under_way: RefCell<VecDeque<(u64, Rc<Notify>)>>,
    begun: Cell<u64>,
}

impl Encryption {
    /// New certificates; connections that are encrypted stay as they are.
    pub(crate) fn renew(&self, server: Option<Server>) {
        let expiry = server.as_ref().map(Server::expiry);
        self.expiry.replace(expiry.unwrap_or_default());
        self.server.replace(server);
    }

    /// Warns of certificates that come to their end, not too often.
    pub(crate) fn look_at_clock(&self, now: SystemTime) {
        self.expiry.borrow_mut().due(now).iter().for_each(log);
    }

    /// Does the handshake, unless it takes too long.
    pub(crate) async fn handshake(&self, stream: TcpStream) -> Result<Box<ServerStream>, String> {
        let Some(server) = self.server.borrow().clone() else {
            return Err("there is no certificate any more".to_owned());
        };
        let place = self.enter();
        let accepting = Box::pin(timeout(DEADLINE, server.accept(stream)));
        tokio::select! {
            accepted = accepting => match accepted {
                Ok(Ok(stream)) => {
                    hasten(stream.get_ref().0);
                    Ok(Box::new(stream))
                }
                Ok(Err(why)) => Err(why.to_string()),
                Err(_) => Err(format!("it was not done after {} s", DEADLINE.as_secs())),
            },
            () = place.gives_way.notified() => Err(format!("{HANDSHAKES_MAX} newer ones were begun before it was done")),
        }
    }

    fn enter(&self) -> Place<'_> {
        let number = self.begun.get() + 1;
        self.begun.set(number);
        let gives_way = Rc::new(Notify::new());
        let mut under_way = self.under_way.borrow_mut();
        under_way.push_back((number, Rc::clone(&gives_way)));
        if under_way.len() > HANDSHAKES_MAX
            && let Some((_, oldest)) = under_way.pop_front()
        {
            oldest.notify_one();
        }
        Place {
            encryption: self,
            number,
            gives_way,
        }
    }
}

/// The client's last word of a handshake has no answer. Until it is confirmed, a client that collects small pieces holds its
/// request back, and the kernel takes its time with that: 40 ms.
fn hasten(stream: &TcpStream) {
    #[cfg(target_os = "linux")]
    if let Err(why) = stream.set_quickack(true) {
        tracing::debug!("cannot confirm at once: {why}");
    }
    #[cfg(not(target_os = "linux"))]
    let _ = stream;
}

/// A handshake under way.
struct Place<'e> {
    encryption: &'e Encryption,
    number: u64,
    gives_way: Rc<Notify>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut under_way = self.encryption.under_way.borrow_mut();
        if let Ok(at) = under_way.binary_search_by_key(&self.number, |row| row.0) {
            under_way.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_handshake_gives_way() {
        let encryption = Encryption::default();
        let mut places: VecDeque<_> = (0..HANDSHAKES_MAX).map(|_| encryption.enter()).collect();
        let told = |place: &Place<'_>| Rc::strong_count(&place.gives_way) == 1;
        assert!(!places.iter().any(told));
        let newest = encryption.enter();
        assert!(told(&places[0]) && !told(&places[1]) && !told(&newest));
        places.clear();
        assert_eq!(encryption.under_way.borrow().len(), 1);
    }
}
