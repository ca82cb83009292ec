//! Certificates that `upsd-tls` makes, used as the lines that it prints say.

use crate::servers::USERS;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use testkit::{
    Finished, PATIENCE, Program, Running, Sandbox, Signal, Wire, eventually, installed,
    skipped_unless_ci,
};
use tests::Site;

/// A server that lets nobody in without a certificate, all of it made by one command.
struct Lab {
    site: Site,
    /// Where the certificates are.
    dir: PathBuf,
    /// What the command said.
    told: String,
    upsd: Running,
    _driver: Running,
}

impl Lab {
    fn new() -> Self {
        let site = Site::new();
        site.devices(&[("lab", "ups.status: OL\n")]);
        site.sandbox.write("upsd.users", USERS);
        let dir = site.sandbox.etc().join("tls");
        let made = upsd_tls(&site.sandbox, &["init", "ups.example", "192.0.2.1"]);
        assert_eq!(made.code, Some(0), "{}", made.stderr);
        let conf = format!("LISTEN 127.0.0.1 {}\n", site.port);
        let conf = conf + &lines(&made.stdout, "in upsd.conf of ");
        site.sandbox.write("upsd.conf", &conf);
        let driver = site.driver("lab");
        let upsd = site.upsd();
        let fresh = || {
            let answer = Wire::connect(site.port).ask("GET VAR lab ups.status");
            (answer == "VAR lab ups.status \"OL\"").then_some(())
        };
        assert!(eventually(PATIENCE, fresh).is_some());
        Self {
            site,
            dir,
            told: made.stdout,
            upsd,
            _driver: driver,
        }
    }

    /// upsc on another host, with this nutauth.conf.
    fn upsc(&self, nutauth: &str) -> Finished {
        let sandbox = Sandbox::new();
        sandbox.write("nutauth.conf", nutauth);
        let upsc = Program::locknut("upsc", &sandbox).args(["-A", "default"]);
        upsc.args([&self.site.address("lab"), "ups.status"]).run()
    }

    /// upsmon on another host, with these lines: whether it is let in.
    #[track_caller]
    fn lets_in_upsmon(&self, more: &str) {
        let sandbox = Sandbox::new();
        let monitor = format!(
            "MONITOR lab@localhost:{} 1 mon secret primary\nSHUTDOWNCMD \"true\"\nPOLLFREQ 1\n",
            self.site.port
        );
        sandbox.write("upsmon.conf", &(monitor + more));
        let upsmon = Program::locknut("upsmon", &sandbox)
            .args(["-F", "-p"])
            .start();
        let logged_in = "User mon@127.0.0.1 logged into UPS [lab] (SSL)";
        self.upsd.wait_for_line(logged_in, PATIENCE);
        assert_eq!(upsmon.stop(), Some(0));
    }
}

fn upsd_tls(sandbox: &Sandbox, words: &[&str]) -> Finished {
    Program::locknut("upsd-tls", sandbox).args(words).run()
}

/// The lines behind one that begins with `head`, up to an empty one.
fn lines(told: &str, head: &str) -> String {
    let all = told.lines().skip_while(|line| !line.starts_with(head));
    let lines = all.skip(1).take_while(|line| !line.is_empty());
    let lines: String = lines.map(|line| format!("{line}\n")).collect();
    assert!(!lines.is_empty(), "{head}: {told}");
    lines
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn the_lines_it_prints_are_encryption_with_certificates_on_both_sides() {
    let mut lab = Lab::new();
    let made = upsd_tls(&lab.site.sandbox, &["client", "desk"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    for told in [&lab.told, &made.stdout] {
        let done = lab.upsc(&lines(told, "in nutauth.conf of "));
        assert_eq!(done.stdout, "OL\n", "{}", done.stderr);
        lab.lets_in_upsmon(&lines(told, "in upsmon.conf of "));
    }
    // without a certificate of its own
    let nutauth = lines(&made.stdout, "in nutauth.conf of ");
    let stranger: String = nutauth
        .lines()
        .filter(|line| !line.starts_with("CERTFILE"))
        .map(|line| format!("{line}\n"))
        .collect();
    let done = lab.upsc(&stranger);
    assert_eq!(
        (done.code, done.stdout.as_str()),
        (Some(1), ""),
        "{}",
        done.stderr
    );
    // a new one for the server: with more names, by the same authority
    let renewed = upsd_tls(&lab.site.sandbox, &["server", "--force", "new.example"]);
    assert_eq!(renewed.code, Some(0), "{}", renewed.stderr);
    assert!(
        renewed.stdout.contains(", new.example; valid until "),
        "{}",
        renewed.stdout
    );
    lab.upsd.signal(Signal::SIGHUP);
    lab.upsd.wait_for_line("configuration reloaded", PATIENCE);
    assert_eq!(lab.upsc(&nutauth).stdout, "OL\n");
}

#[test]
fn keys_are_for_those_who_need_them_and_nothing_is_overwritten() {
    let sandbox = Sandbox::new();
    let dir = sandbox.etc().join("tls");
    assert_eq!(upsd_tls(&sandbox, &["init"]).code, Some(0));
    assert_eq!(upsd_tls(&sandbox, &["client", "desk"]).code, Some(0));
    let files = [
        ("ca.key", 0o600),
        ("ca.pem", 0o644),
        ("desk.pem", 0o640),
        ("upsd.pem", 0o640),
    ];
    for (name, expected) in files {
        assert_eq!(mode(&dir.join(name)), expected, "{name}");
    }
    assert_eq!(fs::read_dir(&dir).unwrap().count(), files.len());
    let before = files.map(|(name, _)| fs::read(dir.join(name)).unwrap());
    for words in [["init", ""], ["server", ""], ["client", "desk"]] {
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let again = upsd_tls(&sandbox, &words);
        assert_eq!(again.code, Some(1), "{}", again.stdout);
        assert!(
            again.stderr.contains("is there already and stays as it is"),
            "{}",
            again.stderr
        );
    }
    assert_eq!(
        before,
        files.map(|(name, _)| fs::read(dir.join(name)).unwrap())
    );
    // without an authority there are no certificates
    fs::remove_file(dir.join("ca.key")).unwrap();
    let done = upsd_tls(&sandbox, &["client", "other"]);
    assert!(done.stderr.contains("run upsd-tls init"), "{}", done.stderr);
}

#[test]
fn the_certificate_of_a_client_is_no_servers() {
    let lab = Lab::new();
    let made = upsd_tls(&lab.site.sandbox, &["client", "localhost"]);
    let nutauth = lines(&made.stdout, "in nutauth.conf of ");
    let stolen = lab.dir.join("localhost.pem");
    fs::copy(stolen, lab.dir.join("upsd.pem")).unwrap();
    let mut lab = lab;
    lab.upsd.signal(Signal::SIGHUP);
    lab.upsd.wait_for_line("configuration reloaded", PATIENCE);
    let done = lab.upsc(&nutauth);
    assert_eq!((done.code, done.stdout.as_str()), (Some(1), ""));
    assert!(
        done.stderr.contains("certificate of localhost"),
        "{}",
        done.stderr
    );
}

/// Python's ssl is OpenSSL, which checks in its own way.
#[test]
fn openssl_believes_them_for_their_names_only() {
    const NAME: &str = "openssl_believes_them_for_their_names_only";
    let Some(python) = installed("python3") else {
        return skipped_unless_ci(NAME, "python3");
    };
    let lab = Lab::new();
    assert_eq!(
        upsd_tls(&lab.site.sandbox, &["client", "desk"]).code,
        Some(0)
    );
    let file = |name: &str| lab.dir.join(name).display().to_string();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("clients/tls_client.py");
    let ask = |host: &str, own: &str| {
        let port = lab.site.port.to_string();
        let client = Program::at(&python, &lab.site.sandbox).arg(&script);
        let client = client.args(["plain", &port, host, "", "yes", &file("ca.pem"), own, own]);
        client.env("PYTHONDONTWRITEBYTECODE", "1").run().stdout
    };
    for host in ["localhost", "127.0.0.1", "ups.example", "192.0.2.1"] {
        let told = ask(host, &file("desk.pem"));
        assert!(
            told.starts_with("accepted TLSv1.3 VAR lab ups.status"),
            "{host}: {told}"
        );
    }
    let told = ask("elsewhere.example", &file("desk.pem"));
    assert!(told.contains("Hostname mismatch"), "{told}");
    let told = ask("localhost", "");
    assert!(told.starts_with("refused"), "{told}");
}
