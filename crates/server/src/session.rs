//! One client's session.

use std::net::IpAddr;

use config::Secret;
use model::Tick;

use crate::device::DeviceId;

/// Names a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(pub(crate) u64);

/// What becomes of the connection after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It goes on.
    Open,
    /// It is closed once the answer is written; lines behind this one are discarded.
    Close,
    /// Once the answer is written it is encrypted. What came behind this line was sent in the clear, by whomever, and must
    /// not be served.
    Encrypt,
}

/// All the state there is between two lines of a client.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) peer: IpAddr,
    pub(crate) username: Option<Box<str>>,
    pub(crate) password: Option<Secret>,
    /// The UPS it logged into, which counts it.
    pub(crate) login: Option<DeviceId>,
    /// Whether its commands and settings are tracked.
    pub(crate) tracking: bool,
    /// When its last complete line came.
    pub(crate) heard: Tick,
    /// Whether its connection is encrypted.
    pub(crate) tls: bool,
    /// Whether a refused permission was logged: one line a session is enough.
    pub(crate) denied: bool,
}

impl Session {
    pub(crate) fn new(peer: IpAddr, now: Tick) -> Self {
        Self {
            peer,
            username: None,
            password: None,
            login: None,
            tracking: false,
            heard: now,
            tls: false,
            denied: false,
        }
    }

    /// `user@address`, for the log.
    pub(crate) fn who(&self) -> String {
        format!(
            "{}@{}",
            self.username.as_deref().unwrap_or_default(),
            self.peer
        )
    }
}
