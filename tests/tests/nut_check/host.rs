//! A host in a sandbox: configuration, the files around it, and what nut-check tells of it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use testkit::{Finished, Program, Running, Value, our_programs};
use tests::Site;

/// A standalone host with one UPS.
pub(crate) struct Host {
    pub(crate) site: Site,
}

/// What nut-check said as JSON.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) code: Option<i32>,
    said: Value,
}

impl Told {
    pub(crate) fn findings(&self) -> &[Value] {
        self.said["findings"].as_array().unwrap()
    }

    pub(crate) fn not_checked(&self) -> &[Value] {
        self.said["not_checked"].as_array().unwrap()
    }

    pub(crate) fn rules(&self) -> Vec<&str> {
        let findings = self.findings().iter();
        findings
            .map(|finding| finding["rule"].as_str().unwrap())
            .collect()
    }
}

impl Host {
    pub(crate) fn new() -> Self {
        let host = Self { site: Site::new() };
        host.make_sound();
        host
    }

    /// Its driver and its upsd.
    pub(crate) fn start(&self) -> (Running, Running) {
        let driver = self.site.driver("rack");
        let upsd = self.site.upsd();
        self.site.await_value("rack", "ups.status", "OL");
        (driver, upsd)
    }

    /// Where its file system begins.
    pub(crate) fn root(&self) -> PathBuf {
        self.site.sandbox.etc().parent().unwrap().to_owned()
    }

    /// A file of its configuration.
    pub(crate) fn conf(&self, name: &str) -> PathBuf {
        self.site.sandbox.etc().join(name)
    }

    /// Writes a file of its configuration.
    pub(crate) fn write(&self, name: &str, text: &str) {
        self.site.sandbox.write(name, text);
    }

    /// Changes a file of its configuration.
    pub(crate) fn edit(&self, name: &str, old: &str, new: &str) {
        let text = fs::read_to_string(self.conf(name)).unwrap();
        assert!(text.contains(old), "{name}: {old:?} is not in {text:?}");
        self.write(name, &text.replace(old, new));
    }

    /// Adds lines to a file of its configuration.
    pub(crate) fn add(&self, name: &str, lines: &str) {
        let text = fs::read_to_string(self.conf(name)).unwrap();
        self.write(name, &format!("{text}{lines}\n"));
    }

    /// Makes a file of the system.
    pub(crate) fn place(&self, path: &str, text: &str, mode: u32) {
        let path = self.below(path);
        let dir = path.parent().unwrap();
        fs::create_dir_all(dir).unwrap();
        for dir in dir.ancestors().take_while(|dir| *dir != self.root()) {
            if dir != self.site.sandbox.etc() {
                chmod(dir, 0o755);
            }
        }
        fs::write(&path, text).unwrap();
        chmod(&path, mode);
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.below(path)).unwrap();
    }

    /// Where a path of the system is.
    pub(crate) fn below(&self, path: &str) -> PathBuf {
        self.root().join(path.trim_start_matches('/'))
    }

    /// All files as they should be, and no others.
    pub(crate) fn make_sound(&self) {
        for dir in ["etc/systemd", "dev", "sys", "var"] {
            let _ = fs::remove_dir_all(self.below(dir));
        }
        for file in ["etc/killpower", "etc/upssched.conf"] {
            let _ = fs::remove_file(self.below(file));
        }
        self.make_system();
        let port = self.site.port;
        self.write("nut.conf", "MODE=standalone\n");
        self.write(
            "upsd.conf",
            &format!("LISTEN 127.0.0.1 {port}\nMAXAGE 10\n"),
        );
        self.write(
            "ups.conf",
            "driverpath = /usr/lib/nut\npollinterval = 1\n[rack]\n  driver = dummy-ups\n  port = rack.dev\n",
        );
        self.write("rack.dev", "ups.status: OL\nbattery.charge: 100\n");
        self.write(
            "upsd.users",
            "[admin]\n  password = s3cret-a\n  actions = SET FSD\n[upsmon]\n  password = s3cret-m\n  upsmon primary\n",
        );
        self.write(
            "upsmon.conf",
            &format!(
                "MONITOR rack@localhost:{port} 1 upsmon s3cret-m primary\nSHUTDOWNCMD \"/sbin/shutdown -h +0\"\n\
                 POWERDOWNFLAG /etc/killpower\n"
            ),
        );
    }

    /// What is around the configuration. The account of NUT is in the group that the files belong to.
    fn make_system(&self) {
        chmod(&self.root(), 0o755);
        chmod(&self.site.sandbox.etc(), 0o755);
        chmod(&self.site.sandbox.run(), 0o770);
        let group = fs::metadata(self.site.sandbox.etc()).unwrap().gid();
        let passwd = format!("root:x:0:0::/:/bin/sh\nnut:x:64999:{group}::/:/bin/false\n");
        self.place("etc/passwd", &passwd, 0o644);
        self.place("etc/group", "", 0o644);
        self.place("sbin/shutdown", "#!/bin/sh\n", 0o755);
        let units = "usr/lib/systemd/system";
        for unit in [
            "nut.target",
            "nut-server.service",
            "nut-monitor.service",
            "nut-driver@.service",
        ] {
            self.place(&format!("{units}/{unit}"), "[Unit]\n", 0o644);
        }
        self.place("usr/lib/systemd/systemd", "", 0o755);
        self.place(
            "usr/lib/systemd/system-shutdown/nutshutdown",
            "#!/bin/sh\n",
            0o755,
        );
        self.place(
            "etc/systemd/system/multi-user.target.wants/nut.target",
            "",
            0o644,
        );
        self.place("usr/lib/nut/README", "", 0o644);
        let driver = self.below("usr/lib/nut/dummy-ups");
        let _ = fs::remove_file(&driver);
        symlink(our_programs().unwrap().join("dummy-ups"), driver).unwrap();
    }

    pub(crate) fn nut_check(&self, args: &[&str]) -> Finished {
        let root = self.root();
        let program = Program::locknut("nut-check", &self.site.sandbox);
        program.arg("--root").arg(root).args(args).run()
    }

    /// What it tells scripts.
    pub(crate) fn check(&self) -> Told {
        let done = self.nut_check(&["--json"]);
        let said = done.stdout.parse();
        let said = said.unwrap_or_else(|why| panic!("{why}: {done:#?}"));
        Told {
            code: done.code,
            said,
        }
    }

    /// What it tells people.
    pub(crate) fn told(&self) -> String {
        self.told_with(&[])
    }

    pub(crate) fn told_with(&self, args: &[&str]) -> String {
        self.nut_check(args).stdout
    }

    /// Does what a fix says.
    pub(crate) fn apply(&self, fix: &Value) {
        let text = fix["text"].as_str().unwrap();
        let path = || Path::new(fix["path"].as_str().unwrap());
        match fix["kind"].as_str().unwrap() {
            "run" => self.run(text),
            "replace" => edit_line(path(), fix["line"].as_u64().unwrap(), |_| text.to_owned()),
            "add" => match fix["line"].as_u64() {
                Some(line) => edit_line(path(), line, |old| format!("{old}\n{text}")),
                None => {
                    let old = fs::read_to_string(path()).unwrap_or_default();
                    let name = path().file_name().unwrap().to_str().unwrap();
                    self.write(name, &format!("{old}{text}\n"));
                }
            },
            other => panic!("{other}: {text}"),
        }
    }

    /// Only commands that change files of the sandbox.
    fn run(&self, command: &str) {
        let known = ["chmod ", "rm ", "mv ", "mkdir -p "];
        assert!(
            known.iter().any(|known| command.starts_with(known)),
            "{command}"
        );
        assert!(command.contains(self.root().to_str().unwrap()), "{command}");
        let status = Command::new("/bin/sh")
            .args(["-c", command])
            .status()
            .unwrap();
        assert!(status.success(), "{command}");
    }
}

fn edit_line(path: &Path, number: u64, edit: impl Fn(&str) -> String) {
    let text = fs::read_to_string(path).unwrap();
    let lines = (1..).zip(text.lines());
    let lines: Vec<String> = lines
        .map(|(at, line)| {
            if at == number {
                edit(line)
            } else {
                line.to_owned()
            }
        })
        .collect();
    fs::write(path, lines.join("\n") + "\n").unwrap();
}

pub(crate) fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}
