//! A machine with its own upsmon, ours or C NUT's.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use testkit::{Finished, PATIENCE, Program, Running, Sandbox, Signal, eventually, our_programs};
use tests::Subject;

use crate::network::Network;
use crate::proc;
use crate::room::Room;

/// What every host has, unless the test says otherwise.
const SETTINGS: [(&str, &str); 6] = [
    ("MINSUPPLIES", "1"),
    ("POLLFREQ", "1"),
    ("POLLFREQALERT", "1"),
    ("DEADTIME", "3"),
    ("HOSTSYNC", "3"),
    ("FINALDELAY", "0"),
];
const NOTICES: &str = "ONLINE ONBATT LOWBATT FSD COMMOK COMMBAD SHUTDOWN REPLBATT NOCOMM NOPARENT";
/// Each attempt to shut down is a line, the time in nanoseconds.
const SHUTDOWN: &str = "date +%s%N >> DIR/marks\n";
const NOTIFY: &str = "printf '%s %s|%s\\n' \"$NOTIFYTYPE\" \"$UPSNAME\" \"$1\" >> DIR/notices\n";

/// The machine.
pub(crate) struct Host {
    pub(crate) who: Subject,
    pub(crate) sandbox: Sandbox,
    settings: Vec<(String, String)>,
    monitors: String,
    env: Vec<(String, String)>,
    args: Vec<String>,
    /// A process in whose network namespace upsmon runs.
    network: Option<u32>,
    upsmon: Option<Running>,
}

impl Host {
    pub(crate) fn new(who: &Subject) -> Self {
        let sandbox = Sandbox::new();
        let dir = sandbox.etc().display().to_string();
        let mut host = Self {
            who: who.clone(),
            sandbox,
            settings: Vec::new(),
            monitors: String::new(),
            env: Vec::new(),
            args: Vec::new(),
            network: None,
            upsmon: None,
        };
        for (name, value) in SETTINGS {
            host = host.set(name, value);
        }
        host.script("shutdown", SHUTDOWN);
        host.script("notify", NOTIFY);
        // nobody who works on this machine is to be told of an outage
        host.script("wall", "cat > /dev/null\n");
        host.set("SHUTDOWNCMD", &format!("{dir}/shutdown"))
            .set("NOTIFYCMD", &format!("{dir}/notify"))
    }

    /// Sets a directive.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.settings.retain(|(known, _)| known != name);
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Sets POWERDOWNFLAG.
    pub(crate) fn with_flag(self) -> Self {
        let path = self.flag_path().display().to_string();
        self.set("POWERDOWNFLAG", &path)
    }

    /// Is primary of a UPS.
    pub(crate) fn primary(self, room: &Room, ups: &str) -> Self {
        self.monitors(&format!("{ups}@127.0.0.1:{}", room.site.port), "primary")
    }

    /// Is secondary of a UPS.
    pub(crate) fn secondary(self, room: &Room, ups: &str) -> Self {
        self.monitors(&format!("{ups}@127.0.0.1:{}", room.site.port), "secondary")
    }

    pub(crate) fn monitors(self, ups: &str, role: &str) -> Self {
        self.monitors_as(ups, role, "secret")
    }

    pub(crate) fn monitors_as(mut self, ups: &str, role: &str, password: &str) -> Self {
        let user = &role[..3];
        self.monitors += &format!("MONITOR {ups} 1 {user} {password} {role}\n");
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn arg(mut self, arg: &str) -> Self {
        self.args.push(arg.to_owned());
        self
    }

    /// Is behind this network.
    pub(crate) fn behind(mut self, network: &Network) -> Self {
        self.network = Some(network.pid());
        self
    }

    /// Writes a script beside upsmon.conf; `DIR` is where it is.
    pub(crate) fn script(&self, name: &str, text: &str) {
        let dir = self.sandbox.etc();
        let text = text.replace("DIR", &dir.display().to_string());
        self.sandbox.write(name, &format!("#!/bin/sh\n{text}"));
        fs::set_permissions(dir.join(name), fs::Permissions::from_mode(0o750)).unwrap();
    }

    /// Writes upsmon.conf and starts upsmon.
    #[track_caller]
    pub(crate) fn started(mut self) -> Self {
        self.start();
        self
    }

    #[track_caller]
    pub(crate) fn start(&mut self) {
        self.write_conf("");
        self.upsmon = Some(self.program().args(&self.args).start());
    }

    /// Writes upsmon.conf with more lines at its end.
    #[track_caller]
    pub(crate) fn write_conf(&self, more: &str) {
        let mut conf = self.monitors.clone();
        for (name, value) in &self.settings {
            let quoted = value.contains('/');
            conf += &match quoted {
                true => format!("{name} \"{value}\"\n"),
                false => format!("{name} {value}\n"),
            };
        }
        for notice in NOTICES.split(' ') {
            conf += &format!("NOTIFYFLAG {notice} SYSLOG+EXEC\n");
        }
        if !self.who.is_nut() {
            conf += "NOTIFYFLAG SHUTDOWN_HOSTSYNC SYSLOG+EXEC\n";
        }
        self.sandbox.write("upsmon.conf", &format!("{conf}{more}"));
    }

    fn program(&self) -> Program {
        let path = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{path}", self.sandbox.etc().display());
        let program = match self.network {
            Some(pid) => Program::at(Path::new("/usr/bin/nsenter"), &self.sandbox)
                .args(["-t", &pid.to_string(), "-n", "--"])
                .arg(our_programs().unwrap().join("upsmon")),
            None => self.who.program("upsmon", &self.sandbox),
        };
        let mut program = program.arg("-F").env("PATH", path);
        for (name, value) in &self.env {
            program = program.env(name, value);
        }
        // C's second process would outlive a first one that is killed
        match self.who.is_nut() {
            true => program.arg("-p"),
            false => program.as_myself(),
        }
    }

    /// Runs `upsmon` with other arguments to its end.
    #[track_caller]
    pub(crate) fn ask(&self, args: &[&str]) -> Finished {
        self.who.program("upsmon", &self.sandbox).args(args).run()
    }

    /// `-c`; C's has a directory of its own for PID files, and is told the process.
    #[track_caller]
    pub(crate) fn order(&self, word: &str) {
        let pid = self.running().pid().to_string();
        let args = ["-c", word, "-P", &pid];
        let done = self.ask(&args[..if self.who.is_nut() { 4 } else { 2 }]);
        assert_eq!(done.code, Some(0), "-c {word}: {done:?}");
    }

    #[track_caller]
    pub(crate) fn running(&self) -> &Running {
        self.upsmon.as_ref().expect("upsmon runs")
    }

    #[track_caller]
    pub(crate) fn signal(&mut self, signal: Signal) {
        self.upsmon.as_mut().expect("upsmon runs").signal(signal);
    }

    #[track_caller]
    pub(crate) fn kill(&mut self) {
        self.upsmon.take().expect("upsmon runs").kill();
    }

    #[track_caller]
    pub(crate) fn await_end(&mut self) -> Option<i32> {
        let upsmon = self.upsmon.as_mut().expect("upsmon runs");
        upsmon.wait_for_end(PATIENCE)
    }

    #[track_caller]
    pub(crate) fn await_line(&self, pattern: &str) -> String {
        self.running().wait_for_line(pattern, PATIENCE)
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        let upsmon = self.upsmon.as_mut();
        upsmon.is_none_or(|upsmon| upsmon.ended().is_some())
    }

    /// The process that shuts down for ours.
    #[track_caller]
    pub(crate) fn helper(&self) -> i32 {
        let pid = i32::try_from(self.running().pid()).unwrap();
        let find = || {
            let mut children = proc::children(pid).into_iter();
            children.find(|child| proc::name(*child) == "upsmon-helper")
        };
        eventually(PATIENCE, find).expect("a helper runs")
    }

    /// Everything upsmon printed, for failures.
    pub(crate) fn log(&self) -> String {
        self.upsmon
            .as_ref()
            .map(Running::printed)
            .unwrap_or_default()
    }
}
