//! What a host leaves behind: the marks of SHUTDOWNCMD, what NOTIFYCMD was told, the flag.

use std::fs;
use std::path::PathBuf;

use testkit::{PATIENCE, eventually};

use crate::host::Host;

/// What POWERDOWNFLAG holds.
pub(crate) const MAGIC: &[u8] = b"upsmon-shutdown-file";

impl Host {
    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.sandbox.etc().join(name)).unwrap_or_default()
    }

    /// When SHUTDOWNCMD was run, in nanoseconds.
    pub(crate) fn marks(&self) -> Vec<u128> {
        let marks = self.file("marks");
        marks.lines().map(|line| line.parse().unwrap()).collect()
    }

    /// Waits for the shutdown, and tells when it came.
    #[track_caller]
    pub(crate) fn await_mark(&self) -> u128 {
        self.await_marks(1)
    }

    /// Waits for both shutdowns; whether this host's came first. A secondary of C NUT has logged out, for which the primary
    /// waits, before its SHUTDOWNCMD has told the time: it has a second more.
    #[track_caller]
    pub(crate) fn was_down_before(&self, primary: &Self) -> bool {
        let grace = if self.who.is_nut() { 1_000_000_000 } else { 0 };
        self.await_mark() < primary.await_mark() + grace
    }

    /// Waits for so many attempts, and tells when the last of them came.
    #[track_caller]
    pub(crate) fn await_marks(&self, count: usize) -> u128 {
        let mark = eventually(PATIENCE, || self.marks().get(count - 1).copied());
        let log = self.log();
        mark.unwrap_or_else(|| panic!("{} was not shut down; its log:\n{log}", self.who))
    }

    /// Nobody may have shut it down by now.
    #[track_caller]
    pub(crate) fn expect_unmarked(&self, when: &str) {
        let (marks, log) = (self.marks(), self.log());
        assert!(
            marks.is_empty(),
            "{} {when}, marks {marks:?}:\n{log}",
            self.who
        );
    }

    /// The shutdown has been run to its end, once.
    #[track_caller]
    pub(crate) fn expect_one_shutdown(&mut self) {
        self.await_mark();
        let code = self.await_end();
        assert_eq!(code, Some(0), "{}:\n{}", self.who, self.log());
        assert_eq!(self.marks().len(), 1, "{}:\n{}", self.who, self.log());
    }

    /// What NOTIFYCMD was told, as `TYPE ups|message`.
    pub(crate) fn notices(&self) -> Vec<String> {
        self.file("notices").lines().map(str::to_owned).collect()
    }

    /// Waits until NOTIFYCMD was told of this so many times.
    #[track_caller]
    pub(crate) fn await_notice(&self, kind: &str, count: usize) {
        let begin = format!("{kind} ");
        let told = || {
            self.notices()
                .iter()
                .filter(|line| line.starts_with(&begin))
                .count()
        };
        let came = eventually(PATIENCE, || (told() >= count).then_some(()));
        let (notices, log) = (self.notices(), self.log());
        assert!(came.is_some(), "no {kind}: {notices:#?}, log:\n{log}");
    }

    pub(crate) fn flag_path(&self) -> PathBuf {
        self.sandbox.etc().join("killpower")
    }

    pub(crate) fn flag(&self) -> Option<Vec<u8>> {
        fs::read(self.flag_path()).ok()
    }
}
