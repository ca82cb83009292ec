//! How many files a process may hold open; upsd needs one for every client and driver.

use nix::sys::resource::{Resource, getrlimit, setrlimit};

use crate::Error;

/// Raises the soft limit of open files towards `wanted`, as far as the hard limit lets it; returns the limit.
///
/// # Errors
/// The system refuses to tell or to change the limit.
pub fn open_files(wanted: u64) -> Result<u64, Error> {
    let action = "read the limit of open files";
    let (soft, hard) = getrlimit(Resource::RLIMIT_NOFILE).map_err(Error::system(action))?;
    let target = wanted.min(hard);
    if soft >= target {
        return Ok(soft);
    }
    let action = "raise the limit of open files";
    setrlimit(Resource::RLIMIT_NOFILE, target, hard).map_err(Error::system(action))?;
    Ok(target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_already_stays() {
        let now = open_files(0).unwrap();
        assert!(now > 3);
        assert_eq!(open_files(1).unwrap(), now);
    }
}
