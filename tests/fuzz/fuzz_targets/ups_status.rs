//! Fuzz target: `fuzz_checks::check_ups_status`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_ups_status(bytes));
