//! What is told on standard error while the results go to standard output.

use daemon::banner::complain;

/// Who tells.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tell {
    /// `-q`.
    pub(crate) quiet: bool,
}

impl Tell {
    /// How it goes; `-q` silences it.
    pub(crate) fn progress(self, text: &str) {
        if !self.quiet {
            complain(text);
        }
    }

    /// What somebody has to do something about.
    pub(crate) fn problem(self, text: &str) {
        complain(text);
    }
}
