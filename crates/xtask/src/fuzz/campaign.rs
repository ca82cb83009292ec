//! One target for its time, and what came of it.

use crate::failure::{Failure, Result};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How every target is run.
pub(super) struct Campaign {
    /// `tests/fuzz`.
    dir: PathBuf,
    programs: PathBuf,
    time: Duration,
}

/// What came of one target.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) target: String,
    /// Inputs tried, if it ended as it should or told so before it died.
    pub(super) executions: Option<u64>,
    /// Files with the inputs that something does not hold for.
    pub(super) findings: Vec<PathBuf>,
    /// Why it could not be run, or where it told what it found.
    pub(super) note: Option<String>,
}

impl Campaign {
    pub(super) fn new(dir: PathBuf, programs: PathBuf, time: Duration) -> Self {
        Self {
            dir,
            programs,
            time,
        }
    }

    /// Runs a target until its time is over or it finds something.
    pub(super) fn perform(&self, target: String) -> Outcome {
        let (executions, findings, note) = match self.search(&target) {
            Ok(found) => found,
            Err(failure) => (None, Vec::new(), Some(failure.to_string())),
        };
        Outcome {
            target,
            executions,
            findings,
            note,
        }
    }

    fn search(&self, target: &str) -> Result<(Option<u64>, Vec<PathBuf>, Option<String>)> {
        let artifacts = self.dir.join("artifacts").join(target);
        let grown = self.dir.join("grown").join(target);
        for dir in [&artifacts, &grown] {
            fs::create_dir_all(dir).map_err(Failure::io(dir.display()))?;
        }
        let before = files(&artifacts)?;
        let log = artifacts.with_extension("log");
        let status = self.command(target, &artifacts, &grown, &log)?.status();
        let status = status.map_err(Failure::io(target))?;
        let told = fs::read(&log).map_err(Failure::io(log.display()))?;
        let mut findings = files(&artifacts)?;
        findings.retain(|file| !before.contains(file));
        let note = (!status.success()).then(|| format!("{status}, see {}", log.display()));
        Ok((executions(&String::from_utf8_lossy(&told)), findings, note))
    }

    fn command(&self, target: &str, artifacts: &Path, grown: &Path, log: &Path) -> Result<Command> {
        let file = File::create(log).map_err(Failure::io(log.display()))?;
        let mut command = Command::new(self.programs.join(target));
        command
            .arg(grown)
            .arg(self.dir.join("corpus").join(target))
            .arg(format!("-max_total_time={}", self.time.as_secs()))
            .arg(format!("-artifact_prefix={}/", artifacts.display()))
            .arg(format!(
                "-dict={}",
                self.dir.join("dictionary.txt").display()
            ))
            // one input may take seconds only and some memory: whoever sends it must not stop a server
            .args(["-max_len=2048", "-timeout=10", "-rss_limit_mb=2048"])
            .arg("-print_final_stats=1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(file);
        Ok(command)
    }
}

impl Outcome {
    /// Whether it ran and found nothing.
    pub(super) fn is_clean(&self) -> bool {
        self.note.is_none() && self.findings.is_empty()
    }

    /// One line for who waits.
    pub(super) fn line(&self) -> String {
        let note = self.note.as_deref().unwrap_or("nothing found");
        format!("{}: {note}", self.target)
    }
}

fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(dir).map_err(Failure::io(dir.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

/// The count at the end of what libFuzzer prints; of one that died the last it told.
fn executions(log: &str) -> Option<u64> {
    let last = |line: &str| {
        let count = line.strip_prefix("stat::number_of_executed_units:");
        let count = count.or_else(|| line.strip_prefix('#')?.split_ascii_whitespace().next());
        count?.trim().parse().ok()
    };
    log.lines().rev().find_map(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executions_are_read_from_the_end() {
        let log = "INFO: Seed: 1\n#2\tINITED cov: 5\n#1024\tpulse  cov: 7\n";
        assert_eq!(executions(log), Some(1024));
        let ended = format!("{log}Done 9\nstat::number_of_executed_units: 266782\nstat::x: 1\n");
        assert_eq!(executions(&ended), Some(266_782));
        assert_eq!(executions("no such file"), None);
    }
}
