//! The servers of the matrix.

use crate::scenario::Papers;
use testkit::{NSS_PASSWORD, NssContents, NssTools, Running, Wire, eventually};
use tests::{Site, Subject};

pub(crate) const USERS: &str = "[mon]\n  password = secret\n  upsmon primary\n[admin]\n  password = secret\n  actions = SET\n  instcmds = ALL\n";

/// A server with one UPS `lab`.
pub(crate) struct Server {
    pub(crate) subject: Subject,
    pub(crate) site: Site,
    pub(crate) upsd: Running,
    _driver: Running,
}

impl Server {
    /// Starts one; `only_tls12` is for C NUT's only, because ours cannot be told.
    pub(crate) fn start(
        subject: &Subject,
        nss: &NssTools,
        papers: &Papers,
        only_tls12: bool,
    ) -> Self {
        let site = Site::new();
        site.devices(&[("lab", "ups.status: OL\n")]);
        site.sandbox.write("upsd.users", USERS);
        let request = u8::from(papers.scenario.requires()) * 2;
        let directives = if subject.is_nut() {
            let contents = NssContents {
                own: Some(&papers.server),
                authorities: std::slice::from_ref(&papers.authority),
                only_tls12,
            };
            let dir = nss.database(&site.sandbox, "server.db", &contents);
            format!("CERTPATH {}\nCERTIDENT own {NSS_PASSWORD}\n", dir.display())
        } else {
            site.sandbox.write("server.pem", &papers.server.file());
            site.sandbox.write("ca.pem", &papers.authority);
            let etc = site.sandbox.etc();
            format!(
                "CERTFILE {0}/server.pem\nCERTPATH {0}/ca.pem\n",
                etc.display()
            )
        };
        let conf = format!(
            "LISTEN 127.0.0.1 {}\nDISABLE_WEAK_SSL true\nCERTREQUEST {request}\n{directives}",
            site.port
        );
        site.sandbox.write("upsd.conf", &conf);
        let driver = site.driver("lab");
        let upsd = site.upsd_of(subject);
        let fresh = || {
            let status = Wire::connect(site.port).ask("GET VAR lab ups.status");
            status.starts_with("VAR").then_some(())
        };
        assert!(
            eventually(testkit::PATIENCE, fresh).is_some(),
            "{}",
            upsd.printed()
        );
        Self {
            subject: subject.clone(),
            site,
            upsd,
            _driver: driver,
        }
    }

    /// Whether somebody is logged in to `lab`.
    pub(crate) fn has_a_client(&self) -> bool {
        !Wire::connect(self.site.port).list("CLIENT lab").is_empty()
    }
}
