//! `upscmd`: see the library.

fn main() -> std::process::ExitCode {
    upscmd::main()
}
