//! The limit of open files: ten thousand clients are as many descriptors on either side.

use crate::failure::{Failure, Result};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

/// Raises the limit as far as the system allows, for this process and those it starts; returns it.
pub(crate) fn raise_open_files() -> Result<usize> {
    let failed = |error: nix::Error| Failure::io("limit of open files")(error.into());
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE).map_err(failed)?;
    setrlimit(Resource::RLIMIT_NOFILE, hard, hard).map_err(failed)?;
    Ok(usize::try_from(hard).unwrap_or(usize::MAX))
}
