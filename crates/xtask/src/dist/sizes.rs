//! How large programs are, and how large they may be.

use super::paths;
use super::places::Places;
use super::programs::Installed;
use crate::failure::{Failure, Result};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Limits in kB of 1000 bytes. What is not named is small anyway.
const LIMITS: &[(&str, u64)] = &[
    ("apcsmart", 900),
    ("nutdrv_qx", 1200),
    ("snmp-ups", 1600),
    ("upsd", 1800),
    ("upsmon-helper", 400),
    ("usbhid-ups", 900),
];

/// C NUT, all of it, stripped: kB and programs.
const C_NUT: (u64, usize) = (18_900, 80);

/// A program and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Size {
    name: String,
    bytes: u64,
}

impl Size {
    fn limit(&self) -> Option<u64> {
        let row = LIMITS.iter().find(|(name, _)| *name == self.name);
        row.map(|(_, limit)| *limit)
    }

    fn kb(&self) -> u64 {
        self.bytes.div_ceil(1000)
    }
}

/// Looks at the programs of a tree.
pub(super) fn measure(root: &Path, programs: &[Installed], places: &Places) -> Result<Vec<Size>> {
    let measured = programs.iter().map(|program| {
        let path = paths(root, places, program);
        let bytes = fs::metadata(&path)
            .map_err(Failure::io(path.display()))?
            .len();
        Ok(Size {
            name: program.name.clone(),
            bytes,
        })
    });
    measured.collect()
}

/// All of them, their sum, and C's.
pub(super) fn table(sizes: &[Size]) -> String {
    let mut text = String::new();
    // writing to a string cannot fail
    for size in sizes {
        let limit = size.limit();
        let limit = limit.map(|limit| match size.kb() > limit {
            true => format!("  of {limit}: too large"),
            false => format!("  of {limit}"),
        });
        let _ = writeln!(
            text,
            "{:>7} kB  {}{}",
            size.kb(),
            size.name,
            limit.unwrap_or_default()
        );
    }
    let sum: u64 = sizes.iter().map(|size| size.bytes).sum();
    let count = sizes.len();
    let (c, c_count) = C_NUT;
    let _ = writeln!(
        text,
        "{:>7} kB  {count} programs; C NUT has {c} kB in {c_count}",
        sum.div_ceil(1000)
    );
    text
}

/// Those that are larger than they may be.
pub(super) fn over(sizes: &[Size]) -> Vec<String> {
    let over = sizes.iter().filter_map(|size| {
        let limit = size.limit().filter(|limit| size.kb() > *limit)?;
        Some(format!(
            "{} has {} kB, more than the {limit} kB that it may have",
            size.name,
            size.kb()
        ))
    });
    over.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_a_limit_can_exceed_it() {
        let size = |name: &str, bytes| Size {
            name: name.to_owned(),
            bytes,
        };
        let sizes = [
            size("upsd", 1_800_001),
            size("usbhid-ups", 900_000),
            size("upsc", 9_000_000),
        ];
        assert_eq!(
            over(&sizes),
            ["upsd has 1801 kB, more than the 1800 kB that it may have"]
        );
        let table = table(&sizes);
        assert!(
            table.contains("   1801 kB  upsd  of 1800: too large\n"),
            "{table}"
        );
        assert!(
            table.contains("  11701 kB  3 programs; C NUT has 18900 kB in 80\n"),
            "{table}"
        );
    }
}
