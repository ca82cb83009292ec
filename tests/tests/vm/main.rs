//! Our programs in a machine of their own: a Debian with its own kernel, systemd and udev in QEMU, to which an emulated
//! USB UPS is plugged. It is really shut down, and the UPS really told to cut the power.
//!
//! `cargo xtask test --vm` makes the machine and has these tests run; without it they are noted as skipped.
//!
//! | file | what |
//! |---|---|
//! | `attached.rs` | the driver gets the device as an unprivileged user, and gets it back |
//! | `exchanged.rs` | our packages take the place of C NUT's and give it back |
//! | `shutdown.rs` | from a low battery to the power that is cut, and to the next boot, whatever goes wrong in between |
//! | `secondary.rs` | two machines on one UPS |
//!
//! `machine.rs` is the machine, `hardware.rs` what it consists of, `payload.rs` what is installed in it, `shell.rs` a way to look
//! inside, `monitor.rs` its switch; `outage.rs` is what all outages have in common.
//!
//! Tests are begun in the order of their names, two at a time on two cores: the longest, `exchanged`, is among the first.

#![cfg(test)]

mod attached;
mod exchanged;
mod hardware;
mod machine;
mod monitor;
mod outage;
mod payload;
mod secondary;
mod shell;
mod shutdown;
