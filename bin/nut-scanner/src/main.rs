//! nut-scanner: finds power devices and NUT servers.

use std::process::ExitCode;

fn main() -> ExitCode {
    nut_scanner::main()
}
