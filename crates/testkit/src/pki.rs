//! Certificates for tests, made on the spot.

use crate::failure::must;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, date_time_ymd,
};
use std::time::{Duration, SystemTime};

const DAY: Duration = Duration::from_secs(86_400);

/// An authority.
#[derive(Debug)]
pub struct Ca {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

/// When a certificate is valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Valid {
    /// Since yesterday, for ten years.
    #[default]
    Now,
    /// It was once.
    Past,
    /// It will be once.
    Future,
    /// For this many days and a half from now.
    Days(u32),
}

/// A certificate with its key, as PEM.
#[derive(Clone, Debug)]
pub struct Issued {
    /// The certificate.
    pub certificate: String,
    /// Its key, PKCS#8.
    pub key: String,
}

impl Issued {
    /// Both, as CERTFILE wants them.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}{}", self.certificate, self.key)
    }
}

impl Ca {
    /// A new authority.
    #[track_caller]
    #[must_use]
    pub fn new(name: &str) -> Self {
        let mut params = params(&[], name, Valid::Now);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Self::of(params)
    }

    /// Somebody whose certificate vouches for itself only, and who signs others nevertheless.
    #[track_caller]
    #[must_use]
    pub fn presumptuous(name: &str) -> Self {
        let mut params = params(&[], name, Valid::Now);
        params.is_ca = IsCa::ExplicitNoCa;
        Self::of(params)
    }

    #[track_caller]
    fn of(params: CertificateParams) -> Self {
        let key = must(KeyPair::generate());
        let pem = must(params.self_signed(&key)).pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// Its certificate, as CERTPATH wants it.
    #[must_use]
    pub fn pem(&self) -> String {
        self.pem.clone()
    }

    /// A certificate for hosts or addresses, whose common name is `name`; without hosts there is only that.
    #[track_caller]
    #[must_use]
    pub fn issue(&self, name: &str, hosts: &[&str], valid: Valid) -> Issued {
        let mut params = params(hosts, name, valid);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![
            ExtendedKeyUsagePurpose::ServerAuth,
            ExtendedKeyUsagePurpose::ClientAuth,
        ];
        params.use_authority_key_identifier_extension = true;
        let key = must(KeyPair::generate());
        Issued {
            certificate: must(params.signed_by(&key, &self.issuer)).pem(),
            key: key.serialize_pem(),
        }
    }
}

/// A certificate that nobody but itself vouches for, as `openssl req -x509` makes it: an authority by its words.
#[track_caller]
#[must_use]
pub fn self_signed(name: &str, hosts: &[&str], valid: Valid) -> Issued {
    let mut params = params(hosts, name, valid);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = must(KeyPair::generate());
    Issued {
        certificate: must(params.self_signed(&key)).pem(),
        key: key.serialize_pem(),
    }
}

#[track_caller]
fn params(hosts: &[&str], name: &str, valid: Valid) -> CertificateParams {
    let hosts: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
    let mut params = must(CertificateParams::new(hosts));
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    let today = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let today = date_time_ymd(1970, 1, 1) + today.unwrap_or_default();
    (params.not_before, params.not_after) = match valid {
        Valid::Now => (today - DAY, today + 3650 * DAY),
        Valid::Past => (date_time_ymd(2020, 1, 1), date_time_ymd(2020, 2, 1)),
        Valid::Future => (today + 10 * DAY, today + 20 * DAY),
        Valid::Days(days) => (today - DAY, today + days * DAY + DAY / 2),
    };
    params
}
