//! dummy-ups: see the library.

fn main() -> std::process::ExitCode {
    driver::start(&dummy_ups::INFO)
}
