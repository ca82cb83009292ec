//! The memory that a process has resident, shared pages included.

use crate::failure::{Failure, Result};
use std::fs;

/// In kB.
pub(crate) fn resident(pid: u32) -> Result<f64> {
    let path = format!("/proc/{pid}/status");
    let status = fs::read_to_string(&path).map_err(Failure::io(&path))?;
    parse(&status).ok_or_else(|| Failure::told(format!("{path} has no VmRSS")))
}

fn parse(status: &str) -> Option<f64> {
    let value = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    value.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_from_the_status() {
        let status = "VmHWM:\t    2000 kB\nVmRSS:\t    1984 kB\n";
        assert_eq!(parse(status), Some(1984.0));
        assert_eq!(parse("Name:\tupsd\n"), None);
    }
}
