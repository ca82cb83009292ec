//! upssched: upsmon's NOTIFYCMD with timers.

use std::process::ExitCode;

fn main() -> ExitCode {
    upssched::main().into()
}
