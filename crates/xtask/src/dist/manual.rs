//! Manual pages: docs/man as troff, where man(1) looks for them.
//!
//! ```text
//! docs/man/upsd.8.md --markdown--> what lowdown takes --lowdown--> troff --troff--> man8/upsd.8 --gzip--> man8/upsd.8.gz
//! ```
//! lowdown is a small program that distributions have. What stands around its work here is what a manual page needs and a page of
//! Markdown that is read in a browser has otherwise.

mod markdown;
mod troff;

use super::places::Places;
use super::programs::Installed;
use crate::cargo::{exists, perform};
use crate::failure::{Failure, Result};
use crate::workspace::Workspace;
use std::fs;
use std::io::Write;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What makes them.
const LOWDOWN: &str = "lowdown, `apt-get install lowdown`";

/// The packages that have pages about no program. That of a program is in the package of the program.
#[rustfmt::skip]
const PARTS: &[(&str, &str)] = &[
    ("locknut",       "client"),
    ("nut.conf",      "client"),
    ("nutauth.conf",  "client"),
    ("upsmon.conf",   "client"),
    ("upssched.conf", "client"),
    ("nutupsdrv",     "server"),
    ("ups.conf",      "server"),
    ("upsd.conf",     "server"),
    ("upsd.users",    "server"),
];

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The text that it is made of.
    from: PathBuf,
    name: String,
    section: String,
    part: String,
    /// Other names of its program.
    aliases: Vec<String>,
}

impl Page {
    /// All of them.
    pub(super) fn all(workspace: &Workspace, programs: &[Installed]) -> Result<Vec<Self>> {
        let dir = workspace.root.join("docs/man");
        let mut pages = Vec::new();
        for entry in fs::read_dir(&dir).map_err(Failure::io(dir.display()))? {
            let from = entry.map_err(Failure::io(dir.display()))?.path();
            pages.push(Self::of(from, programs)?);
        }
        pages.sort_by(|one, other| one.from.cmp(&other.from));
        Ok(pages)
    }

    fn of(from: PathBuf, programs: &[Installed]) -> Result<Self> {
        let file = from.file_name().unwrap_or_default().to_string_lossy();
        let parts = file.strip_suffix(".md").and_then(|it| it.rsplit_once('.'));
        let (name, section) = parts.ok_or_else(|| {
            Failure::told(format!("docs/man/{file}: a page is called NAME.SECTION.md"))
        })?;
        let program = programs.iter().find(|program| program.name == name);
        let other = PARTS.iter().find(|(page, _)| *page == name);
        let part = program.map(|program| program.part.as_str());
        let part = part.or(other.map(|(_, part)| *part)).ok_or_else(|| {
            Failure::told(format!(
                "docs/man/{file} is about no program; which package has it, is to stand in crates/xtask/src/dist/manual.rs"
            ))
        })?;
        Ok(Self {
            name: name.to_owned(),
            section: section.to_owned(),
            part: part.to_owned(),
            aliases: program.map(|one| one.aliases.clone()).unwrap_or_default(),
            from,
        })
    }

    /// Whether it is in this package.
    pub(super) fn is_of(&self, part: &str) -> bool {
        self.part == part
    }

    /// All its names below `root`, its own first.
    pub(super) fn paths(&self, root: &Path, places: &Places) -> Vec<PathBuf> {
        let dir = places.under(root, "mandir");
        let dir = dir.join(format!("man{}", self.section));
        let names = std::iter::once(&self.name).chain(&self.aliases);
        names
            .map(|name| dir.join(format!("{name}.{}.gz", self.section)))
            .collect()
    }

    fn install(&self, root: &Path, places: &Places) -> Result<()> {
        let text = fs::read_to_string(&self.from).map_err(Failure::io(self.from.display()))?;
        let page = troff::improved(&lowdown(&markdown::prepared(&text, &self.title()))?);
        let paths = self.paths(root, places);
        let Some((own, others)) = paths.split_first() else {
            return Ok(());
        };
        super::tree::write(&own.with_extension(""), &page, 0o644)?;
        perform(Command::new("gzip").arg("-9nf").arg(own.with_extension("")))?;
        for other in others {
            let target = own.file_name().unwrap_or_default();
            if fs::symlink_metadata(other).is_ok() {
                fs::remove_file(other).map_err(Failure::io(other.display()))?;
            }
            symlink(target, other).map_err(Failure::io(other.display()))?;
        }
        Ok(())
    }

    /// What stands above and below each sheet.
    fn title(&self) -> String {
        format!(
            "title: {}\nsection: {}\nsource: Locknut {}\nvolume: Network UPS Tools\n\n",
            self.name,
            self.section,
            env!("CARGO_PKG_VERSION")
        )
    }
}

/// Makes all of them below `root`.
pub(super) fn make(root: &Path, pages: &[Page], places: &Places) -> Result<()> {
    if !exists("lowdown") {
        return Err(Failure::told(format!("manual pages need {LOWDOWN}")));
    }
    pages.iter().try_for_each(|page| page.install(root, places))
}

/// Whether pages can be made here; else what that needs.
pub(super) fn lacking() -> Option<&'static str> {
    (!exists("lowdown")).then_some(LOWDOWN)
}

fn lowdown(text: &str) -> Result<String> {
    let io = || Failure::io("lowdown");
    let mut child = Command::new("lowdown")
        .args(["-s", "-Tman", "--out-no-smarty", "--parse-no-intraemph"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(io())?;
    if let Some(mut stdin) = child.stdin.take() {
        // it reads all before it writes
        stdin.write_all(text.as_bytes()).map_err(io())?;
    }
    let output = child.wait_with_output().map_err(io())?;
    if !output.status.success() {
        return Err(Failure::told(format!("lowdown failed ({})", output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
