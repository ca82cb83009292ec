//! What has to be there before a driver can find its device (spec cli.md, section 13).

use config::Section;

use crate::name;

/// What a driver waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// Other hosts.
    Network,
    /// A server on this host.
    Localhost,
    /// A device that udev has seen.
    Device,
    /// The drivers of other UPSes of this host, these.
    Drivers(Vec<String>),
}

/// Programs, by a part of their names, that reach their devices over a network.
const NETWORK: &[&str] = &["netxml", "snmp", "ipmi", "powerman", "-mib", "avahi"];
/// Settings by which a USB device is chosen.
pub const USB_KEYS: &[&str] = &[
    "vendorid",
    "productid",
    "vendor",
    "product",
    "serial",
    "bus",
    "busport",
    "device",
];

impl Needs {
    /// Those of a section; `host` is the name of this host.
    #[must_use]
    pub fn of(section: &Section, host: &str) -> Self {
        let (driver, port) = (section.driver.as_str(), section.port.as_str());
        if NETWORK.iter().any(|part| driver.contains(part)) {
            return Self::Network;
        }
        match driver {
            "apcupsd-ups" => over_network(port),
            "apc_modbus" if is_host_port(port) => over_network(port),
            "dummy-ups" => repeated(port, host),
            "failover" => Self::Drivers(listed(port)),
            _ if driver.starts_with("clone") => Self::Drivers(listed(port)),
            _ if driver.contains("usb") || port.starts_with("/dev/") || port == "auto" => {
                Self::Device
            }
            _ if section
                .settings
                .iter()
                .any(|setting| is_usb_key(&setting.key)) =>
            {
                Self::Device
            }
            _ => Self::Nothing,
        }
    }

    /// The units that are wanted, and waited for.
    #[must_use]
    pub fn units(&self) -> Vec<String> {
        let own = |units: &[&str]| units.iter().map(|&unit| unit.to_owned()).collect();
        match self {
            Self::Nothing => Vec::new(),
            Self::Network => own(&["network-online.target"]),
            Self::Localhost => own(&["network.target"]),
            Self::Device => own(&["systemd-udevd.service"]),
            Self::Drivers(all) => all.iter().map(|ups| name::service(ups)).collect(),
        }
    }
}

fn is_usb_key(key: &str) -> bool {
    USB_KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))
}

fn over_network(port: &str) -> Needs {
    let host = port.rsplit_once(':').map_or(port, |(host, _)| host);
    if is_local(host) {
        Needs::Localhost
    } else {
        Needs::Network
    }
}

fn is_local(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "::1" | "[::1]")
}

fn is_host_port(port: &str) -> bool {
    !port.starts_with('/')
        && port
            .rsplit_once(':')
            .is_some_and(|(_, number)| number.parse::<u16>().is_ok())
}

/// A file, or a UPS of a server: `ups@host[:port]`.
fn repeated(port: &str, host: &str) -> Needs {
    let Some((ups, server)) = port.split_once('@') else {
        return Needs::Nothing;
    };
    let server = if server.starts_with('[') {
        server.split_inclusive(']').next().unwrap_or(server)
    } else {
        server.split(':').next().unwrap_or(server)
    };
    if is_local(server) || server == host {
        Needs::Drivers(vec![ups.to_owned()])
    } else {
        Needs::Network
    }
}

/// UPSes, or sockets named `driver-ups`.
fn listed(port: &str) -> Vec<String> {
    let words = port.split([',', ' ']).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let word = word.rsplit('/').next().unwrap_or(word);
            let known = [
                "dummy-ups-",
                "usbhid-ups-",
                "snmp-ups-",
                "clone-outlet-",
                "netxml-ups-",
            ];
            let ups = known.iter().find_map(|driver| word.strip_prefix(driver));
            ups.or_else(|| word.split_once('-').map(|(_, ups)| ups))
                .unwrap_or(word)
        })
        .map(ToOwned::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use config::UpsConf;
    use std::path::Path;

    fn needs(lines: &str) -> Needs {
        let text = format!("[u]\n{lines}\n");
        let conf = UpsConf::parse(Path::new("ups.conf"), text.as_bytes()).value;
        Needs::of(conf.section("u").unwrap(), "srv")
    }

    #[test]
    fn driver_and_port_tell_what_is_waited_for() {
        let drivers =
            |all: &[&str]| Needs::Drivers(all.iter().map(|&ups| ups.to_owned()).collect());
        for (lines, expected) in [
            ("driver=snmp-ups\nport=192.0.2.1", Needs::Network),
            ("driver=usbhid-ups\nport=auto", Needs::Device),
            ("driver=apcsmart\nport=/dev/ttyS0", Needs::Device),
            ("driver=nutdrv_qx\nport=x\nvendorid=0665", Needs::Device),
            ("driver=dummy-ups\nport=lab.dev", Needs::Nothing),
            (
                "driver=dummy-ups\nport=rack@localhost:3493",
                drivers(&["rack"]),
            ),
            ("driver=dummy-ups\nport=rack@srv", drivers(&["rack"])),
            ("driver=dummy-ups\nport=rack@[::1]:77", drivers(&["rack"])),
            ("driver=dummy-ups\nport=rack@far", Needs::Network),
            ("driver=apcupsd-ups\nport=127.0.0.1:3551", Needs::Localhost),
            ("driver=apc_modbus\nport=192.0.2.1:502", Needs::Network),
            ("driver=clone\nport=usbhid-ups-rack", drivers(&["rack"])),
            (
                "driver=failover\nport=\"apcsmart-a, snmp-ups-b\"",
                drivers(&["a", "b"]),
            ),
        ] {
            assert_eq!(needs(lines), expected, "{lines}");
        }
        assert_eq!(Needs::Network.units(), ["network-online.target"]);
        assert_eq!(drivers(&["a b"]).units(), ["nut-driver@a\\x20b.service"]);
    }
}
