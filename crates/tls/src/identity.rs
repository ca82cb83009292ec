//! One's own certificate and key: `CERTFILE` and `CERTIDENT`.

use std::path::PathBuf;
use std::sync::Arc;

use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SigningKey};
use zeroize::Zeroize as _;

use crate::date;
use crate::expiry::Expiry;
use crate::facts::Facts;
use crate::pem::Block;
use crate::settings::{Error, Ident, Remark, Said};
use crate::{files, key};

/// A certificate with its chain and key.
#[derive(Debug)]
pub(crate) struct Identity {
    pub(crate) key: Arc<CertifiedKey>,
    /// When it ends, and each certificate of the chain.
    pub(crate) expiry: Expiry,
}

impl Identity {
    /// Reads the file; `now` is in seconds since 1970.
    pub(crate) fn load(
        file: &Said<PathBuf>,
        ident: Option<&Said<Ident>>,
        now: i64,
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, Error> {
        let path = file.value.display();
        let fail = |what: String| Error::new(file, what);
        let pem = files::read(&file.value).map_err(fail)?;
        if pem.mode & 0o004 != 0 && key::is_among(&pem.blocks) {
            remarks.push(Remark::Warning(format!(
                "{}: everybody can read {path}, which holds a private key; run: chmod o= {path}",
                file.at
            )));
        }
        let mut chain = chain(&pem.blocks);
        if chain.is_empty() {
            return Err(fail(format!(
                "there is no certificate in {path}; it must hold the certificate, those above it, and the private key"
            )));
        }
        let signing = signing_key(file, ident, &pem.blocks)?;
        let own = own_certificate(&chain, signing.as_ref()).ok_or_else(|| {
            fail(format!(
                "the private key in {path} belongs to none of the certificates there"
            ))
        })?;
        // peers want one's own certificate first, whatever order somebody has put them in
        chain.swap(0, own);
        let mut expiry = Expiry::default();
        for certificate in &chain {
            let Some(facts) = Facts::read(certificate) else {
                return Err(fail(format!("a certificate in {path} is damaged")));
            };
            remarks.extend(expiry.watch(&facts, (&file.at, &path.to_string()), now));
        }
        let facts = chain
            .first()
            .and_then(|first| Facts::read(first))
            .unwrap_or_default();
        check_name(ident, &facts)?;
        remarks.push(Remark::Info(format!(
            "certificate {} for {}, valid until {}",
            facts.title(),
            facts.names(),
            date::text(facts.not_after)
        )));
        Ok(Self {
            key: Arc::new(CertifiedKey::new(chain, signing)),
            expiry,
        })
    }
}

fn chain(blocks: &[Block]) -> Vec<CertificateDer<'static>> {
    let certificates = blocks.iter().filter(|block| block.label == "CERTIFICATE");
    certificates
        .map(|block| CertificateDer::from(block.der.to_vec()))
        .collect()
}

fn signing_key(
    file: &Said<PathBuf>,
    ident: Option<&Said<Ident>>,
    blocks: &[Block],
) -> Result<Arc<dyn SigningKey>, Error> {
    let password = ident.map(|ident| &ident.value.password);
    let path = file.value.display();
    let mut der: PrivateKeyDer<'static> =
        key::find(blocks, password).map_err(|bad| match (bad.is_password, ident) {
            (true, Some(ident)) => Error::new(ident, format!("{} {path}", bad.what)),
            _ => Error::new(file, format!("{path}: {}", bad.what)),
        })?;
    let signing = any_supported_type(&der);
    der.zeroize();
    signing.map_err(|_| {
        let what = format!(
            "the private key in {path} cannot be used: keys are {}",
            key::KINDS
        );
        Error::new(file, what)
    })
}

/// Which certificate the key belongs to.
fn own_certificate(chain: &[CertificateDer<'_>], key: &dyn SigningKey) -> Option<usize> {
    let public = key.public_key()?;
    chain
        .iter()
        .position(|der| Facts::read(der).is_some_and(|facts| facts.public_key == public.as_ref()))
}

fn check_name(ident: Option<&Said<Ident>>, facts: &Facts) -> Result<(), Error> {
    match ident {
        Some(ident) if !ident.value.name.is_empty() && !facts.carries(&ident.value.name) => {
            let wanted = &ident.value.name;
            let what = format!(
                "the certificate does not carry the name \"{wanted}\": it is {} for {}; write one of these, or \"\"",
                facts.title(),
                facts.names()
            );
            Err(Error::new(ident, what))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
