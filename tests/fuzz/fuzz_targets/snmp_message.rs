//! Fuzz target: `fuzz_checks::check_snmp_message`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_snmp_message(bytes));
