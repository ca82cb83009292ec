//! What NUT's files say about encryption, each value with the place where they say it.

use std::path::{Path, PathBuf};

use secret::Secret;

/// A value and where it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// Where and as what, for messages: `/etc/nut/upsd.conf:12: CERTFILE`.
    pub at: String,
}

impl<T> Said<T> {
    /// A value said at a place.
    pub fn new(value: T, at: impl Into<String>) -> Self {
        Self {
            value,
            at: at.into(),
        }
    }
}

/// A file of NUT, and where in it each directive stands.
pub struct Source<'a> {
    /// Its path.
    pub file: &'a Path,
    /// The line of a directive, if it is there.
    pub line: &'a dyn Fn(&str) -> Option<u32>,
}

impl Source<'_> {
    /// The value that `directive` gives, with its place.
    pub fn said<T>(&self, value: Option<T>, directive: &str) -> Option<Said<T>> {
        value.map(|value| Said::new(value, self.at(directive)))
    }

    /// A file or directory, likewise. A name without `/` in front is beside the file: where a program was started, or what
    /// directory it has gone to, is nothing that an administrator thinks of.
    pub fn said_path(&self, value: Option<&Path>, directive: &str) -> Option<Said<PathBuf>> {
        let beside = value.map(|path| match self.file.parent() {
            Some(dir) => dir.join(path),
            None => path.to_owned(),
        });
        self.said(beside, directive)
    }

    fn at(&self, directive: &str) -> String {
        let line = (self.line)(directive).map(|line| format!(":{line}"));
        let file = self.file.display();
        format!("{file}{}: {directive}", line.unwrap_or_default())
    }
}

/// `CERTIDENT`: the name that one's own certificate must carry, empty for any, and the password of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ident {
    /// The name.
    pub name: String,
    /// The password.
    pub password: Secret,
}

/// What is asked of the certificate of a client: `CERTREQUEST`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Request {
    /// None is asked for.
    #[default]
    No,
    /// It may have one, which must be good then.
    Ask,
    /// It must have a good one.
    Require,
}

/// What upsd.conf says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServerSettings {
    /// `CERTFILE`
    pub certfile: Option<Said<PathBuf>>,
    /// `CERTPATH`
    pub certpath: Option<Said<PathBuf>>,
    /// `CERTIDENT`
    pub certident: Option<Said<Ident>>,
    /// `CERTREQUEST`
    pub certrequest: Option<Said<Request>>,
    /// `DISABLE_WEAK_SSL`
    pub disable_weak_ssl: Option<Said<bool>>,
}

/// What upsmon.conf or nutauth.conf says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientSettings {
    /// `CERTPATH`
    pub certpath: Option<Said<PathBuf>>,
    /// `CERTFILE`
    pub certfile: Option<Said<PathBuf>>,
    /// `CERTIDENT`
    pub certident: Option<Said<Ident>>,
    /// `CERTVERIFY`
    pub certverify: Option<Said<bool>>,
    /// `FORCESSL`
    pub forcessl: Option<Said<bool>>,
    /// `CERTHOST`
    pub certhosts: Vec<Said<HostRule>>,
}

/// `CERTHOST`: what holds for one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostRule {
    /// Its host, as in the address of a UPS.
    pub host: String,
    /// Its port; `None` is any.
    pub port: Option<u16>,
    /// The name that its certificate must carry; empty for the host's own.
    pub name: String,
    /// As CERTVERIFY; `None` is what that says.
    pub verify: Option<bool>,
    /// As FORCESSL; `None` is what that says.
    pub force: Option<bool>,
}

impl HostRule {
    pub(crate) fn is_for(&self, host: &str, port: u16) -> bool {
        self.host.eq_ignore_ascii_case(host) && self.port.is_none_or(|own| own == port)
    }
}

/// Why encryption cannot be had as it is configured: where, what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{at}: {what}")]
pub struct Error {
    /// Where it was said: file, line, directive.
    pub at: String,
    /// What is wrong and what to do.
    pub what: String,
}

impl Error {
    pub(crate) fn new<T>(said: &Said<T>, what: impl Into<String>) -> Self {
        Self {
            at: said.at.clone(),
            what: what.into(),
        }
    }
}

/// Something that the log should say about a configuration that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Everything is in order.
    Info(String),
    /// It works, but perhaps not as it was meant, or not for long.
    Warning(String),
}

impl Remark {
    /// What is to be said.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Info(text) | Self::Warning(text) => text,
        }
    }

    /// As the check of `program` shows it: a warning says so.
    #[must_use]
    pub fn shown_by(&self, program: &str) -> String {
        match self {
            Self::Info(text) => text.clone(),
            Self::Warning(text) => format!("{program}: warning: {text}"),
        }
    }

    /// Whether somebody should look.
    #[must_use]
    pub const fn is_warning(&self) -> bool {
        matches!(self, Self::Warning(_))
    }
}
