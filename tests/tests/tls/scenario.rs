//! What is checked in a column of the matrix, and with which certificates.

use testkit::pki::{Ca, Issued, Valid};

/// A column of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scenario {
    NoCheck,
    Verify,
    ClientCertificate,
    WithoutClientCertificate,
    WrongCa,
    WrongHost,
    Expired,
}

impl Scenario {
    pub(crate) const ALL: [Self; 7] = [
        Self::NoCheck,
        Self::Verify,
        Self::ClientCertificate,
        Self::WithoutClientCertificate,
        Self::WrongCa,
        Self::WrongHost,
        Self::Expired,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NoCheck => "no check",
            Self::Verify => "verify",
            Self::ClientCertificate => "client certificate",
            Self::WithoutClientCertificate => "without it",
            Self::WrongCa => "wrong CA",
            Self::WrongHost => "wrong host",
            Self::Expired => "expired",
        }
    }

    pub(crate) fn is_let_in(self) -> bool {
        matches!(self, Self::NoCheck | Self::Verify | Self::ClientCertificate)
    }

    /// Whether the client checks the server.
    pub(crate) fn verifies(self) -> bool {
        self != Self::NoCheck
    }

    /// Whether the server demands a certificate of its clients.
    pub(crate) fn requires(self) -> bool {
        matches!(
            self,
            Self::ClientCertificate | Self::WithoutClientCertificate
        )
    }

    /// What one of our clients says when it is refused, or refuses.
    pub(crate) fn our_reason(self) -> &'static str {
        match self {
            Self::WithoutClientCertificate => "certificate",
            Self::WrongCa => {
                "the certificate of localhost is signed by CN=honest, which is no authority of CERTPATH"
            }
            Self::WrongHost => {
                "the certificate of localhost is for elsewhere.example, not for localhost"
            }
            Self::Expired => "the certificate of localhost has expired on 2020-02-01",
            _ => "",
        }
    }

    /// The same for Python's `ssl`.
    pub(crate) fn reason_of_python(self) -> &'static str {
        match self {
            Self::WithoutClientCertificate => "refused: ",
            Self::WrongCa => "certificate verify failed: ",
            Self::WrongHost => "Hostname mismatch",
            Self::Expired => "certificate has expired",
            _ => "",
        }
    }
}

/// The certificates of a scenario.
#[derive(Debug)]
pub(crate) struct Papers {
    pub(crate) scenario: Scenario,
    pub(crate) server: Issued,
    /// For a client that has one.
    pub(crate) client: Option<Issued>,
    /// Whom the server believes.
    pub(crate) authority: String,
    /// Whom the client believes.
    pub(crate) believed: String,
}

impl Papers {
    pub(crate) fn of(scenario: Scenario) -> Self {
        let honest = Ca::new("honest");
        let (hosts, valid) = match scenario {
            Scenario::WrongHost => (["elsewhere.example"].as_slice(), Valid::Now),
            Scenario::Expired => (["localhost", "127.0.0.1"].as_slice(), Valid::Past),
            _ => (["localhost", "127.0.0.1"].as_slice(), Valid::Now),
        };
        let has_own = scenario == Scenario::ClientCertificate;
        Self {
            scenario,
            server: honest.issue("server", hosts, valid),
            client: has_own.then(|| honest.issue("client", &[], Valid::Now)),
            authority: honest.pem(),
            believed: match scenario {
                Scenario::WrongCa => Ca::new("mallory").pem(),
                _ => honest.pem(),
            },
        }
    }
}
