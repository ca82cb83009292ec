//! The clients of the matrix, each told in its own way what to check. All of them insist on encryption.

use crate::scenario::Papers;
use crate::servers::Server;
use std::path::Path;
use testkit::{
    CNut, NSS_PASSWORD, NssContents, NssTools, PATIENCE, Program, Sandbox, eventually, installed,
};
use tests::Subject;

/// What became of a client.
#[derive(Debug)]
pub(crate) enum Outcome {
    LetIn,
    /// With its words.
    Refused(String),
}

/// A row of the matrix, but for its server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Client {
    OurUpsmon,
    OurUpsc,
    TheirUpsmon { only_tls12: bool },
    TheirUpsc,
    PyNut,
    Python(&'static str),
}

impl Client {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OurUpsmon => "Locknut upsmon",
            Self::OurUpsc => "Locknut upsc",
            Self::TheirUpsmon { .. } => "C NUT upsmon",
            Self::TheirUpsc => "C NUT upsc",
            Self::PyNut => "PyNUTClient",
            Self::Python(_) => "Python ssl",
        }
    }

    pub(crate) fn meets(
        self,
        server: &Server,
        nss: &NssTools,
        peers: &CNut,
        papers: &Papers,
    ) -> Outcome {
        let sandbox = Sandbox::new();
        sandbox.write("ca.pem", &papers.believed);
        match self {
            Self::OurUpsmon => {
                let conf = our_directives(&sandbox, papers, upsmon_line);
                upsmon(&Subject::Locknut, &sandbox, server, &conf, "SSL ")
            }
            Self::OurUpsc => {
                let conf =
                    our_directives(&sandbox, papers, |key, value| format!("{key} = {value}\n"));
                sandbox.write("nutauth.conf", &conf);
                let upsc = Program::locknut("upsc", &sandbox);
                let address = server.site.address("lab");
                ended(
                    upsc.args(["-A", "default", &address, "ups.status"]).run(),
                    "OL",
                )
            }
            Self::TheirUpsmon { only_tls12 } => {
                let contents = NssContents {
                    own: papers.client.as_ref(),
                    authorities: std::slice::from_ref(&papers.believed),
                    only_tls12,
                };
                let dir = nss.database(&sandbox, "client.db", &contents);
                let verify = u8::from(papers.scenario.verifies());
                let ident = papers
                    .client
                    .as_ref()
                    .map(|_| format!("CERTIDENT own {NSS_PASSWORD}\n"));
                let conf = format!(
                    "CERTPATH {}\nCERTVERIFY {verify}\nFORCESSL 1\n{}",
                    dir.display(),
                    ident.unwrap_or_default()
                );
                upsmon(
                    &Subject::C(peers.clone()),
                    &sandbox,
                    server,
                    &conf,
                    "in SSL, disconnect",
                )
            }
            Self::TheirUpsc => {
                let upsc = peers.program("upsc", &sandbox);
                ended(
                    upsc.args([&server.site.address("lab"), "ups.status"]).run(),
                    "OL",
                )
            }
            Self::PyNut => python(&sandbox, server, peers, papers, "pynut", ""),
            Self::Python(version) => python(&sandbox, server, peers, papers, "plain", version),
        }
    }
}

fn upsmon_line(key: &str, value: &str) -> String {
    format!("{key} {value}\n")
}

fn our_directives(sandbox: &Sandbox, papers: &Papers, line: fn(&str, &str) -> String) -> String {
    let etc = sandbox.etc();
    let file = |name: &str| etc.join(name).display().to_string();
    let mut conf = line("FORCESSL", "1") + &line("CERTPATH", &file("ca.pem"));
    if papers.scenario.verifies() {
        conf += &line("CERTVERIFY", "1");
    }
    if let Some(own) = &papers.client {
        sandbox.write("own.pem", &own.file());
        conf += &line("CERTFILE", &file("own.pem"));
    }
    conf
}

/// upsmon, which goes on until it is ended: it is let in when the server lists it.
fn upsmon(who: &Subject, sandbox: &Sandbox, server: &Server, conf: &str, failure: &str) -> Outcome {
    let monitor = format!(
        "MONITOR lab@localhost:{} 1 mon secret primary\nSHUTDOWNCMD \"true\"\nPOLLFREQ 1\n",
        server.site.port
    );
    sandbox.write("upsmon.conf", &(monitor + conf));
    let upsmon = who
        .program("upsmon", sandbox)
        .args(["-F", "-p", "-D"])
        .start();
    let settled = eventually(PATIENCE, || {
        if server.has_a_client() {
            return Some(Outcome::LetIn);
        }
        let printed = upsmon.printed();
        let line = printed.lines().find(|line| line.contains(failure));
        line.map(|_| Outcome::Refused(printed.clone()))
    });
    let printed = upsmon.printed();
    upsmon.stop();
    let gone = eventually(PATIENCE, || (!server.has_a_client()).then_some(()));
    assert!(gone.is_some(), "upsmon is gone and still listed");
    settled.unwrap_or_else(|| Outcome::Refused(format!("nothing happened: {printed}")))
}

fn ended(done: testkit::Finished, wanted: &str) -> Outcome {
    if done.stdout.trim_end() == wanted {
        Outcome::LetIn
    } else {
        Outcome::Refused(done.stdout + &done.stderr)
    }
}

fn python(
    sandbox: &Sandbox,
    server: &Server,
    peers: &CNut,
    papers: &Papers,
    kind: &str,
    version: &str,
) -> Outcome {
    let etc = sandbox.etc();
    let file = |name: &str| etc.join(name).display().to_string();
    let (mut certificate, mut key) = (String::new(), String::new());
    if let Some(own) = &papers.client {
        sandbox.write("own.crt", &own.certificate);
        sandbox.write("own.key", &own.key);
        (certificate, key) = (file("own.crt"), file("own.key"));
    }
    let verify = if papers.scenario.verifies() {
        "yes"
    } else {
        ""
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/tls_client.py");
    let program = Program::at(&installed("python3").unwrap_or_default(), sandbox)
        .arg(script)
        .args([
            kind,
            &server.site.port.to_string(),
            "localhost",
            version,
            verify,
        ])
        .args([&file("ca.pem"), &certificate, &key])
        .env("PYTHONPATH", peers.root().join("python"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let done = program.run();
    let version = version.replace('_', ".");
    if done.stdout.starts_with("accepted")
        && done.stdout.contains(&version)
        && done.stdout.contains("OL")
    {
        Outcome::LetIn
    } else {
        Outcome::Refused(done.stdout + &done.stderr)
    }
}
