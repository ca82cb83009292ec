//! `CERTPATH`: who may have signed the certificates of others.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;

use crate::expiry::Expiry;
use crate::facts::Facts;
use crate::settings::{Error, Remark, Said};
use crate::{files, nss};

/// Files of a directory that are looked at.
const FILES_MAX: usize = 4096;

/// More certificates than these are a collection of the world's authorities, some of which end every month: that is for those
/// who keep the collection.
const OWN_MAX: usize = 8;

/// Authorities, and certificates that are trusted by themselves.
#[derive(Debug)]
pub(crate) struct Authorities {
    pub(crate) roots: Arc<RootCertStore>,
    /// Whether the roots may sign others. If there is none that may, they are only there because rustls wants some.
    pub(crate) may_sign: bool,
    /// All certificates of the files: one of them that a peer shows needs nobody else's word, as with OpenSSL.
    known: Vec<CertificateDer<'static>>,
    /// Where they come from.
    pub(crate) path: PathBuf,
    /// When they end, if they are somebody's own.
    pub(crate) expiry: Expiry,
}

impl Authorities {
    /// Reads a PEM file, or all PEM files of a directory; their names do not matter.
    pub(crate) fn load(
        said: &Said<PathBuf>,
        now: i64,
        remarks: &mut Vec<Remark>,
    ) -> Result<Self, Error> {
        let path = &said.value;
        if let Some(dir) = nss::database(path) {
            return Err(Error::new(said, nss::convert_authorities(&dir)));
        }
        let mut known: Vec<CertificateDer<'static>> = Vec::new();
        for (file, may_fail) in candidates(path).map_err(|what| Error::new(said, what))? {
            match certificates(&file) {
                Ok(found) => known.extend(found),
                Err(why) if may_fail => {
                    remarks.push(Remark::Warning(format!(
                        "{}: {why}; it is left out",
                        said.at
                    )));
                }
                Err(why) => return Err(Error::new(said, why)),
            }
        }
        known.sort_unstable_by(|left, right| left.as_ref().cmp(right.as_ref()));
        known.dedup();
        let signs =
            |der: &&CertificateDer<'_>| Facts::read(der).is_some_and(|facts| facts.may_sign);
        let mut signers: Vec<_> = known.iter().filter(signs).cloned().collect();
        let may_sign = !signers.is_empty();
        if !may_sign {
            // certificates that are believed by themselves only; rustls wants some authority nevertheless
            signers.clone_from(&known);
        }
        let mut roots = RootCertStore::empty();
        let (_, unfit) = roots.add_parsable_certificates(signers);
        if unfit > 0 {
            let what = format!(
                "{}: {unfit} certificates cannot be used as authorities",
                said.at
            );
            remarks.push(Remark::Warning(what));
        }
        if roots.is_empty() {
            let what = format!(
                "there is no certificate in {}; put those of your authorities there, as PEM",
                path.display()
            );
            return Err(Error::new(said, what));
        }
        let mut expiry = Expiry::default();
        if known.len() <= OWN_MAX {
            let at = (said.at.as_str(), path.to_string_lossy());
            let facts = known.iter().filter_map(|known| Facts::read(known));
            remarks.extend(facts.filter_map(|facts| expiry.watch(&facts, (at.0, &at.1), now)));
        }
        Ok(Self {
            roots: Arc::new(roots),
            may_sign,
            known,
            path: path.clone(),
            expiry,
        })
    }

    /// Whether this very certificate is among them.
    pub(crate) fn know(&self, certificate: &CertificateDer<'_>) -> bool {
        self.known
            .iter()
            .any(|known| known.as_ref() == certificate.as_ref())
    }
}

/// The files to read, and whether one of them may be something else than certificates.
fn candidates(path: &Path) -> Result<Vec<(PathBuf, bool)>, String> {
    let told = |why| format!("cannot read {}: {why}", path.display());
    if !fs::metadata(path).map_err(told)?.is_dir() {
        return Ok(vec![(path.to_owned(), false)]);
    }
    let entries = fs::read_dir(path).map_err(told)?.take(FILES_MAX).flatten();
    let mut paths: Vec<_> = entries
        .map(|entry| (entry.path(), true))
        .filter(|(path, _)| path.is_file())
        .collect();
    paths.sort_unstable();
    Ok(paths)
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let blocks = files::read(path)?.blocks.into_iter();
    Ok(blocks
        .filter(|block| block.label == "CERTIFICATE")
        .map(|block| CertificateDer::from(block.der.to_vec()))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Ca, said};
    use std::time::{Duration, SystemTime};

    fn load(path: &Path) -> Result<(Authorities, Vec<Remark>), String> {
        let mut remarks = Vec::new();
        let now = crate::seconds(SystemTime::now());
        let loaded = Authorities::load(&said(path.to_owned()), now, &mut remarks);
        loaded
            .map(|loaded| (loaded, remarks))
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_and_a_directory_hold_authorities() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (Ca::new("one"), Ca::new("two"));
        let file = dir.path().join("all");
        fs::write(&file, one.pem() + &two.pem() + &one.pem()).unwrap();
        let (loaded, remarks) = load(&file).unwrap();
        assert_eq!((loaded.roots.len(), remarks), (2, Vec::new()));
        fs::write(dir.path().join("README"), "no certificate").unwrap();
        fs::write(dir.path().join("half.pem"), "-----BEGIN CERTIFICATE-----\n").unwrap();
        let (loaded, remarks) = load(dir.path()).unwrap();
        assert_eq!(loaded.roots.len(), 2);
        let [Remark::Warning(text)] = &remarks[..] else {
            panic!("{remarks:?}");
        };
        assert!(
            text.contains("half.pem:1: a block without its END; it is left out"),
            "{text}"
        );
    }

    #[test]
    fn the_end_of_ones_own_authority_is_told_and_not_those_of_the_world() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("ca.pem");
        fs::write(&file, Ca::new("rack").pem()).unwrap();
        let end = SystemTime::now() + Duration::from_secs(86_400 * 365 * 5000);
        let (mut few, remarks) = load(&file).unwrap();
        assert_eq!(remarks, []);
        let [Remark::Warning(text)] = &few.expiry.due(end)[..] else {
            panic!("it has expired");
        };
        assert!(
            text.starts_with("x.conf:1: the certificate CN=rack in ")
                && text.contains("has expired"),
            "{text}"
        );
        let many: String = (0..=OWN_MAX)
            .map(|number| Ca::new(&number.to_string()).pem())
            .collect();
        fs::write(&file, many).unwrap();
        assert_eq!(load(&file).unwrap().0.expiry.due(end), []);
    }

    #[test]
    fn what_holds_none_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let told = load(dir.path()).unwrap_err();
        assert!(
            told.starts_with("x.conf:1: there is no certificate in "),
            "{told}"
        );
        let told = load(&dir.path().join("gone")).unwrap_err();
        assert!(told.contains("gone: No such file"), "{told}");
        fs::write(dir.path().join("key4.db"), "").unwrap();
        let told = load(dir.path()).unwrap_err();
        assert!(
            told.contains("NSS") && told.contains("certutil -d"),
            "{told}"
        );
    }
}
