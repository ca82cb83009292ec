//! A whole driver program, started as upsdrvctl and people start it (spec sock-protocol.md, sections 10 to 12; cli.md,
//! section 11).
//!
//! The test runs itself: with `LAB_DRIVER` in its environment it is a driver.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test without the harness is not known as one"
)]

use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Output, Stdio};
use std::time::{Duration, Instant};

use driver::{Depth, Driver, Error, Info, OptionKind, OptionSpec, Report, Settings};
use proto::Outcome;

static INFO: Info = Info {
    name: "lab-ups",
    aliases: &["old-lab"],
    description: "Laboratory driver",
    version: "0.3",
    options: &[
        OptionSpec {
            name: "mode",
            kind: OptionKind::Value,
            doc: "How it plays",
        },
        OptionSpec {
            name: "token",
            kind: OptionKind::Secret,
            doc: "What nobody is to know",
        },
        OptionSpec {
            name: "serial",
            kind: OptionKind::Value,
            doc: "Whose it is",
        },
    ],
    hardware: Vec::new,
    open: |settings: &Settings| -> Result<Box<dyn Driver>, Error> {
        match settings.value("mode") {
            Some("broken") => Err(Error::Gone("cannot open the device".to_owned())),
            Some("stubborn") => Ok(Box::new(Lab { obeys: false })),
            _ => Ok(Box::new(Lab { obeys: true })),
        }
    },
};

struct Lab {
    obeys: bool,
}

impl Driver for Lab {
    fn identify(&mut self, report: &mut Report) -> Result<(), Error> {
        report.set("ups.model", "Lab #1");
        Ok(())
    }

    fn poll(&mut self, _: Depth, report: &mut Report) -> Result<(), Error> {
        report.status("OL");
        Ok(())
    }

    fn shut_down(&mut self) -> Result<Outcome, Error> {
        Ok(if self.obeys {
            Outcome::Handled
        } else {
            Outcome::Failed
        })
    }
}

fn main() -> ExitCode {
    if std::env::var_os("LAB_DRIVER").is_some() {
        return driver::start(&INFO);
    }
    let tests: [(&str, fn()); 10] = [
        ("usage", usage),
        ("wrong_configuration", wrong_configuration),
        ("a_device_that_does_not_open", a_device_that_does_not_open),
        ("background", background),
        ("foreground", foreground),
        ("newcomer_takes_over", newcomer_takes_over),
        ("killpower", killpower),
        ("dump", dump),
        ("recording", recording),
        ("recording_while_it_serves", recording_while_it_serves),
    ];
    for (name, test) in tests {
        let began = Instant::now();
        test();
        println!("test {name} ... ok ({} ms)", began.elapsed().as_millis());
    }
    ExitCode::SUCCESS
}

/// A directory with ups.conf and room for sockets.
struct Bench(tempfile::TempDir);

impl Bench {
    fn new(section: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let conf =
            format!("pollinterval = 1\n[u1]\n  driver = lab-ups\n  port = auto\n{section}\n");
        std::fs::write(dir.path().join("ups.conf"), conf).unwrap();
        Self(dir)
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(line.split_whitespace());
        if !line.contains("-u ") {
            command.args(["-u", "root"]);
        }
        command.envs([("LAB_DRIVER", "1"), ("NUT_DEBUG_SYSLOG", "none")]);
        command
            .env("NUT_CONFPATH", self.0.path())
            .env("NUT_STATEPATH", self.0.path());
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, line: &str) -> Output {
        self.command(line).output().unwrap()
    }

    fn code(&self, line: &str) -> i32 {
        let output = self.run(line);
        let code = output.status.code().unwrap();
        if !matches!(code, 0 | 255) {
            println!("  {line}: {code}: {}", text(&output.stderr).trim());
        }
        code
    }

    fn socket(&self) -> PathBuf {
        self.0.path().join("lab-ups-u1")
    }

    fn pid_file(&self) -> PathBuf {
        self.0.path().join("lab-ups-u1.pid")
    }

    fn pid(&self) -> String {
        std::fs::read_to_string(self.pid_file())
            .unwrap()
            .trim()
            .to_owned()
    }

    fn start(&self, line: &str) -> Child {
        let mut command = self.command(line);
        let child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        wait_for("the socket", || self.socket().exists());
        child
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = self.run("-a u1 -c exit");
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn wait_for(what: &str, done: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !done() {
        assert!(Instant::now() < deadline, "{what} did not come");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn alive(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat"));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

fn usage() {
    let bench = Bench::new("");
    let version = bench.run("-V");
    assert!(
        text(&version.stdout).starts_with("Network UPS Tools 2.8"),
        "{version:?}"
    );
    assert!(text(&version.stdout).contains(" - Laboratory driver 0.3\n"));
    assert_eq!(
        text(&bench.run("-L").stdout),
        "VALUE mode \"How it plays\"\nVALUE token \"What nobody is to know\"\nVALUE serial \"Whose it is\"\n"
    );
    let help = bench.run("-h");
    assert!(
        help.status.success() && text(&help.stdout).contains("mode = ..."),
        "{help:?}"
    );
    for wrong in [
        "",
        "-Z",
        "-a u1 extra",
        "-a u1 -s u2",
        "-a u1 -c nonsense",
        "-a u1 -d x",
    ] {
        let output = bench.run(wrong);
        assert_eq!(output.status.code(), Some(1), "{wrong}: {output:?}");
        assert!(!output.stderr.is_empty(), "{wrong}");
    }
}

fn wrong_configuration() {
    let bench = Bench::new("  mdoe = 1\n  pollinterval = abc\n");
    let output = bench.run("-a u1 -x xyzzy");
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    assert!(told.contains("ups.conf:5:3: error: 'mdoe' is not a valid variable name for this driver, did you mean \"mode\"?"), "{told}");
    assert!(
        told.contains("ups.conf:6:")
            && told.contains("command line: error: 'xyzzy' is not a valid flag"),
        "{told}"
    );
    assert_eq!(bench.code("-a u9"), 1);
    assert_eq!(bench.code("-s u9"), 1, "a port is missing");
}

fn a_device_that_does_not_open() {
    let bench = Bench::new("mode = broken");
    let output = bench.run("-a u1");
    assert_eq!(
        output.status.code(),
        Some(1),
        "the parent waits for the verdict"
    );
    assert!(
        text(&output.stderr).contains("cannot open the device"),
        "{output:?}"
    );
    assert!(!bench.socket().exists() && !bench.pid_file().exists());
}

fn background() {
    let bench = Bench::new("");
    assert_eq!(bench.code("-a u1 -c reload"), 255, "nobody is there yet");
    let output = bench.run("-a u1");
    assert!(output.status.success(), "{output:?}");
    assert!(text(&output.stdout).starts_with("Network UPS Tools "));
    assert!(
        bench.socket().exists(),
        "the socket is there when the parent ends"
    );
    let pid = bench.pid();
    assert!(alive(&pid));
    assert_eq!(bench.code("-a u1 -c reload"), 0);
    let dumped = bench.run("-a u1 -d 1");
    let listing = text(&dumped.stdout);
    assert!(
        listing.contains("\ndevice.model: Lab \\#1\n") && listing.contains("\nups.status: OL\n"),
        "{listing}"
    );
    assert!(alive(&pid), "a dump leaves the running instance alone");
    assert_eq!(bench.code("-a u1 -c exit"), 0);
    wait_for("the end", || !alive(&pid));
    assert!(!bench.socket().exists() && !bench.pid_file().exists());
}

fn foreground() {
    let bench = Bench::new("");
    for (options, writes_pid) in [
        ("-a u1 -F", false),
        ("-a u1 -D", false),
        ("-a u1 -FF", true),
    ] {
        let mut child = bench.start(options);
        let seconds = Duration::from_millis(200);
        std::thread::sleep(seconds);
        assert_eq!(bench.pid_file().exists(), writes_pid, "{options}");
        let pid = child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        assert_eq!(child.wait().unwrap().code(), Some(0), "{options}");
        assert!(!bench.socket().exists() && !bench.pid_file().exists());
    }
}

fn newcomer_takes_over() {
    let bench = Bench::new("");
    assert_eq!(bench.code("-a u1"), 0);
    let first = bench.pid();
    assert_eq!(bench.code("-a u1"), 0);
    let second = bench.pid();
    assert!(first != second && !alive(&first) && alive(&second));
    assert!(
        Command::new("kill")
            .args(["-KILL", &second])
            .status()
            .unwrap()
            .success()
    );
    wait_for("the end", || !alive(&second));
    assert!(bench.socket().exists(), "a killed driver leaves its socket");
    let began = Instant::now();
    assert_eq!(bench.code("-a u1"), 0);
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "leftovers cost no time"
    );
    assert_ne!(bench.pid(), second);
}

fn killpower() {
    let bench = Bench::new("");
    assert_eq!(bench.code("-a u1 -k"), 0, "without an instance");
    assert_eq!(bench.code("-a u1"), 0);
    let pid = bench.pid();
    assert_eq!(bench.code("-a u1 -k"), 0, "through the instance");
    wait_for("the end", || !alive(&pid));
    assert_eq!(bench.code("-a u1 -k -x mode=stubborn"), 1);
    assert_eq!(bench.code("-a u1 -k -u no-such-user"), 1);
    assert_eq!(bench.code("-a u1"), 0);
    let nobody = bench.code("-a u1 -k -u no-such-user");
    assert_eq!(nobody, 0, "asking an instance needs no account");
    assert_eq!(bench.code("-a u1"), 0);
    let output = bench.run("-a u1 -k -x nonsense=1");
    assert_eq!(
        output.status.code(),
        Some(0),
        "an instance cuts the power in spite of a wrong configuration: {output:?}"
    );
}

fn dump() {
    let bench = Bench::new("");
    let output = bench.run("-s test -x port=auto -d 1 -x mode=x -i 1");
    let listing = text(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    for line in [
        "driver.state: dumping",
        "driver.parameter.mode: x",
        "ups.model: Lab \\#1",
        "driver.name: lab-ups",
    ] {
        assert!(
            listing.lines().any(|found| found == line),
            "{line}: {listing}"
        );
    }
    assert!(!bench.pid_file().exists());
}

fn recording() {
    let bench = Bench::new("");
    let path = bench.0.path().join("lab.rec");
    let line = format!(
        "-s test -x port=auto -x mode=x -x token=hush -x serial=S7 -d 1 -i 1 --record {}",
        path.display()
    );
    let output = bench.run(&line);
    assert!(output.status.success(), "{output:?}");
    let written = std::fs::read_to_string(&path).unwrap();
    let head = "locknut-recording 1\ndriver lab-ups 0.3\npollinterval 1\noption mode x\n\n";
    let steps = written.strip_prefix(head).expect(&written);
    let words: Vec<_> = steps.lines().map(|line| line.split_once(' ')).collect();
    let steps = words
        .iter()
        .map(|words| words.unwrap().1.split_once(' ').unwrap().1);
    // nothing was said when it was opened
    assert_eq!(steps.collect::<Vec<_>>(), ["identify", "poll", "poll"]);

    let again = bench.run(&line);
    assert_eq!(again.status.code(), Some(1), "{again:?}");
    let told = text(&again.stderr);
    assert!(
        told.contains("lab.rec: ") && told.contains("a recording replaces no file"),
        "{told}"
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), written);

    let nowhere = bench.run("-s test -x port=auto -d 1 --record nowhere/lab.rec");
    assert_eq!(nowhere.status.code(), Some(1), "{nowhere:?}");
}

fn recording_while_it_serves() {
    let bench = Bench::new("");
    let path = bench.0.path().join("lab.rec");
    let mut child = bench.start(&format!("-a u1 -F --record {}", path.display()));
    let polls = || {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        text.lines().filter(|line| line.ends_with(" poll")).count()
    };
    wait_for("a second poll on the file", || polls() >= 2);
    let other = bench.0.path().join("other.rec");
    let second = bench.run(&format!("-a u1 -d 1 --record {}", other.display()));
    assert_eq!(second.status.code(), Some(1), "{second:?}");
    assert!(text(&second.stderr).contains("is running"), "{second:?}");
    assert!(!other.exists());
    child.kill().unwrap();
    child.wait().unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.ends_with(" poll\n"), "nothing is lost: {text}");
}
