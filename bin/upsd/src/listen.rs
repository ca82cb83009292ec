//! Addresses to listen on (spec server-behaviour.md, section 7).
//!
//! C refuses to start when one of several addresses cannot be had. Here it is retried with back-off while
//! the others serve; only when none can be had the start fails.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use config::{Listen, ListenPort};
use nix::sys::socket::{setsockopt, sockopt};
use tokio::net::{TcpListener, TcpSocket, lookup_host};
use tokio::task::spawn_local;
use tokio::time::sleep;
use tracing::{info, warn};

use crate::accept;
use crate::shell::Shell;

/// Connections that may wait to be accepted; the kernel cuts it to its own limit.
const BACKLOG: u32 = 4096;
const FIRST_RETRY: Duration = Duration::from_secs(1);
const LAST_RETRY: Duration = Duration::from_secs(60);

/// Address families to listen on (`-4`, `-6`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Family {
    #[default]
    Any,
    V4,
    V6,
}

impl Family {
    fn allows(self, address: &SocketAddr) -> bool {
        match self {
            Self::Any => true,
            Self::V4 => address.is_ipv4(),
            Self::V6 => address.is_ipv6(),
        }
    }
}

/// One address that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    host: String,
    port: String,
    family: Family,
    /// One of the pair that `LISTEN *` or no LISTEN at all stands for: the other one is enough.
    spare: bool,
}

/// What the LISTEN directives ask for.
pub(crate) fn wanted(listeners: &[Listen], family: Family) -> Vec<Wanted> {
    let default = listeners.iter().all(|listen| listen.place.is_none());
    let mut all = Vec::new();
    for listen in listeners {
        let port = match &listen.port {
            ListenPort::Number(number) => number.to_string(),
            ListenPort::Service(name) => name.clone(),
        };
        let any = listen.host == "*";
        let hosts: &[&str] = if any {
            &["::", "0.0.0.0"]
        } else {
            &[&listen.host]
        };
        all.extend(hosts.iter().map(|&host| Wanted {
            host: host.to_owned(),
            port: port.clone(),
            family,
            spare: any || default,
        }));
    }
    // an address of the other family is not wanted at all
    all.retain(|wanted| {
        !wanted
            .host
            .parse::<IpAddr>()
            .is_ok_and(|ip| !family.allows(&(ip, 0).into()))
    });
    all
}

/// Opens what can be opened now. What fails is told and returned, to be tried again.
pub(crate) async fn open_all(all: Vec<Wanted>) -> (Vec<TcpListener>, Vec<Wanted>) {
    let (mut open, mut missing) = (Vec::new(), Vec::new());
    for wanted in all {
        match wanted.open(&addresses(&open)).await {
            Ok(Some(listener)) => open.push(listener),
            Ok(None) => {}
            Err(why) => {
                wanted.tell(&why);
                missing.push(wanted);
            }
        }
    }
    (open, missing)
}

/// Takes clients in from an open listener.
pub(crate) fn serve(shell: &Rc<Shell>, listener: TcpListener) {
    shell.listeners.set(shell.listeners.get() + 1);
    spawn_local(accept::serve(Rc::clone(shell), listener));
}

/// Tries an address again until it can be had.
pub(crate) async fn retry(shell: Rc<Shell>, wanted: Wanted) {
    let mut pause = FIRST_RETRY;
    loop {
        sleep(pause).await;
        pause = (pause * 2).min(LAST_RETRY);
        match wanted.open(&[]).await {
            Ok(Some(listener)) => return serve(&shell, listener),
            Ok(None) => return,
            Err(why) => tracing::debug!(
                "not listening on {} port {} yet: {why}",
                wanted.host,
                wanted.port
            ),
        }
    }
}

fn addresses(open: &[TcpListener]) -> Vec<SocketAddr> {
    open.iter()
        .filter_map(|listener| listener.local_addr().ok())
        .collect()
}

impl Wanted {
    /// Whether the other one of a pair may do.
    pub(crate) fn is_spare(&self) -> bool {
        self.spare
    }

    fn tell(&self, why: &io::Error) {
        let Self { host, port, .. } = self;
        if self.spare {
            info!("not listening on {host} port {port}: {why}");
        } else {
            warn!(
                "not listening on {host} port {port}: {why}; trying again while the other addresses serve"
            );
        }
    }

    /// Binds the first address that works. `None` when one of `taken`, our own, is that address already:
    /// `LISTEN localhost` beside `LISTEN 127.0.0.1` is a habit.
    async fn open(&self, taken: &[SocketAddr]) -> io::Result<Option<TcpListener>> {
        let service = format!("{}:{}", bracketed(&self.host), self.number()?);
        let mut last = io::Error::new(io::ErrorKind::NotFound, "no address of the wanted family");
        for address in lookup_host(service)
            .await?
            .filter(|address| self.family.allows(address))
        {
            if taken.contains(&address) {
                return Ok(None);
            }
            match bind(address) {
                Ok(listener) => {
                    info!("listening on {} port {}", address.ip(), address.port());
                    return Ok(Some(listener));
                }
                Err(why) => last = why,
            }
        }
        Err(last)
    }

    fn number(&self) -> io::Result<u16> {
        if let Ok(number) = self.port.parse() {
            return Ok(number);
        }
        let services = std::fs::read_to_string("/etc/services")?;
        service_port(&services, &self.port).ok_or_else(|| {
            let text = format!("there is no TCP service {:?} in /etc/services", self.port);
            io::Error::new(io::ErrorKind::NotFound, text)
        })
    }
}

/// An IPv6 address with brackets around it.
fn bracketed(host: &str) -> String {
    if host.contains(':') && !host.starts_with('[') {
        format!("[{host}]")
    } else {
        host.to_owned()
    }
}

/// The port of TCP service `name` in the text of a services file.
fn service_port(services: &str, name: &str) -> Option<u16> {
    services.lines().find_map(|line| {
        let mut words = line.split('#').next()?.split_whitespace();
        let official = words.next()?;
        let port = words.next()?.strip_suffix("/tcp")?;
        (official == name || words.any(|alias| alias == name)).then(|| port.parse().ok())?
    })
}

fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    socket.set_reuseaddr(true)?;
    if address.is_ipv6() {
        setsockopt(&socket, sockopt::Ipv6V6Only, &true)?;
    }
    // a client that vanished without a word is noticed, even if it is never idle for us
    socket.set_keepalive(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(listen: &[&str], family: Family) -> Vec<String> {
        let listen: Vec<Listen> = listen
            .iter()
            .map(|host| Listen {
                host: (*host).to_owned(),
                port: ListenPort::Number(3493),
                place: Some(config::Place { line: 1, col: 1 }),
            })
            .collect();
        wanted(&listen, family)
            .into_iter()
            .map(|wanted| wanted.host)
            .collect()
    }

    #[test]
    fn a_star_is_every_address_of_both_families() {
        assert_eq!(hosts(&["*"], Family::Any), ["::", "0.0.0.0"]);
        assert_eq!(hosts(&["*"], Family::V4), ["0.0.0.0"]);
        assert_eq!(hosts(&["*"], Family::V6), ["::"]);
        assert_eq!(
            hosts(&["::1", "10.0.0.1", "host"], Family::V4),
            ["10.0.0.1", "host"]
        );
    }

    #[test]
    fn services_are_found_by_name_and_alias() {
        let services = "ssh 22/tcp # x\nnut\t3493/udp\nnut 3493/tcp ups\n";
        assert_eq!(service_port(services, "nut"), Some(3493));
        assert_eq!(service_port(services, "ups"), Some(3493));
        assert_eq!(service_port(services, "x"), None);
    }
}
