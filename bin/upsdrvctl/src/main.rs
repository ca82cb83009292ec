//! upsdrvctl: starts and stops drivers.

use std::process::ExitCode;

fn main() -> ExitCode {
    upsdrvctl::main().into()
}
