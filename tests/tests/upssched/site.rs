//! A directory with an upssched.conf and a script that notes what it is run for.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use testkit::{
    CNut, Finished, PATIENCE, Program, Sandbox, Signal, eventually, is_running, signal_process,
};

pub(crate) struct Site {
    pub(crate) sandbox: Sandbox,
}

impl Site {
    /// The three paths, then `rules`.
    pub(crate) fn new(rules: &str) -> Self {
        Self::with_script(
            rules,
            "echo \"$1 type=$NOTIFYTYPE ups=$UPSNAME msg=$NOTIFYMSG\" >> \"$DIR/notes\"\n",
        )
    }

    pub(crate) fn with_script(rules: &str, script: &str) -> Self {
        let sandbox = Sandbox::new();
        let run = sandbox.run();
        let path = run.join("script");
        fs::write(&path, format!("#!/bin/sh\nDIR={}\n{script}", run.display())).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let head = format!(
            "CMDSCRIPT {0}/script\nPIPEFN {0}/pipe\nLOCKFN {0}/lock\n",
            run.display()
        );
        sandbox.write("upssched.conf", &format!("{head}{rules}"));
        Self { sandbox }
    }

    /// Our upssched, as upsmon runs it.
    pub(crate) fn ours(&self, notice: &str, ups: &str, message: &str) -> Program {
        Program::locknut("upssched", &self.sandbox)
            .arg(message)
            // the daemon would keep standard error
            .env("NUT_DEBUG_SYSLOG", "none")
            .env("NOTIFYTYPE", notice)
            .env("UPSNAME", ups)
    }

    /// C NUT's.
    pub(crate) fn theirs(&self, peers: &CNut, notice: &str, ups: &str) -> Program {
        peers
            .program("upssched", &self.sandbox)
            .arg("a message")
            .env("NUT_DEBUG_SYSLOG", "none")
            .env("NOTIFYTYPE", notice)
            .env("UPSNAME", ups)
    }

    pub(crate) fn tell(&self, notice: &str, ups: &str) {
        let done = self.ours(notice, ups, "a message").run();
        assert_eq!(done.code, Some(0), "{notice} {ups}: {}", done.stderr);
    }

    pub(crate) fn list(&self) -> Finished {
        Program::locknut("upssched", &self.sandbox).arg("-l").run()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.sandbox.run().join(name)
    }

    /// What the script has noted.
    pub(crate) fn notes(&self) -> Vec<String> {
        let text = fs::read_to_string(self.file("notes")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    /// Waits until so many lines are noted.
    #[track_caller]
    pub(crate) fn wait_for_notes(&self, count: usize, within: Duration) -> Vec<String> {
        let enough = || Some(self.notes()).filter(|notes| notes.len() >= count);
        let Some(notes) = eventually(within, enough) else {
            panic!("{count} notes expected, there are {:#?}", self.notes());
        };
        notes
    }

    /// The daemon that runs.
    pub(crate) fn daemon(&self) -> Option<i32> {
        let text = fs::read_to_string(self.file("upssched.pid")).ok()?;
        text.trim().parse().ok()
    }
}

impl Drop for Site {
    /// The daemon outlives whoever started it; here it goes with its site.
    fn drop(&mut self) {
        if let Some(pid) = self.daemon() {
            signal_process(pid, Signal::SIGTERM);
            let _ = eventually(PATIENCE, || (!is_running(pid)).then_some(()));
        }
    }
}
