//! upsd: serves device state to clients.

use std::process::ExitCode;

fn main() -> ExitCode {
    upsd::main().into()
}
