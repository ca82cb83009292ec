//! SNMP sessions, and the built driver, with real agents: the simulated one, and Net-SNMP's.
//!
//! | file | what |
//! |---|---|
//! | `versions.rs` | every version and every pair of ciphers gives the same values; who is refused is told why |
//! | `faults.rs` | what networks and agents do wrong: never a wrong value, never an endless wait |
//! | `life.rs` | an agent that restarts, is replaced or away for a while |
//! | `program.rs` | the built driver while its agent does wrong |
//! | `shutdown.rs` | the built driver cuts the power |
//! | `traps.rs` | the built driver is called by its agent, and by others |
//! | `snmpd.rs` | the same values from Net-SNMP's agent |

#![cfg(test)]

mod bench;
mod driven;
mod faults;
mod life;
mod program;
mod shutdown;
mod snmpd;
mod traps;
mod versions;
