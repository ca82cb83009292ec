//! What this machine's apt is configured to: the same is good for the virtual machine.

use crate::cargo::ask;
use crate::failure::{Failure, Result};
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

/// The code name of this Debian; none on another system.
pub(super) fn release() -> Option<String> {
    code_name(&fs::read_to_string("/etc/os-release").ok()?)
}

fn code_name(os_release: &str) -> Option<String> {
    let value = |key: &str| {
        let mut lines = os_release.lines();
        let value = lines.find_map(|line| line.strip_prefix(key)?.strip_prefix('='))?;
        Some(value.trim_matches('"').to_owned())
    };
    value("ID")
        .filter(|id| id == "debian")
        .and_then(|_| value("VERSION_CODENAME"))
}

/// Debian's own sources, as lines of a sources.list. Those of others have keys of their own, and nothing that is wanted.
pub(super) fn sources() -> Result<String> {
    let format = "$(ORIGIN) $(REPO_URI) $(CODENAME) $(COMPONENT)";
    let mut apt = Command::new("apt-get");
    let lines = ask(apt.args(["indextargets", "--format", format, "Created-By: Packages"]))?;
    let lines = sources_of(&lines);
    if lines.is_empty() {
        return Err(Failure::told(
            "apt knows no packages of Debian; `apt-get update` may help",
        ));
    }
    Ok(lines)
}

fn sources_of(targets: &str) -> String {
    let debian = targets
        .lines()
        .filter_map(|line| line.strip_prefix("Debian "));
    let lines: BTreeSet<String> = debian.map(|line| format!("deb {line}\n")).collect();
    lines.into_iter().collect()
}

/// How this machine reaches its sources: proxies, and what it demands of them.
pub(super) fn options() -> Result<Vec<String>> {
    let all = ask(Command::new("apt-config").arg("dump"))?;
    Ok(options_of(&all))
}

fn options_of(dump: &str) -> Vec<String> {
    let wanted = [
        "Acquire::http::",
        "Acquire::https::",
        "Acquire::Check-",
        "Acquire::Retries",
    ];
    let lines = dump.lines();
    let chosen = lines.filter(|line| wanted.iter().any(|start| line.starts_with(start)));
    chosen.map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_debian_has_a_code_name() {
        let debian = "NAME=\"Debian\"\nVERSION_CODENAME=bookworm\nID=debian\n";
        assert_eq!(code_name(debian).as_deref(), Some("bookworm"));
        assert_eq!(code_name("ID=\"other\"\nVERSION_CODENAME=noble\n"), None);
        assert_eq!(code_name("ID=debian\n"), None);
    }

    #[test]
    fn sources_of_others_are_left_out_and_none_is_there_twice() {
        let targets = "Debian http://mirror.test/debian/ bookworm main\nSomebody http://x.test/ nodistro main\n\
                       Debian http://mirror.test/debian/ bookworm main\n";
        assert_eq!(
            sources_of(targets),
            "deb http://mirror.test/debian/ bookworm main\n"
        );
    }

    #[test]
    fn only_the_way_to_the_sources_is_taken_over() {
        let dump = "APT::Architecture \"amd64\";\nAcquire::http::Proxy \"http://proxy.test:3142\";\n\
                    DPkg::Post-Invoke:: \"rm -f x\";\nAcquire::Check-Valid-Until \"false\";\n";
        let options = [
            "Acquire::http::Proxy \"http://proxy.test:3142\";",
            "Acquire::Check-Valid-Until \"false\";",
        ];
        assert_eq!(options_of(dump), options);
    }
}
