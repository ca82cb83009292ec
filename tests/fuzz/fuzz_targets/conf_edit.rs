//! Fuzz target: `fuzz_checks::check_conf_edit`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_conf_edit(bytes));
