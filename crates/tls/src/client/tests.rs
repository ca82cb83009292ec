use super::*;
use crate::settings::{Request, ServerSettings};
use crate::testing::{Ca, said};
use crate::{Server, of_io};
use std::fs;
use std::path::PathBuf;
use testkit::pki::{Valid, self_signed};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

/// A directory of PEM files.
struct Files(tempfile::TempDir);

impl Files {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(&self, name: &str, text: &str) -> Option<Said<PathBuf>> {
        let path = self.0.path().join(name);
        fs::write(&path, text).unwrap();
        Some(said(path))
    }
}

/// What each side makes of a connection, over TLS 1.3 and over TLS 1.2: the first words of the server arrive, or why not.
type Outcome = [Meeting; 2];

const ONLY_TLS12: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];

struct Meeting {
    client: Result<String, String>,
    server: Result<(), String>,
}

fn meet(server: &ServerSettings, client: &ClientSettings) -> Outcome {
    meet_at("127.0.0.1", server, client)
}

fn meet_at(host: &str, server: &ServerSettings, client: &ClientSettings) -> Outcome {
    let now = SystemTime::now();
    let server = Server::load(server, now, &mut Vec::new()).unwrap().unwrap();
    let newest = Client::load(client, now, &mut Vec::new()).unwrap();
    let older = Client::load(client, now, &mut Vec::new()).unwrap();
    let mut parts = Arc::into_inner(older.0).unwrap();
    parts.versions = Some(ONLY_TLS12);
    [newest, Client(Arc::new(parts))].map(|client| meeting(host, &server, &client))
}

fn meeting(host: &str, server: &Server, client: &Client) -> Meeting {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let both = async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let stream = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        let (accepted, _) = listener.accept().await.unwrap();
        let serving = async {
            let mut stream = server
                .accept(accepted)
                .await
                .map_err(|why| why.to_string())?;
            stream
                .write_all(b"hello")
                .await
                .map_err(|why| why.to_string())?;
            // what comes of it is the client's to say
            let _ = stream.shutdown().await;
            Ok(())
        };
        let asking = async {
            let mut stream = client
                .connect(host, 3493, stream)
                .await
                .map_err(|why| why.to_string())?;
            let mut text = String::new();
            let read = stream.read_to_string(&mut text).await;
            read.map_err(|why| of_io(&why).unwrap_or(why.to_string()))?;
            Ok(text)
        };
        let (server, client) = tokio::join!(serving, asking);
        Meeting { client, server }
    };
    let bound = std::time::Duration::from_secs(30);
    runtime.block_on(async { tokio::time::timeout(bound, both).await.unwrap() })
}

fn accepted(outcome: &Outcome) {
    for meeting in outcome {
        assert_eq!(meeting.client, Ok("hello".to_owned()));
        assert_eq!(meeting.server, Ok(()));
    }
}

fn refused(outcome: &Outcome, client: &str, server: &str) {
    for meeting in outcome {
        let told = meeting.client.clone().unwrap_err();
        assert!(told.contains(client), "client: {told}");
        let told = meeting.server.clone().unwrap_err();
        assert!(told.contains(server), "server: {told}");
    }
}

fn verifying(certpath: Option<Said<PathBuf>>) -> ClientSettings {
    ClientSettings {
        certpath,
        certverify: Some(said(true)),
        ..ClientSettings::default()
    }
}

#[test]
fn who_checks_nothing_accepts_everything() {
    let (files, ca) = (Files::new(), Ca::new("ca"));
    for issued in [
        ca.issue("x", &["elsewhere"], Valid::Past),
        self_signed("x", &[], Valid::Now),
    ] {
        let server = ServerSettings {
            certfile: files.with("server", &issued.file()),
            ..ServerSettings::default()
        };
        accepted(&meet(&server, &ClientSettings::default()));
    }
}

#[test]
fn a_client_that_checks_says_what_is_wrong() {
    let (files, ca) = (Files::new(), Ca::new("ca"));
    let trusting = verifying(files.with("ca", &ca.pem()));
    let with = |issued: &testkit::pki::Issued| ServerSettings {
        certfile: files.with("server", &issued.file()),
        ..ServerSettings::default()
    };
    let good = with(&ca.issue("ups", &["127.0.0.1", "ups.example"], Valid::Now));
    accepted(&meet(&good, &trusting));
    accepted(&meet_at("ups.example", &good, &trusting));
    let wrong = meet_at("desk.example", &good, &trusting);
    refused(
        &wrong,
        "desk.example is for ups.example, 127.0.0.1, not for desk.example",
        "BadCertificate",
    );
    let old = with(&ca.issue("ups", &["127.0.0.1"], Valid::Past));
    refused(
        &meet(&old, &trusting),
        "127.0.0.1 has expired on 2020-02-01",
        "expired",
    );
    let early = with(&ca.issue("ups", &["127.0.0.1"], Valid::Future));
    refused(&meet(&early, &trusting), "is not valid before", "expired");
    let foreign = with(&Ca::new("mallory").issue("ups", &["127.0.0.1"], Valid::Now));
    refused(
        &meet(&foreign, &trusting),
        "is signed by CN=mallory, which is no authority of CERTPATH (",
        "does not know who has signed our certificate",
    );
}

#[test]
fn what_openssl_users_have_works() {
    let files = Files::new();
    let own = self_signed("127.0.0.1", &[], Valid::Now);
    let server = ServerSettings {
        certfile: files.with("server", &own.file()),
        ..ServerSettings::default()
    };
    let trusting = verifying(files.with("ca", &own.certificate));
    accepted(&meet(&server, &trusting));
    refused(
        &meet_at("localhost", &server, &trusting),
        "is for 127.0.0.1, not for localhost",
        "BadCertificate",
    );
    let old = self_signed("127.0.0.1", &[], Valid::Past);
    let server = ServerSettings {
        certfile: files.with("server", &old.file()),
        ..ServerSettings::default()
    };
    let trusting = verifying(files.with("ca", &old.certificate));
    refused(&meet(&server, &trusting), "has expired on 2020", "expired");
}

#[test]
fn a_name_alone_is_enough_where_no_other_is_given() {
    let (files, ca) = (Files::new(), Ca::new("ca"));
    let server = ServerSettings {
        certfile: files.with("server", &ca.issue("ups.example", &[], Valid::Now).file()),
        ..ServerSettings::default()
    };
    let trusting = verifying(files.with("ca", &ca.pem()));
    accepted(&meet_at("ups.example", &server, &trusting));
    refused(
        &meet(&server, &trusting),
        "is for ups.example, not for 127.0.0.1",
        "BadCertificate",
    );
}

#[test]
fn certhost_overrules_for_its_server() {
    let (files, ca) = (Files::new(), Ca::new("ca"));
    let server = ServerSettings {
        certfile: files.with(
            "server",
            &ca.issue("rack", &["elsewhere"], Valid::Now).file(),
        ),
        ..ServerSettings::default()
    };
    let rule = |name: &str, verify| {
        said(HostRule {
            host: "127.0.0.1".to_owned(),
            port: Some(3493),
            name: name.to_owned(),
            verify,
            force: Some(true),
        })
    };
    let certpath = files.with("ca", &ca.pem());
    let with = |rule| ClientSettings {
        certhosts: vec![rule],
        ..verifying(certpath.clone())
    };
    accepted(&meet(&server, &with(rule("rack", None))));
    accepted(&meet(&server, &with(rule("elsewhere", Some(true)))));
    accepted(&meet(&server, &with(rule("anything", Some(false)))));
    refused(
        &meet(&server, &with(rule("desk", None))),
        "is for elsewhere, not for desk",
        "BadCertificate",
    );
    let client = Client::load(
        &with(rule("rack", None)),
        SystemTime::now(),
        &mut Vec::new(),
    )
    .unwrap();
    assert!(client.forces("127.0.0.1", 3493) && !client.forces("127.0.0.1", 3494));
}

#[test]
fn certificates_of_clients_are_asked_for_as_certrequest_says() {
    let (files, ca, mallory) = (Files::new(), Ca::new("ca"), Ca::new("mallory"));
    let server = |request| ServerSettings {
        certfile: files.with("server", &ca.issue("ups", &[], Valid::Now).file()),
        certpath: files.with("ca", &ca.pem()),
        certrequest: Some(said(request)),
        ..ServerSettings::default()
    };
    let client = |file: Option<&str>| ClientSettings {
        certfile: file.and_then(|text| files.with("client", text)),
        ..ClientSettings::default()
    };
    let own = ca.issue("desk", &[], Valid::Now).file();
    let foreign = mallory.issue("desk", &[], Valid::Now).file();
    let old = ca.issue("desk", &[], Valid::Past).file();
    for request in [Request::Ask, Request::Require] {
        accepted(&meet(&server(request), &client(Some(&own))));
        let outcome = meet(&server(request), &client(Some(&old)));
        refused(
            &outcome,
            "our certificate has expired",
            "the certificate of the client has expired",
        );
        let outcome = meet(&server(request), &client(Some(&foreign)));
        refused(
            &outcome,
            "does not know who has signed our certificate",
            "is signed by no authority of CERTPATH",
        );
    }
    accepted(&meet(&server(Request::Ask), &client(None)));
    accepted(&meet(&server(Request::No), &client(Some(&foreign))));
    let outcome = meet(&server(Request::Require), &client(None));
    refused(
        &outcome,
        "wants a certificate; name one in CERTFILE",
        "has no certificate, and CERTREQUEST demands one",
    );
}

#[test]
fn a_client_believed_by_itself_needs_no_authority() {
    let files = Files::new();
    let (own, other) = (
        self_signed("desk", &[], Valid::Now),
        self_signed("desk", &[], Valid::Now),
    );
    let server = ServerSettings {
        certfile: files.with("server", &own.file()),
        certpath: files.with("ca", &own.certificate),
        certrequest: Some(said(Request::Require)),
        ..ServerSettings::default()
    };
    let client = |file: &str| ClientSettings {
        certfile: files.with("client", file),
        ..ClientSettings::default()
    };
    accepted(&meet(&server, &client(&own.file())));
    refused(
        &meet(&server, &client(&other.file())),
        "our certificate",
        "certificate of the client",
    );
}

#[test]
fn a_certificate_that_is_believed_by_itself_vouches_for_no_other() {
    let (files, desk) = (Files::new(), Ca::presumptuous("desk"));
    let forged = desk.issue("ups", &["127.0.0.1"], Valid::Now).file();
    let server = ServerSettings {
        certfile: files.with("server", &forged),
        ..ServerSettings::default()
    };
    refused(
        &meet(&server, &verifying(files.with("known", &desk.pem()))),
        "is signed by CN=desk, which is no authority of CERTPATH (",
        "does not know who has signed our certificate",
    );
    let own = Ca::new("ca").issue("ups", &["127.0.0.1"], Valid::Now);
    for certrequest in [Request::Ask, Request::Require] {
        let server = ServerSettings {
            certfile: files.with("server", &own.file()),
            certpath: files.with("known", &desk.pem()),
            certrequest: Some(said(certrequest)),
            ..ServerSettings::default()
        };
        let client = ClientSettings {
            certfile: files.with("client", &forged),
            ..ClientSettings::default()
        };
        refused(
            &meet(&server, &client),
            "does not know who has signed our certificate",
            "is signed by no authority of CERTPATH",
        );
    }
}

#[test]
fn one_that_signs_itself_and_is_not_known_is_told_as_such() {
    let (files, ca) = (Files::new(), Ca::new("ca"));
    let renewed = self_signed("127.0.0.1", &["127.0.0.1"], Valid::Now).file();
    let server = ServerSettings {
        certfile: files.with("server", &renewed),
        ..ServerSettings::default()
    };
    refused(
        &meet(&server, &verifying(files.with("ca", &ca.pem()))),
        "is an authority's own, as openssl req -x509 makes them, and not the one in CERTPATH (",
        "our certificate",
    );
    let server = ServerSettings {
        certpath: files.with("ca", &ca.pem()),
        certrequest: Some(said(Request::Require)),
        ..server
    };
    let client = ClientSettings {
        certfile: files.with("client", &renewed),
        ..ClientSettings::default()
    };
    refused(
        &meet(&server, &client),
        "our certificate",
        "is an authority's own, as openssl req -x509 makes them, and does not lie in CERTPATH",
    );
}

#[test]
fn certpath_of_a_server_that_asks_nobody_is_told() {
    let files = Files::new();
    let own = Ca::new("ca").issue("ups", &[], Valid::Now);
    for certrequest in [None, Some(said(Request::No))] {
        let server = ServerSettings {
            certfile: files.with("server", &own.file()),
            certpath: files.with("ca", ""),
            certrequest,
            ..ServerSettings::default()
        };
        let mut remarks = Vec::new();
        Server::load(&server, SystemTime::now(), &mut remarks).unwrap();
        assert!(
            remarks
                .iter()
                .any(|remark| remark.text().contains("see CERTREQUEST")),
            "{remarks:?}"
        );
    }
}

#[test]
fn a_check_without_authorities_is_refused_where_it_was_asked_for() {
    let error = Client::load(&verifying(None), SystemTime::now(), &mut Vec::new()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("x.conf:1: certificates of servers cannot be checked"),
        "{error}"
    );
    let settings = ServerSettings {
        certfile: Files::new().with("gone", ""),
        ..ServerSettings::default()
    };
    let error = Server::load(&settings, SystemTime::now(), &mut Vec::new()).unwrap_err();
    assert!(error.to_string().contains("gone: No such file"), "{error}");
}

#[test]
fn databases_of_nss_are_told_with_their_conversion() {
    let files = Files::new();
    files.with("cert9.db", "");
    let dir = said(files.0.path().to_owned());
    let server = ServerSettings {
        certpath: Some(dir.clone()),
        ..ServerSettings::default()
    };
    let error = Server::load(&server, SystemTime::now(), &mut Vec::new()).unwrap_err();
    assert!(error.to_string().contains("pk12util -d"), "{error}");
    let error =
        Client::load(&verifying(Some(dir)), SystemTime::now(), &mut Vec::new()).unwrap_err();
    assert!(error.to_string().contains("certutil -d"), "{error}");
}

#[test]
fn directives_that_mean_nothing_without_a_certificate_are_told() {
    let settings = ServerSettings {
        certpath: Files::new().with("ca", ""),
        certrequest: Some(said(Request::Require)),
        ..ServerSettings::default()
    };
    let mut remarks = Vec::new();
    assert!(
        Server::load(&settings, SystemTime::now(), &mut remarks)
            .unwrap()
            .is_none()
    );
    assert_eq!(remarks.len(), 2, "{remarks:?}");
}
