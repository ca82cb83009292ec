//! upsd's side: STARTTLS was answered with OK, and the handshake begins.

use std::sync::Arc;
use std::time::SystemTime;

use rustls::server::danger::ClientCertVerifier;
use rustls::server::{NoServerSessionStorage, WebPkiClientVerifier};
use rustls::sign::SingleCertAndKey;
use rustls::{ServerConfig, server};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::authorities::Authorities;
use crate::expiry::Expiry;
use crate::explain::{Refused, Side, of_handshake};
use crate::identity::Identity;
use crate::nss;
use crate::settings::{Error, Remark, Request, Said, ServerSettings};
use crate::verify::{ClientJudge, provider};

/// An encrypted connection to a client.
pub type ServerStream = tokio_rustls::server::TlsStream<TcpStream>;

/// What turns connections of clients into encrypted ones. A clone is the same.
#[derive(Clone)]
pub struct Server {
    acceptor: TlsAcceptor,
    expiry: Expiry,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Server")
    }
}

impl Server {
    /// Reads the files; `None` without CERTFILE. What the log should say is added to `remarks`.
    ///
    /// # Errors
    /// What cannot be used, where it was said, and what to do.
    pub fn load(
        settings: &ServerSettings,
        now: SystemTime,
        remarks: &mut Vec<Remark>,
    ) -> Result<Option<Self>, Error> {
        let Some(certfile) = &settings.certfile else {
            return without_certificate(settings, remarks).map(|()| None);
        };
        let ident = settings.certident.as_ref();
        let now = crate::seconds(now);
        let identity = Identity::load(certfile, ident, now, remarks)?;
        let mut expiry = identity.expiry;
        let judge = judge(settings, now, remarks, &mut expiry)?;
        if settings
            .disable_weak_ssl
            .as_ref()
            .is_some_and(|said| !said.value)
        {
            remarks.push(Remark::Info(
                "TLS 1.2 and 1.3 are offered; older versions are not to be had, whatever DISABLE_WEAK_SSL says".to_owned(),
            ));
        }
        let versions =
            ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
        let builder = versions.map_err(|why| Error::new(certfile, why.to_string()))?;
        let builder = match judge {
            None => builder.with_no_client_auth(),
            Some(judge) => builder.with_client_cert_verifier(judge),
        };
        let mut config = builder.with_cert_resolver(Arc::new(SingleCertAndKey::from(identity.key)));
        // clients stay connected for days: nobody resumes, and tickets would cost each of them memory
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        config.ignore_client_order = true;
        Ok(Some(Self {
            acceptor: TlsAcceptor::from(Arc::new(config)),
            expiry,
        }))
    }

    /// When its certificates and those of authorities end, as it was told when they were read.
    #[must_use]
    pub fn expiry(&self) -> Expiry {
        self.expiry.clone()
    }

    /// Does the handshake; how long it may take is the caller's business.
    ///
    /// # Errors
    /// Why there is no encrypted connection.
    pub async fn accept(&self, stream: TcpStream) -> Result<ServerStream, Refused> {
        let accepted = self.acceptor.accept(stream).await;
        accepted.map_err(|error| Refused(of_handshake(&error, Side::Server)))
    }
}

/// Nobody asks for encryption, or somebody does in a way that means nothing here.
fn without_certificate(settings: &ServerSettings, remarks: &mut Vec<Remark>) -> Result<(), Error> {
    if let Some(certpath) = &settings.certpath
        && let Some(dir) = nss::database(&certpath.value)
    {
        let ident = settings.certident.as_ref();
        let name = ident.map_or("<name>", |ident| ident.value.name.as_str());
        return Err(Error::new(certpath, nss::convert_identity(&dir, name)));
    }
    let without = |at: &str| {
        Remark::Warning(format!(
            "{at} means nothing without CERTFILE; there is no encryption"
        ))
    };
    remarks.extend(settings.certpath.as_ref().map(|said| without(&said.at)));
    remarks.extend(settings.certident.as_ref().map(|said| without(&said.at)));
    let asks = settings.certrequest.as_ref();
    let asks = asks.filter(|said| said.value != Request::No);
    remarks.extend(asks.map(|said| without(&said.at)));
    Ok(())
}

/// Who judges certificates of clients; nobody if none is asked for.
fn judge(
    settings: &ServerSettings,
    now: i64,
    remarks: &mut Vec<Remark>,
    expiry: &mut Expiry,
) -> Result<Option<Arc<dyn ClientCertVerifier>>, Error> {
    let asked = settings.certrequest.as_ref();
    let Some(asked @ Said { value, .. }) = asked.filter(|said| said.value != Request::No) else {
        remarks.extend(settings.certpath.as_ref().map(|said| {
            Remark::Info(format!(
                "{}: not used, because no client is asked for a certificate; see CERTREQUEST",
                said.at
            ))
        }));
        return Ok(None);
    };
    let Some(certpath) = &settings.certpath else {
        let what = "certificates of clients cannot be checked without CERTPATH; name the file of their authorities there";
        return Err(Error::new(asked, what));
    };
    let authorities = Authorities::load(certpath, now, remarks)?;
    expiry.join(&authorities.expiry);
    let roots = Arc::clone(&authorities.roots);
    let mut builder = WebPkiClientVerifier::builder_with_provider(roots, provider());
    if *value == Request::Ask {
        builder = builder.allow_unauthenticated();
    }
    let inner = builder
        .build()
        .map_err(|why: server::VerifierBuilderError| Error::new(certpath, why.to_string()))?;
    Ok(Some(Arc::new(ClientJudge::new(inner, authorities))))
}
