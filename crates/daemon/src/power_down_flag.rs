//! POWERDOWNFLAG: the file that tells the last script of a shutdown to have the UPS cut power (spec upsmon.md, section 10), as it is
//! found. upsmon-helper writes it, upsmon removes it.

use std::fs::OpenOptions;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use nix::fcntl::OFlag;

/// What a flag begins with; upsmon-helper writes just this.
pub const MAGIC: &[u8] = b"upsmon-shutdown-file";

/// What is found at the place of the flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flag {
    /// Power is to be cut.
    Set,
    /// Nothing, or an empty file.
    Absent,
    /// A file with other content.
    Foreign,
    /// Something that cannot be read; the text says why.
    Unreadable(String),
}

/// Looks at the file; nothing is changed.
#[must_use]
pub fn check(path: &Path) -> Flag {
    match read(path) {
        Ok(start) if start == MAGIC => Flag::Set,
        Ok(start) if start.is_empty() => Flag::Absent,
        Ok(_) => Flag::Foreign,
        Err(why) if why.kind() == io::ErrorKind::NotFound => Flag::Absent,
        Err(why) => Flag::Unreadable(why.to_string()),
    }
}

/// The first bytes, as many as the magic text has. A pipe of that name does not block.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(OFlag::O_NONBLOCK.bits());
    let length = u64::try_from(MAGIC.len()).unwrap_or(u64::MAX);
    let mut start = Vec::new();
    options.open(path)?.take(length).read_to_end(&mut start)?;
    Ok(start)
}
