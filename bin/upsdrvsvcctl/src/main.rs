//! upsdrvsvcctl: starts, stops and lists the services of drivers.

use std::process::ExitCode;

fn main() -> ExitCode {
    upsdrvsvcctl::main().into()
}
