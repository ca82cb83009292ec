//! nut-scanner: it finds what is there, and what it prints starts the right driver as it is.
//!
//! | file | finds |
//! |---|---|
//! | `usb.rs` | emulated USB devices, two that nothing but their ports tells apart, one that somebody uses |
//! | `snmp.rs` | SNMP agents, with each version; who is refused is told why |
//! | `nut.rs` | a NUT server, files of simulated devices |
//! | `serial.rs` | devices on serial ports |
//! | `options.rs` | what the options do beside that |
//!
//! `bench.rs` is what they share.

#![cfg(test)]

mod bench;
mod nut;
mod options;
mod serial;
mod snmp;
mod usb;
