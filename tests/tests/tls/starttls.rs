//! What may happen around STARTTLS: injected lines, silence, garbage, reloads, and servers without encryption.

use crate::servers::USERS;
use std::time::{Duration, Instant};
use testkit::pki::{Ca, Valid};
use testkit::{Finished, PATIENCE, Program, Running, Sandbox, Signal, Wire};
use tests::Site;

/// A server with one UPS `lab` and a certificate.
struct Lab {
    site: Site,
    upsd: Running,
    _driver: Running,
}

impl Lab {
    fn new(ca: &Ca) -> Self {
        let site = Site::new();
        site.devices(&[("lab", "ups.status: OL\n")]);
        site.sandbox.write("upsd.users", USERS);
        let lab = Self {
            _driver: site.driver("lab"),
            upsd: {
                renew(
                    &site,
                    &ca.issue("server", &["localhost"], Valid::Now).file(),
                );
                site.upsd()
            },
            site,
        };
        lab.site.await_value("lab", "ups.status", "OL");
        lab
    }

    fn wire(&self) -> Wire {
        Wire::connect(self.site.port)
    }

    /// A client that believes only one authority, and insists.
    fn client(&self, ca: &Ca) -> Finished {
        let sandbox = Sandbox::new();
        sandbox.write("ca.pem", &ca.pem());
        let path = sandbox.etc().join("ca.pem");
        let conf = format!(
            "FORCESSL = 1\nCERTVERIFY = 1\nCERTPATH = {}\n",
            path.display()
        );
        sandbox.write("nutauth.conf", &conf);
        let upsc = Program::locknut("upsc", &sandbox).args(["-A", "default"]);
        upsc.args([&self.site.address("lab"), "ups.status"]).run()
    }
}

/// Writes a certificate for the server of a site.
fn renew(site: &Site, pem: &str) {
    site.sandbox.write("server.pem", pem);
    let path = site.sandbox.etc().join("server.pem");
    let conf = format!(
        "LISTEN 127.0.0.1 {}\nCERTFILE {}\n",
        site.port,
        path.display()
    );
    site.sandbox.write("upsd.conf", &conf);
}

/// An upsmon on `lab`, with more lines in its file.
fn upsmon(port: u16, more: &str) -> (Sandbox, Running) {
    let sandbox = Sandbox::new();
    let conf = format!(
        "MONITOR lab@localhost:{port} 1 mon secret primary\nSHUTDOWNCMD \"true\"\nPOLLFREQ 1\n{more}"
    );
    sandbox.write("upsmon.conf", &conf);
    let upsmon = Program::locknut("upsmon", &sandbox)
        .args(["-F", "-p", "-D"])
        .start();
    (sandbox, upsmon)
}

#[test]
fn what_comes_behind_starttls_in_the_clear_is_never_served() {
    let lab = Lab::new(&Ca::new("ca"));
    let attack = "USERNAME admin\nPASSWORD secret\nSET VAR lab ups.id hacked\n";
    let mut wire = lab.wire();
    wire.send_bytes(format!("STARTTLS\n{attack}").as_bytes());
    wire.expect_closed();
    lab.upsd
        .wait_for_line("something came behind STARTTLS before the answer", PATIENCE);
    let mut wire = lab.wire();
    assert_eq!(wire.ask("STARTTLS"), "OK STARTTLS");
    wire.send_bytes(attack.as_bytes());
    while let Ok(line) = wire.try_read_line() {
        // what little comes is the alert of a server that wanted a handshake
        assert!(!line.contains("OK") && !line.contains("ERR"), "{line}");
    }
    lab.upsd
        .wait_for_line("what the client sends is no TLS", PATIENCE);
    lab.site.await_error("lab2", "Unknown UPS");
    assert!(!lab.site.listing("lab").contains("hacked"));
}

#[test]
fn peers_that_fall_silent_delay_nobody_and_are_dropped() {
    const PEERS: usize = 300;
    let lab = Lab::new(&Ca::new("ca"));
    let mut silent: Vec<Wire> = (0..PEERS)
        .map(|_| lab.wire().with_patience(PATIENCE))
        .collect();
    for (at, wire) in silent.iter_mut().enumerate() {
        assert_eq!(wire.ask("STARTTLS"), "OK STARTTLS");
        // some of them begin something that could become a handshake
        if at % 2 == 0 {
            wire.send_bytes(&[0x16, 0x03, 0x01]);
        }
    }
    let begun = Instant::now();
    assert_eq!(
        lab.wire().ask("GET VAR lab ups.status"),
        "VAR lab ups.status \"OL\""
    );
    let done = lab.site.upsc(&[&lab.site.address("lab"), "ups.status"]);
    assert_eq!(done.stdout, "OL\n");
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    for wire in &mut silent {
        wire.expect_closed();
    }
    let told = lab.upsd.printed();
    let lines = told
        .lines()
        .filter(|line| line.contains("it was not done after 10 s"));
    let count = lines.count();
    assert!((1..=10).contains(&count), "{count} lines for {PEERS} peers");
}

#[test]
fn a_reload_renews_certificates_and_drops_nobody() {
    let (old, new) = (Ca::new("old"), Ca::new("new"));
    let mut lab = Lab::new(&old);
    let mut plain = lab.wire();
    let (_sandbox, mut upsmon) = upsmon(lab.site.port, "FORCESSL 1\n");
    lab.upsd
        .wait_for_line("User mon@127.0.0.1 logged into UPS [lab] (SSL)", PATIENCE);
    assert_eq!(lab.client(&old).stdout, "OL\n");
    renew(
        &lab.site,
        &new.issue("server", &["localhost"], Valid::Now).file(),
    );
    lab.upsd.signal(Signal::SIGHUP);
    lab.upsd.wait_for_line("configuration reloaded", PATIENCE);
    assert_eq!(lab.client(&new).stdout, "OL\n");
    assert!(
        lab.client(&old)
            .stderr
            .contains("is signed by CN=new, which is no authority")
    );

    renew(&lab.site, "-----BEGIN CERTIFICATE-----\n");
    lab.upsd.signal(Signal::SIGHUP);
    let told = lab.upsd.wait_for_line("Reload failed: ", PATIENCE);
    assert!(
        told.contains("upsd.conf:2: CERTFILE: ")
            && told.contains("server.pem:1: a block without its END"),
        "{told}"
    );
    assert_eq!(lab.client(&new).stdout, "OL\n");
    assert_eq!(plain.list("CLIENT lab"), ["CLIENT lab 127.0.0.1"]);
    let told = lab.upsd.printed();
    assert_eq!(told.matches("logged into UPS").count(), 1, "{told}");
    assert!(upsmon.ended().is_none());
}

#[test]
fn an_upsd_with_a_bad_certificate_does_not_start() {
    let site = Site::new();
    renew(&site, "nothing");
    site.devices(&[("lab", "ups.status: OL\n")]);
    let upsd = Program::locknut("upsd", &site.sandbox)
        .arg("-F")
        .as_myself();
    let done = upsd.run();
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert!(
        done.stderr
            .contains("upsd.conf:2: CERTFILE: there is no certificate in "),
        "{}",
        done.stderr
    );
    let check = Program::locknut("upsd", &site.sandbox).arg("-t").run();
    assert_eq!(check.code, Some(1), "{}", check.stderr);
    assert!(
        check
            .stderr
            .contains("upsd.conf:2: CERTFILE: there is no certificate in "),
        "{}",
        check.stderr
    );
}

#[test]
fn forcessl_sends_no_password_to_a_server_without_encryption() {
    let site = Site::new();
    site.devices(&[("lab", "ups.status: OL\n")]);
    site.sandbox.write("upsd.users", USERS);
    let _driver = site.driver("lab");
    let mut upsd = site.upsd();
    site.await_value("lab", "ups.status", "OL");
    let (_sandbox, upsmon) = upsmon(site.port, "FORCESSL 1\n");
    upsmon.wait_for_line(
        "SSL is not available: the server refuses it (FEATURE-NOT-CONFIGURED",
        PATIENCE,
    );
    assert!(Wire::connect(site.port).list("CLIENT lab").is_empty());
    // a certificate and a reload are all that it takes
    renew(
        &site,
        &Ca::new("ca")
            .issue("server", &["localhost"], Valid::Now)
            .file(),
    );
    upsd.signal(Signal::SIGHUP);
    upsd.wait_for_line("logged into UPS [lab] (SSL)", PATIENCE);
}

#[test]
fn the_password_of_a_key_is_in_no_log() {
    let site = Site::new();
    renew(
        &site,
        &Ca::new("ca")
            .issue("server", &["localhost"], Valid::Now)
            .file(),
    );
    let path = site.sandbox.etc().join("server.pem");
    let conf = format!(
        "LISTEN 127.0.0.1 {}\nCERTFILE {}\nCERTIDENT nobody hunter2\n",
        site.port,
        path.display()
    );
    site.sandbox.write("upsd.conf", &conf);
    let upsd = Program::locknut("upsd", &site.sandbox).args(["-F", "-DDDDDD"]);
    let done = upsd.as_myself().run();
    let told = done.stdout + &done.stderr;
    assert!(
        told.contains("upsd.conf:3: CERTIDENT: the certificate does not carry the name"),
        "{told}"
    );
    assert!(!told.contains("hunter2"), "{told}");
}
