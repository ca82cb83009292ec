//! How programs that are shipped are linked.
//!
//! Tables of names are pointers, and each pointer of a program that may be loaded anywhere has an entry that says where it is:
//! 24 bytes of it, or a bit or two when the entries are packed (`DT_RELR` of the ELF specification). The GNU C library
//! understands them since 2.36; an older one refuses such a program by name (`GLIBC_ABI_DT_RELR`).

use crate::cargo::ask;
use std::env;
use std::process::{Command, Stdio};

/// What an environment lacks for packed entries: nothing, unless the C library here knows them. A program built elsewhere would
/// need the C library of that machine anyhow.
pub(super) fn environment() -> Option<(&'static str, String)> {
    let mut getconf = Command::new("getconf");
    getconf.arg("GNU_LIBC_VERSION").stderr(Stdio::null());
    let packs = ask(&mut getconf).is_ok_and(|told| knows_packed(&told));
    // who says all flags alone has thought of it
    if !packs || env::var_os("CARGO_ENCODED_RUSTFLAGS").is_some() {
        return None;
    }
    let flags = env::var("RUSTFLAGS").unwrap_or_default();
    Some((
        "RUSTFLAGS",
        format!("{flags} -C link-arg=-Wl,-z,pack-relative-relocs"),
    ))
}

/// `told`: a line such as `glibc 2.36`.
fn knows_packed(told: &str) -> bool {
    let version = told.trim().strip_prefix("glibc ");
    let minor = version.and_then(|version| version.strip_prefix("2."));
    minor.is_some_and(|minor| minor.parse::<u32>().is_ok_and(|minor| minor >= 36))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_entries_are_for_c_libraries_that_know_them() {
        assert!(knows_packed("glibc 2.36\n") && knows_packed("glibc 2.41"));
        for other in ["glibc 2.31", "glibc 2.9", "musl 1.2.5", "", "glibc 2"] {
            assert!(!knows_packed(other), "{other:?}");
        }
    }
}
