//! usbhid-ups and nutdrv_qx over the real libusb, with emulated devices (tests/devices/usb).
//!
//! | file | is about |
//! |---|---|
//! | `attach.rs` | finding devices, each of ours and each of a collection; two of a kind; devices that may not be opened |
//! | `descriptors.rs` | devices that tell wrongly what they are |
//! | `faults.rs` | devices that answer wrongly, or not at all, while they are read |
//! | `unplugged.rs` | devices that are pulled out, at every moment, and a hundred times |
//! | `mains.rs` | how soon a power failure is told |
//! | `commands.rs` | the bytes of commands, settings and the last command of all |
//! | `qx.rs` | nutdrv_qx: adapters, each odd in its way |
//! | `qx_faults.rs` | nutdrv_qx: adapters that fail, or are pulled out, while they are asked |
//! | `qx_tape.rs` | nutdrv_qx: what `--record` writes down |
//!
//! `lab.rs` is what they share. Without umockdev each test is skipped by its name.

#![cfg(test)]

mod attach;
mod commands;
mod descriptors;
mod faults;
mod lab;
mod mains;
mod qx;
mod qx_faults;
mod qx_tape;
mod unplugged;
