//! Makes certificates: an authority of one's own, and what it vouches for.

use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair, KeyUsagePurpose, PublicKeyData as _, date_time_ymd,
};
use secret::Secret;
use tls::{Facts, pem};

use crate::Error;

const DAY: Duration = Duration::from_secs(86_400);
/// How long an authority is valid: ten years.
const DAYS: u32 = 3653;

/// A certificate and its key, as PEM.
pub(crate) struct Made {
    pub(crate) certificate: String,
    pub(crate) key: Secret,
}

impl Made {
    /// Both, as CERTFILE wants them.
    pub(crate) fn together(&self) -> Secret {
        Secret::new(format!("{}{}", self.certificate, self.key.expose()))
    }
}

/// Who will have a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holder<'n> {
    /// With names and addresses, of which the first is its own. It may show it as a client, too: its upsmon does.
    Server(&'n [String]),
    /// It can be no server, whoever steals it.
    Client(&'n str),
}

/// An authority of ours, with its key.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    /// In seconds since 1970.
    until: i64,
}

impl Authority {
    /// A new one, with its certificate and key.
    pub(crate) fn make(host: &str, now: SystemTime) -> Result<(Self, Made), Error> {
        let name = format!("NUT authority of {host}")
            .chars()
            .take(64)
            .collect();
        let mut params = described(name);
        let until = limit(&mut params, now, DAYS, i64::MAX);
        let key = KeyPair::generate()?;
        let made = Made {
            certificate: params.self_signed(&key)?.pem(),
            key: Secret::new(key.serialize_pem()),
        };
        let issuer = Issuer::new(params, key);
        Ok((Self { issuer, until }, made))
    }

    /// One that was made before. Why not, if it cannot be used.
    pub(crate) fn open(certificate: &[u8], key: &Secret) -> Result<Self, &'static str> {
        let blocks = pem::blocks(certificate).unwrap_or_default();
        let facts = blocks.first().and_then(|block| Facts::read(&block.der));
        let facts = facts.ok_or("there is no certificate in it")?;
        let [(kind, name)] = facts.subject.as_slice() else {
            return Err("it was not made by upsd-tls; use the program that made it");
        };
        let key = KeyPair::from_pem(key.expose())
            .map_err(|_| "the key in ca.key beside it cannot be used")?;
        if kind != "CN" || facts.public_key() != key.subject_public_key_info() {
            return Err("ca.key beside it is not its key");
        }
        Ok(Self {
            until: facts.not_after,
            issuer: Issuer::new(described(name.clone()), key),
        })
    }

    /// When it ends, in seconds since 1970.
    pub(crate) const fn until(&self) -> i64 {
        self.until
    }

    /// Makes a certificate, which does not last longer than the authority.
    pub(crate) fn issue(
        &self,
        holder: Holder<'_>,
        days: u32,
        now: SystemTime,
    ) -> Result<Made, Error> {
        let (name, hosts, purposes) = match holder {
            Holder::Server(names) => (
                names.first().cloned().unwrap_or_default(),
                names.to_vec(),
                vec![
                    ExtendedKeyUsagePurpose::ServerAuth,
                    ExtendedKeyUsagePurpose::ClientAuth,
                ],
            ),
            Holder::Client(name) => (
                name.to_owned(),
                Vec::new(),
                vec![ExtendedKeyUsagePurpose::ClientAuth],
            ),
        };
        let mut params = CertificateParams::new(hosts)?;
        params.distinguished_name = named(name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = purposes;
        params.use_authority_key_identifier_extension = true;
        limit(&mut params, now, days, self.until);
        let key = KeyPair::generate()?;
        Ok(Made {
            certificate: params.signed_by(&key, &self.issuer)?.pem(),
            key: Secret::new(key.serialize_pem()),
        })
    }
}

/// What an authority says of itself. It vouches for hosts, not for further authorities.
fn described(name: String) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn named(name: String) -> DistinguishedName {
    let mut subject = DistinguishedName::new();
    subject.push(DnType::CommonName, name);
    subject
}

/// Valid from yesterday, for hosts whose clock is late, to so many days from now, but not beyond `most`.
fn limit(params: &mut CertificateParams, now: SystemTime, days: u32, most: i64) -> i64 {
    let today = now.duration_since(SystemTime::UNIX_EPOCH);
    let today = today.unwrap_or_default();
    let most = Duration::from_secs(u64::try_from(most).unwrap_or(0));
    let end = (today + days * DAY).min(most);
    let epoch = date_time_ymd(1970, 1, 1);
    params.not_before = epoch + today.saturating_sub(DAY);
    params.not_after = epoch + end;
    params.not_after.unix_timestamp()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1_800_000_000);

    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + NOW
    }

    fn facts(made: &Made) -> Facts {
        let blocks = pem::blocks(made.together().expose().as_bytes()).unwrap();
        Facts::read(&blocks[0].der).unwrap()
    }

    #[test]
    fn an_authority_goes_on_with_its_files() {
        let (_, files) = Authority::make("rack", now()).unwrap();
        let again = Authority::open(files.certificate.as_bytes(), &files.key).unwrap();
        let names = ["rack", "192.0.2.1"].map(str::to_owned);
        let server = again.issue(Holder::Server(&names), 825, now()).unwrap();
        let server = facts(&server);
        assert_eq!(server.issuer_title(), "CN=NUT authority of rack");
        assert!(server.is_for("rack") && server.is_for("192.0.2.1") && !server.is_for("desk"));
        assert_eq!(server.not_after, 1_800_000_000 + 825 * 86_400);
        assert_eq!(server.not_before, 1_800_000_000 - 86_400);
        let client = facts(&again.issue(Holder::Client("desk"), 30, now()).unwrap());
        assert_eq!(client.title(), "CN=desk");
        assert!(!client.has_alternative_names());
    }

    #[test]
    fn nothing_outlasts_its_authority() {
        let (authority, _) = Authority::make("rack", now()).unwrap();
        let late = now() + 3600 * DAY;
        let made = authority.issue(Holder::Client("desk"), 825, late).unwrap();
        assert_eq!(facts(&made).not_after, authority.until());
    }

    #[test]
    fn files_that_do_not_belong_together_are_refused() {
        let (_, one) = Authority::make("rack", now()).unwrap();
        let (_, other) = Authority::make("rack", now()).unwrap();
        let open = |certificate: &str, key: &str| {
            Authority::open(certificate.as_bytes(), &Secret::new(key)).err()
        };
        let (certificate, key) = (one.certificate.as_str(), one.key.expose());
        assert_eq!(open(certificate, key), None);
        for (certificate, key, told) in [
            (
                certificate,
                other.key.expose(),
                "ca.key beside it is not its key",
            ),
            (
                certificate,
                "junk",
                "the key in ca.key beside it cannot be used",
            ),
            ("junk", key, "there is no certificate in it"),
        ] {
            assert_eq!(open(certificate, key), Some(told));
        }
    }
}
