//! nutdrv_qx: UPSes of the Megatec or Qx family.

use std::process::ExitCode;

fn main() -> ExitCode {
    driver::start(&nutdrv_qx::INFO)
}
