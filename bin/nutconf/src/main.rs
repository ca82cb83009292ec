//! nutconf: reads and changes the configuration files, and keeps their comments.

use std::process::ExitCode;

fn main() -> ExitCode {
    nutconf::main().into()
}
