//! upsd-tls: makes an authority, and certificates for upsd and its clients.

use std::process::ExitCode;

fn main() -> ExitCode {
    upsd_tls::main().into()
}
