//! apcsmart with a simulated UPS on a pseudo terminal: the real driver, the real server, what they make of it.
//!
//! | file | what |
//! |---|---|
//! | `models.rs` | every model that is simulated: what is published of it, as it was recorded |
//! | `alerts.rs` | how soon clients hear of a power failure |
//! | `faults.rs` | a line that is silent, noisy or slow, a unit that restarts, an adapter that is unplugged |
//! | `settings.rs` | the EEPROM, also when its editing is interrupted |
//! | `shutdown.rs` | `-k`, `driver.killpower`, and what has to be confirmed |

#![cfg(test)]

mod alerts;
mod bench;
mod faults;
mod models;
mod settings;
mod shutdown;
