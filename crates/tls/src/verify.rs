//! Whether a certificate that a peer shows is to be believed.
//!
//! Chains and signatures are rustls's business. Two things that work with C NUT are added: a certificate that lies in
//! CERTPATH itself is believed without any authority (what `openssl req -x509` makes), and one without alternative
//! names is for the host of its common name.

use std::sync::{Arc, Mutex};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{verify_server_cert_signed_by_trust_anchor, verify_server_name};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme};

use crate::authorities::Authorities;
use crate::date;
use crate::explain::{is_authority, unusable};
use crate::facts::Facts;

/// The cryptography, which is ring's.
pub(crate) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}

/// Judges the certificate of one server, once.
#[derive(Debug)]
pub(crate) struct ServerJudge {
    /// `None` believes everybody.
    pub(crate) authorities: Option<Arc<Authorities>>,
    /// The host we want.
    pub(crate) host: String,
    /// The name that CERTHOST gives instead; empty if it does not.
    pub(crate) name: String,
    pub(crate) provider: Arc<CryptoProvider>,
    /// Why it was not believed.
    pub(crate) reason: Arc<Mutex<Option<String>>>,
}

impl ServerJudge {
    fn judge(
        &self,
        authorities: &Authorities,
        own: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        now: UnixTime,
    ) -> Result<(), (Error, String)> {
        let facts = Facts::read(own).ok_or_else(|| {
            (
                Error::from(CertificateError::BadEncoding),
                "is damaged".to_owned(),
            )
        })?;
        if authorities.know(own) {
            in_time(&facts, now).map_err(|why| (why.into(), time_text(&facts, now)))?;
        } else if !authorities.may_sign {
            let error = CertificateError::UnknownIssuer.into();
            let text = chain_text(&error, &facts, authorities, now);
            return Err((error, text));
        } else {
            let algorithms = self.provider.signature_verification_algorithms.all;
            ParsedCertificate::try_from(own)
                .and_then(|parsed| {
                    verify_server_cert_signed_by_trust_anchor(
                        &parsed,
                        &authorities.roots,
                        chain,
                        now,
                        algorithms,
                    )
                })
                .map_err(|error| {
                    let text = chain_text(&error, &facts, authorities, now);
                    (error, text)
                })?;
        }
        if self.is_named(own, &facts, name) {
            return Ok(());
        }
        let wanted = if self.name.is_empty() {
            &self.host
        } else {
            &self.name
        };
        let text = format!(
            "is for {}, not for {wanted}; connect by that name, or see CERTHOST",
            facts.names()
        );
        Err((CertificateError::NotValidForName.into(), text))
    }

    fn is_named(&self, own: &CertificateDer<'_>, facts: &Facts, name: &ServerName<'_>) -> bool {
        if !self.name.is_empty() {
            return facts.carries(&self.name);
        }
        let parsed = ParsedCertificate::try_from(own);
        let by_rustls = parsed.is_ok_and(|parsed| verify_server_name(&parsed, name).is_ok());
        by_rustls || !facts.has_alternative_names() && facts.is_for(&self.host)
    }
}

/// What is wrong with a chain, behind "the certificate of the server".
fn chain_text(error: &Error, facts: &Facts, authorities: &Authorities, now: UnixTime) -> String {
    use CertificateError as C;
    let Error::InvalidCertificate(why) = error else {
        return error.to_string();
    };
    match why {
        C::UnknownIssuer => format!(
            "is signed by {}, which is no authority of CERTPATH ({})",
            facts.issuer_title(),
            authorities.path.display()
        ),
        C::Expired | C::ExpiredContext { .. } | C::NotValidYet | C::NotValidYetContext { .. } => {
            time_text(facts, now)
        }
        C::InvalidPurpose | C::InvalidPurposeContext { .. } => {
            "is not made for servers (extended key usage)".to_owned()
        }
        why if is_authority(why) => format!(
            "is an authority's own, as openssl req -x509 makes them, and not the one in CERTPATH ({})",
            authorities.path.display()
        ),
        why => unusable(why),
    }
}

fn seconds(now: UnixTime) -> i64 {
    i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
}

fn in_time(facts: &Facts, now: UnixTime) -> Result<(), CertificateError> {
    if facts.not_after < seconds(now) {
        return Err(CertificateError::Expired);
    }
    if facts.not_before > seconds(now) {
        return Err(CertificateError::NotValidYet);
    }
    Ok(())
}

fn time_text(facts: &Facts, now: UnixTime) -> String {
    if facts.not_after < seconds(now) {
        return format!("has expired on {}", date::text(facts.not_after));
    }
    if facts.not_before > seconds(now) {
        return format!(
            "is not valid before {}; is the clock right?",
            date::text(facts.not_before)
        );
    }
    "stands below one that has expired or is not valid yet".to_owned()
}

impl ServerCertVerifier for ServerJudge {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        _ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if let Some(authorities) = &self.authorities {
            self.judge(authorities, own, chain, name, now)
                .map_err(|(error, text)| {
                    if let Ok(mut reason) = self.reason.lock() {
                        *reason = Some(format!("the certificate of {} {text}", self.host));
                    }
                    error
                })?;
        }
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        if self.authorities.is_none() {
            // a signature by somebody unknown proves nothing, and certificates of old forms cannot be read
            return Ok(HandshakeSignatureValid::assertion());
        }
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        if self.authorities.is_none() {
            return Ok(HandshakeSignatureValid::assertion());
        }
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// Judges certificates of clients: rustls does, but for those that lie in CERTPATH themselves.
#[derive(Debug)]
pub(crate) struct ClientJudge {
    inner: Arc<dyn ClientCertVerifier>,
    authorities: Authorities,
}

impl ClientJudge {
    pub(crate) fn new(inner: Arc<dyn ClientCertVerifier>, authorities: Authorities) -> Self {
        Self { inner, authorities }
    }
}

impl ClientCertVerifier for ClientJudge {
    fn offer_client_auth(&self) -> bool {
        self.inner.offer_client_auth()
    }

    fn client_auth_mandatory(&self) -> bool {
        self.inner.client_auth_mandatory()
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.inner.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        own: &CertificateDer<'_>,
        chain: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        if self.authorities.know(own)
            && let Some(facts) = Facts::read(own)
        {
            in_time(&facts, now)?;
            return Ok(ClientCertVerified::assertion());
        }
        if !self.authorities.may_sign {
            return Err(CertificateError::UnknownIssuer.into());
        }
        self.inner.verify_client_cert(own, chain, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.inner
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}
