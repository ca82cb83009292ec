//! A look at everything that clients can see, compared with what the check knows.

use model::name::strip_prefix;
use std::time::Duration;

use super::Stage;
use super::stage::DEVICES;
use crate::answers::check_answer;
use crate::lines::only_line;

impl Stage {
    /// What is served agrees with itself and with what happened.
    pub(super) fn audit(&mut self) {
        let open = self
            .clients
            .iter()
            .filter(|client| client.conn.is_some())
            .count();
        assert_eq!(self.hub.session_count(), open);
        let logins = self.clients.iter().filter_map(|client| client.login);
        logins.for_each(|id| assert!(self.hub.spec(id).is_some(), "logged into nothing"));
        for (index, name) in DEVICES.iter().enumerate() {
            match self.refusal(index) {
                Some("ERR UNKNOWN-UPS\n") => {
                    assert_eq!(self.seen(&["LIST", "VAR", name]), "ERR UNKNOWN-UPS\n");
                    assert_eq!(self.seen(&["LIST", "CLIENT", name]), "ERR UNKNOWN-UPS\n");
                }
                refusal => {
                    self.logins(index, name);
                    self.variables(name, refusal);
                }
            }
        }
        let listed = self.seen(&["LIST", "UPS"]);
        assert_eq!(listed.lines().count(), self.hub.devices().count() + 2);
    }

    /// Why a device must not be served, as far as that is known here.
    fn refusal(&self, index: usize) -> Option<&'static str> {
        let driver = self.drivers.get(index)?;
        if driver.id.is_none() {
            Some("ERR UNKNOWN-UPS\n")
        } else if !driver.connected {
            Some("ERR DRIVER-NOT-CONNECTED\n")
        } else if self.now.since(driver.heard) > self.settings.max_age + Duration::from_secs(1) {
            Some("ERR DATA-STALE\n")
        } else {
            None
        }
    }

    fn seen(&mut self, words: &[&str]) -> String {
        let answer = self.ask(&(words.join(" ") + "\n"));
        check_answer(words, &answer);
        answer
    }

    /// Sessions that are logged in are counted and listed, no others.
    fn logins(&mut self, index: usize, name: &str) {
        let id = self.drivers.get(index).and_then(|driver| driver.id);
        let logins = self
            .clients
            .iter()
            .filter(|client| client.login.is_some() && client.login == id);
        let logins = logins.count();
        let listed = self.seen(&["LIST", "CLIENT", name]);
        assert_eq!(listed.lines().count(), logins + 2, "{listed}");
        let counted = self.seen(&["GET", "NUMLOGINS", name]);
        if !counted.starts_with("ERR") {
            assert_eq!(counted, format!("NUMLOGINS {name} {logins}\n"));
        }
    }

    /// The list that is kept is the list made anew, and each of its lines is what GET answers.
    fn variables(&mut self, name: &str, refusal: Option<&str>) {
        let kept = self.seen(&["LIST", "VAR", name]);
        if let Some(refusal) = refusal {
            assert_eq!(kept, refusal);
        }
        let other = name.to_ascii_uppercase();
        let spelt = self.seen(&["LIST", "VAR", &other]);
        assert_eq!(
            self.seen(&["LIST", "VAR", name]),
            kept,
            "kept, and made anew"
        );
        assert_eq!(spelt.lines().count(), kept.lines().count());
        if kept.starts_with("ERR ") {
            assert_eq!(self.seen(&["GET", "VAR", name, "ups.status"]), kept);
            return;
        }
        for line in kept
            .split_inclusive('\n')
            .filter(|line| line.starts_with("VAR "))
        {
            let words = only_line(line);
            let var = words.get(2).expect("a name");
            if strip_prefix(var, "server.").is_none() {
                assert_eq!(self.seen(&["GET", "VAR", name, var]), line);
                self.seen(&["GET", "TYPE", name, var]);
            }
        }
        for what in ["RW", "CMD"] {
            self.seen(&["LIST", what, name]);
        }
    }
}
