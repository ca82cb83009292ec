//! Ports that nobody listens on.

use crate::Error;
use std::net::{Ipv4Addr, TcpListener};

/// A loopback port that was free a moment ago. The system hands them out in turn, so that the same one is not
/// given twice within a test run.
///
/// # Errors
/// When the system has none.
pub fn free_port() -> Result<u16, Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(Error::io("no free port on loopback"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_free_port_can_be_listened_on() {
        let port = free_port().unwrap();
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
    }
}
