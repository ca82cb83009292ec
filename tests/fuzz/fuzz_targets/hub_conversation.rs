//! Fuzz target: `fuzz_checks::check_hub_conversation`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_hub_conversation(bytes));
