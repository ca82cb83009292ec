//! Where the daemon is found.

use std::path::PathBuf;

use config::UpsschedConf;

use crate::Error;

/// Where the daemon is, and what it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// PIPEFN
    pub(crate) socket: PathBuf,
    /// LOCKFN
    pub(crate) lock: PathBuf,
    /// CMDSCRIPT
    pub(crate) script: Vec<String>,
}

impl Place {
    /// As upssched.conf says.
    pub(crate) fn of(conf: &UpsschedConf) -> Result<Self, Error> {
        let missing =
            |name: &str| Error::Unusable(format!("{name} is not defined in upssched.conf"));
        if conf.cmdscript.is_empty() {
            return Err(missing("CMDSCRIPT"));
        }
        Ok(Self {
            socket: conf.pipefn.clone().ok_or_else(|| missing("PIPEFN"))?,
            lock: conf.lockfn.clone().ok_or_else(|| missing("LOCKFN"))?,
            script: conf.cmdscript.clone(),
        })
    }
}
