//! Where the tests that make up inputs begin.
//!
//! Each tree of files has a number of its own: judged again, a change meets the same inputs, and what failed once fails again
//! wherever it is looked at; the next change meets others.

use crate::cargo::ask;
use crate::workspace::Workspace;
use std::process::{Command, Stdio};

/// The number of the committed tree; always the same one where there is no repository.
pub(super) fn of(workspace: &Workspace) -> u64 {
    let mut git = Command::new("git");
    git.args(["rev-parse", "HEAD^{tree}"])
        .current_dir(&workspace.root)
        .stderr(Stdio::null());
    ask(&mut git).map_or(1, |told| of_hash(&told))
}

/// Of so many digits as fit, and never 0, from which some generators do not come away.
fn of_hash(hash: &str) -> u64 {
    let digits = hash.get(..15).unwrap_or_default();
    u64::from_str_radix(digits, 16).unwrap_or_default().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_hash_gives_the_same_number_and_none_gives_one_too() {
        let hash = "005bf38a0e9d7f16e2c5b1b7c6f0d9e8a7b6c5d4\n";
        assert_eq!(of_hash(hash), 0x0005_bf38_a0e9_d7f1);
        assert_eq!((of_hash(""), of_hash("not a hash at all")), (1, 1));
    }
}
