//! Ports that nobody listens on.

use crate::Error;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::ops::Range;
use std::sync::atomic::{AtomicU16, Ordering};

/// Below those that the system gives to clients: one of these is not taken by a connection between the moment it is
/// handed out and the moment a server listens on it.
const RANGE: Range<u16> = 10_000..32_000;

/// How many of the range have been looked at.
static LOOKED_AT: AtomicU16 = AtomicU16::new(0);

/// A loopback port that was free a moment ago. A process hands each out once, in turn, and another process begins
/// elsewhere: two tests that run side by side do not meet on one.
///
/// # Errors
/// When none of the range is free.
pub fn free_port() -> Result<u16, Error> {
    let width = RANGE.end - RANGE.start;
    let start = std::process::id().wrapping_mul(4_099);
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for _ in 0..width {
        let turn = LOOKED_AT.fetch_add(1, Ordering::Relaxed);
        let place = start.wrapping_add(u32::from(turn)) % u32::from(width);
        let port = RANGE.start + u16::try_from(place).unwrap_or_default();
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(_) => return Ok(port),
            Err(error) => last = error,
        }
    }
    Err(Error::io("no free port on loopback")(last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_free_port_can_be_listened_on() {
        let port = free_port().unwrap();
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
    }

    #[test]
    fn no_port_is_handed_out_twice() {
        let ports: BTreeSet<_> = (0..500).map(|_| free_port().unwrap()).collect();
        assert_eq!(ports.len(), 500);
    }
}
