//! snmp-ups: UPSes and PDUs on the network.

use std::process::ExitCode;

fn main() -> ExitCode {
    snmp_ups::listed().unwrap_or_else(|| driver::start(&snmp_ups::INFO))
}
