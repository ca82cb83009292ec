//! A client's side: the server has answered STARTTLS with OK.

use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use rustls::client::Resumption;
use rustls::pki_types::ServerName;
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, DEFAULT_VERSIONS, SupportedProtocolVersion};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::authorities::Authorities;
use crate::expiry::Expiry;
use crate::explain::{Refused, Side, of_handshake};
use crate::identity::Identity;
use crate::nss;
use crate::settings::{ClientSettings, Error, HostRule, Remark, Said};
use crate::verify::{ServerJudge, provider};

/// An encrypted connection to a server.
pub type ClientStream = tokio_rustls::client::TlsStream<TcpStream>;

/// How connections to servers are encrypted. A clone is the same. The default tries encryption, checks nothing and
/// goes on without where the server has none: what C NUT's clients do when nothing is configured.
#[derive(Clone, Debug, Default)]
pub struct Client(Arc<Parts>);

#[derive(Debug, Default)]
struct Parts {
    authorities: Option<Arc<Authorities>>,
    identity: Option<Arc<CertifiedKey>>,
    expiry: Expiry,
    verify: bool,
    force: bool,
    hosts: Vec<HostRule>,
    /// Only the tests say which, and only TLS 1.2.
    versions: Option<&'static [&'static SupportedProtocolVersion]>,
}

/// What holds for one server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Rule {
    verify: bool,
    force: bool,
    name: String,
}

impl Client {
    /// Reads the files. What the log should say is added to `remarks`.
    ///
    /// # Errors
    /// What cannot be used, where it was said, and what to do.
    pub fn load(
        settings: &ClientSettings,
        now: SystemTime,
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, Error> {
        let now = crate::seconds(now);
        let authorities = authorities(settings, now, remarks)?;
        let identity = identity(settings, now, remarks)?;
        let verify = settings.certverify.as_ref().filter(|said| said.value);
        let force = settings.forcessl.as_ref().is_some_and(|said| said.value);
        if let Some(said) = verify.filter(|_| !force) {
            remarks.push(Remark::Info(format!(
                "{}: a server without encryption is still talked to in the clear; FORCESSL 1 forbids that",
                said.at
            )));
        }
        let (identity, expiry) = identity
            .map(|identity| (identity.key, identity.expiry))
            .unzip();
        let mut expiry: Expiry = expiry.unwrap_or_default();
        if let Some(authorities) = &authorities {
            expiry.join(&authorities.expiry);
        }
        Ok(Self(Arc::new(Parts {
            versions: None,
            authorities,
            identity,
            expiry,
            verify: verify.is_some(),
            force,
            hosts: settings
                .certhosts
                .iter()
                .map(|rule| rule.value.clone())
                .collect(),
        })))
    }

    /// When one's own certificates and those of authorities end, as it was told when they were read.
    #[must_use]
    pub fn expiry(&self) -> Expiry {
        self.0.expiry.clone()
    }

    /// Whether the server is only talked to in an encrypted way.
    #[must_use]
    pub fn forces(&self, host: &str, port: u16) -> bool {
        self.rule(host, port).force
    }

    fn rule(&self, host: &str, port: u16) -> Rule {
        let parts = &*self.0;
        let own = parts.hosts.iter().find(|rule| rule.is_for(host, port));
        Rule {
            verify: own.and_then(|rule| rule.verify).unwrap_or(parts.verify),
            force: own.and_then(|rule| rule.force).unwrap_or(parts.force),
            name: own.map(|rule| rule.name.clone()).unwrap_or_default(),
        }
    }

    /// Does the handshake; how long it may take is the caller's business.
    ///
    /// # Errors
    /// Why there is no encrypted connection.
    pub async fn connect(
        &self,
        host: &str,
        port: u16,
        stream: TcpStream,
    ) -> Result<ClientStream, Refused> {
        let rule = self.rule(host, port);
        let name = server_name(host, &stream)?;
        let reason = Arc::new(Mutex::new(None));
        let judge = ServerJudge {
            authorities: self.0.authorities.clone().filter(|_| rule.verify),
            host: host.to_owned(),
            name: rule.name,
            provider: provider(),
            reason: Arc::clone(&reason),
        };
        let config = self.config(judge).map_err(|why| Refused(why.to_string()))?;
        let connected = TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await;
        connected.map_err(|error| {
            let known = reason.lock().ok().and_then(|mut reason| reason.take());
            Refused(known.unwrap_or_else(|| of_handshake(&error, Side::Client)))
        })
    }

    fn config(&self, judge: ServerJudge) -> Result<ClientConfig, rustls::Error> {
        let provider = Arc::clone(&judge.provider);
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(self.0.versions.unwrap_or(DEFAULT_VERSIONS))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(judge));
        let mut config = match &self.0.identity {
            Some(key) => {
                builder.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(Arc::clone(key))))
            }
            None => builder.with_no_client_auth(),
        };
        config.resumption = Resumption::disabled();
        Ok(config)
    }
}

/// Who may have signed certificates of servers; nothing if none is checked.
fn authorities(
    settings: &ClientSettings,
    now: i64,
    remarks: &mut Vec<Remark>,
) -> Result<Option<Arc<Authorities>>, Error> {
    let always = settings.certverify.as_ref().filter(|said| said.value);
    let mut rules = settings.certhosts.iter();
    let for_one = rules.find(|rule| rule.value.verify == Some(true));
    let verifying = always.map(|said| &said.at).or(for_one.map(|rule| &rule.at));
    match (&settings.certpath, verifying) {
        (Some(certpath), Some(_)) => {
            let loaded = Authorities::load(certpath, now, remarks)?;
            Ok(Some(Arc::new(loaded)))
        }
        (None, Some(at)) => {
            let what = "certificates of servers cannot be checked without CERTPATH; name the file of their authorities there";
            Err(Error {
                at: at.clone(),
                what: what.to_owned(),
            })
        }
        (certpath, None) => {
            unused(certpath.as_ref(), remarks);
            Ok(None)
        }
    }
}

/// One's own certificate, for servers that ask for it.
fn identity(
    settings: &ClientSettings,
    now: i64,
    remarks: &mut Vec<Remark>,
) -> Result<Option<Identity>, Error> {
    let ident = settings.certident.as_ref();
    if let Some(file) = &settings.certfile {
        return Identity::load(file, ident, now, remarks).map(Some);
    }
    let (Some(ident), Some(certpath)) = (ident, &settings.certpath) else {
        return Ok(None);
    };
    match nss::database(&certpath.value) {
        Some(dir) => {
            let what = nss::convert_identity(&dir, &ident.value.name);
            Err(Error::new(certpath, what))
        }
        None => Ok(None),
    }
}

/// C NUT built with NSS wants a CERTPATH for everything, so it may be there for no reason.
fn unused(certpath: Option<&Said<std::path::PathBuf>>, remarks: &mut Vec<Remark>) {
    remarks.extend(certpath.map(|said| {
        Remark::Info(format!(
            "{}: not used, because nothing asks for a check; see CERTVERIFY",
            said.at
        ))
    }));
}

/// The name for the server, as it was addressed. A name that no certificate can carry is replaced by its address.
fn server_name(host: &str, stream: &TcpStream) -> Result<ServerName<'static>, Refused> {
    if let Ok(name) = ServerName::try_from(host.to_owned()) {
        return Ok(name);
    }
    let peer = stream.peer_addr().map_err(|why| Refused(why.to_string()))?;
    Ok(ServerName::from(peer.ip()))
}

#[cfg(test)]
mod tests;
