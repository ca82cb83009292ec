//! Databases of NSS, which C NUT uses where it is built with that library. Nothing here can read them.

use std::path::{Path, PathBuf};

/// The files by which one is known, then and now.
const FILES: &[&str] = &["cert9.db", "key4.db", "cert8.db", "key3.db"];

/// The directory of the database, if `path` is one. NSS writes `sql:` in front of it.
pub(crate) fn database(path: &Path) -> Option<PathBuf> {
    let text = path.to_string_lossy();
    let bare = text
        .strip_prefix("sql:")
        .or_else(|| text.strip_prefix("dbm:"));
    let dir = bare.map_or_else(|| path.to_owned(), PathBuf::from);
    let known = FILES.iter().any(|file| dir.join(file).exists());
    (known || bare.is_some()).then_some(dir)
}

/// How its server's or client's certificate becomes a file; `name` is that of CERTIDENT.
pub(crate) fn convert_identity(dir: &Path, name: &str) -> String {
    let dir = dir.display();
    format!(
        "{dir} is an NSS database, which Locknut does not read; make a PEM file of it and name that in CERTFILE: \
         pk12util -d {dir} -n '{name}' -o id.p12 && openssl pkcs12 -in id.p12 -nodes -out id.pem"
    )
}

/// How its authorities become a file.
pub(crate) fn convert_authorities(dir: &Path) -> String {
    let dir = dir.display();
    format!(
        "{dir} is an NSS database, which Locknut does not read; make a PEM file of its authorities and name that in \
         CERTPATH: certutil -d {dir} -L lists them, and for each: certutil -d {dir} -L -n '<name>' -a >> ca.pem"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_is_known_by_its_files() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(database(dir.path()), None);
        std::fs::write(dir.path().join("cert9.db"), "").unwrap();
        assert_eq!(database(dir.path()).as_deref(), Some(dir.path()));
        let prefixed = PathBuf::from("sql:/nonexistent");
        assert_eq!(database(&prefixed), Some("/nonexistent".into()));
    }
}
