//! Services, put together of records that came in any order and in several messages.

use std::net::IpAddr;

use crate::message::{Data, Record};
use crate::name::Name;

/// Services that are taken.
pub const SERVICES_MAX: usize = 256;
/// Addresses of a service that are taken.
const ADDRESSES_MAX: usize = 16;

/// A service that was announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Its name.
    pub instance: Name,
    /// Its port; nothing when no record told.
    pub port: Option<u16>,
    /// The addresses of its host, those of IPv4 first.
    pub addresses: Vec<IpAddr>,
}

/// The services of a kind that the records announce, each once.
#[must_use]
pub fn services(records: &[Record], kind: &Name) -> Vec<Service> {
    let mut services: Vec<Service> = Vec::new();
    for record in records.iter().filter(|record| record.name == *kind) {
        let Data::Pointer(instance) = &record.data else {
            continue;
        };
        let is_known = services.iter().any(|service| service.instance == *instance);
        if !is_known && services.len() < SERVICES_MAX {
            services.push(service(instance, records));
        }
    }
    services
}

fn service(instance: &Name, records: &[Record]) -> Service {
    let place = records.iter().find_map(|record| match &record.data {
        Data::Service { port, host } if record.name == *instance => Some((*port, host)),
        _ => None,
    });
    let mut addresses = Vec::new();
    for record in records {
        let is_host = place.is_some_and(|(_, host)| record.name == *host);
        if let (true, Data::Address(address)) = (is_host, &record.data)
            && addresses.len() < ADDRESSES_MAX
            && !addresses.contains(address)
        {
            addresses.push(*address);
        }
    }
    addresses.sort_by_key(IpAddr::is_ipv6);
    Service {
        instance: instance.clone(),
        port: place.map(|(port, _)| port).filter(|port| *port != 0),
        addresses,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name::new(text).unwrap()
    }

    fn record(about: &str, data: Data) -> Record {
        Record {
            name: name(about),
            data,
        }
    }

    const KIND: &str = "_nut._tcp.local";

    #[test]
    fn a_service_is_put_together_of_records_in_any_order() {
        let lab = "lab._nut._tcp.local";
        let address = |text: &str| Data::Address(text.parse().unwrap());
        let host = name("host.local");
        let mut records = vec![
            record("HOST.local", address("fe80::1")),
            record("host.local", address("10.0.0.1")),
            record("host.local", address("10.0.0.1")),
            record("other.local", address("10.0.0.2")),
            record(lab, Data::Service { port: 3494, host }),
            record("_ipp._tcp.local", Data::Pointer(name("printer.local"))),
            record(KIND, Data::Pointer(name(lab))),
            record(KIND, Data::Pointer(name(lab))),
        ];
        let expected = Service {
            instance: name(lab),
            port: Some(3494),
            addresses: ["10.0.0.1", "fe80::1"]
                .map(|text| text.parse().unwrap())
                .to_vec(),
        };
        let expected = [expected];
        assert_eq!(services(&records, &name(KIND)), expected);
        records.reverse();
        assert_eq!(services(&records, &name(KIND)), expected);
    }

    #[test]
    fn what_was_not_told_is_not_made_up() {
        let records = [record(KIND, Data::Pointer(name("lab")))];
        let found = services(&records, &name(KIND)).remove(0);
        assert_eq!((found.port, found.addresses.len()), (None, 0));
    }

    #[test]
    fn there_are_no_more_services_than_anybody_has() {
        let many = (0..1000).map(|number| record(KIND, Data::Pointer(name(&format!("n{number}")))));
        let records: Vec<Record> = many.collect();
        assert_eq!(services(&records, &name(KIND)).len(), SERVICES_MAX);
    }
}
