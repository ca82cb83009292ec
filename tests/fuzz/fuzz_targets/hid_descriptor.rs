//! Fuzz target: `fuzz_checks::check_hid_descriptor`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_hid_descriptor(bytes));
