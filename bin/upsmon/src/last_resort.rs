//! Shutting down without the helper: with the rights that are left, which may or may not be enough.

use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use daemon::power_down_flag::MAGIC;
use nix::fcntl::OFlag;
use tokio::process::Command;
use tracing::error;

/// What the helper would have done.
#[derive(Clone, Debug)]
pub(crate) struct Orders {
    pub(crate) command: String,
    pub(crate) flag: Option<PathBuf>,
}

impl Orders {
    /// Writes the flag, runs SHUTDOWNCMD, and waits for its end.
    ///
    /// # Errors
    /// It could not be run, or failed; the text says how.
    pub(crate) async fn act(&self) -> Result<(), String> {
        if let Some(path) = &self.flag
            && let Err(why) = write_flag(path)
        {
            error!("cannot write POWERDOWNFLAG {}: {why}", path.display());
        }
        if self.command.is_empty() {
            return Err("SHUTDOWNCMD is not defined".to_owned());
        }
        let mut command = Command::new("/bin/sh");
        command.arg("-c").arg(&self.command).stdin(Stdio::null());
        match command.status().await {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(status.to_string()),
            Err(why) => Err(why.to_string()),
        }
    }
}

fn write_flag(path: &Path) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o644);
    options.custom_flags(OFlag::O_NOFOLLOW.bits());
    options.open(path)?.write_all(MAGIC)
}

#[cfg(test)]
mod tests {
    use super::*;
    use daemon::power_down_flag::{Flag, check};

    fn act(command: &str, flag: Option<PathBuf>) -> Result<(), String> {
        let command = command.to_owned();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(Orders { command, flag }.act())
    }

    #[test]
    fn the_flag_is_there_before_the_command_runs() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("killpower");
        let command = format!("grep -q '^upsmon-shutdown-file' {}", path.display());
        act(&command, Some(path.clone())).unwrap();
        assert_eq!(check(&path), Flag::Set);
    }

    #[test]
    fn a_flag_that_cannot_be_written_stops_nothing() {
        act("true", Some("/no/such/dir/flag".into())).unwrap();
    }

    #[test]
    fn failures_are_told() {
        assert_eq!(act("exit 3", None).unwrap_err(), "exit status: 3");
        assert!(act("", None).unwrap_err().contains("not defined"));
    }
}
