//! Clients by the thousand, from addresses that the test chooses.

use crate::failure::{Error, must};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::sys::socket::{AddressFamily, SockFlag, SockType, SockaddrIn, bind, connect, socket};
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};
use std::os::fd::AsRawFd;

/// Connects to a port of 127.0.0.1 from `source`, which is any address that begins with 127.
///
/// # Errors
/// When the system or the server refuses.
pub fn connect_from(source: Ipv4Addr, port: u16) -> Result<TcpStream, Error> {
    let failed = |what| move |errno: nix::Error| Error::io(what)(errno.into());
    let socket = socket(
        AddressFamily::Inet,
        SockType::Stream,
        SockFlag::SOCK_CLOEXEC,
        None,
    )
    .map_err(failed("no socket"))?;
    let address = |address, port| SockaddrIn::from(SocketAddrV4::new(address, port));
    bind(socket.as_raw_fd(), &address(source, 0)).map_err(failed("no source address"))?;
    connect(socket.as_raw_fd(), &address(Ipv4Addr::LOCALHOST, port))
        .map_err(failed("no connection"))?;
    Ok(TcpStream::from(socket))
}

/// Lets this process open so many files. False when it may not.
#[track_caller]
#[must_use]
pub fn may_open(files: u64) -> bool {
    let (soft, hard) = must(getrlimit(Resource::RLIMIT_NOFILE));
    if soft >= files {
        return true;
    }
    hard >= files && setrlimit(Resource::RLIMIT_NOFILE, files, hard).is_ok()
}
