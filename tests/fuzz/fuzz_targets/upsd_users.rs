//! Fuzz target: `fuzz_checks::check_upsd_users`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_upsd_users(bytes));
