//! Datagrams that say they announce a service.

use mdns::{Data, Name, RECORDS_MAX, SERVICES_MAX, records, services};

/// Longest name.
const NAME_MAX: usize = 255;

/// Whatever is announced is within bounds, and each service is told of by a record.
pub fn check_mdns_answer(bytes: &[u8]) {
    let Ok(records) = records(bytes) else { return };
    assert!(records.len() <= RECORDS_MAX);
    for record in &records {
        check_name(&record.name);
        if let Data::Pointer(name) | Data::Service { host: name, .. } = &record.data {
            check_name(name);
        }
    }
    for record in &records {
        let found = services(&records, &record.name);
        assert!(found.len() <= SERVICES_MAX);
        for service in found {
            let tells =
                |data: &Data| matches!(data, Data::Pointer(name) if *name == service.instance);
            assert!(records.iter().any(|record| tells(&record.data)));
            assert_ne!(service.port, Some(0));
        }
    }
}

fn check_name(name: &Name) {
    let mut bytes = Vec::new();
    name.write(&mut bytes);
    assert!(bytes.len() <= NAME_MAX, "{name}");
    assert_eq!(*name, name.clone());
}
