//! Fuzz target: `fuzz_checks::check_qx_answers`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_qx_answers(bytes));
