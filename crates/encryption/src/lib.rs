//! What upsd.conf and upsmon.conf say about encryption, in the terms of crate `tls`: each value with its place.

#![forbid(unsafe_code)]

use std::path::Path;

use config::{CertRequest, UpsdConf, UpsmonConf};
use tls::{ClientSettings, HostRule, Ident, Request, Said, ServerSettings, Source};

/// What upsmon.conf, which is `file`, says.
#[must_use]
pub fn of_upsmon(file: &Path, conf: &UpsmonConf) -> ClientSettings {
    let source = Source {
        file,
        line: &|directive| conf.place(directive).map(|place| place.line),
    };
    let certident = conf.certident.as_ref().map(|ident| Ident {
        name: ident.name.clone(),
        password: ident.password.clone(),
    });
    let certhosts = conf.certhosts.iter().map(|rule| {
        let (host, port) = rule.server();
        let own = HostRule {
            host: host.to_owned(),
            port,
            name: rule.name.clone(),
            verify: rule.verify,
            force: rule.force,
        };
        Said::new(
            own,
            format!("{}:{}: CERTHOST", file.display(), rule.place.line),
        )
    });
    ClientSettings {
        certpath: source.said_path(conf.certpath.as_deref(), "CERTPATH"),
        certfile: source.said_path(conf.certfile.as_deref(), "CERTFILE"),
        certident: source.said(certident, "CERTIDENT"),
        certverify: source.said(conf.certverify, "CERTVERIFY"),
        forcessl: source.said(conf.forcessl, "FORCESSL"),
        certhosts: certhosts.collect(),
    }
}

/// What upsd.conf in `dir` says.
#[must_use]
pub fn of_upsd(dir: &Path, conf: &UpsdConf) -> ServerSettings {
    let source = Source {
        file: &dir.join("upsd.conf"),
        line: &|directive| conf.place(directive).map(|place| place.line),
    };
    let certident = conf.certident.as_ref().map(|ident| Ident {
        name: ident.name.clone(),
        password: ident.password.clone(),
    });
    let certrequest = conf.certrequest.map(|request| match request {
        CertRequest::No => Request::No,
        CertRequest::Request => Request::Ask,
        CertRequest::Require => Request::Require,
    });
    ServerSettings {
        certfile: source.said_path(conf.certfile.as_deref(), "CERTFILE"),
        certpath: source.said_path(conf.certpath.as_deref(), "CERTPATH"),
        certident: source.said(certident, "CERTIDENT"),
        certrequest: source.said(certrequest, "CERTREQUEST"),
        disable_weak_ssl: source.said(conf.disable_weak_ssl, "DISABLE_WEAK_SSL"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_of_upsmon_are_told_with_their_lines() {
        let text = b"FORCESSL 1\nCERTPATH /ca\nCERTHOST a:99 rack -1 1\n";
        let conf = UpsmonConf::parse(Path::new("x"), text).value;
        let settings = of_upsmon(Path::new("/etc/nut/upsmon.conf"), &conf);
        assert_eq!(
            settings.certpath.unwrap().at,
            "/etc/nut/upsmon.conf:2: CERTPATH"
        );
        assert!(settings.forcessl.unwrap().value && settings.certverify.is_none());
        let rule = settings.certhosts.first().unwrap();
        assert_eq!(rule.at, "/etc/nut/upsmon.conf:3: CERTHOST");
        assert_eq!((rule.value.host.as_str(), rule.value.port), ("a", Some(99)));
        assert_eq!((rule.value.verify, rule.value.force), (None, Some(true)));
    }

    #[test]
    fn names_without_a_slash_in_front_are_beside_the_file() {
        let text = b"CERTPATH tls/ca.pem\nCERTFILE /b.pem\n";
        let conf = UpsmonConf::parse(Path::new("x"), text).value;
        let settings = of_upsmon(Path::new("/etc/nut/upsmon.conf"), &conf);
        let (path, file) = (settings.certpath.unwrap(), settings.certfile.unwrap());
        assert_eq!(path.value, Path::new("/etc/nut/tls/ca.pem"));
        assert_eq!(file.value, Path::new("/b.pem"));
        let conf = UpsdConf::parse(Path::new("x"), text).value;
        let settings = of_upsd(Path::new("/etc/nut"), &conf);
        let (path, file) = (settings.certpath.unwrap(), settings.certfile.unwrap());
        assert_eq!(path.value, Path::new("/etc/nut/tls/ca.pem"));
        assert_eq!(file.value, Path::new("/b.pem"));
    }

    #[test]
    fn directives_of_upsd_are_told_with_their_lines() {
        let text = b"MAXAGE 3\nCERTFILE /a\nCERTREQUEST 2\n";
        let conf = UpsdConf::parse(Path::new("x"), text).value;
        let settings = of_upsd(Path::new("/etc/nut"), &conf);
        assert_eq!(
            settings.certfile.unwrap().at,
            "/etc/nut/upsd.conf:2: CERTFILE"
        );
        let request = settings.certrequest.unwrap();
        assert_eq!(
            (request.value, request.at.as_str()),
            (Request::Require, "/etc/nut/upsd.conf:3: CERTREQUEST")
        );
    }
}
