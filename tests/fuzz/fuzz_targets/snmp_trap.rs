//! Fuzz target: `fuzz_checks::check_snmp_trap`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz_checks::check_snmp_trap(bytes));
