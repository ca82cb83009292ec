//! Where an agent is: what `port` says in ups.conf, as Net-SNMP understands it.

use std::fmt;
use std::net::Ipv6Addr;
use std::str::FromStr;

/// Where agents listen.
const PORT: u16 = 161;

/// Which addresses of a name are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// The first that there is.
    Any,
    /// `udp:` says IPv4.
    V4,
    /// `udp6:` says IPv6.
    V6,
}

/// A host and a port: `host`, `host:port`, `[address]:port`, and before it `udp:` or `udp6:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    pub(crate) family: Family,
    pub(crate) host: String,
    pub(crate) port: u16,
}

/// Why a text says no host and port.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPeer {
    /// A transport that is not spoken here.
    #[error(
        "{0}: is not supported, only udp: and udp6: are; nearly every device speaks SNMP over UDP, so leave {0}: out"
    )]
    Transport(String),
    /// Not a port.
    #[error("\"{0}\" is no port; SNMP's is 161")]
    Port(String),
    /// No host.
    #[error("\"{0}\" names no host; write it as HOST, HOST:PORT or [IPV6-ADDRESS]:PORT")]
    Host(String),
}

/// Transports by their names in Net-SNMP; nothing for what is not spoken here.
#[rustfmt::skip]
static TRANSPORTS: &[(&str, Option<Family>)] = &[
    ("udp",      Some(Family::V4)),
    ("udp6",     Some(Family::V6)),
    ("udpv6",    Some(Family::V6)),
    ("udpipv6",  Some(Family::V6)),
    ("tcp",      None),
    ("tcp6",     None),
    ("tcpv6",    None),
    ("tcpipv6",  None),
    ("unix",     None),
    ("ipx",      None),
    ("alias",    None),
    ("dtlsudp",  None),
    ("dtlsudp6", None),
    ("tlstcp",   None),
    ("tlstcp6",  None),
    ("ssh",      None),
    ("std",      None),
];

impl FromStr for Peer {
    type Err = BadPeer;

    fn from_str(text: &str) -> Result<Self, BadPeer> {
        let (family, address) = transport(text)?;
        let (host, port) = split(address).ok_or_else(|| BadPeer::Host(text.to_owned()))?;
        let port = match port {
            None => PORT,
            Some(port) => port
                .parse()
                .ok()
                .filter(|port| *port != 0)
                .ok_or_else(|| BadPeer::Port(port.to_owned()))?,
        };
        let is_host = !host.is_empty() && !host.contains(char::is_whitespace);
        let host = host.to_owned();
        is_host
            .then_some(Self { family, host, port })
            .ok_or_else(|| BadPeer::Host(text.to_owned()))
    }
}

/// The transport in front, and the rest.
fn transport(text: &str) -> Result<(Family, &str), BadPeer> {
    let Some((word, rest)) = text.split_once(':') else {
        return Ok((Family::Any, text));
    };
    let word = word.to_ascii_lowercase();
    match TRANSPORTS.iter().find(|(name, _)| *name == word) {
        // a host that is called so: what follows is a port
        Some(_) if rest.parse::<u16>().is_ok() => Ok((Family::Any, text)),
        Some((_, Some(family))) => Ok((*family, rest)),
        Some((_, None)) => Err(BadPeer::Transport(word)),
        None => Ok((Family::Any, text)),
    }
}

/// Host and port of an address.
fn split(address: &str) -> Option<(&str, Option<&str>)> {
    if let Some(rest) = address.strip_prefix('[') {
        let (host, rest) = rest.split_once(']')?;
        return match rest.strip_prefix(':') {
            Some(port) => Some((host, Some(port))),
            None => rest.is_empty().then_some((host, None)),
        };
    }
    let plain = address.split_once('%').map_or(address, |(plain, _)| plain);
    if plain.parse::<Ipv6Addr>().is_ok() {
        return Some((address, None));
    }
    match address.split_once(':') {
        Some((host, port)) => Some((host, Some(port))),
        None => Some((address, None)),
    }
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn peer(text: &str) -> (Family, String) {
        let peer: Peer = text.parse().unwrap();
        (peer.family, peer.to_string())
    }

    #[test]
    fn an_agent_is_named_as_for_net_snmp() {
        let any = |text: &str| (Family::Any, text.to_owned());
        assert_eq!(peer("ups.example"), any("ups.example:161"));
        assert_eq!(peer("10.0.0.7:1161"), any("10.0.0.7:1161"));
        assert_eq!(peer("[::1]:1161"), any("[::1]:1161"));
        assert_eq!(peer("[::1]"), any("[::1]:161"));
        assert_eq!(peer("fe80::1"), any("[fe80::1]:161"));
        assert_eq!(peer("fe80::1%eth0"), any("[fe80::1%eth0]:161"));
        assert_eq!(peer("udp:ups"), (Family::V4, "ups:161".to_owned()));
        assert_eq!(peer("UDP:10.1:5"), (Family::V4, "10.1:5".to_owned()));
        assert_eq!(peer("udp6:[::1]:5"), (Family::V6, "[::1]:5".to_owned()));
        assert_eq!(peer("udp6:::1"), (Family::V6, "[::1]:161".to_owned()));
        assert_eq!(peer("udp:161"), any("udp:161"));
    }

    #[test]
    fn what_names_no_agent_is_told() {
        let bad = |text: &str| text.parse::<Peer>().unwrap_err().to_string();
        assert!(bad("tcp:ups:161").starts_with("tcp: is not supported, only udp:"));
        assert!(bad("ups:snmp").starts_with("\"snmp\" is no port"));
        assert!(bad("ups:0").starts_with("\"0\" is no port"));
        assert!(bad("ups:70000").starts_with("\"70000\" is no port"));
        assert!(bad("").starts_with("\"\" names no host"));
        assert!(bad("udp:").starts_with("\"udp:\" names no host"));
        assert!(bad("[::1").starts_with("\"[::1\" names no host"));
        assert!(bad("[::1]161").starts_with("\"[::1]161\" names no host"));
        assert!(bad("my ups").starts_with("\"my ups\" names no host"));
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = text.parse::<Peer>();
        }
    }
}
