//! `upsc`: see the library.

fn main() -> std::process::ExitCode {
    upsc::main()
}
