//! Reading PEM files, whole or not at all.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::pem::{self, Block, FILE_MAX};

/// The blocks of a file, and whether everybody may read it.
pub(crate) struct Pem {
    pub(crate) blocks: Vec<Block>,
    pub(crate) mode: u32,
}

/// Reads a PEM file; the error says what is wrong, beginning with the file.
pub(crate) fn read(path: &Path) -> Result<Pem, String> {
    let name = path.display();
    let (text, mode) = slurp(path).map_err(|why| {
        let hint = match why.kind() {
            io::ErrorKind::PermissionDenied => {
                "; who reads it, daemons after their privileges are dropped, must be in its group, mode 0640"
            }
            _ => "",
        };
        format!("cannot read {name}: {why}{hint}")
    })?;
    if text.len() > FILE_MAX {
        return Err(format!(
            "{name} is larger than {} MiB; is this the right file?",
            FILE_MAX >> 20
        ));
    }
    let blocks =
        pem::blocks(&text).map_err(|fault| format!("{name}:{}: {}", fault.line, fault.what))?;
    Ok(Pem { blocks, mode })
}

fn slurp(path: &Path) -> io::Result<(Zeroizing<Vec<u8>>, u32)> {
    // opening a pipe would wait for whoever writes into it, and everybody else with it
    if fs::metadata(path)?.file_type().is_fifo() {
        return Err(io::Error::other("it is a pipe, not a file"));
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // room for all of it at once: a buffer that grows leaves copies of a key behind
    let size = usize::try_from(metadata.len())
        .unwrap_or(FILE_MAX)
        .min(FILE_MAX);
    let mut text = Zeroizing::new(Vec::with_capacity(size + 1));
    file.take(FILE_MAX as u64 + 1).read_to_end(&mut text)?;
    Ok((text, metadata.mode()))
}
