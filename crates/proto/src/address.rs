//! `ups[@host[:port]]`: how users name a UPS (spec cli.md, section 1).

use std::fmt;

use crate::PORT;

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostPort {
    /// Name or address, without brackets.
    pub host: String,
    /// TCP port.
    pub port: u16,
}

/// A UPS on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The section in the server's ups.conf.
    pub ups: String,
    /// The server.
    pub server: HostPort,
}

/// Why a text names no UPS or server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadAddress {
    /// There is no UPS name.
    NoUps,
    /// There is no host behind the `@`, or none in the brackets.
    NoHost,
    /// The port is not a number from 1 to 65535.
    BadPort,
    /// A `[` without its `]`, or text between `]` and `:`.
    BadBrackets,
}

impl fmt::Display for BadAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoUps => "the UPS name is missing; write upsname[@hostname[:port]]",
            Self::NoHost => "the host name is missing; write upsname[@hostname[:port]]",
            Self::BadPort => "the port must be a number from 1 to 65535",
            Self::BadBrackets => "an IPv6 address is written in brackets: upsname@[::1]:3493",
        })
    }
}

impl std::error::Error for BadAddress {}

impl Default for HostPort {
    fn default() -> Self {
        Self {
            host: "localhost".to_owned(),
            port: PORT,
        }
    }
}

/// As users write it: without the port that all have, and with brackets where colons would be taken for a port.
impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]", self.host)?;
        } else {
            f.write_str(&self.host)?;
        }
        match self.port {
            PORT => Ok(()),
            port => write!(f, ":{port}"),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.ups, self.server)
    }
}

impl HostPort {
    /// Reads `host[:port]` or `[v6][:port]`; a lone IPv6 address may go without brackets.
    ///
    /// # Errors
    /// See [`BadAddress`].
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, behind) = rest.split_once(']').ok_or(BadAddress::BadBrackets)?;
                match behind.strip_prefix(':') {
                    Some(port) => (host, Some(port)),
                    None if behind.is_empty() => (host, None),
                    None => return Err(BadAddress::BadBrackets),
                }
            }
            None if text.matches(':').count() > 1 => (text, None),
            None => match text.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            },
        };
        if host.is_empty() {
            return Err(BadAddress::NoHost);
        }
        Ok(Self {
            host: host.to_owned(),
            port: port.map_or(Ok(PORT), parse_port)?,
        })
    }
}

fn parse_port(text: &str) -> Result<u16, BadAddress> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|&port| digits && port != 0)
        .ok_or(BadAddress::BadPort)
}

impl Address {
    /// Reads `ups[@host[:port]]`.
    ///
    /// # Errors
    /// See [`BadAddress`].
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let (ups, server) = match text.split_once('@') {
            Some((ups, server)) => (ups, HostPort::parse(server)?),
            None => (text, HostPort::default()),
        };
        if ups.is_empty() {
            return Err(BadAddress::NoUps);
        }
        Ok(Self {
            ups: ups.to_owned(),
            server,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_alike() {
        for text in ["rack@srv", "rack@srv:77", "rack@[::1]", "rack@[::1]:77"] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
        assert_eq!(
            Address::parse("rack").unwrap().to_string(),
            "rack@localhost"
        );
    }

    #[test]
    fn every_form_is_read() {
        for (text, ups, host, port) in [
            ("rack", "rack", "localhost", 3493),
            ("rack@srv1", "rack", "srv1", 3493),
            ("rack@srv1:99", "rack", "srv1", 99),
            ("rack@[::1]", "rack", "::1", 3493),
            ("rack@[fe80::1%eth0]:99", "rack", "fe80::1%eth0", 99),
            ("rack@::1", "rack", "::1", 3493),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!(
                (
                    address.ups.as_str(),
                    address.server.host.as_str(),
                    address.server.port
                ),
                (ups, host, port)
            );
        }
    }

    #[test]
    fn what_names_no_ups_is_refused() {
        for (text, why) in [
            ("", BadAddress::NoUps),
            ("@host", BadAddress::NoUps),
            ("ups@", BadAddress::NoHost),
            ("ups@:99", BadAddress::NoHost),
            ("ups@[]", BadAddress::NoHost),
            ("ups@host:0", BadAddress::BadPort),
            ("ups@host:x", BadAddress::BadPort),
            ("ups@host:+1", BadAddress::BadPort),
            ("ups@host:", BadAddress::BadPort),
            ("ups@host:70000", BadAddress::BadPort),
            ("ups@[::1", BadAddress::BadBrackets),
            ("ups@[::1]x", BadAddress::BadBrackets),
        ] {
            assert_eq!(Address::parse(text), Err(why), "{text:?}");
        }
    }
}
