//! apcsmart: APC UPSes with a serial port and the smart protocol.

use std::process::ExitCode;

fn main() -> ExitCode {
    driver::start(&apcsmart::INFO)
}
