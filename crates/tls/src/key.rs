//! The private key among the blocks of a PEM file.

use pkcs8::EncryptedPrivateKeyInfoRef;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs1KeyDer, PrivatePkcs8KeyDer, PrivateSec1KeyDer};

use crate::pem::Block;
use secret::Secret;

/// Why there is no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BadKey {
    pub(crate) what: String,
    /// Whether the password is to blame, and not the file.
    pub(crate) is_password: bool,
}

fn bad(what: impl Into<String>) -> BadKey {
    BadKey {
        what: what.into(),
        is_password: false,
    }
}

/// Finds the key and opens it.
pub(crate) fn find(
    blocks: &[Block],
    password: Option<&Secret>,
) -> Result<PrivateKeyDer<'static>, BadKey> {
    let mut keys = blocks
        .iter()
        .filter(|block| block.label.ends_with("PRIVATE KEY"));
    let Some(block) = keys.next() else {
        return Err(bad(
            "there is no private key in it; put it behind the certificates",
        ));
    };
    if block.has_headers {
        return Err(bad(format!(
            "the key in line {} is encrypted in the way of before PKCS#8; convert it with: openssl pkcs8 -topk8",
            block.line
        )));
    }
    let der = block.der.to_vec();
    match block.label.as_str() {
        "PRIVATE KEY" => Ok(PrivatePkcs8KeyDer::from(der).into()),
        "RSA PRIVATE KEY" => Ok(PrivatePkcs1KeyDer::from(der).into()),
        "EC PRIVATE KEY" => Ok(PrivateSec1KeyDer::from(der).into()),
        "ENCRYPTED PRIVATE KEY" => decrypt(block, password),
        other => Err(bad(format!(
            "line {}: a key of the kind {other:?} cannot be used",
            block.line
        ))),
    }
}

fn decrypt(block: &Block, password: Option<&Secret>) -> Result<PrivateKeyDer<'static>, BadKey> {
    let Some(password) = password else {
        return Err(bad(format!(
            "the key in line {} is encrypted; give its password: CERTIDENT \"\" <password>",
            block.line
        )));
    };
    let sealed = EncryptedPrivateKeyInfoRef::try_from(block.der.as_slice()).map_err(|_| {
        bad(format!(
            "the key in line {} is encrypted in a way that is not known here; use: openssl pkcs8 -topk8 -v2 aes-256-cbc",
            block.line
        ))
    })?;
    let open = sealed.decrypt(password.expose()).map_err(|_| BadKey {
        what: "this password does not open the private key in".to_owned(),
        is_password: true,
    })?;
    Ok(PrivatePkcs8KeyDer::from(open.as_bytes().to_vec()).into())
}
