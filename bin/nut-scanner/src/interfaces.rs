//! The networks that this machine is in, for `-m auto` and for asking everybody.

use std::net::IpAddr;

use nix::ifaddrs::{InterfaceAddress, getifaddrs};
use nix::net::if_::InterfaceFlags;
use nix::sys::socket::SockaddrStorage;

use crate::range::Range;

/// What is scanned of a larger network: the part around this machine, with so many addresses as 8 bits are for.
const AROUND: u32 = 8;
/// A network with more bits for hosts than these is larger.
const HOST_BITS_MAX: u32 = 12;

/// Which addresses count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Any,
    V4,
    V6,
}

impl Family {
    fn has(self, address: IpAddr) -> bool {
        match self {
            Self::Any => true,
            Self::V4 => address.is_ipv4(),
            Self::V6 => address.is_ipv6(),
        }
    }
}

/// The networks of all interfaces that are up, without the loopback, and what is to be told about them.
pub(crate) fn networks(family: Family) -> (Vec<Range>, Vec<String>) {
    let mut ranges = Vec::new();
    let mut remarks = Vec::new();
    let interfaces = match interfaces() {
        Ok(interfaces) => interfaces,
        Err(error) => return (ranges, vec![error]),
    };
    for interface in interfaces {
        let address = interface.address.and_then(ip);
        let pair = address.zip(interface.netmask.and_then(ip));
        let Some((address, mask)) = pair.filter(|(address, _)| family.has(*address)) else {
            continue;
        };
        let (bits, is_narrowed) = prefix(mask);
        if is_narrowed {
            let name = interface.interface_name;
            remarks.push(format!(
                "the network of {address} ({name}) is too large; only {address}/{bits} is scanned, give others with -m"
            ));
        }
        ranges.extend(Range::network(address, bits).filter(|range| !ranges.contains(range)));
    }
    (ranges, remarks)
}

/// This machine's own addresses of IPv4 in networks where one can speak to all.
///
/// # Errors
/// The system does not tell.
pub(crate) fn own_addresses() -> Result<Vec<IpAddr>, String> {
    let interfaces = interfaces()?.into_iter();
    let speaks = |one: &InterfaceAddress| one.flags.contains(InterfaceFlags::IFF_MULTICAST);
    let addresses = interfaces
        .filter(speaks)
        .filter_map(|one| one.address.and_then(ip));
    Ok(addresses.filter(IpAddr::is_ipv4).collect())
}

/// The interfaces that are up, without the loopback.
fn interfaces() -> Result<Vec<InterfaceAddress>, String> {
    let all = getifaddrs();
    let all =
        all.map_err(|error| format!("the networks of this machine are not known: {error}"))?;
    let is_used = |one: &InterfaceAddress| {
        one.flags.contains(InterfaceFlags::IFF_UP)
            && !one.flags.contains(InterfaceFlags::IFF_LOOPBACK)
    };
    Ok(all.filter(is_used).collect())
}

/// How many leading bits the addresses have in common that are scanned, and whether that is not all of the network.
fn prefix(mask: IpAddr) -> (u32, bool) {
    let (bits, width) = match mask {
        IpAddr::V4(mask) => (u32::from(mask).leading_ones(), 32),
        IpAddr::V6(mask) => (u128::from(mask).leading_ones(), 128),
    };
    if width - bits > HOST_BITS_MAX {
        (width - AROUND, true)
    } else {
        (bits, false)
    }
}

fn ip(address: SockaddrStorage) -> Option<IpAddr> {
    let v4 = address.as_sockaddr_in().map(|v4| v4.ip().into());
    let v6 = || address.as_sockaddr_in6().map(|v6| v6.ip().into());
    v4.or_else(v6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_network_is_scanned_around_this_machine() {
        let of = |mask: &str| prefix(mask.parse().unwrap());
        assert_eq!(of("255.255.255.0"), (24, false));
        assert_eq!(of("255.255.240.0"), (20, false));
        assert_eq!(of("255.255.0.0"), (24, true));
        assert_eq!(of("ffff:ffff:ffff:ffff::"), (120, true));
        assert_eq!(of("255.255.255.255"), (32, false));
    }

    #[test]
    fn the_loopback_is_no_network() {
        let (ranges, _) = networks(Family::Any);
        let loopback = Range::of_cidr("127.0.0.0/8").unwrap();
        assert!(!ranges.contains(&loopback));
        assert!(
            own_addresses()
                .unwrap()
                .iter()
                .all(|address| !address.is_loopback())
        );
    }
}
