//! upsmon.conf's directives about encryption.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use config::UpsmonConf;
use tls::{Client, ClientSettings, HostRule, Ident, Remark, Said};
use tracing::{info, warn};

/// Reads the files that upsmon.conf names. `tell` is given what is to be said of them, and whether it is a warning.
pub(crate) fn load(
    file: &Path,
    conf: &UpsmonConf,
    tell: fn(bool, &str),
) -> Result<Client, tls::Error> {
    let mut remarks = Vec::new();
    let loaded = Client::load(&settings(file, conf), SystemTime::now(), &mut remarks);
    for remark in &remarks {
        match remark {
            Remark::Info(text) => tell(false, text),
            Remark::Warning(text) => tell(true, text),
        }
    }
    loaded
}

/// For [`load`]: into the log.
pub(crate) fn log(is_warning: bool, text: &str) {
    if is_warning {
        warn!("{text}");
    } else {
        info!("{text}");
    }
}

fn settings(file: &Path, conf: &UpsmonConf) -> ClientSettings {
    let at = |directive: &str| {
        let line = conf
            .place(directive)
            .map(|place| format!(":{}", place.line));
        format!(
            "{}{}: {directive}",
            file.display(),
            line.unwrap_or_default()
        )
    };
    let path =
        |path: &Option<PathBuf>, directive| path.clone().map(|path| Said::new(path, at(directive)));
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
        certpath: path(&conf.certpath, "CERTPATH"),
        certfile: path(&conf.certfile, "CERTFILE"),
        certident: conf.certident.as_ref().map(|ident| {
            let ident = Ident {
                name: ident.name.clone(),
                password: ident.password.clone(),
            };
            Said::new(ident, at("CERTIDENT"))
        }),
        certverify: conf
            .certverify
            .map(|verify| Said::new(verify, at("CERTVERIFY"))),
        forcessl: conf.forcessl.map(|force| Said::new(force, at("FORCESSL"))),
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
