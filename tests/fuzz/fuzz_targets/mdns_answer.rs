//! Fuzz target: `fuzz_checks::check_mdns_answer`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_mdns_answer(bytes));
