//! Fuzz target: `fuzz_checks::check_apc_capability`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_apc_capability(bytes));
