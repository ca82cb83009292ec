//! Fuzz target: `fuzz_checks::check_hid_report`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_hid_report(bytes));
