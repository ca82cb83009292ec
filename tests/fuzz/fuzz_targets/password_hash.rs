//! Fuzz target: `fuzz_checks::check_password_hash`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_password_hash(bytes));
