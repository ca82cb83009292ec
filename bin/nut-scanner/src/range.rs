//! Ranges of addresses, within bounds.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};

/// So many addresses are asked in one run, a network with 20 bits of IPv4.
pub(crate) const ADDRESSES_MAX: usize = 4096;

/// Why something is no range.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum BadRange {
    #[error("{0:?} is no IP address and no host that is known")]
    Address(String),
    #[error("{0} and {1} are not of one kind; give two addresses of IPv4, or two of IPv6")]
    Mixed(IpAddr, IpAddr),
    #[error("{0:?} is no network; write it as ADDRESS/BITS, as 192.168.1.0/24")]
    Network(String),
    #[error(
        "{0} addresses are too many: at most {ADDRESSES_MAX} are asked in one run, which is a network of IPv4 with /20; \
         scan smaller ranges one after the other"
    )]
    TooMany(u128),
}

/// Addresses from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    first: IpAddr,
    last: IpAddr,
}

impl Range {
    /// In either order.
    pub(crate) fn between(one: IpAddr, other: IpAddr) -> Result<Self, BadRange> {
        if one.is_ipv4() != other.is_ipv4() {
            return Err(BadRange::Mixed(one, other));
        }
        Ok(Self {
            first: one.min(other),
            last: one.max(other),
        })
    }

    /// The network that an address with so many leading bits is in.
    pub(crate) fn network(address: IpAddr, bits: u32) -> Option<Self> {
        let width: u32 = if address.is_ipv4() { 32 } else { 128 };
        let host = width.checked_sub(bits)?;
        let rest = 1_u128.checked_shl(host).map_or(u128::MAX, |size| size - 1);
        let number = number(address);
        Some(Self {
            first: like(address, number & !rest),
            last: like(address, number | rest),
        })
    }

    /// `ADDRESS/BITS`.
    pub(crate) fn of_cidr(text: &str) -> Result<Self, BadRange> {
        let bad = || BadRange::Network(text.to_owned());
        let (address, bits) = text.split_once('/').ok_or_else(bad)?;
        let address: IpAddr = address.parse().map_err(|_| bad())?;
        let bits = bits.parse().map_err(|_| bad())?;
        Self::network(address, bits).ok_or_else(bad)
    }

    fn count(self) -> u128 {
        (number(self.last) - number(self.first)).saturating_add(1)
    }

    fn addresses(self) -> impl Iterator<Item = IpAddr> {
        let numbers = number(self.first)..=number(self.last);
        numbers.map(move |number| like(self.first, number))
    }
}

/// An address, or that of a host.
pub(crate) fn address(text: &str) -> Result<IpAddr, BadRange> {
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let mut found = (text, 0).to_socket_addrs().ok().into_iter().flatten();
    let found = found.next().map(|address| address.ip());
    found.ok_or_else(|| BadRange::Address(text.to_owned()))
}

/// All addresses of these ranges, each once.
pub(crate) fn addresses(ranges: &[Range]) -> Result<Vec<IpAddr>, BadRange> {
    let counts = ranges.iter().map(|range| range.count());
    let count = counts.fold(0_u128, u128::saturating_add);
    if count > u128::try_from(ADDRESSES_MAX).unwrap_or(u128::MAX) {
        return Err(BadRange::TooMany(count));
    }
    let mut all: Vec<IpAddr> = ranges.iter().flat_map(|range| range.addresses()).collect();
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

/// The address with this number, of the kind of another one.
fn like(other: IpAddr, number: u128) -> IpAddr {
    match other {
        // numbers of IPv4 come from such addresses only
        IpAddr::V4(_) => Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX)).into(),
        IpAddr::V6(_) => Ipv6Addr::from(number).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cidr(text: &str) -> (String, String, u128) {
        let range = Range::of_cidr(text).unwrap();
        (
            range.first.to_string(),
            range.last.to_string(),
            range.count(),
        )
    }

    #[test]
    fn a_network_is_all_that_begins_with_the_same_bits() {
        let of = |first: &str, last: &str, count| (first.to_owned(), last.to_owned(), count);
        assert_eq!(
            cidr("192.168.1.77/24"),
            of("192.168.1.0", "192.168.1.255", 256)
        );
        assert_eq!(cidr("10.0.0.7/32"), of("10.0.0.7", "10.0.0.7", 1));
        assert_eq!(cidr("0.0.0.0/0").2, 1 << 32);
        assert_eq!(cidr("fe80::1/126"), of("fe80::", "fe80::3", 4));
        assert_eq!(cidr("::/0").2, u128::MAX);
        for text in ["10.0.0.1", "10.0.0.1/33", "::/129", "x/8", "10.0.0.0/", ""] {
            let bad = BadRange::Network(text.to_owned());
            assert_eq!(Range::of_cidr(text), Err(bad), "{text}");
        }
    }

    #[test]
    fn a_range_may_be_told_backwards_but_not_from_one_kind_to_the_other() {
        let [low, high, other] = ["10.0.0.1", "10.0.0.3", "::1"].map(|text| text.parse().unwrap());
        assert_eq!(Range::between(high, low), Range::between(low, high));
        assert_eq!(
            addresses(&[Range::between(high, low).unwrap()])
                .unwrap()
                .len(),
            3
        );
        assert_eq!(Range::between(low, other), Err(BadRange::Mixed(low, other)));
    }

    #[test]
    fn too_many_addresses_are_refused_with_what_helps() {
        let wide = Range::of_cidr("10.0.0.0/16").unwrap();
        let told = addresses(&[wide]).unwrap_err().to_string();
        assert!(told.starts_with("65536 addresses are too many"), "{told}");
        assert!(told.contains("smaller ranges"), "{told}");
        let most = Range::of_cidr("10.0.0.0/20").unwrap();
        assert_eq!(addresses(&[most]).unwrap().len(), ADDRESSES_MAX);
        assert!(addresses(&[most, Range::of_cidr("10.1.0.0/32").unwrap()]).is_err());
        let all = Range::of_cidr("::/0").unwrap();
        assert!(addresses(&[all, all]).is_err());
    }

    #[test]
    fn an_address_of_several_ranges_is_asked_once() {
        let range = Range::of_cidr("10.0.0.0/30").unwrap();
        let one = Range::of_cidr("10.0.0.2/32").unwrap();
        assert_eq!(addresses(&[one, range]).unwrap().len(), 4);
    }

    #[test]
    fn a_host_has_an_address() {
        assert!(address("localhost").unwrap().is_loopback());
        assert!(address("no such host.invalid").is_err());
    }

    proptest! {
        #[test]
        fn no_text_is_a_range_without_bounds(text in "[0-9a-f.:/]{0,24}") {
            if let Ok(range) = Range::of_cidr(&text) {
                prop_assert!(range.first <= range.last);
                let _ = addresses(&[range]);
            }
        }
    }
}
