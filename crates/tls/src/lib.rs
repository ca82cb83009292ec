//! Encryption of connections, as NUT's directives ask for it.
//!
//! [`Server`] is made of what upsd.conf says, [`Client`] of upsmon.conf or nutauth.conf. Both turn a TCP stream that
//! has agreed on STARTTLS into an encrypted one, or say in plain words why not. This is the only crate that names rustls.
//!
//! What C NUT does with OpenSSL or NSS is done here with PEM files: TLS 1.2 and 1.3, certificates and keys of
//! [`CERTFILE`](ServerSettings::certfile), authorities of [`CERTPATH`](ServerSettings::certpath), a file or a
//! directory. A database of NSS cannot be read; its error says how to convert it.

#![forbid(unsafe_code)]

mod authorities;
mod client;
mod date;
mod der;
mod expiry;
mod explain;
mod facts;
mod files;
mod identity;
mod key;
mod nss;
pub mod pem;
mod server;
mod settings;
#[cfg(test)]
mod testing;
mod verify;

pub use client::{Client, ClientStream};
pub use date::text as date;
pub use expiry::Expiry;
pub use explain::{Refused, of_io};
pub use facts::Facts;
pub use key::check_key;
pub use server::{Server, ServerStream};
pub use settings::{
    ClientSettings, Error, HostRule, Ident, Remark, Request, Said, ServerSettings, Source,
};

/// A clock's time as certificates count it: seconds since 1970.
fn seconds(now: std::time::SystemTime) -> i64 {
    let since = now.duration_since(std::time::SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
    })
}
