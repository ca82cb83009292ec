//! Passwords of keys, and keys, in what programs show; upslog and upssched, which are given files with passwords.

use std::fs;

use testkit::pki::{Ca, Valid};
use testkit::{PATIENCE, Program, Signal, installed, skipped_unless_ci};
use tests::Site;

use crate::shown::{LOUD, Shown};

/// A certificate whose key has this password.
const OF_KEY: &str = "Zq7ofkey";
const WRONG: &str = "Zq7wrong";

/// Encrypts a key as an administrator does; `None` without openssl.
fn sealed(site: &Site, key: &str) -> Option<String> {
    let openssl = installed("openssl")?;
    let path = site.sandbox.etc().join("plain.key");
    fs::write(&path, key).unwrap();
    let sealing = Program::at(&openssl, &site.sandbox).args(["pkcs8", "-topk8", "-in"]);
    let sealing = sealing.arg(&path).args(["-passout", "stdin"]);
    let done = sealing.input(&format!("{OF_KEY}\n")).run();
    fs::remove_file(path).unwrap();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    Some(done.stdout)
}

/// Settings in the files of all that use certificates.
fn configure(site: &Site, password: &str) {
    let pem = site.sandbox.etc().join("own.pem");
    let (pem, port) = (pem.display(), site.port);
    let own = format!("CERTFILE {pem}\nCERTIDENT \"\" {password}\n");
    let listen = format!("LISTEN 127.0.0.1 {port}\n{own}");
    site.sandbox.write("upsd.conf", &listen);
    let monitor = format!(
        "MONITOR calm@127.0.0.1:{port} 1 pri {WRONG} primary\nSHUTDOWNCMD \"true\"\nPOLLFREQ 1\n{own}"
    );
    site.sandbox.write("upsmon.conf", &monitor);
    let nutauth = format!(
        "USER = pri\nPASS = {WRONG}\nPASWORD = {WRONG}\nCERTFILE = {pem}\nCERTIDENT_NAME = x\nCERTIDENT_PASS = {password}\n"
    );
    site.sandbox.write("nutauth.conf", &nutauth);
}

#[test]
fn the_password_of_a_key_is_shown_nowhere() {
    let site = Site::new();
    site.devices(&[("calm", "ups.status: OL\n")]);
    let issued = Ca::new("ca").issue("x", &["localhost"], Valid::Now);
    let Some(key) = sealed(&site, &issued.key) else {
        return skipped_unless_ci(
            "the_password_of_a_key_is_shown_nowhere",
            "the program openssl",
        );
    };
    site.sandbox.write("own.pem", &(issued.certificate + &key));
    let _driver = site.driver("calm");
    let mut shown = Shown::default();
    let program = |name: &str| Program::locknut(name, &site.sandbox);
    configure(&site, OF_KEY);
    let mut upsd = program("upsd").arg(LOUD).as_myself().start();
    upsd.wait_for_line("listening on", PATIENCE);
    let mut upsmon = program("upsmon").arg(LOUD).as_myself().start();
    // encrypted, and with a wrong password inside
    upsd.wait_for_line("Access denied", PATIENCE);
    let ups = format!("calm@localhost:{}", site.port);
    for password in [OF_KEY, WRONG] {
        configure(&site, password);
        upsd.signal(Signal::SIGHUP);
        upsmon.signal(Signal::SIGHUP);
        let told = if password == OF_KEY {
            "configuration reloaded"
        } else {
            "Reload failed"
        };
        upsd.wait_for_line(told, PATIENCE);
        for (name, words) in [
            ("upsd", &["-t"][..]),
            ("upsmon", &["-t"]),
            ("upsc", &["-A", "default", &ups, "ups.status"]),
            ("upsrw", &["-A", "default", "-s", "ups.id=x", &ups]),
            ("upscmd", &["-A", "default", &ups, "load.off"]),
            (
                "upslog",
                &[
                    "-DDDDDD", "-A", "default", "-s", &ups, "-l", "-", "-i", "1", "-d", "1",
                ],
            ),
        ] {
            shown.add_all(name, &program(name).args(words).run());
        }
    }
    assert!(shown.of("upsc").contains("OL"), "{}", shown.of("upsc"));
    for (name, running) in [("upsd", &mut upsd), ("upsmon", &mut upsmon)] {
        shown.look_at(name, running);
        running.signal(Signal::SIGTERM);
        running.wait_for_end(PATIENCE);
        shown.add(&format!("log of {name}"), &running.printed());
    }
    shown.search();
}

#[test]
fn upsd_tls_and_upssched_show_no_key_and_no_password() {
    let site = Site::new();
    let mut shown = Shown::default();
    let program = |name: &str| Program::locknut(name, &site.sandbox);
    for words in [
        &["init"][..],
        &["init"],
        &["client", "desk"],
        &["server", "--force"],
        &["client", "../x"],
        &["-V"],
        &["-h"],
    ] {
        shown.add_all("upsd-tls", &program("upsd-tls").args(words).run());
    }
    let dir = site.sandbox.etc().join("tls");
    // with files that are damaged
    for name in ["ca.pem", "ca.key"] {
        let text = fs::read_to_string(dir.join(name)).unwrap();
        fs::write(dir.join(name), text.replace('A', "\n")).unwrap();
        shown.add_all(
            "upsd-tls",
            &program("upsd-tls").args(["client", "other"]).run(),
        );
    }
    assert!(shown.of("upsd-tls").contains("upsd.pem"));
    let conf = "CMDSCRIPT /bin/true\nPIPEFN x\nLOCKFN y\nAT ONBATT * START-TIMER t Zq\nPASSWORD Zq7upssched\n";
    site.sandbox.write("upssched.conf", conf);
    for words in [&["-t"][..], &["-DDDDDD"], &["-V"], &["-h"]] {
        let upssched = program("upssched").args(words).env("NOTIFYTYPE", "ONBATT");
        shown.add_all("upssched", &upssched.env("UPSNAME", "calm").run());
    }
    assert!(
        shown.of("upssched").contains("upssched.conf"),
        "{}",
        shown.of("upssched")
    );
    shown.search();
}
