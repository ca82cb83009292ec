//! upsmon.conf's directives about encryption.

use std::path::Path;
use std::time::SystemTime;

use config::UpsmonConf;
use tls::{Client, Remark};
use tracing::{info, warn};

/// Reads the files that upsmon.conf names. `tell` is given what is to be said of them.
pub(crate) fn load(
    file: &Path,
    conf: &UpsmonConf,
    tell: fn(&Remark),
) -> Result<Client, tls::Error> {
    let mut remarks = Vec::new();
    let loaded = Client::load(
        &encryption::of_upsmon(file, conf),
        SystemTime::now(),
        &mut remarks,
    );
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
