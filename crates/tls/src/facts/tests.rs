use super::*;
use rcgen::{CertificateParams, DnType, DnValue, KeyPair};

fn made(change: impl FnOnce(&mut CertificateParams)) -> Facts {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.not_before = rcgen::date_time_ymd(2024, 2, 29);
    params.not_after = rcgen::date_time_ymd(2051, 1, 2);
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let facts = Facts::read(certificate.der()).unwrap();
    assert!(!facts.public_key.is_empty());
    facts
}

fn subject(params: &mut CertificateParams) {
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "AT");
    let bmp = rcgen::string::BmpString::try_from("Wörk\u{7}s").unwrap();
    params
        .distinguished_name
        .push(DnType::OrganizationName, DnValue::BmpString(bmp));
    params
        .distinguished_name
        .push(DnType::CommonName, "ups.example");
}

#[test]
fn times_and_names_are_read() {
    let facts = made(|params| {
        subject(params);
        params.subject_alt_names = vec![
            rcgen::SanType::DnsName("a.example".try_into().unwrap()),
            rcgen::SanType::IpAddress("10.0.0.1".parse().unwrap()),
            rcgen::SanType::IpAddress("fd00::1".parse().unwrap()),
        ];
    });
    assert_eq!(date::text(facts.not_before), "2024-02-29 00:00 UTC");
    assert_eq!(date::text(facts.not_after), "2051-01-02 00:00 UTC");
    assert_eq!(facts.title(), "C=AT, O=Wörk?s, CN=ups.example");
    assert_eq!(facts.issuer, facts.subject);
    assert_eq!(facts.names(), "a.example, 10.0.0.1, fd00::1");
    for (host, is) in [
        ("A.example", true),
        ("a.example.", true),
        ("10.0.0.1", true),
        ("::ffff:10.0.0.1", true),
        ("fd00::1", true),
        ("fd00::2", false),
        // with alternative names the common name counts for nothing
        ("ups.example", false),
    ] {
        assert_eq!(facts.is_for(host), is, "{host}");
    }
}

#[test]
fn without_alternative_names_the_common_name_counts() {
    let facts = made(subject);
    assert!(facts.is_for("UPS.example"));
    assert!(!facts.is_for("example"));
    assert_eq!(facts.names(), "ups.example");
    assert_eq!(
        made(|params| params.distinguished_name = rcgen::DistinguishedName::new()).names(),
        "no name"
    );
}

#[test]
fn directives_may_write_a_name_in_many_ways() {
    let facts = made(subject);
    for wanted in [
        "ups.example",
        "/C=AT/O=Wörk?s/CN=ups.example",
        "CN=ups.example, O=Wörk?s, C=AT",
        "C=AT,O=Wörk?s,CN=ups.example",
    ] {
        assert!(facts.carries(wanted), "{wanted}");
    }
    for wanted in ["", "AT", "CN=ups.example", "ups.example2"] {
        assert!(!facts.carries(wanted), "{wanted}");
    }
}

#[test]
fn a_star_stands_for_one_part() {
    for (pattern, host, is) in [
        ("*.example.org", "a.example.org", true),
        ("*.example.org", "a.b.example.org", false),
        ("*.example.org", "example.org", false),
        ("*.org", "example.org", false),
        ("*", "x", false),
    ] {
        assert_eq!(covers(pattern, host), is, "{pattern} {host}");
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
        let _ = Facts::read(&bytes);
    }

    #[test]
    fn no_damaged_certificate_panics(at in 0_usize..400, to in proptest::prelude::any::<u8>()) {
        let mut params = CertificateParams::new(vec!["a.example".to_owned()]).unwrap();
        subject(&mut params);
        static KEY: std::sync::OnceLock<KeyPair> = std::sync::OnceLock::new();
        let key = KEY.get_or_init(|| KeyPair::generate().unwrap());
        let mut der = params.self_signed(key).unwrap().der().to_vec();
        let at = at % der.len();
        der[at] = to;
        if let Some(facts) = Facts::read(&der) {
            let _ = (facts.names(), facts.carries("x"), date::text(facts.not_after));
        }
    }
}
