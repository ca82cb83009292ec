//! `upsd -t`: every mistake is told, with its place.

#![cfg(test)]

use testkit::{Finished, Program};
use tests::Site;

const UPS_CONF: &str = "\
maxretry = many
[rack]
  driver = usbhid-ups
  port = auto
  pollinterval = 0
[lab]
  driver = dummy-ups
[Rack]
  driver = dummy-ups
  port = \"a#b\"
[c d]
";
const UPSD_CONF: &str = "\
LISTEN 127.0.0.1 99999
MAXAGEE 15
TRACKINGDELAY
CERTREQUEST sometimes
";
const UPSD_USERS: &str = "\
[admin]
  password = x
  upsmon prime
";

/// File, line, column and a word of the message; where C NUT says nothing at all it is a mistake nevertheless.
#[rustfmt::skip]
const MISTAKES: &[(&str, u32, u32, &str)] = &[
    ("ups.conf",   1, 12, "many"),
    ("ups.conf",   5, 18, "0"),
    ("ups.conf",   6,  1, "port"),
    ("ups.conf",   8,  1, "case"),
    ("ups.conf",  10, 12, "quotes"),
    ("ups.conf",  11,  1, "header"),
    ("upsd.conf",  1, 18, "99999"),
    ("upsd.conf",  2,  1, "MAXAGE"),
    ("upsd.conf",  3,  1, "TRACKINGDELAY"),
    ("upsd.conf",  4, 13, "sometimes"),
    ("upsd.users", 3, 10, "prime"),
];

fn check(site: &Site) -> Finished {
    Program::locknut("upsd", &site.sandbox).arg("-t").run()
}

#[test]
fn planted_mistakes_give_as_many_located_messages() {
    let site = Site::new();
    site.sandbox
        .write("ups.conf", UPS_CONF)
        .write("upsd.conf", UPSD_CONF)
        .write("upsd.users", UPSD_USERS);
    let done = check(&site);
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    let lines: Vec<&str> = done.stderr.lines().collect();
    for (file, line, col, word) in MISTAKES {
        let place = format!("{}:{line}:{col}: ", site.sandbox.etc().join(file).display());
        let at = lines
            .iter()
            .position(|each| each.starts_with(&place) && each.contains(word));
        let at =
            at.unwrap_or_else(|| panic!("no message at {place} with {word} in:\n{}", done.stderr));
        assert_shown(&lines[at + 1..], file, *line, *col);
    }
    let told = lines
        .iter()
        .filter(|line| line.contains(": error: ") || line.contains(": warning: "))
        .count();
    assert_eq!(told, MISTAKES.len(), "{}", done.stderr);
}

/// The source line follows, and a caret below the place. A line that may hold a password is not shown.
fn assert_shown(lines: &[&str], file: &str, line: u32, col: u32) {
    let text = match file {
        "ups.conf" => UPS_CONF,
        "upsd.conf" => UPSD_CONF,
        _ => UPSD_USERS,
    };
    let source = text.lines().nth(line as usize - 1).unwrap();
    assert_eq!(
        lines[..2],
        [source, &format!("{:>1$}", "^", col as usize)],
        "{file}:{line}"
    );
}

#[test]
fn files_in_order_pass() {
    let site = Site::new();
    site.devices(&[("lab", "ups.status: OL\n")]);
    let done = check(&site);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
}

#[test]
fn a_missing_file_is_told() {
    let site = Site::new();
    std::fs::remove_file(site.sandbox.etc().join("upsd.users")).unwrap();
    let done = check(&site);
    assert_eq!(done.code, Some(1), "{}", done.stderr);
    assert!(done.stderr.contains("upsd.users"), "{}", done.stderr);
}

#[test]
fn a_password_is_never_shown() {
    let site = Site::new();
    site.sandbox.write(
        "upsd.users",
        "[admin]\n  pasword = hunter2\n  password = \"hunter2\n",
    );
    let done = check(&site);
    assert!(done.stderr.contains("upsd.users:2:3: "), "{}", done.stderr);
    assert!(!(done.stdout + &done.stderr).contains("hunter2"));
}

#[test]
fn what_is_to_be_said_of_certificates_is_counted() {
    let site = Site::new();
    site.sandbox
        .write("ups.conf", "[a]\n driver = x\n port = y\n")
        .write("upsd.conf", "CERTREQUEST 2\n")
        .write("upsd.users", "");
    let done = check(&site);
    let told = "upsd.conf:1: CERTREQUEST means nothing without CERTFILE";
    assert!(
        done.stderr.contains("upsd: warning: ") && done.stderr.contains(told),
        "{done:?}"
    );
    assert!(done.stderr.contains("0 errors, 1 warnings"), "{done:?}");
    site.sandbox.write("upsd.conf", "CERTFILE gone.pem\n");
    let done = check(&site);
    let told = format!(
        "cannot read {}: ",
        site.sandbox.etc().join("gone.pem").display()
    );
    assert!(
        done.stderr.contains("upsd: error: ") && done.stderr.contains(&told),
        "{done:?}"
    );
    assert!(done.stderr.contains("1 errors, 0 warnings"), "{done:?}");
}
