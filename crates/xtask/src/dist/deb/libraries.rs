//! Which of Debian's packages programs need for the libraries they are linked to.

use crate::failure::{Failure, Result};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Libraries as programs name them, and their packages. libc6 is found by its versions.
const PACKAGES: &[(&str, &str)] = &[
    ("libgcc_s.so.1", "libgcc-s1"),
    ("libudev.so.1", "libudev1"),
    ("libusb-1.0.so.0", "libusb-1.0-0"),
];

/// Before the versions of the C library that a program's symbols have.
const VERSION: &[u8] = b"GLIBC_2.";

/// What a program with packed relocations asks of the C library, which has it since its version 2.36.
const PACKED: (&[u8], u32) = (b"GLIBC_ABI_DT_RELR", 36);

/// The packages that the programs below `dir` need.
pub(super) fn needed(dir: &Path) -> Result<Vec<String>> {
    let mut needed = BTreeSet::new();
    let mut minor = None;
    for path in files(dir)? {
        let bytes = fs::read(&path).map_err(Failure::io(path.display()))?;
        if !bytes.starts_with(b"\x7fELF") {
            continue;
        }
        minor = minor.max(libc(&bytes));
        let named = PACKAGES
            .iter()
            .filter(|(library, _)| holds(&bytes, library.as_bytes()));
        needed.extend(named.map(|(_, package)| (*package).to_owned()));
    }
    let libc = minor.map(|minor| format!("libc6 (>= 2.{minor})"));
    Ok(libc.into_iter().chain(needed).collect())
}

/// The room that it all takes, in KiB.
pub(super) fn kib(dir: &Path) -> Result<u64> {
    let mut sum = 0;
    for path in files(dir)? {
        let metadata = fs::symlink_metadata(&path).map_err(Failure::io(path.display()))?;
        sum += metadata.len().div_ceil(1024);
    }
    Ok(sum)
}

/// The greatest version that is named.
fn libc(bytes: &[u8]) -> Option<u32> {
    let found = bytes.windows(VERSION.len()).enumerate();
    let found = found.filter(|(_, window)| *window == VERSION);
    let minor = found.filter_map(|(at, _)| number(bytes.get(at + VERSION.len()..)?));
    let packed = holds(bytes, PACKED.0).then_some(PACKED.1);
    minor.chain(packed).max()
}

fn number(bytes: &[u8]) -> Option<u32> {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    std::str::from_utf8(bytes.get(..digits)?).ok()?.parse().ok()
}

fn holds(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

/// All files below, no links and directories.
fn files(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir)
            .map_err(Failure::io(dir.display()))?
            .flatten()
        {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(path),
                Ok(kind) if kind.is_file() => found.push(path),
                _ => {}
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_of_the_c_library_counts() {
        let dir = tempfile::tempdir().unwrap();
        let elf = b"\x7fELF..GLIBC_2.4\0GLIBC_2.34\0GLIBC_2.9\0libusb-1.0.so.0\0";
        fs::create_dir(dir.path().join("sub")).unwrap();
        fs::write(dir.path().join("sub/x"), elf).unwrap();
        fs::write(dir.path().join("y"), "libgcc_s.so.1 GLIBC_2.99").unwrap();
        assert_eq!(
            needed(dir.path()).unwrap(),
            ["libc6 (>= 2.34)", "libusb-1.0-0"]
        );
        assert_eq!(kib(dir.path()).unwrap(), 2);
        fs::write(dir.path().join("z"), "\x7fELF GLIBC_2.9 GLIBC_ABI_DT_RELR").unwrap();
        assert_eq!(needed(dir.path()).unwrap()[0], "libc6 (>= 2.36)");
    }
}
