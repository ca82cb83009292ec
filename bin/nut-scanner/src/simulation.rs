//! Files of simulated devices in the configuration directory.

use std::fs;
use std::path::Path;

use crate::found::{Device, Kind};
use crate::tell::Tell;

/// Each file that dummy-ups plays.
pub(crate) fn scan(dir: &Path, tell: Tell) -> Vec<Device> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) => {
            tell.problem(&format!("Simulation: {}: {error}", dir.display()));
            return Vec::new();
        }
    };
    let names = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let is_script = [".dev", ".seq"].iter().any(|end| name.ends_with(end));
        let is_plain = !name.contains(char::is_control);
        (is_script && is_plain && entry.path().is_file()).then_some(name)
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    let device = |name| Device::new(Kind::Simulation, "dummy-ups", name);
    names.into_iter().map(device).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_simulated_devices_are_found_by_their_names() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["b.seq", "a.dev", "ups.conf", "x.dev.bak"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        let tell = Tell { quiet: true };
        let ports: Vec<String> = scan(dir.path(), tell)
            .into_iter()
            .map(|each| each.port)
            .collect();
        assert_eq!(ports, ["a.dev", "b.seq"]);
        assert_eq!(scan(&dir.path().join("none"), tell), []);
    }
}
