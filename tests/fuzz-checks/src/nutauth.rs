//! nutauth.conf, with files that it includes.

use client::auth::{AuthConf, Error};
use proto::HostPort;
use std::io;
use std::path::Path;

/// Servers asked for.
const SERVERS: &[&str] = &["localhost", "srv1", "srv1:3494", "[::1]:3493"];

/// No text panics, includes end, messages have a line and hide the text, and a caller's own name is kept.
pub fn check_nutauth(bytes: &[u8]) {
    let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
    let included = |path: &Path| match path.to_str() {
        Some("dir/half") => Ok(half.to_vec()),
        Some("dir/self") => Ok(bytes.to_vec()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    let conf = match AuthConf::parse(Path::new("dir/nutauth.conf"), bytes, &included) {
        Ok(conf) => conf,
        Err(Error::TooDeep { line, .. } | Error::Required { line, .. }) => {
            assert!(line >= 1);
            return;
        }
        Err(error) => panic!("{error}"),
    };
    let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() + 1;
    for problem in conf.problems() {
        let mut parts = problem.splitn(3, ':');
        let line = parts.nth(1).and_then(|line| line.parse::<usize>().ok());
        assert!(
            line.is_some_and(|line| (1..=lines).contains(&line)),
            "{problem:?}"
        );
        // as long as its own words, and none of the text
        assert!(problem.len() < 100, "{problem:?}");
    }
    for server in SERVERS
        .iter()
        .filter_map(|server| HostPort::parse(server).ok())
    {
        let found = conf.credentials(&server, Some("me"));
        assert_eq!(found.user.as_deref(), Some("me"));
        let _ = conf.credentials(&server, None);
    }
}
