//! Fuzz target: `fuzz_checks::check_upssched_conf`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_upssched_conf(bytes));
