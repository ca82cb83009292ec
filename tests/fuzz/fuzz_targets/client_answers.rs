//! Fuzz target: `fuzz_checks::check_client_answers`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_client_answers(bytes));
