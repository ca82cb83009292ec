//! Certificates: they are read as upsd and upsmon will read them.

use std::path::Path;
use std::time::SystemTime;

use super::Place;
use crate::facts::{CertRemark, Facts};

/// Reads them, and gives what upsmon connects with; nothing if it would not.
pub(super) fn look(facts: &mut Facts, place: &Place<'_>, dir: &Path) -> Option<tls::Client> {
    if !place.is_running && names_files(facts) {
        facts
            .unchecked
            .push("certificates: their paths are those of another system".to_owned());
        return None;
    }
    let now = SystemTime::now();
    if facts.serves() {
        let mut remarks = Vec::new();
        let loaded = tls::Server::load(
            &encryption::of_upsd(dir, &facts.upsd.value),
            now,
            &mut remarks,
        );
        let path = facts.upsd.path.clone();
        note(facts, &path, &remarks, loaded.err().as_ref());
    }
    let mut remarks = Vec::new();
    let path = facts.upsmon.path.clone();
    let loaded = tls::Client::load(
        &encryption::of_upsmon(&path, &facts.upsmon.value),
        now,
        &mut remarks,
    );
    match loaded {
        Ok(client) => {
            note(facts, &path, &remarks, None);
            Some(client)
        }
        Err(why) => {
            note(facts, &path, &remarks, Some(&why));
            None
        }
    }
}

fn names_files(facts: &Facts) -> bool {
    let (upsd, upsmon) = (&facts.upsd.value, &facts.upsmon.value);
    let files = [
        &upsd.certfile,
        &upsd.certpath,
        &upsmon.certfile,
        &upsmon.certpath,
    ];
    files.iter().any(|file| file.is_some())
}

fn note(facts: &mut Facts, path: &Path, remarks: &[tls::Remark], error: Option<&tls::Error>) {
    let remark = |text: String, is_error| CertRemark {
        path: path.to_owned(),
        text,
        is_error,
    };
    let warnings = remarks.iter().filter(|remark| remark.is_warning());
    let warnings = warnings.map(|warning| remark(warning.text().to_owned(), false));
    facts.certificates.extend(warnings);
    facts
        .certificates
        .extend(error.map(|why| remark(why.to_string(), true)));
}
