//! nut-check: tells what would keep this host from shutting down in time.

use std::process::ExitCode;

fn main() -> ExitCode {
    nut_check::main().into()
}
