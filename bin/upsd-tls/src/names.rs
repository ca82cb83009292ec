//! What the certificate of a server must be for, and what a client may be called.

use std::net::IpAddr;

use crate::Error;

/// Longest name of a subject (RFC 5280, appendix A.1), and longest of a host.
const CLIENT_MAX: usize = 64;
const HOST_MAX: usize = 253;
/// Files of the directory that are no client's.
const TAKEN: [&str; 2] = ["ca", "upsd"];

/// Checks names and addresses of a server.
pub(crate) fn hosts(given: &[String]) -> Result<Vec<String>, Error> {
    let odd = given.iter().find(|name| !is_host(name));
    odd.map_or_else(
        || Ok(given.to_vec()),
        |odd| Err(Error::Name(odd.clone(), "server")),
    )
}

/// A name or address that a certificate can carry; the first part may be `*`.
fn is_host(name: &str) -> bool {
    let plain = name.strip_prefix("*.").unwrap_or(name);
    let part = |part: &str| {
        let usual = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (1..=63).contains(&part.len()) && part.bytes().all(usual) && !part.starts_with('-')
    };
    name.parse::<IpAddr>().is_ok() || name.len() <= HOST_MAX && plain.split('.').all(part)
}

/// Checks the name of a client, which becomes that of a file.
pub(crate) fn client(name: &str) -> Result<String, Error> {
    let usual = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte);
    let fits = (1..=CLIENT_MAX).contains(&name.len())
        && name.bytes().all(usual)
        && !name.starts_with(['.', '-'])
        && !TAKEN.contains(&name);
    if fits {
        Ok(name.to_owned())
    } else {
        Err(Error::Name(name.to_owned(), "client"))
    }
}

/// All that a server on `host` is called: its name, the longer ones that `/etc/hosts` gives it, the shorter one, this very
/// host, and what was given.
pub(crate) fn of_server(host: &str, etc_hosts: &str, given: &[String]) -> Vec<String> {
    let short = host.split('.').next().unwrap_or(host);
    let mut all = vec![host.to_owned()];
    all.extend(long_names(short, etc_hosts));
    all.extend([short, "localhost", "127.0.0.1", "::1"].map(str::to_owned));
    all.extend_from_slice(given);
    let mut names: Vec<String> = Vec::new();
    for name in all.into_iter().filter(|name| is_host(name)) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            names.push(name);
        }
    }
    names
}

/// Names with dots that begin with `short`.
fn long_names(short: &str, etc_hosts: &str) -> Vec<String> {
    let lines = etc_hosts.lines().map(|line| line.split('#').next());
    let words = lines.flat_map(|line| line.unwrap_or_default().split_whitespace().skip(1));
    let is_long = |word: &&str| {
        let parts = word.split_once('.');
        parts.is_some_and(|(first, rest)| first.eq_ignore_ascii_case(short) && !rest.is_empty())
    };
    words.filter(is_long).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_all_the_names_of_its_host() {
        let etc_hosts = "127.0.0.1 localhost # rack.not\n192.0.2.1 Rack.example.org rack\n192.0.2.2 rack2.example.org";
        let given = ["ups.example".to_owned(), "192.0.2.1".to_owned()];
        assert_eq!(
            of_server("rack", etc_hosts, &given),
            [
                "rack",
                "Rack.example.org",
                "localhost",
                "127.0.0.1",
                "::1",
                "ups.example",
                "192.0.2.1"
            ]
        );
        assert_eq!(
            of_server("rack.lan", "", &["localhost".to_owned()]),
            ["rack.lan", "rack", "localhost", "127.0.0.1", "::1"]
        );
        // what a certificate cannot carry is left out
        assert_eq!(of_server("a b", "", &[]), ["localhost", "127.0.0.1", "::1"]);
    }

    #[test]
    fn names_that_make_no_file_or_certificate_are_refused() {
        for name in ["desk", "desk.example.org", "mon@desk", "a_b-c"] {
            assert!(client(name).is_ok(), "{name}");
        }
        let long = "x".repeat(65);
        for name in [
            "", "ca", "upsd", "a/b", "..", ".x", "-o", "a b", "\u{e4}", &long,
        ] {
            assert!(client(name).is_err(), "{name}");
        }
        for name in ["ups", "*.example.org", "2001:db8::1", "10.0.0.1"] {
            assert!(is_host(name), "{name}");
        }
        for name in ["", "a..b", "a/b", "-x", "*", "a.*", "a b"] {
            assert!(!is_host(name), "{name}");
        }
    }
}
