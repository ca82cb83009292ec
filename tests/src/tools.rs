//! The tools of a site: upsc, upscmd, upsrw.

use crate::Site;
use testkit::{Finished, PATIENCE, Program, eventually};

impl Site {
    /// How the tools name a UPS of this site.
    #[must_use]
    pub fn address(&self, ups: &str) -> String {
        format!("{ups}@localhost:{}", self.port)
    }

    /// Runs `upsc`.
    #[track_caller]
    #[must_use]
    pub fn upsc(&self, args: &[&str]) -> Finished {
        Program::locknut("upsc", &self.sandbox).args(args).run()
    }

    /// What `upsc <ups>` lists; a failure is a failure of the test.
    #[track_caller]
    #[must_use]
    pub fn listing(&self, ups: &str) -> String {
        let done = self.upsc(&[&self.address(ups)]);
        assert_eq!(done.code, Some(0), "{}", done.stderr);
        done.stdout
    }

    /// Waits until `upsc <ups> <var>` prints `value`.
    #[track_caller]
    pub fn await_value(&self, ups: &str, var: &str, value: &str) {
        self.await_answer(&[&self.address(ups), var], |done| {
            done.stdout.trim_end() == value
        });
    }

    /// Waits until `upsc <ups>` fails with this error.
    #[track_caller]
    pub fn await_error(&self, ups: &str, error: &str) {
        let wanted = format!("Error: {error}");
        let address = self.address(ups);
        self.await_answer(&[&address], |done| {
            done.code == Some(1) && done.stderr.lines().any(|line| line == wanted)
        });
    }

    /// Waits until what `upsc` does is as wanted.
    #[track_caller]
    pub fn await_answer(&self, args: &[&str], wanted: impl Fn(&Finished) -> bool) {
        let mut last = None;
        let came = eventually(PATIENCE, || {
            let done = self.upsc(args);
            let came = wanted(&done).then_some(());
            last = Some(done);
            came
        });
        assert!(came.is_some(), "upsc {}: {last:#?}", args.join(" "));
    }

    /// Runs `upsrw` as `admin` and waits for the result of the setting.
    #[track_caller]
    #[must_use]
    pub fn set(&self, ups: &str, var: &str, value: &str) -> Finished {
        let setting = format!("{var}={value}");
        self.admin("upsrw")
            .args(["-w", "-s", &setting, &self.address(ups)])
            .run()
    }

    /// Runs `upscmd` as `admin` and waits for the result of the command.
    #[track_caller]
    #[must_use]
    pub fn command(&self, ups: &str, command: &str) -> Finished {
        self.admin("upscmd")
            .args(["-w", &self.address(ups), command])
            .run()
    }

    #[track_caller]
    fn admin(&self, tool: &str) -> Program {
        Program::locknut(tool, &self.sandbox).args(["-u", "admin", "-p", "secret"])
    }
}
