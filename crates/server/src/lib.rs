//! upsd without sockets.
//!
//! The [`Hub`] owns all that upsd knows: devices as their drivers report them, sessions of clients,
//! users, tracked requests. A client's line goes in through [`Hub::serve`], which appends the answer to
//! an output buffer; a driver's line through [`Hub::driver_says`]; time through [`Hub::tick`]. What has
//! to happen outside as a consequence is left as [`Effect`]s. Nothing here waits, reads a clock or
//! touches a socket, so whole conversations are plain tests.
//!
//! The rules are those of the specification of C NUT's upsd (net-protocol.md, sock-protocol.md section
//! 6), with its defects mended as it says there.

#![forbid(unsafe_code)]

mod access;
mod answer;
mod complaints;
mod crowd;
mod describe;
mod device;
mod drivers;
mod effect;
mod gate;
mod guesses;
mod hub;
mod link;
mod redump;
mod render;
mod session;
mod settings;
mod tracking;

pub use describe::Descriptions;
pub use device::{DeviceId, DeviceSpec};
pub use effect::{Effect, Severity};
pub use gate::Check;
pub use hub::{Hub, IdSource};
pub use secret::Room;
pub use session::{ConnId, Next};
pub use settings::Settings;
