//! upslog: writes the state of UPSes to files, a line each time.

use std::process::ExitCode;

fn main() -> ExitCode {
    upslog::main().into()
}
