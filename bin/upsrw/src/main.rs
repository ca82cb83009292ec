//! `upsrw`: see the library.

fn main() -> std::process::ExitCode {
    upsrw::main()
}
