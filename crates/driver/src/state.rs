//! Words of `driver.state` (spec sock-protocol.md, section 17).
//!
//! C's drivers know `init.starting` to `init.updateinfo`, too, but nobody ever reads those: the socket appears
//! when they are over.

/// Between polls.
pub(crate) const QUIET: &str = "quiet";
/// During a poll.
pub(crate) const UPDATE: &str = "updateinfo";
/// In the list that `-d` prints.
pub(crate) const DUMPING: &str = "dumping";
/// While the configuration is read again.
pub(crate) const RELOADING: &str = "reloading";
/// While the device is lost.
pub(crate) const TRYING: &str = "reconnect.trying";
/// When it is back and read for the first time.
pub(crate) const RECONNECT_UPDATE: &str = "reconnect.updateinfo";
/// While the power is cut.
pub(crate) const KILLPOWER: &str = "fsd.killpower";
/// At the end.
pub(crate) const CLEANUP: &str = "cleanup.upsdrv";
