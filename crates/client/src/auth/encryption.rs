//! What nutauth.conf says about encryption, key by key.

use std::path::{Path, PathBuf};

use proto::HostPort;
use secret::Secret;
use tls::{ClientSettings, HostRule, Ident, Said};

/// The keys of a scope, each with its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keys {
    certpath: Option<Said<PathBuf>>,
    certfile: Option<Said<PathBuf>>,
    ident_name: Option<Said<String>>,
    ident_password: Option<Said<Secret>>,
    certhost: Option<Said<String>>,
    certverify: Option<Said<bool>>,
    forcessl: Option<Said<bool>>,
}

impl Keys {
    /// Takes a key of the table (`keys.rs`) that stands in a line of `file`. Names of files are relative to that one: whoever
    /// can choose the directory that a program is run in must not choose whom it believes.
    pub(super) fn set(&mut self, key: &str, value: &str, file: &Path, line: u32) {
        let at = || format!("{}:{line}: {key}", file.display());
        let beside = || file.parent().unwrap_or(Path::new("")).join(value);
        match key {
            "CERTPATH" => self.certpath = Some(Said::new(beside(), at())),
            "CERTFILE" => self.certfile = Some(Said::new(beside(), at())),
            "CERTIDENT_NAME" => self.ident_name = Some(Said::new(value.to_owned(), at())),
            "CERTIDENT_PASS" => self.ident_password = Some(Said::new(Secret::new(value), at())),
            "CERTHOST" => self.certhost = Some(Said::new(value.to_owned(), at())),
            "CERTVERIFY" => self.certverify = Some(Said::new(is_yes(value), at())),
            "FORCESSL" => self.forcessl = Some(Said::new(is_yes(value), at())),
            // SSLBACKEND: one is built in
            _ => {}
        }
    }

    /// These, and where they say nothing those of `outer`.
    pub(super) fn over(self, outer: &Self) -> Self {
        Self {
            certpath: self.certpath.or_else(|| outer.certpath.clone()),
            certfile: self.certfile.or_else(|| outer.certfile.clone()),
            ident_name: self.ident_name.or_else(|| outer.ident_name.clone()),
            ident_password: self.ident_password.or_else(|| outer.ident_password.clone()),
            certhost: self.certhost.or_else(|| outer.certhost.clone()),
            certverify: self.certverify.or_else(|| outer.certverify.clone()),
            forcessl: self.forcessl.or_else(|| outer.forcessl.clone()),
        }
    }

    /// What they mean for one server.
    pub(super) fn settings(self, server: &HostPort) -> ClientSettings {
        let (name, password) = (self.ident_name, self.ident_password);
        let at = password.as_ref().map(|said| said.at.clone());
        let at = at.or_else(|| name.as_ref().map(|said| said.at.clone()));
        let certident = at.map(|at| {
            let ident = Ident {
                name: name.map(|said| said.value).unwrap_or_default(),
                password: password.map_or_else(|| Secret::new(""), |said| said.value),
            };
            Said::new(ident, at)
        });
        let rule = self.certhost.map(|said| {
            let rule = HostRule {
                host: server.host.clone(),
                port: Some(server.port),
                name: said.value,
                verify: None,
                force: None,
            };
            Said::new(rule, said.at)
        });
        ClientSettings {
            certpath: self.certpath,
            certfile: self.certfile,
            certident,
            certverify: self.certverify,
            forcessl: self.forcessl,
            certhosts: rule.into_iter().collect(),
        }
    }
}

/// What makes no sense is taken for yes: a password in clear cannot be taken back.
fn is_yes(value: &str) -> bool {
    let no = ["off", "no", "false", "0"];
    !no.iter().any(|no| value.eq_ignore_ascii_case(no))
}

#[cfg(test)]
mod tests {
    use crate::auth::file::tests::conf;
    use proto::HostPort;
    use std::path::Path;
    use tls::ClientSettings;

    fn settings(text: &str, user: Option<&str>) -> ClientSettings {
        let server = HostPort::parse("srv").unwrap();
        conf(text).encryption_settings(&server, user)
    }

    #[test]
    fn the_closest_entry_decides_key_by_key() {
        let text = "FORCESSL = off\nCERTPATH = /global\n\
            [srv]\nCERTVERIFY = 1\nCERTPATH = /srv\n\
            [bob@srv]\nFORCESSL = maybe\nCERTIDENT_PASS = hunter2\nSSLBACKEND = OpenSSL\n\
            [elsewhere]\nCERTFILE = /x\n";
        let bob = settings(text, Some("bob"));
        assert_eq!(bob.certpath.unwrap().at, "nutauth.conf:5: CERTPATH");
        assert!(bob.certverify.unwrap().value && bob.forcessl.unwrap().value);
        assert_eq!(bob.certident.unwrap().at, "nutauth.conf:8: CERTIDENT_PASS");
        assert_eq!(bob.certfile, None);
        let carol = settings(text, Some("carol"));
        assert!(carol.certident.is_none() && !carol.forcessl.unwrap().value);
        let nobody = settings("", None);
        assert_eq!(nobody, ClientSettings::default());
    }

    #[test]
    fn names_of_files_are_relative_to_the_file_that_says_them() {
        let said = settings("CERTPATH = ca.pem\nCERTFILE = /b.pem\n", None);
        assert_eq!(said.certfile.unwrap().value, Path::new("/b.pem"));
        let path = Path::new("/etc/nut/nutauth.conf");
        let text = b"CERTPATH = tls/ca.pem\n";
        let none = |_: &Path| Err(std::io::ErrorKind::NotFound.into());
        let conf = crate::auth::AuthConf::parse(path, text, &none).unwrap();
        let server = HostPort::parse("srv").unwrap();
        let said = conf.encryption_settings(&server, None);
        let path = said.certpath.unwrap().value;
        assert_eq!(path, Path::new("/etc/nut/tls/ca.pem"));
    }

    #[test]
    fn certhost_is_the_name_of_the_certificate() {
        let said = settings("[srv]\nCERTHOST = rack\n", None).certhosts;
        let rule = &said.first().unwrap().value;
        assert_eq!(
            (rule.host.as_str(), rule.port, rule.name.as_str()),
            ("srv", Some(3493), "rack")
        );
        assert_eq!((rule.verify, rule.force), (None, None));
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_line() {
        let server = HostPort::parse("srv").unwrap();
        let conf = conf("\nCERTVERIFY = 1\n");
        let error = conf.encryption(&server, None).unwrap_err().to_string();
        assert!(
            error.starts_with("nutauth.conf:2: CERTVERIFY: certificates of servers cannot"),
            "{error}"
        );
    }
}
