//! upsmon: watches UPSes and shuts the system down in time.

use std::process::ExitCode;

fn main() -> ExitCode {
    upsmon::main().into()
}
