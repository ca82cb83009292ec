//! Fuzz target: `fuzz_checks::check_timer_request`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_timer_request(bytes));
