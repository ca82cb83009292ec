//! Fuzz target: `fuzz_checks::check_private_key`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_private_key(bytes));
