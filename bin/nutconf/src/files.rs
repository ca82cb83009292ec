//! The files in one directory: read when they are asked for, checked and written together.
//!
//! Nothing is written unless all is right: what cannot be told apart for certain is not edited, and an edit that makes a file
//! wrong in a way it was not wrong before is refused.

use std::fs;
use std::path::{Path, PathBuf};

use config::edit::{Document, Format, Shell};
use config::{Problem, Severity, UpsConf, UpsdConf, UpsmonConf, Users};
use daemon::replace::{Original, Owner};

use crate::Error;

/// The files that can be changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Nut,
    Ups,
    Upsd,
    Users,
    Upsmon,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [Self::Nut, Self::Ups, Self::Upsd, Self::Users, Self::Upsmon];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nut => "nut.conf",
            Self::Ups => "ups.conf",
            Self::Upsd => "upsd.conf",
            Self::Users => "upsd.users",
            Self::Upsmon => "upsmon.conf",
        }
    }

    /// What a new file may be read by: nut.conf has no secrets, and scripts of any user look into it.
    fn mode(self) -> u32 {
        match self {
            Self::Nut => 0o644,
            _ => 0o640,
        }
    }

    /// What the programs that read it say to it.
    fn problems(self, path: &Path, bytes: &[u8]) -> Vec<Problem> {
        match self {
            Self::Nut => Shell::parse(path, bytes).err().unwrap_or_default(),
            Self::Ups => UpsConf::parse(path, bytes).problems,
            Self::Upsd => UpsdConf::parse(path, bytes).problems,
            Self::Users => Users::parse(path, bytes).problems,
            Self::Upsmon => UpsmonConf::parse(path, bytes).problems,
        }
    }
}

/// A file's text.
#[derive(Debug)]
enum Text {
    Words(Document),
    Shell(Shell),
}

/// A file that was read.
#[derive(Debug)]
struct Opened {
    kind: Kind,
    path: PathBuf,
    original: Original,
    text: Text,
}

impl Opened {
    fn read(dir: &Path, kind: Kind) -> Result<Self, Error> {
        let path = dir.join(kind.name());
        let original = Original::read(&path)?;
        let bytes = original.bytes();
        let text = match kind {
            Kind::Nut => Shell::parse(&path, bytes).map(Text::Shell),
            Kind::Ups => Document::parse(Format::Ups, &path, bytes).map(Text::Words),
            Kind::Users => Document::parse(Format::Users, &path, bytes).map(Text::Words),
            _ => Document::parse(Format::Directives, &path, bytes).map(Text::Words),
        };
        let text = text.map_err(Error::Unclear)?;
        Ok(Self {
            kind,
            path,
            original,
            text,
        })
    }

    fn bytes(&self) -> &[u8] {
        match &self.text {
            Text::Words(document) => document.bytes(),
            Text::Shell(shell) => shell.bytes(),
        }
    }

    fn is_changed(&self) -> bool {
        self.bytes() != self.original.bytes()
    }

    /// What is wrong with the file now and was not before.
    fn new_problems(&self) -> Vec<Problem> {
        let mut before: Vec<String> = self
            .kind
            .problems(&self.path, self.original.bytes())
            .iter()
            .map(numberless)
            .collect();
        let mut problems = self.kind.problems(&self.path, self.bytes());
        problems.retain(|problem| {
            let text = numberless(problem);
            let known = before.iter().position(|known| *known == text);
            known.map(|known| before.swap_remove(known)).is_none()
        });
        problems
    }
}

/// The text of a problem, however many lines were put before it and whatever the figures are.
fn numberless(problem: &Problem) -> String {
    let text = problem.text.chars().filter(|c| !c.is_ascii_digit());
    format!("{} {}", problem.severity, text.collect::<String>())
}

/// All files of a directory.
#[derive(Debug)]
pub(crate) struct Files {
    dir: PathBuf,
    opened: Vec<Opened>,
}

impl Files {
    pub(crate) fn of(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            opened: Vec::new(),
        }
    }

    fn open(&mut self, kind: Kind) -> Result<&mut Opened, Error> {
        let index = match self.opened.iter().position(|known| known.kind == kind) {
            Some(index) => index,
            None => {
                self.opened.push(Opened::read(&self.dir, kind)?);
                self.opened.len() - 1
            }
        };
        self.opened.get_mut(index).ok_or(Error::NoSuch(kind.name()))
    }

    /// A file other than nut.conf; an empty one if there is none.
    pub(crate) fn words(&mut self, kind: Kind) -> Result<&mut Document, Error> {
        match &mut self.open(kind)?.text {
            Text::Words(document) => Ok(document),
            Text::Shell(_) => Err(Error::NoSuch(kind.name())),
        }
    }

    /// nut.conf; an empty one if there is none.
    pub(crate) fn nut(&mut self) -> Result<&mut Shell, Error> {
        match &mut self.open(Kind::Nut)?.text {
            Text::Shell(shell) => Ok(shell),
            Text::Words(_) => Err(Error::NoSuch(Kind::Nut.name())),
        }
    }

    /// Writes what has changed, and returns the names of what was written and what is odd about it now.
    pub(crate) fn commit(&self) -> Result<(Vec<PathBuf>, Vec<Problem>), Error> {
        let mut wrong = Vec::new();
        let mut odd = Vec::new();
        for opened in self.opened.iter().filter(|opened| opened.is_changed()) {
            for problem in opened.new_problems() {
                match problem.severity {
                    Severity::Error => wrong.push(problem),
                    Severity::Warning => odd.push(problem),
                }
            }
        }
        if !wrong.is_empty() {
            return Err(Error::Refused(wrong));
        }
        let mut written = Vec::new();
        for opened in self.opened.iter().filter(|opened| opened.is_changed()) {
            let replaced = opened
                .original
                .replace(opened.bytes(), self.owner(opened.kind)?);
            replaced.map_err(|cause| Error::Write {
                cause,
                written: written.clone(),
            })?;
            written.push(opened.path.clone());
        }
        Ok((written, odd))
    }

    /// Whose a new file is: as the other files here, else as the directory.
    fn owner(&self, kind: Kind) -> Result<Owner, Error> {
        let siblings = Kind::ALL.iter().map(|kind| self.dir.join(kind.name()));
        let mut found = siblings.filter_map(|path| fs::metadata(path).ok());
        let model = found.next().map_or_else(|| fs::metadata(&self.dir), Ok);
        let model = model.map_err(|cause| Error::NoDirectory(self.dir.clone(), cause))?;
        Ok(Owner {
            mode: kind.mode(),
            ..Owner::of(&model)
        })
    }
}
