//! The files. Two UPSes may share one; whoever rotates logs moves a file away and has it opened anew.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use tracing::error;

use crate::Error;
use crate::plan::{self, Entry};

/// All files that are written, each once.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    files: Vec<(String, File)>,
}

impl Targets {
    /// Opens all. This is done with root's rights, if there are any, so that a log may lie where only root makes files.
    pub(crate) fn open(entries: &[Entry]) -> Result<Self, Error> {
        let mut targets = Self::default();
        for entry in entries {
            let plan::File::Path(path) = &entry.file else {
                continue;
            };
            if targets.files.iter().any(|(open, _)| open == path) {
                continue;
            }
            let file = append(path).map_err(|cause| Error::Open {
                path: path.into(),
                cause,
            })?;
            targets.files.push((path.clone(), file));
        }
        Ok(targets)
    }

    /// Opens all anew; where that fails the old file goes on.
    pub(crate) fn reopen(&mut self) {
        for (path, file) in &mut self.files {
            match append(&*path) {
                Ok(new) => *file = new,
                Err(why) => error!("could not reopen logfile {path}: {why}; the old file is kept"),
            }
        }
    }

    /// Writes a line, at once.
    pub(crate) fn write(&mut self, to: &plan::File, line: &str) -> io::Result<()> {
        match to {
            plan::File::Stdout => {
                let mut out = io::stdout().lock();
                out.write_all(line.as_bytes())?;
                out.flush()
            }
            plan::File::Path(path) => {
                let found = self.files.iter_mut().find(|(open, _)| open == path);
                found.map_or(Ok(()), |(_, file)| file.write_all(line.as_bytes()))
            }
        }
    }
}

fn append(path: impl AsRef<Path>) -> io::Result<File> {
    OpenOptions::new().append(true).create(true).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_was_moved_away_is_made_anew() {
        let sandbox = testkit::Sandbox::new();
        let path = sandbox.run().join("log");
        let name = path.display().to_string();
        let to = plan::File::Path(name.clone());
        let mut targets = Targets {
            files: vec![(name, append(&path).unwrap())],
        };
        targets.write(&to, "a\n").unwrap();
        let old = sandbox.run().join("log.1");
        fs::rename(&path, &old).unwrap();
        targets.write(&to, "b\n").unwrap();
        targets.reopen();
        targets.write(&to, "c\n").unwrap();
        assert_eq!(fs::read_to_string(old).unwrap(), "a\nb\n");
        assert_eq!(fs::read_to_string(path).unwrap(), "c\n");
    }
}
