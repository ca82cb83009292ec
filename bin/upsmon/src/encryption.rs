//! upsmon.conf's directives about encryption.

use std::path::Path;
use std::time::SystemTime;

use config::UpsmonConf;
use tls::{Client, ClientSettings, HostRule, Ident, Remark, Said, Source};
use tracing::{info, warn};

/// Reads the files that upsmon.conf names. `tell` is given what is to be said of them.
pub(crate) fn load(
    file: &Path,
    conf: &UpsmonConf,
    tell: fn(&Remark),
) -> Result<Client, tls::Error> {
    let mut remarks = Vec::new();
    let loaded = Client::load(&settings(file, conf), SystemTime::now(), &mut remarks);
    remarks.iter().for_each(tell);
    loaded
}

/// For [`load`]: into the log.
pub(crate) fn log(remark: &Remark) {
    match remark {
        Remark::Info(text) => info!("{text}"),
        Remark::Warning(text) => warn!("{text}"),
    }
}

fn settings(file: &Path, conf: &UpsmonConf) -> ClientSettings {
    let source = Source {
        file,
        line: &|directive| conf.place(directive).map(|place| place.line),
    };
    let certident = conf.certident.as_ref().map(|ident| Ident {
        name: ident.name.clone(),
        password: ident.password.clone(),
    });
    let certhosts = conf.certhosts.iter().map(|rule| {
        let (host, port) = HostRule::server(&rule.host);
        let own = HostRule {
            host,
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
        certpath: source.said(conf.certpath.clone(), "CERTPATH"),
        certfile: source.said(conf.certfile.clone(), "CERTFILE"),
        certident: source.said(certident, "CERTIDENT"),
        certverify: source.said(conf.certverify, "CERTVERIFY"),
        forcessl: source.said(conf.forcessl, "FORCESSL"),
        certhosts: certhosts.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_told_with_their_lines() {
        let text = b"FORCESSL 1\nCERTPATH /ca\nCERTHOST a:99 rack -1 1\n";
        let conf = UpsmonConf::parse(Path::new("x"), text).value;
        let settings = settings(Path::new("/etc/nut/upsmon.conf"), &conf);
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
}
