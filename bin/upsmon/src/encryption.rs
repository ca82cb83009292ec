//! upsmon.conf's directives about encryption.

use std::path::Path;
use std::time::SystemTime;

use config::UpsmonConf;
use tls::{Client, Remark};
use tracing::{info, warn};

/// Reads the files that upsmon.conf names. What is to be said of them is logged.
pub(crate) fn load(file: &Path, conf: &UpsmonConf) -> Result<Client, tls::Error> {
    let (loaded, remarks) = look(file, conf);
    remarks.iter().for_each(log);
    loaded
}

/// The same, with what is to be said of them.
pub(crate) fn look(file: &Path, conf: &UpsmonConf) -> (Result<Client, tls::Error>, Vec<Remark>) {
    let settings = encryption::of_upsmon(file, conf);
    let mut remarks = Vec::new();
    let loaded = Client::load(&settings, SystemTime::now(), &mut remarks);
    (loaded, remarks)
}

/// Into the log.
pub(crate) fn log(remark: &Remark) {
    match remark {
        Remark::Info(text) => info!("{text}"),
        Remark::Warning(text) => warn!("{text}"),
    }
}
