//! What upsd.conf sets for the hub; each may change at a reload.

use std::time::Duration;

/// Numbers that rule the hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `MAXAGE`: a driver silent for longer than this and a second is stale.
    pub max_age: Duration,
    /// `TRACKINGDELAY`: how long the result of a tracked request can be asked for.
    pub tracking_delay: Duration,
    /// `IDLETIMEOUT`: a session silent for longer is closed; `None` never closes any.
    pub idle_timeout: Option<Duration>,
    /// `FIRSTTIMEOUT`: the same for the first line.
    pub first_timeout: Option<Duration>,
    /// `ALLOW_ANONYMOUS_READ`: whether GET and LIST need no credentials.
    pub anonymous_read: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            max_age: Duration::from_secs(15),
            tracking_delay: Duration::from_secs(3600),
            idle_timeout: Some(Duration::from_secs(300)),
            first_timeout: Some(Duration::from_secs(60)),
            anonymous_read: true,
        }
    }
}
