use super::*;
use crate::testing::{Ca, said};
use secret::Secret;
use std::fs;
use std::path::Path;
use std::time::SystemTime;
use testkit::pki::{Issued, Valid};

fn load(text: &str, ident: Option<(&str, &str)>) -> Result<Vec<Remark>, String> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("id.pem");
    write(&path, text);
    let ident = ident.map(|(name, password)| {
        said(Ident {
            name: name.to_owned(),
            password: Secret::new(password),
        })
    });
    let mut remarks = Vec::new();
    let now = crate::seconds(SystemTime::now());
    Identity::load(&said(path), ident.as_ref(), now, &mut remarks)
        .map(|_| remarks)
        .map_err(|error| error.to_string())
}

fn write(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o640)).unwrap();
}

fn issued(valid: Valid) -> Issued {
    Ca::new("ca").issue("ups.example", &["ups.example"], valid)
}

/// Encrypts a key with the password `swordfish`.
fn sealed(key: &str) -> String {
    use pkcs8::pkcs5::pbes2;
    let der = crate::pem::blocks(key.as_bytes()).unwrap()[0].der.to_vec();
    let parameters =
        pbes2::Parameters::generate_pbkdf2_sha256_aes256cbc(2048, b"saltsalt", [7; 16]).unwrap();
    let info = pkcs8::PrivateKeyInfoRef::try_from(der.as_slice()).unwrap();
    let sealed = info.encrypt_with_params(parameters, "swordfish").unwrap();
    armoured("ENCRYPTED PRIVATE KEY", sealed.as_bytes())
}

fn armoured(label: &str, der: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in der.chunks(3) {
        let mut bits = 0_usize;
        for at in 0..3 {
            bits = bits << 8 | usize::from(chunk.get(at).copied().unwrap_or(0));
        }
        for at in 0..=chunk.len() {
            text.push(char::from(LETTERS[bits >> (18 - 6 * at) & 63]));
        }
    }
    format!("-----BEGIN {label}-----\n{text}\n-----END {label}-----\n")
}

#[test]
fn a_file_in_any_order_will_do() {
    let (ca, other) = (Ca::new("ca"), Ca::new("other"));
    let own = ca.issue("ups.example", &["ups.example"], Valid::Now);
    for text in [
        own.file(),
        own.certificate.clone() + &ca.pem() + &own.key,
        own.key.clone() + &other.pem() + &own.certificate,
    ] {
        let remarks = load(&text, None).unwrap();
        let [Remark::Info(told)] = &remarks[..] else {
            panic!("{remarks:?}");
        };
        assert!(
            told.starts_with("certificate CN=ups.example for ups.example, valid until "),
            "{told}"
        );
    }
}

#[test]
fn what_is_missing_is_told() {
    let own = issued(Valid::Now);
    for (text, told) in [
        (own.key.clone(), "there is no certificate in "),
        (own.certificate.clone(), "there is no private key in it"),
        (
            own.certificate.clone() + &issued(Valid::Now).key,
            "belongs to none of the certificates",
        ),
        (own.file() + "-----BEGIN X-----", "id.pem:"),
        (
            own.certificate.clone() + &armoured("PRIVATE KEY", b"junk"),
            "keys are RSA of 2048",
        ),
        (
            own.certificate.clone() + &armoured("DSA PRIVATE KEY", b"junk"),
            "\"DSA PRIVATE KEY\" cannot be used",
        ),
        (
            own.certificate.clone()
                + "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n-----END RSA PRIVATE KEY-----\n",
            "convert it with: openssl pkcs8 -topk8",
        ),
    ] {
        let error = load(&text, None).unwrap_err();
        assert!(
            error.starts_with("x.conf:1: ") && error.contains(told),
            "{error}"
        );
    }
}

#[test]
fn an_encrypted_key_opens_with_its_password_only() {
    let own = issued(Valid::Now);
    let text = own.certificate.clone() + &sealed(&own.key);
    assert!(load(&text, Some(("", "swordfish"))).is_ok());
    let error = load(&text, None).unwrap_err();
    assert!(
        error.contains("is encrypted; give its password: CERTIDENT"),
        "{error}"
    );
    let error = load(&text, Some(("", "hunter2"))).unwrap_err();
    assert!(
        error.contains("this password does not open the private key in "),
        "{error}"
    );
    assert!(!error.contains("hunter2"), "{error}");
    let junk = own.certificate + &armoured("ENCRYPTED PRIVATE KEY", b"junk");
    let error = load(&junk, Some(("", "x"))).unwrap_err();
    assert!(
        error.contains("encrypted in a way that is not known here"),
        "{error}"
    );
}

#[test]
fn an_empty_password_opens_nothing() {
    let own = issued(Valid::Now);
    let text = own.certificate.clone() + &sealed(&own.key);
    let error = load(&text, Some(("ups.example", ""))).unwrap_err();
    assert!(error.contains("in nutauth.conf CERTIDENT_PASS"), "{error}");
}

#[test]
fn who_may_read_matters_where_a_key_is() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("id.pem");
    let own = issued(Valid::Now);
    for (text, warned) in [(own.file(), true), (own.certificate, false)] {
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let mut remarks = Vec::new();
        let _ = Identity::load(&said(path.clone()), None, 0, &mut remarks);
        let told = |remark: &Remark| remark.text().contains("everybody can read");
        assert_eq!(remarks.iter().any(told), warned, "{remarks:?}");
    }
}

#[test]
fn a_pipe_is_not_waited_for() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("id.pem");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    let (told, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let loaded = Identity::load(&said(path), None, 0, &mut Vec::new());
        told.send(loaded.err().map(|error| error.to_string()))
    });
    let error = heard.recv_timeout(std::time::Duration::from_secs(30));
    let error = error.unwrap().unwrap();
    assert!(error.contains("it is a pipe, not a file"), "{error}");
}

#[test]
fn the_name_of_certident_must_be_the_certificates() {
    let text = issued(Valid::Now).file();
    for name in ["", "ups.example", "CN=ups.example", "/CN=ups.example"] {
        assert!(load(&text, Some((name, "x"))).is_ok(), "{name}");
    }
    let error = load(&text, Some(("desk", "x"))).unwrap_err();
    assert!(
        error.contains("does not carry the name \"desk\": it is CN=ups.example for ups.example"),
        "{error}"
    );
}

#[test]
fn a_certificate_near_its_end_or_past_it_is_warned_of() {
    for (valid, told) in [
        (Valid::Past, "has expired on 2020-02-01 00:00 UTC"),
        (Valid::Future, "is not valid before "),
        (Valid::Days(3), "expires in 3 days, on "),
    ] {
        let remarks = load(&issued(valid).file(), None).unwrap();
        let warned =
            |remark: &Remark| matches!(remark, Remark::Warning(text) if text.contains(told));
        assert!(remarks.iter().any(warned), "{remarks:?}");
    }
    let remarks = load(&issued(Valid::Days(40)).file(), None).unwrap();
    assert!(
        !remarks
            .iter()
            .any(|remark| matches!(remark, Remark::Warning(_))),
        "{remarks:?}"
    );
}
