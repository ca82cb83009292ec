//! Passwords that stand in files of their own.

use super::{LoadError, credential_or_file, explain, open_to_others, slurp};
use crate::problem::{Loaded, Problem, Severity};
use crate::upsmon::UpsmonConf;
use crate::users::{Password, Users};
use crate::value::FileName;
use secret::Secret;
use std::os::unix::fs::FileTypeExt as _;
use std::path::Path;
use std::{fs, io};

/// Longest password: NUT's words are no longer.
const PASSWORD_MAX: usize = 512;

/// Reads the files that users' passwords stand in. A user whose file is not in order has none.
pub(super) fn of_users(path: &Path, mut loaded: Loaded<Users>) -> Loaded<Users> {
    let mut reader = Reader::new(path);
    for user in &mut loaded.value.users {
        let Some(file) = &user.password_file else {
            continue;
        };
        let parse = |text: Secret| Password::parse(text.expose()).map_err(|why| why.to_string());
        user.password = reader.read(file, "password-file", parse);
    }
    loaded.problems.extend(reader.problems);
    loaded
}

/// Reads the files that the passwords of MONITOR lines stand in. A line whose file is not in order keeps what it says.
pub(super) fn of_upsmon(path: &Path, mut loaded: Loaded<UpsmonConf>) -> Loaded<UpsmonConf> {
    let mut reader = Reader::new(path);
    let conf = &mut loaded.value;
    for named in &conf.password_files {
        let mut lines = conf.monitors.iter_mut();
        let Some(line) = lines.find(|line| line.system == named.system) else {
            continue;
        };
        if let Some(password) = reader.read(&named.file, "PASSWORDFILE", Ok) {
            line.password = password;
        }
    }
    loaded.problems.extend(reader.problems);
    loaded
}

struct Reader<'p> {
    /// The file that names the others.
    path: &'p Path,
    problems: Vec<Problem>,
}

impl<'p> Reader<'p> {
    fn new(path: &'p Path) -> Self {
        Self {
            path,
            problems: Vec::new(),
        }
    }

    fn read<T>(
        &mut self,
        file: &FileName,
        directive: &str,
        understand: impl FnOnce(Secret) -> Result<T, String>,
    ) -> Option<T> {
        let dir = self.path.parent().unwrap_or(Path::new("."));
        let path = credential_or_file(dir, &file.path);
        let found = no_pipe(&path)
            .and_then(|()| slurp(&path))
            .map_err(|why| unread(&path, why));
        let found = found.and_then(|(source, metadata)| {
            self.problems.extend(open_to_others(&path, &metadata));
            let line = only_line(&source).and_then(understand);
            line.map_err(|why| format!("{}: {why}", path.display()))
        });
        found
            .map_err(|why| {
                self.problems.push(Problem {
                    severity: Severity::Error,
                    path: self.path.to_owned(),
                    place: Some(file.place),
                    text: format!("{directive}: {why}"),
                    cited: None,
                });
            })
            .ok()
    }
}

/// Opening a pipe would wait for whoever writes into it, and a server with all its clients would wait, too.
fn no_pipe(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.file_type().is_fifo() {
        return Err(io::Error::other("it is a pipe, not a file"));
    }
    Ok(())
}

fn unread(path: &Path, why: io::Error) -> String {
    match explain(path, why) {
        LoadError::NotFound { .. } => format!(
            "there is no {}; write the password into its first line, or name the file that has it",
            path.display()
        ),
        why => why.to_string(),
    }
}

fn only_line(source: &[u8]) -> Result<Secret, String> {
    let told = |why: &str| Err(why.to_owned());
    let line = source.strip_suffix(b"\n").unwrap_or(source);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.is_empty() {
        return told("it is empty; write the password into its first line");
    }
    if line.contains(&b'\n') {
        return told("it has more than one line; only the password may stand in it");
    }
    if line.len() > PASSWORD_MAX {
        return told("its line has more than 512 bytes, no password is longer");
    }
    match std::str::from_utf8(line) {
        Ok(text) if text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) => Ok(Secret::new(text)),
        _ => told(
            "it has characters that NUT's protocol does not carry; only printable ASCII may stand in it",
        ),
    }
}
