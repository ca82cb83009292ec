//! Crates that decide and never act: no clock, no socket, no file, no process.

use super::sources::Source;
use crate::workspace::Package;

/// The pure crates.
const PURE: &[&str] = &[
    "text", "secret", "hid", "mdns", "model", "proto", "ipc", "server", "monitor", "schedule",
];

/// What they may use of others: all only compute.
const MAY_USE: &[&str] = &["argon2", "base64ct", "subtle", "thiserror", "zeroize"];

/// What their sources may not name, tests apart.
const FORBIDDEN: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
];

/// What stands in `std::net` and is only a value; it stands in `core::net` too.
const VALUES: &[&str] = &[
    "IpAddr",
    "Ipv4Addr",
    "Ipv6Addr",
    "SocketAddr",
    "SocketAddrV4",
    "SocketAddrV6",
    "AddrParseError",
];

/// What is wrong with what the pure crates use.
pub(crate) fn check_packages(packages: &[Package]) -> Vec<String> {
    let pure = packages.iter().filter(|package| is_pure(&package.name));
    pure.flat_map(|package| {
        let wrong = package
            .others
            .iter()
            .filter(|used| !MAY_USE.contains(&used.as_str()));
        wrong.map(|used| format!("{} is pure, but uses {used}", package.name))
    })
    .collect()
}

/// What is wrong with one source file.
pub(crate) fn check_source(source: &Source) -> Vec<String> {
    if !is_pure(&source.package) || source.is_test {
        return Vec::new();
    }
    let wrong = source
        .facts
        .named
        .iter()
        .filter(|named| is_forbidden(&named.path));
    wrong
        .map(|named| {
            let (path, line) = (source.path.display(), named.line);
            format!(
                "{path}:{line}: {} is pure, but this names {}",
                source.package, named.path
            )
        })
        .collect()
}

fn is_pure(name: &str) -> bool {
    PURE.contains(&name)
}

fn is_forbidden(path: &str) -> bool {
    if let Some(inner) = path.strip_prefix("std::net::") {
        let item = inner.split("::").next().unwrap_or_default();
        return !VALUES.contains(&item);
    }
    FORBIDDEN.iter().any(|forbidden| {
        path.strip_prefix(forbidden)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::facts::Facts;

    fn told(package: &str, text: &str) -> Vec<String> {
        check_source(&Source {
            package: package.to_owned(),
            path: "x.rs".into(),
            is_test: false,
            lines: 0,
            facts: Facts::of(text).unwrap(),
        })
    }

    #[test]
    fn input_and_output_are_found_however_they_are_named() {
        for text in [
            "use std::fs;",
            "use std::{fmt, time::{Duration, Instant}};",
            "use std::time; fn f() { let _ = time::SystemTime::now(); }",
            "use std::time as t; fn f() -> t::Instant { loop {} }",
            "fn f() { ::std::thread::yield_now(); }",
            "fn f() { println!(\"{:?}\", std::env::args()); }",
            "use std::net::{IpAddr, TcpStream};",
            "use std::process::*;",
        ] {
            assert_eq!(
                told("model", text).len(),
                1,
                "{text}: {:?}",
                told("model", text)
            );
        }
    }

    #[test]
    fn values_and_tests_are_fine() {
        for text in [
            "use std::time::Duration; use std::net::IpAddr;",
            "#[cfg(test)] mod tests { use std::fs; #[test] fn x() { std::thread::yield_now(); } }",
            "#[test] fn x() { std::fs::exists(\"x\").unwrap(); }",
            "/// Like std::fs.\nfn f() { println!(\"std::env\"); }",
        ] {
            assert_eq!(told("model", text), [""; 0], "{text}");
        }
    }

    #[test]
    fn other_crates_may_do_what_they_like() {
        assert_eq!(told("daemon", "use std::fs;"), [""; 0]);
    }

    #[test]
    fn a_dependency_with_input_or_output_is_found() {
        let package = Package {
            name: "server".into(),
            others: vec!["subtle".into(), "tokio".into()],
            ..Package::default()
        };
        assert_eq!(
            check_packages(&[package]),
            ["server is pure, but uses tokio"]
        );
    }
}
