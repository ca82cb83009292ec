//! Telling systemd how we are (sd_notify; spec server-behaviour.md, section 10).
//!
//! Datagrams of `KEY=value` lines to the socket named by `NOTIFY_SOCKET`; without it nothing happens. The
//! socket is connected when the environment is read, so it works after `chroot` and the change of user. It
//! never blocks: a message that does not fit is lost.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

use nix::time::{ClockId, clock_gettime};

/// The way to the service manager, if there is one.
#[derive(Debug, Default)]
pub struct Notify {
    socket: Option<UnixDatagram>,
    watchdog: Option<Duration>,
}

impl Notify {
    /// Reads the environment and connects.
    #[must_use]
    pub fn from_env() -> Self {
        Self::from_lookup(|name| std::env::var_os(name))
    }

    fn from_lookup(lookup: impl Fn(&str) -> Option<OsString>) -> Self {
        let name = lookup("NOTIFY_SOCKET").filter(|name| !name.is_empty());
        let number = |name| lookup(name).and_then(|value| value.to_str()?.parse::<u64>().ok());
        Self {
            socket: name.and_then(|name| connect(&name).ok()),
            watchdog: watchdog(number("WATCHDOG_USEC"), number("WATCHDOG_PID")),
        }
    }

    /// Whether anybody listens.
    #[must_use]
    pub fn is_connected(&self) -> bool {
        self.socket.is_some()
    }

    /// The service is up.
    pub fn ready(&self) {
        let pid = std::process::id();
        self.send(&format!(
            "READY=1\nMAINPID={pid}\nMONOTONIC_USEC={}",
            now_usec()
        ));
    }

    /// A reload begins; [`reloaded`](Self::reloaded) must follow.
    pub fn reloading(&self) {
        self.send(&format!("RELOADING=1\nMONOTONIC_USEC={}", now_usec()));
    }

    /// A reload is over, whether it changed anything or not.
    pub fn reloaded(&self) {
        self.send(&format!("READY=1\nMONOTONIC_USEC={}", now_usec()));
    }

    /// The service ends; `status` says why.
    pub fn stopping(&self, status: &str) {
        self.send(&format!("STATUS={}\nSTOPPING=1", one_line(status)));
    }

    /// The end takes up to `span` from now; the service manager is not to lose patience before.
    pub fn extend_timeout(&self, span: Duration) {
        let usec = u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
        self.send(&format!("EXTEND_TIMEOUT_USEC={usec}"));
    }

    /// Says in words what the service does.
    pub fn status(&self, status: &str) {
        self.send(&format!("STATUS={}", one_line(status)));
    }

    /// How often to call [`alive`](Self::alive): half of what the watchdog waits.
    #[must_use]
    pub fn watchdog_interval(&self) -> Option<Duration> {
        self.socket
            .as_ref()
            .and(self.watchdog)
            .map(|limit| limit / 2)
    }

    /// Keeps the watchdog quiet.
    pub fn alive(&self) {
        if self.watchdog.is_some() {
            self.send("WATCHDOG=1");
        }
    }

    fn send(&self, message: &str) {
        if let Some(socket) = &self.socket {
            let _ = socket.send(message.as_bytes());
        }
    }
}

/// The watchdog is ours when it names nobody or us.
fn watchdog(usec: Option<u64>, pid: Option<u64>) -> Option<Duration> {
    let ours = pid.is_none_or(|pid| pid == u64::from(std::process::id()));
    usec.filter(|usec| ours && *usec > 0)
        .map(Duration::from_micros)
}

/// A leading `@` means the abstract name space.
fn connect(name: &OsStr) -> io::Result<UnixDatagram> {
    let address = match name.as_bytes().strip_prefix(b"@") {
        Some(abstract_name) => SocketAddr::from_abstract_name(abstract_name)?,
        None => SocketAddr::from_pathname(name)?,
    };
    let socket = UnixDatagram::unbound()?;
    socket.connect_addr(&address)?;
    socket.set_nonblocking(true)?;
    Ok(socket)
}

fn now_usec() -> u128 {
    clock_gettime(ClockId::CLOCK_MONOTONIC).map_or(0, |now| Duration::from(now).as_micros())
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(manager: &UnixDatagram) -> String {
        let mut buffer = [0; 256];
        let length = manager.recv(&mut buffer).unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    }

    fn environment(socket: OsString) -> impl Fn(&str) -> Option<OsString> {
        move |name| match name {
            "NOTIFY_SOCKET" => Some(socket.clone()),
            "WATCHDOG_USEC" => Some("3000000".into()),
            _ => None,
        }
    }

    #[test]
    fn a_service_tells_its_life() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("notify");
        let manager = UnixDatagram::bind(&path).unwrap();
        let notify = Notify::from_lookup(environment(path.into()));
        notify.ready();
        let ready = told(&manager);
        assert!(
            ready.starts_with("READY=1\nMAINPID=") && ready.contains("MONOTONIC_USEC="),
            "{ready}"
        );
        notify.reloading();
        assert!(told(&manager).starts_with("RELOADING=1\nMONOTONIC_USEC="));
        notify.stopping("signal\n15");
        assert_eq!(told(&manager), "STATUS=signal 15\nSTOPPING=1");
        assert_eq!(
            notify.watchdog_interval(),
            Some(Duration::from_millis(1500))
        );
        notify.alive();
        assert_eq!(told(&manager), "WATCHDOG=1");
        notify.extend_timeout(Duration::from_secs(30));
        assert_eq!(told(&manager), "EXTEND_TIMEOUT_USEC=30000000");
        notify.extend_timeout(Duration::MAX);
        assert_eq!(told(&manager), format!("EXTEND_TIMEOUT_USEC={}", u64::MAX));
    }

    #[test]
    fn abstract_names_are_understood() {
        let name = format!("locknut-notify-{}", std::process::id());
        let address = SocketAddr::from_abstract_name(name.as_bytes()).unwrap();
        let manager = UnixDatagram::bind_addr(&address).unwrap();
        Notify::from_lookup(environment(format!("@{name}").into())).status("lab");
        assert_eq!(told(&manager), "STATUS=lab");
    }

    #[test]
    fn without_a_manager_nothing_happens() {
        let notify = Notify::from_lookup(|_| None);
        notify.ready();
        assert!(!notify.is_connected() && notify.watchdog_interval().is_none());
        assert!(!Notify::from_lookup(environment("/no/such/socket".into())).is_connected());
        assert_eq!(watchdog(Some(1), Some(1)), None);
    }
}
