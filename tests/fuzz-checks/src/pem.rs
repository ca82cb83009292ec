//! PEM files and the certificates in them.

use tls::{Facts, pem};

/// No bytes panic; blocks stand where they are said to stand; what a certificate says of itself cannot fool a terminal.
pub fn check_pem(bytes: &[u8]) {
    let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() + 1;
    match pem::blocks(bytes) {
        Err(fault) => assert!((1..=lines).contains(&fault.line), "{fault}"),
        Ok(blocks) => {
            for block in blocks {
                assert!((1..=lines).contains(&block.line), "{block:?}");
                assert!(block.der.len() <= bytes.len());
                check_certificate(&block.der);
            }
        }
    }
    check_certificate(bytes);
}

fn check_certificate(der: &[u8]) {
    let Some(facts) = Facts::read(der) else {
        return;
    };
    for text in [facts.title(), facts.issuer_title(), facts.names()] {
        assert!(!text.contains(char::is_control), "{text:?}");
    }
    for host in facts.hosts.iter().filter(|host| !host.contains('*')) {
        // a name may look like an address, and then it is none
        assert!(
            facts.is_for(host) || host.parse::<std::net::IpAddr>().is_ok() || host.ends_with('.'),
            "{host:?}"
        );
    }
    for address in &facts.addresses {
        assert!(facts.is_for(&address.to_string()), "{address}");
    }
    let _ = (
        facts.carries(""),
        facts.carries("CN=x"),
        facts.common_name(),
    );
}
