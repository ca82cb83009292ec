//! What programs show of themselves: a place to gather it, and the search for passwords in it.

use std::fs;

use testkit::{Finished, Running};

/// The highest debug level, and more.
pub(crate) const LOUD: &str = "-DDDDDDDDDD";
/// All passwords of these tests have one of these in them: ours, and those of the simulated SNMP agent.
const MARKS: [&str; 4] = ["Zq7", "authpass123", "privpass123", "PRIVATE KEY"];

/// Everything that processes print and write, and what others can see of them.
#[derive(Default)]
pub(crate) struct Shown(Vec<(String, String)>);

impl Shown {
    pub(crate) fn add(&mut self, what: &str, text: &str) {
        self.0.push((what.to_owned(), text.to_owned()));
    }

    /// What a program said that has ended.
    pub(crate) fn add_all(&mut self, what: &str, done: &Finished) {
        self.add(what, &format!("{}{}", done.stdout, done.stderr));
    }

    pub(crate) fn look_at(&mut self, name: &str, running: &Running) {
        self.look_at_process(name, running.pid());
    }

    pub(crate) fn look_at_process(&mut self, name: &str, pid: u32) {
        for file in ["cmdline", "environ", "comm"] {
            let bytes = fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
            let what = format!("{file} of {name}");
            self.add(&what, &String::from_utf8_lossy(&bytes));
        }
    }

    /// What was shown under a name, to see that there is something in it.
    pub(crate) fn of(&self, what: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == what);
        found.map(|(_, text)| text.as_str()).unwrap_or_default()
    }

    #[track_caller]
    pub(crate) fn search(&self) {
        for (what, text) in &self.0 {
            let found = MARKS.iter().find(|mark| text.contains(**mark));
            assert_eq!(found, None, "{what} shows a password:\n{text}");
        }
        let logged: usize = self.0.iter().map(|(_, text)| text.len()).sum();
        println!("{} texts of {logged} bytes searched", self.0.len());
    }
}
