//! `--record FILE`: the file.
//!
//! It is made with the rights of the account that the driver runs as, in the root directory that it runs in, and before the
//! device is opened: who cannot write it learns so at once.

use std::io::ErrorKind;
use std::path::Path;

use recording::{Head, Tape};
use tracing::info;

use crate::device::Info;
use crate::setup::{Setup, is_secret};

/// Options that say who somebody's device is, and nothing about its kind.
const PERSONAL: [&str; 1] = ["serial"];

/// Begins the recording.
///
/// # Errors
/// What to tell the administrator.
pub(crate) fn begin(path: &Path, info: &Info, setup: &Setup) -> Result<Tape, String> {
    let clock = setup.settings.clock.clone();
    let now = move || clock.since_start();
    let tape = Tape::create(path, &head(info, setup), now).map_err(|error| {
        let hint = match error.kind() {
            ErrorKind::AlreadyExists => {
                "a recording replaces no file: name another one, or remove it".to_owned()
            }
            ErrorKind::PermissionDenied => format!(
                "the account that the driver runs as has to make the file: name one in a directory where it may write, such as {}",
                setup.settings.state_dir.display()
            ),
            _ => "name a file that can be made".to_owned(),
        };
        format!("--record {}: {error}; {hint}", path.display())
    })?;
    let most = recording::SIZE_MAX >> 20;
    info!("recording to {}, at most {most} MiB", path.display());
    Ok(tape)
}

/// Driver and options, without secrets.
fn head(info: &Info, setup: &Setup) -> Head {
    let is_kept = |name: &str| !is_secret(info, name) && !PERSONAL.contains(&name);
    let options = setup.settings.options.iter();
    Head {
        driver: info.name.to_owned(),
        version: info.version.to_owned(),
        poll_interval: setup.settings.poll_interval,
        options: options.filter(|(name, _)| is_kept(name)).cloned().collect(),
    }
}
