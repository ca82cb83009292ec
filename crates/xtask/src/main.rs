//! The project's chores: `cargo xtask <chore>`.
//!
//! | chore | what it does |
//! |---|---|
//! | `demo [--once]` | plays a power failure on a simulated UPS, with the real programs and nothing configured |
//! | `test [--all] [--vm]` | everything that must hold before a change goes in; `--all` adds what needs more tools, `--vm` the tests in a virtual machine |
//! | `fuzz --minutes N [target...]` | searches for inputs that something does not hold for; needs nightly and cargo-fuzz |
//! | `bench server` | our upsd and C NUT's on the same loads, and whether we are as fast and small as promised |
//! | `bench tls` | our upsd and C NUT's with encrypted clients: handshakes, memory |
//! | `bench snmp` | our snmp-ups and C NUT's: requests until ready and each walk, time until ready on a device 20 ms away |
//! | `bench drivers` | our usbhid-ups and dummy-ups and C NUT's: start, memory, processor, wake-ups, mains off to OB |
//! | `bench serial` | our nutdrv_qx and C NUT's: how soon each dialect's data are good, and how soon a silent line is given up |
//! | `bench shutdown` | our upsmon and C NUT's: how soon after LB the shutdown begins |
//! | `mutants` | plants faults in the monitor, one after the other, and sees whether its tests notice |
//! | `generate [--check]` | udev's rules, the lists of hardware and the manual's tables from what the drivers know |
//! | `new-driver NAME [--kind soft\|usb]` | a driver to begin with: it compiles, runs, and has one failing test; `--trial` sees whether that is so |
//! | `shape` | sizes of files and functions, arrows between crates, purity of the pure ones |
//! | `peers` | unpacks C NUT, clients of others and what emulates USB devices into the target directory, to test against |
//! | `dist [--destdir DIR] [--deb] [name=value ...]` | an install tree with every path settable, the programs' sizes, packages for Debian |
//! | `vm` | makes the virtual machine that `test --vm` boots |

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "chores talk to who runs them"
)]

mod bench;
mod cargo;
mod demo;
mod dist;
mod failure;
mod fuzz;
mod generate;
mod mutants;
mod new_driver;
mod peers;
mod shape;
mod side_by_side;
mod test;
mod vm;
mod workspace;

use failure::{Failure, Result};
use std::env;
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask demo [--once] | test [--all] [--vm] | fuzz --minutes N [target...] | mutants | generate [--check] | new-driver NAME [--kind soft|usb] | new-driver --trial | shape | peers | vm | dist [--destdir DIR] [--deb] [name=value ...] | bench server | bench tls | bench snmp | bench drivers | bench serial | bench shutdown";

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    match perform(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Reported) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn perform(words: &[&str]) -> Result<()> {
    match words {
        ["demo"] => demo::run(demo::Pace::Endless),
        ["demo", "--once"] => demo::run(demo::Pace::Once),
        ["test", flags @ ..] => {
            test::run(test::Wishes::of(flags).ok_or_else(|| Failure::told(USAGE))?)
        }
        ["fuzz", "--minutes", minutes, targets @ ..] => fuzz::run(minutes, targets),
        ["bench", "server"] => bench::run(),
        ["bench", "tls"] => bench::tls::run(),
        ["bench", "drivers"] => bench::drivers::run(),
        ["bench", "serial"] => bench::serial::run(),
        ["bench", "snmp"] => bench::snmp::run(),
        ["bench", "shutdown"] => bench::shutdown::run(),
        ["mutants"] => mutants::run(),
        ["generate"] => generate::run(),
        ["generate", "--check"] => generate::check(),
        ["new-driver", "--trial"] => new_driver::trial::run(true),
        ["new-driver", name] => new_driver::run(name, "soft"),
        ["new-driver", name, "--kind", kind] => new_driver::run(name, kind),
        ["shape"] => shape::run(),
        ["peers"] => peers::run(),
        ["vm"] => vm::run(),
        ["dist", words @ ..] => dist::run(words),
        _ => Err(Failure::told(USAGE)),
    }
}
