//! upsd.conf: what upsd serves, to whom, and how (spec config-files.md, section 4).
//!
//! Every value is an `Option`, because a reload keeps the old value of a directive that is gone from the file; the
//! methods of the same names give the defaults. `IDLETIMEOUT`, `FIRSTTIMEOUT`,
//! `MAXCONN_PER_PEER` and `ALLOW_ANONYMOUS_READ` are Locknut's own.

mod table;

pub use table::DIRECTIVES;

use crate::grammar::{Args, Fault};
use crate::places::{Places, Target};
use crate::problem::Loaded;
use crate::read;
use secret::Secret;
use std::path::{Path, PathBuf};
use std::time::Duration;
use text::Place;

/// The port of NUT.
pub const PORT: u16 = 3493;

/// What upsd.conf says; `None` where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UpsdConf {
    /// `LISTEN`, in the order of the file.
    pub listen: Vec<Listen>,
    /// `MAXAGE`
    pub maxage: Option<Duration>,
    /// `TRACKINGDELAY`
    pub trackingdelay: Option<Duration>,
    /// `IDLETIMEOUT`
    pub idletimeout: Option<Duration>,
    /// `MAXCONN`
    pub maxconn: Option<u32>,
    /// `MAXCONN_PER_PEER`
    pub maxconn_per_peer: Option<u32>,
    /// `FIRSTTIMEOUT`
    pub firsttimeout: Option<Duration>,
    /// `ALLOW_ANONYMOUS_READ`
    pub allow_anonymous_read: Option<bool>,
    /// `ALLOW_NO_DEVICE`
    pub allow_no_device: Option<bool>,
    /// `ALLOW_NOT_ALL_LISTENERS`
    pub allow_not_all_listeners: Option<bool>,
    /// `STATEPATH`
    pub statepath: Option<PathBuf>,
    /// `DATAPATH`
    pub datapath: Option<PathBuf>,
    /// `CERTFILE`
    pub certfile: Option<PathBuf>,
    /// `CERTPATH`
    pub certpath: Option<PathBuf>,
    /// `CERTIDENT`
    pub certident: Option<CertIdent>,
    /// `CERTREQUEST`
    pub certrequest: Option<CertRequest>,
    /// `DISABLE_WEAK_SSL`
    pub disable_weak_ssl: Option<bool>,
    /// `DEBUG_MIN`
    pub debug_min: Option<u32>,
    /// Where the directives stand.
    places: Places,
}

/// An address to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listen {
    /// Address or host name; `*` is every address.
    pub host: String,
    /// Port on it.
    pub port: ListenPort,
    /// Where the directive stands; `None` for a default listener.
    pub place: Option<Place>,
}

/// A port by number or by the name of its service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListenPort {
    /// As most write it.
    Number(u16),
    /// To be looked up in the services of the machine.
    Service(String),
}

/// The name that the server's certificate must carry, and the password of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertIdent {
    /// Host name, address, subject or common name; empty when anything will do.
    pub name: String,
    /// Opens the private key.
    pub password: Secret,
}

impl CertIdent {
    pub(crate) fn read(args: &mut Args<'_>) -> Result<Self, Fault> {
        Ok(Self {
            name: args.text(0)?,
            password: Secret::new(args.text(1)?),
        })
    }
}

/// What is asked of the certificate of a client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CertRequest {
    /// Nothing.
    #[default]
    No,
    /// It is asked for, and checked when there is one.
    Request,
    /// It must be there.
    Require,
}

impl UpsdConf {
    /// Reads upsd.conf; `path` only names it in messages.
    #[must_use]
    pub fn parse(path: &Path, source: &[u8]) -> Loaded<Self> {
        read::read(DIRECTIVES, path, source)
    }

    /// The addresses to listen on: those of the file, or `::1` and `127.0.0.1`.
    #[must_use]
    pub fn listeners(&self) -> Vec<Listen> {
        if !self.listen.is_empty() {
            return self.listen.clone();
        }
        let loopback = |host: &str| Listen {
            host: host.to_owned(),
            port: ListenPort::Number(PORT),
            place: None,
        };
        vec![loopback("::1"), loopback("127.0.0.1")]
    }

    /// Silence after which a driver's data are stale: 15 s.
    #[must_use]
    pub fn maxage(&self) -> Duration {
        self.maxage.unwrap_or(Duration::from_secs(15))
    }

    /// How long results of commands can be asked for: an hour.
    #[must_use]
    pub fn trackingdelay(&self) -> Duration {
        self.trackingdelay.unwrap_or(Duration::from_secs(3600))
    }

    /// Silence after which a client is dropped: 300 s; `None` is never.
    #[must_use]
    pub fn idletimeout(&self) -> Option<Duration> {
        let limit = self.idletimeout.unwrap_or(Duration::from_secs(300));
        (!limit.is_zero()).then_some(limit)
    }

    /// Connections at most; `None` is what the system allows.
    #[must_use]
    pub fn maxconn(&self) -> Option<u32> {
        self.maxconn.filter(|&most| most > 0)
    }

    /// Connections of one address at most; `None`, the default, is as many as there are.
    #[must_use]
    pub fn maxconn_per_peer(&self) -> Option<u32> {
        self.maxconn_per_peer.filter(|&most| most > 0)
    }

    /// How long a client may take for its first line: 60 s; `None` is as long as for any other.
    #[must_use]
    pub fn firsttimeout(&self) -> Option<Duration> {
        let limit = self.firsttimeout.unwrap_or(Duration::from_secs(60));
        (!limit.is_zero()).then_some(limit)
    }

    /// Whether everybody may read: yes.
    #[must_use]
    pub fn allow_anonymous_read(&self) -> bool {
        self.allow_anonymous_read.unwrap_or(true)
    }

    /// Whether upsd starts without any UPS: no.
    #[must_use]
    pub fn allow_no_device(&self) -> bool {
        self.allow_no_device.unwrap_or(false)
    }

    /// Whether upsd starts although some address could not be had: no.
    #[must_use]
    pub fn allow_not_all_listeners(&self) -> bool {
        self.allow_not_all_listeners.unwrap_or(false)
    }

    /// What is asked of clients' certificates: nothing.
    #[must_use]
    pub fn certrequest(&self) -> CertRequest {
        self.certrequest.unwrap_or_default()
    }

    /// Whether the file asks for TLS 1.2 at least, which Locknut does anyway: no.
    #[must_use]
    pub fn disable_weak_ssl(&self) -> bool {
        self.disable_weak_ssl.unwrap_or(false)
    }

    /// This file as reloaded over `old`: what it does not give stays as it was.
    ///
    /// `DEBUG_MIN` is the exception, it ends with its directive. `LISTEN` is as in this file.
    #[must_use]
    pub fn over(self, old: &Self) -> Self {
        Self {
            listen: self.listen,
            maxage: self.maxage.or(old.maxage),
            trackingdelay: self.trackingdelay.or(old.trackingdelay),
            idletimeout: self.idletimeout.or(old.idletimeout),
            maxconn: self.maxconn.or(old.maxconn),
            maxconn_per_peer: self.maxconn_per_peer.or(old.maxconn_per_peer),
            firsttimeout: self.firsttimeout.or(old.firsttimeout),
            allow_anonymous_read: self.allow_anonymous_read.or(old.allow_anonymous_read),
            allow_no_device: self.allow_no_device.or(old.allow_no_device),
            allow_not_all_listeners: self.allow_not_all_listeners.or(old.allow_not_all_listeners),
            statepath: self.statepath.or_else(|| old.statepath.clone()),
            datapath: self.datapath.or_else(|| old.datapath.clone()),
            certfile: self.certfile.or_else(|| old.certfile.clone()),
            certpath: self.certpath.or_else(|| old.certpath.clone()),
            certident: self.certident.or_else(|| old.certident.clone()),
            certrequest: self.certrequest.or(old.certrequest),
            disable_weak_ssl: self.disable_weak_ssl.or(old.disable_weak_ssl),
            debug_min: self.debug_min,
            places: self.places.over(&old.places),
        }
    }

    /// Where a directive stands.
    #[must_use]
    pub fn place(&self, directive: &str) -> Option<Place> {
        self.places.of(directive)
    }
}

impl Target for UpsdConf {
    fn places(&mut self) -> Option<&mut Places> {
        Some(&mut self.places)
    }
}

#[cfg(test)]
mod tests;
