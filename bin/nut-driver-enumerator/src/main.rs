//! nut-driver-enumerator: keeps one driver service for each UPS of ups.conf.

use std::process::ExitCode;

fn main() -> ExitCode {
    nut_driver_enumerator::main().into()
}
