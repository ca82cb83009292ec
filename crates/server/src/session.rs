//! One client's session.

use std::net::IpAddr;

use model::Tick;
use proto::Refusal;
use secret::Secret;

use crate::device::DeviceId;
use crate::gate::Standing;

/// Letters of a user name that the log shows.
const NAME_MAX: usize = 64;

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
    /// Not answered yet: the line is to be served again when [`Effect::Resume`](crate::Effect::Resume) says so, and until
    /// then no other line of this client.
    Hold,
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
    /// Whether any line has come.
    pub(crate) spoke: bool,
    /// Whether its credentials are right.
    pub(crate) standing: Standing,
    /// Whether they ever were.
    pub(crate) was_right: bool,
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
            spoke: false,
            standing: Standing::Unknown,
            was_right: false,
            tls: false,
            denied: false,
        }
    }

    /// User name and password; that they were given does not mean that they are right.
    pub(crate) fn credentials(&self) -> Result<(&str, &Secret), Refusal> {
        let name = self.username.as_deref().ok_or(Refusal::UsernameRequired)?;
        let password = self.password.as_ref().ok_or(Refusal::PasswordRequired)?;
        Ok((name, password))
    }

    /// `user@address`, for the log.
    pub(crate) fn who(&self) -> String {
        let name = self.username.as_deref().unwrap_or_default();
        let name: String = name.chars().take(NAME_MAX).collect();
        format!("{name}@{}", self.peer)
    }
}
