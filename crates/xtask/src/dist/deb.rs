//! Packages for Debian, of an install tree.
//!
//! `packaging/debian/control` says which there are; each has the programs and files of its part. `dpkg-deb` writes them: it is
//! there wherever such packages are of use, and what it writes dpkg can read.

mod control;
mod libraries;

use super::files::{FILES, LINKS};
use super::manual::Page;
use super::places::Places;
use super::programs::Installed;
use super::{paths, tree};
use crate::cargo::{ask, perform};
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use control::Stanza;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// The version of NUT that others find when they ask whether it is new enough.
const NUT: &str = "2.8.5";

/// What each part has systemd start. Who is wanted by another one comes first.
const UNITS: &[(&str, &str)] = &[
    (
        "client",
        "nut-monitor.service nut-logger.service nut.target",
    ),
    (
        "server",
        "nut-driver-enumerator.path nut-driver.target nut-server.service",
    ),
];

/// Which packages of C NUT go with a driver, wherever that is.
const SPLITS: &[(&str, &str)] = &[("snmp-ups", "nut-snmp")];

/// Where Debian 12 and older have what is in `/usr` today. Its dpkg does not know that both are the same: it would remove our
/// files with those of the package that they replace.
const ALIASED: &[(&str, &str)] = &[
    ("usr/bin", "bin"),
    ("usr/sbin", "sbin"),
    ("usr/lib/nut", "lib/nut"),
    ("usr/lib/systemd", "lib/systemd"),
    ("usr/lib/udev", "lib/udev"),
];

/// Makes them of the tree `root`, into `to`.
pub(super) fn make(
    to: &Path,
    root: &Path,
    workspace: &Workspace,
    programs: &[Installed],
    pages: &[Page],
    is_trial: bool,
) -> Result<Vec<PathBuf>> {
    let source = workspace.root.join("packaging/debian");
    let architecture = ask(Command::new("dpkg").arg("--print-architecture"))?;
    let made = Making {
        source: &source,
        root,
        programs,
        pages,
        version: env!("CARGO_PKG_VERSION"),
        architecture: architecture.trim(),
        is_aliased: is_aliased(),
        is_trial,
    };
    let control = read(&source.join("control"))?;
    let mut packages = Vec::new();
    for stanza in Stanza::all(&control) {
        packages.extend(made.package(to, &stanza)?);
    }
    Ok(packages)
}

/// What all packages have in common.
struct Making<'a> {
    source: &'a Path,
    root: &'a Path,
    programs: &'a [Installed],
    pages: &'a [Page],
    version: &'a str,
    architecture: &'a str,
    is_aliased: bool,
    is_trial: bool,
}

impl Making<'_> {
    /// One package; none where nothing would be in it.
    fn package(&self, to: &Path, stanza: &Stanza) -> Result<Option<PathBuf>> {
        let name = stanza.get("Package").unwrap_or_default();
        let part = name.strip_prefix("locknut-").unwrap_or_default();
        let everywhere = stanza.get("Architecture") == Some("all");
        let dir = to.join(format!("{name}.tree"));
        let has_programs = self.fill(&dir, part)?;
        if !has_programs && !everywhere {
            fs::remove_dir_all(&dir).map_err(Failure::io(dir.display()))?;
            return Ok(None);
        }
        self.documents(&dir, name)?;
        self.scripts(&dir, part)?;
        let architecture = if everywhere { "all" } else { self.architecture };
        let control = self.control(stanza, part, &dir, architecture)?;
        write(&dir.join("DEBIAN/control"), &control, 0o644)?;
        let file = to.join(format!("{name}_{}_{architecture}.deb", self.version));
        let mut build = Command::new("dpkg-deb");
        // for a trial nobody waits for the last kilobyte
        let packing: &[&str] = if self.is_trial {
            &["-Zgzip", "-z1"]
        } else {
            &["-Zxz"]
        };
        build.arg("--root-owner-group").args(packing).arg("--build");
        ask(build.arg(&dir).arg(&file))?;
        fs::remove_dir_all(&dir).map_err(Failure::io(dir.display()))?;
        Ok(Some(file))
    }

    /// Links what belongs to a part into the tree of its package; whether there are programs.
    fn fill(&self, dir: &Path, part: &str) -> Result<bool> {
        make_dir(dir)?;
        let places = Places::default();
        let mut paths_of_part = Vec::new();
        for program in self.programs.iter().filter(|one| one.part == part) {
            let path = paths(self.root, &places, program);
            let alias = |name: &String| path.with_file_name(name);
            paths_of_part.extend(program.aliases.iter().map(alias));
            paths_of_part.push(path);
        }
        let has_programs = !paths_of_part.is_empty();
        let pages = self.pages.iter().filter(|page| page.is_of(part));
        paths_of_part.extend(pages.flat_map(|page| page.paths(self.root, &places)));
        let files = FILES.iter().filter(|file| file.part == part);
        paths_of_part.extend(files.map(|file| tree::path(self.root, &places, file)));
        let links = LINKS.iter().filter(|link| link.part == part);
        let links = links.map(|link| places.under(self.root, link.place).join(link.name));
        // what a link would lead to may not be there
        paths_of_part.extend(links.filter(|path| fs::symlink_metadata(path).is_ok()));
        for path in paths_of_part {
            let below = path.strip_prefix(self.root).unwrap_or(&path);
            let placed = self.placed(below, part);
            match fs::read_link(&path) {
                Ok(target) => link(&dir.join(&placed), &led(below, &target, &placed))?,
                Err(_) => copy(&path, &dir.join(&placed))?,
            }
        }
        if has_programs {
            make_dir(&dir.join("etc/nut"))?;
        }
        Ok(has_programs)
    }

    /// Where a file of the tree is in the package.
    fn placed(&self, below: &Path, part: &str) -> PathBuf {
        if let Ok(rest) = below.strip_prefix("usr/share/doc/locknut") {
            return Path::new("usr/share/doc")
                .join(format!("locknut-{part}"))
                .join(rest);
        }
        let moved = ALIASED.iter().filter(|_| self.is_aliased);
        let moved = moved.filter_map(|(from, to)| Some((below.strip_prefix(from).ok()?, to)));
        let moved = moved.map(|(rest, to)| Path::new(to).join(rest)).next();
        moved.unwrap_or_else(|| below.to_owned())
    }

    fn documents(&self, dir: &Path, name: &str) -> Result<()> {
        let docs = dir.join("usr/share/doc").join(name);
        write(
            &docs.join("copyright"),
            &read(&self.source.join("copyright"))?,
            0o644,
        )?;
        let changelog = read(&self.source.join("changelog"))?.replace("${version}", self.version);
        write(&docs.join("changelog"), &changelog, 0o644)?;
        perform(Command::new("gzip").arg("-9n").arg(docs.join("changelog")))
    }

    fn scripts(&self, dir: &Path, part: &str) -> Result<()> {
        let Some((_, units)) = UNITS.iter().find(|(of, _)| *of == part) else {
            return Ok(());
        };
        let own = format!("{part}.postinst");
        for (from, name) in [
            (own.as_str(), "postinst"),
            ("prerm", "prerm"),
            ("postrm", "postrm"),
        ] {
            let text = read(&self.source.join(from))?;
            let text = text.replace("${units}", units).replace("${part}", part);
            write(&dir.join("DEBIAN").join(name), &text, 0o755)?;
        }
        Ok(())
    }

    fn control(
        &self,
        stanza: &Stanza,
        part: &str,
        dir: &Path,
        architecture: &str,
    ) -> Result<String> {
        let mut needs = libraries::needed(dir)?.join(", ");
        if needs.is_empty() {
            needs = "libc6".to_owned();
        }
        let values = [
            ("version", self.version.to_owned()),
            ("nut", NUT.to_owned()),
            ("libraries", needs),
        ];
        let mut filled = stanza.filled(&values);
        filled.set("Architecture", architecture);
        for (driver, package) in SPLITS {
            let here = |one: &Installed| one.name == *driver && one.part == part;
            if self.programs.iter().any(here)
                && filled
                    .get("Provides")
                    .is_some_and(|all| !all.contains(package))
            {
                filled.add("Provides", &format!("{package} (= {NUT})"));
                filled.add("Conflicts", package);
                filled.add("Replaces", package);
            }
        }
        let size = libraries::kib(dir)?;
        Ok(filled.text(&[
            ("Version", self.version),
            ("Source", "locknut"),
            ("Section", "admin"),
            ("Priority", "optional"),
            ("Maintainer", "The Locknut developers <locknut@example.org>"),
            ("Installed-Size", &size.to_string()),
        ]))
    }
}

fn is_aliased() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let version = release
        .lines()
        .find_map(|line| line.strip_prefix("VERSION_ID="));
    let version = version.and_then(|version| version.trim_matches('"').parse::<u32>().ok());
    version.is_some_and(|version| version <= 12)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(Failure::io(path.display()))
}

fn write(path: &Path, text: &str, mode: u32) -> Result<()> {
    make_dir(path.parent().unwrap_or(path))?;
    fs::write(path, text).map_err(Failure::io(path.display()))?;
    set_mode(path, mode)
}

/// A file, with its mode.
fn copy(from: &Path, to: &Path) -> Result<()> {
    make_dir(to.parent().unwrap_or(to))?;
    fs::copy(from, to)
        .map(drop)
        .map_err(Failure::io(from.display()))
}

fn link(path: &Path, target: &Path) -> Result<()> {
    make_dir(path.parent().unwrap_or(path))?;
    symlink(target, path).map_err(Failure::io(path.display()))
}

/// Where a link leads from its place in the package: to the root, when it would have to climb up there otherwise, as
/// Debian's policy wants it.
fn led(below: &Path, target: &Path, placed: &Path) -> PathBuf {
    let mut whole = Path::new("/").join(below);
    whole.pop();
    for step in target.components() {
        match step {
            Component::ParentDir => drop(whole.pop()),
            step => whole.push(step),
        }
    }
    let top = |path: &Path| {
        let mut steps = path
            .components()
            .filter(|step| matches!(step, Component::Normal(_)));
        steps.next().map(|step| step.as_os_str().to_owned())
    };
    let is_beside = target.components().count() == 1;
    if is_beside || top(&whole) == top(placed) {
        target.to_owned()
    } else {
        whole
    }
}

/// Whatever this account's umask says.
fn make_dir(dir: &Path) -> Result<()> {
    if dir.is_dir() {
        return Ok(());
    }
    if let Some(parent) = dir.parent() {
        make_dir(parent)?;
    }
    fs::create_dir(dir).map_err(Failure::io(dir.display()))?;
    set_mode(dir, 0o755)
}

fn set_mode(path: &Path, mode: u32) -> Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(Failure::io(path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_would_climb_to_the_root_begin_there() {
        let led = |below: &str, target: &str, placed: &str| {
            led(Path::new(below), Path::new(target), Path::new(placed))
        };
        let generator = "usr/lib/systemd/system-generators/g";
        let target = "../../../libexec/locknut/x";
        let aliased = led(generator, target, "lib/systemd/system-generators/g");
        assert_eq!(aliased, Path::new("/usr/libexec/locknut/x"));
        assert_eq!(led(generator, target, generator), Path::new(target));
        assert_eq!(led("usr/lib/nut/a", "b", "lib/nut/a"), Path::new("b"));
    }
}
