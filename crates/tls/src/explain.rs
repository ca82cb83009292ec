//! Why a handshake failed, in words that say what to do.

use std::io;

use rustls::{AlertDescription, CertificateError, PeerIncompatible};

/// A handshake that came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub(crate) String);

/// Which side of the connection we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Server,
    Client,
}

/// Why reading or writing failed, if encryption is the reason. The peer may refuse our certificate only after the
/// handshake: TLS 1.3 tells a client with the first answer.
#[must_use]
pub fn of_io(error: &io::Error) -> Option<String> {
    inner(error).map(|error| of_tls(error, Side::Client))
}

pub(crate) fn of_handshake(error: &io::Error, side: Side) -> String {
    if let Some(error) = inner(error) {
        return of_tls(error, side);
    }
    match error.kind() {
        // which of them it is depends on whether the peer had read all before it went
        io::ErrorKind::UnexpectedEof
        | io::ErrorKind::ConnectionReset
        | io::ErrorKind::BrokenPipe => {
            "the connection was closed in the middle of the handshake".to_owned()
        }
        _ => error.to_string(),
    }
}

fn inner(error: &io::Error) -> Option<&rustls::Error> {
    error.get_ref()?.downcast_ref()
}

fn of_tls(error: &rustls::Error, side: Side) -> String {
    use rustls::Error as E;
    let peer = match side {
        Side::Server => "the client",
        Side::Client => "the server",
    };
    match error {
        E::InvalidCertificate(why) => of_certificate(why, peer),
        E::NoCertificatesPresented => {
            format!("{peer} has no certificate, and CERTREQUEST demands one")
        }
        E::AlertReceived(alert) => of_alert(*alert, peer),
        E::PeerIncompatible(
            PeerIncompatible::SupportedVersionsExtensionRequired
            | PeerIncompatible::Tls12NotOffered
            | PeerIncompatible::Tls12NotOfferedOrEnabled
            | PeerIncompatible::ServerDoesNotSupportTls12Or13,
        ) => format!("{peer} knows only TLS 1.1 and older, which is refused here"),
        E::PeerIncompatible(_) => {
            format!("{peer} offers no encryption that is good enough ({error})")
        }
        E::InvalidMessage(_)
        | E::InappropriateMessage { .. }
        | E::InappropriateHandshakeMessage { .. } => {
            format!("what {peer} sends is no TLS ({error})")
        }
        _ => error.to_string(),
    }
}

fn of_certificate(why: &CertificateError, peer: &str) -> String {
    use CertificateError as C;
    let what = match why {
        C::UnknownIssuer => "is signed by no authority of CERTPATH".to_owned(),
        C::Expired | C::ExpiredContext { .. } => "has expired".to_owned(),
        C::NotValidYet | C::NotValidYetContext { .. } => "is not valid yet".to_owned(),
        C::InvalidPurpose | C::InvalidPurposeContext { .. } => {
            "is not made for this purpose (extended key usage)".to_owned()
        }
        why if is_authority(why) => {
            "is an authority's own, as openssl req -x509 makes them, and does not lie in CERTPATH"
                .to_owned()
        }
        why => unusable(why),
    };
    format!("the certificate of {peer} {what}")
}

/// Whether the certificate of an authority was shown as somebody's own. rustls has no name for that.
pub(crate) fn is_authority(why: &CertificateError) -> bool {
    matches!(why, CertificateError::Other(why) if why.to_string() == "CaUsedAsEndEntity")
}

/// What is wrong with a certificate for reasons that do not depend on who is asked.
pub(crate) fn unusable(why: &CertificateError) -> String {
    use CertificateError as C;
    match why {
        C::BadSignature => {
            "has a wrong signature, or an RSA key of less than 2048 bits in it or above it"
                .to_owned()
        }
        C::UnsupportedSignatureAlgorithmContext { .. }
        | C::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => format!(
            "has a key or a signature that cannot be used here: keys are {}",
            crate::key::KINDS
        ),
        C::Other(why) => format!("cannot be used ({why})"),
        why => format!("cannot be used ({why:?})"),
    }
}

fn of_alert(alert: AlertDescription, peer: &str) -> String {
    use AlertDescription as A;
    match alert {
        A::CertificateRequired => {
            format!("{peer} wants a certificate; name one in CERTFILE")
        }
        A::UnknownCA => format!("{peer} does not know who has signed our certificate"),
        A::BadCertificate | A::CertificateUnknown | A::UnsupportedCertificate => {
            format!("{peer} does not accept our certificate ({alert:?})")
        }
        A::CertificateExpired => format!("{peer} says that our certificate has expired"),
        A::HandshakeFailure => {
            format!(
                "{peer} ended the handshake (HandshakeFailure): it may want a certificate, see CERTFILE, or have a key of a kind that \
                 is not known here, such as ECDSA P-521"
            )
        }
        A::ProtocolVersion => format!("{peer} does not know TLS 1.2 or 1.3"),
        A::AccessDenied => format!("{peer} accepts our certificate, but not us"),
        alert => format!("{peer} ended the encryption ({alert:?})"),
    }
}
