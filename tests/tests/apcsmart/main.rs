//! apcsmart with a simulated UPS on a pseudo terminal: the real driver, the real server, what they make of it. What
//! each model publishes is in the recordings of `bin/apcsmart`.
//!
//! | file | what |
//! |---|---|
//! | `alerts.rs` | how soon clients hear of a power failure |
//! | `faults.rs` | a line that is silent, noisy or slow, a unit that restarts, an adapter that is unplugged |
//! | `settings.rs` | the EEPROM, also when its editing is interrupted |
//! | `names.rs` | the name of the older driver |
//! | `shutdown.rs` | `-k`, `driver.killpower`, and what has to be confirmed |

#![cfg(test)]

mod alerts;
mod bench;
mod faults;
mod names;
mod settings;
mod shutdown;
