//! What must hold of each dialect whatever the line does to each of its answers. The line is simulated, and so is the time.
//!
//! The devices are those of the recordings: for each all that is asked, and how it is answered on line, on battery, and when the
//! battery is low, and so on. The status that a driver publishes without a fault is what the device says.
//!
//! | file | is |
//! |---|---|
//! | `device.rs` | the recorded devices |
//! | `line.rs` | the faults |
//! | `bench.rs` | a driver on such a device and line |
//! | `truth.rs` | what is published of a device when nothing is wrong |
//! | `enumerated.rs` | each fault at each request of each device |
//! | `from_the_start.rs` | the same when the driver starts |
//! | `truncated.rs` | each beginning of each answer |

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing
)]
#![cfg(test)]

mod bench;
mod device;
mod enumerated;
mod from_the_start;
mod line;
mod truncated;
mod truth;
