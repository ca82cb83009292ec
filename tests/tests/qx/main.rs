//! nutdrv_qx on simulated devices on pseudo terminals: the real driver, and lines that are bad. What each dialect makes of each
//! fault at each of its requests is enumerated without a line by the tests of `bin/nutdrv_qx`.
//!
//! | file | what |
//! |---|---|
//! | `faults.rs` | a line that is silent, noisy or slow while mains fail |

#![cfg(test)]

mod faults;
