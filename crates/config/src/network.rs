//! Networks that a client may come from: `192.168.1.7`, `192.168.1.0/24`, `fd00::/8`.

use std::fmt;
use std::net::IpAddr;

/// All addresses whose first bits are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    base: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads an address, or an address and the number of its bits that count. `None` when it is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let base: IpAddr = address.parse().ok()?;
        let most = width(base);
        let digits =
            |bits: &&str| (1..=3).contains(&bits.len()) && bits.bytes().all(|b| b.is_ascii_digit());
        let bits = match bits {
            None => most,
            Some(bits) => Some(bits)
                .filter(digits)?
                .parse()
                .ok()
                .filter(|bits| *bits <= most)?,
        };
        Some(Self { base, bits }.undressed())
    }

    /// `::ffff:10.0.0.0/104` is 10.0.0.0/8: clients that come by IPv4 are known by that address only.
    fn undressed(self) -> Self {
        const DRESS: u8 = 96;
        match (self.base, self.bits.checked_sub(DRESS)) {
            (IpAddr::V6(base), Some(bits)) => base.to_ipv4_mapped().map_or(self, |base| Self {
                base: base.into(),
                bits,
            }),
            _ => self,
        }
    }

    /// Whether `address` is one of them. An IPv4 address in IPv6 dress is to be undressed before.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        width(self.base) == width(address) && self.masked(address) == self.masked(self.base)
    }

    /// The first address, when it is not the one that was written: bits behind the prefix were set.
    #[must_use]
    pub fn meant(&self) -> Option<Self> {
        let base = match self.base {
            IpAddr::V4(_) => {
                let bits = u32::try_from(self.masked(self.base) >> 96).unwrap_or_default();
                IpAddr::V4(bits.into())
            }
            IpAddr::V6(_) => IpAddr::V6(self.masked(self.base).into()),
        };
        (base != self.base).then_some(Self { base, ..*self })
    }

    /// The bits that count, at the top.
    fn masked(&self, address: IpAddr) -> u128 {
        let bits = match address {
            IpAddr::V4(address) => u128::from(u32::from(address)) << 96,
            IpAddr::V6(address) => u128::from(address),
        };
        let mask = u128::MAX.checked_shl(128 - u32::from(self.bits));
        bits & mask.unwrap_or(0)
    }
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_in_the_networks_whose_bits_it_has() {
        for (network, address, inside) in [
            ("192.168.1.0/24", "192.168.1.255", true),
            ("192.168.1.0/24", "192.168.2.0", false),
            ("192.168.1.7", "192.168.1.7", true),
            ("192.168.1.7", "192.168.1.6", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false),
            ("::/0", "::1", true),
            ("::/0", "127.0.0.1", false),
            ("fd00::/8", "fdff::1", true),
            ("fd00::/8", "fe80::1", false),
            ("::1", "::1", true),
            ("::1/128", "::2", false),
            ("10.1.2.3/8", "10.255.0.1", true),
            ("::ffff:10.1.2.3", "10.1.2.3", true),
            ("::ffff:10.1.2.3", "10.1.2.4", false),
            ("::ffff:10.0.0.0/104", "10.255.0.1", true),
            ("::ffff:0:0/96", "8.8.8.8", true),
            ("::ffff:0:0/95", "8.8.8.8", false),
        ] {
            let network = Network::parse(network).unwrap();
            assert_eq!(
                network.contains(address.parse().unwrap()),
                inside,
                "{network} {address}"
            );
        }
    }

    #[test]
    fn what_is_no_network_is_refused_and_surplus_bits_are_noticed() {
        for text in [
            "",
            "host",
            "1.2.3",
            "1.2.3.4/33",
            "::/129",
            "1.2.3.4/",
            "1.2.3.4/+8",
            "1.2.3.4/0008",
            "1.2.3.4/8/8",
        ] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
        let meant = |text| {
            Network::parse(text)
                .unwrap()
                .meant()
                .map(|network| network.to_string())
        };
        assert_eq!(meant("10.1.2.3/8").as_deref(), Some("10.0.0.0/8"));
        assert_eq!(meant("fd00::1/8").as_deref(), Some("fd00::/8"));
        assert_eq!(meant("10.0.0.0/8"), None);
        assert_eq!(meant("::1"), None);
    }
}
