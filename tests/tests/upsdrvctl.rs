//! upsdrvctl with real drivers, and with scripts that stand in for drivers.

#![cfg(test)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use testkit::{
    Finished, PATIENCE, Program, Sandbox, Signal, eventually, is_running, our_programs,
    signal_process,
};

/// A ups.conf, and what drivers that are scripts have noted.
struct Site {
    sandbox: Sandbox,
}

impl Site {
    /// Two simulated UPSes with our own driver.
    fn simulated(globals: &str) -> Self {
        let site = Self {
            sandbox: Sandbox::new(),
        };
        let programs = our_programs().unwrap();
        for ups in ["rack", "desk"] {
            site.sandbox
                .write(&format!("{ups}.dev"), "ups.status: OL\n");
        }
        let user = if nix_root() { "user = root\n" } else { "" };
        site.sandbox.write(
            "ups.conf",
            &format!(
                "driverpath = {}\n{user}{globals}[rack]\n  driver = dummy-ups\n  port = rack.dev\n\
                 [desk]\n  driver = dummy-ups\n  port = desk.dev\n",
                programs.display()
            ),
        );
        site
    }

    /// UPSes whose driver is the script `text`; each has its name, and more lines.
    fn scripted(text: &str, globals: &str, upses: &[(&str, &str)]) -> Self {
        let site = Self {
            sandbox: Sandbox::new(),
        };
        let path = site.sandbox.run().join("fake");
        let run = site.sandbox.run();
        fs::write(&path, format!("#!/bin/sh\nDIR={}\n{text}", run.display())).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let sections = upses
            .iter()
            .map(|(name, more)| format!("[{name}]\n  driver = fake\n  port = auto\n{more}\n"));
        let sections: String = sections.collect();
        site.sandbox.write(
            "ups.conf",
            &format!("driverpath = {}\n{globals}{sections}", run.display()),
        );
        site
    }

    fn program(&self) -> Program {
        Program::locknut("upsdrvctl", &self.sandbox).env("NUT_DEBUG_SYSLOG", "none")
    }

    fn run(&self, args: &[&str]) -> Finished {
        self.program()
            .args(args)
            .run_within(Duration::from_secs(60))
    }

    fn notes(&self) -> Vec<String> {
        let text = fs::read_to_string(self.sandbox.run().join("notes")).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    fn pid(&self, ups: &str) -> Option<i32> {
        let path = self.sandbox.run().join(format!("dummy-ups-{ups}.pid"));
        fs::read_to_string(path).ok()?.trim().parse().ok()
    }
}

fn nix_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0)
}

impl Drop for Site {
    fn drop(&mut self) {
        for ups in ["rack", "desk"] {
            if let Some(pid) = self.pid(ups).filter(|pid| is_running(*pid)) {
                signal_process(pid, Signal::SIGTERM);
            }
        }
    }
}

#[test]
fn drivers_are_started_looked_at_reloaded_and_stopped() {
    let site = Site::simulated("");
    let done = site.run(&["start"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let pids = ["rack", "desk"].map(|ups| site.pid(ups).expect("it has gone to the background"));
    let status = site.run(&["status"]);
    let rows: Vec<Vec<_>> = status
        .stdout
        .lines()
        .map(|row| row.split('\t').map(str::trim).collect())
        .collect();
    assert_eq!(rows.len(), 3, "{}", status.stdout);
    let pid = pids[0].to_string();
    assert_eq!(
        rows[1],
        [
            "rack",
            "dummy-ups",
            "RUNNING",
            &pid,
            "RESPONSIVE",
            &pid,
            "\"OL\""
        ]
    );
    assert_eq!(site.run(&["-c", "reload"]).code, Some(0));
    assert_eq!(site.run(&["stop", "rack"]).code, Some(0));
    let gone = || (!is_running(pids[0])).then_some(());
    assert!(eventually(PATIENCE, gone).is_some());
    assert!(is_running(pids[1]));
    let again = site.run(&["stop", "rack"]);
    assert_eq!(again.code, Some(1), "{}", again.stderr);
    assert_eq!(site.run(&["-c", "exit", "desk"]).code, Some(0));
    let gone = || (!is_running(pids[1])).then_some(());
    assert!(eventually(PATIENCE, gone).is_some());
    let down = site.run(&["status", "desk"]);
    assert_eq!(down.code, Some(0));
    assert!(
        down.stdout.contains("N/A\t-3\tNOT_RESPONSIVE\tN/A\t"),
        "{}",
        down.stdout
    );
}

#[test]
fn one_driver_in_the_foreground_takes_its_place() {
    let site = Site::simulated("");
    let mut running = site.program().args(["-FF", "start", "rack"]).start();
    let pid = i32::try_from(running.pid()).unwrap();
    let there = || (site.pid("rack") == Some(pid)).then_some(());
    assert!(
        eventually(PATIENCE, there).is_some(),
        "{}",
        running.printed()
    );
    running.signal(Signal::SIGTERM);
    assert_eq!(running.wait_for_end(PATIENCE), Some(0));
}

#[test]
fn several_in_the_foreground_end_together() {
    let site = Site::simulated("");
    let mut running = site.program().args(["-FF", "start"]).start();
    let there = || site.pid("rack").zip(site.pid("desk"));
    let (rack, desk) = eventually(PATIENCE, there).expect("both run");
    signal_process(rack, Signal::SIGKILL);
    assert_eq!(running.wait_for_end(PATIENCE), Some(1));
    assert!(!is_running(desk));
    let mut running = site.program().args(["-FF", "start"]).start();
    let fresh = || {
        site.pid("rack")
            .filter(|pid| *pid != rack)
            .zip(site.pid("desk"))
    };
    let (_, desk) = eventually(PATIENCE, fresh).expect("both run again");
    running.signal(Signal::SIGTERM);
    assert_eq!(running.wait_for_end(PATIENCE), Some(0));
    assert!(!is_running(desk));
}

#[test]
fn power_is_cut_rank_by_rank_and_each_is_waited_for_even_with_nowait() {
    let site = Site::scripted(
        "sleep 0.2\necho \"$*\" >> \"$DIR/notes\"\n",
        "nowait\n",
        &[
            ("own", "sdorder = 2"),
            ("never", "sdorder = -1"),
            ("a", ""),
            ("b", "sdorder = 1"),
        ],
    );
    let done = site.run(&["shutdown"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert_eq!(site.notes(), ["-k -a a", "-k -a b", "-k -a own"]);
    assert_eq!(site.run(&["shutdown", "never"]).code, Some(0));
    assert_eq!(site.notes().last().unwrap(), "-k -a never");
}

#[test]
fn a_ups_that_can_not_be_cut_does_not_keep_the_others_on() {
    let site = Site::scripted(
        "case \"$3\" in\nhang) exec sleep 60;;\nbad) exit 1;;\nesac\necho \"$3\" >> \"$DIR/notes\"\n",
        "maxstartdelay = 1\n",
        &[("hang", ""), ("bad", ""), ("good", "")],
    );
    let done = site.run(&["shutdown"]);
    assert_eq!(done.code, Some(1));
    assert_eq!(site.notes(), ["good"]);
    for told in ["UPS hang may stay on", "UPS bad stays on"] {
        assert!(done.stderr.contains(told), "{}", done.stderr);
    }
}

#[test]
fn a_driver_that_fails_is_tried_again_and_the_others_are_started() {
    let site = Site::scripted(
        "echo \"$*\" >> \"$DIR/notes\"\n[ \"$2\" = good ]\n",
        "maxretry = 3\nretrydelay = 0\n",
        &[("bad", ""), ("good", "")],
    );
    let done = site.run(&["start"]);
    assert_eq!(done.code, Some(1));
    assert_eq!(site.notes(), ["-a bad", "-a bad", "-a bad", "-a good"]);
    assert!(done.stderr.contains("(attempt 3 of 3)"), "{}", done.stderr);
}

#[test]
fn a_driver_that_is_slow_is_left_to_go_on_and_looked_at_in_the_end() {
    let site = Site::scripted(
        "[ \"$2\" = slow ] && sleep 2\n[ \"$2\" = last ] && sleep 1.5\nexit 0\n",
        "maxstartdelay = 1\n",
        &[("slow", ""), ("last", "maxstartdelay = 5")],
    );
    let done = site.run(&["start"]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let begun = Instant::now();
    let never = Site::scripted("exec sleep 3\n", "maxstartdelay = 1\n", &[("x", "")]);
    let done = never.run(&["start"]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("still starting"), "{}", done.stderr);
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn with_nowait_nobody_is_waited_for() {
    let site = Site::scripted("sleep 1\nexit 1\n", "nowait\n", &[("a", ""), ("b", "")]);
    assert_eq!(site.run(&["start"]).code, Some(0));
    let done = site
        .program()
        .env("NUT_IGNORE_NOWAIT", "true")
        .arg("start")
        .run();
    assert_eq!(done.code, Some(1));
}

#[test]
fn a_program_that_is_missing_keeps_nobody_else_down() {
    let site = Site::scripted("echo \"$2\" >> \"$DIR/notes\"\n", "", &[("good", "")]);
    let conf = fs::read_to_string(site.sandbox.etc().join("ups.conf")).unwrap();
    site.sandbox.write(
        "ups.conf",
        &conf.replace(
            "[good]",
            "[lost]\n  driver = nothing\n  port = auto\n[good]",
        ),
    );
    let done = site.run(&["start"]);
    assert_eq!(done.code, Some(1));
    assert_eq!(site.notes(), ["good"]);
    assert!(
        done.stderr.contains("is driverpath in ups.conf right?"),
        "{}",
        done.stderr
    );
}

#[test]
fn options_reach_the_drivers_and_a_dry_run_does_nothing() {
    let site = Site::scripted("echo \"$*\" >> \"$DIR/notes\"\n", "", &[("a", "")]);
    let dry = site.run(&["-t", "-u", "nut", "start"]);
    assert_eq!(dry.code, Some(0));
    assert!(dry.stdout.contains("*** Testing mode"), "{}", dry.stdout);
    assert!(dry.stderr.contains("/fake -a a -u nut"), "{}", dry.stderr);
    assert!(site.notes().is_empty());
    assert_eq!(
        site.run(&["-dd", "-B", "-u", "nut", "-r", "/jail", "start", "a"])
            .code,
        Some(0)
    );
    assert_eq!(site.notes(), ["-DD -B -a a -r /jail -u nut"]);
}

#[test]
fn lists_and_mistakes() {
    let site = Site::scripted("", "", &[("a", ""), ("b", "")]);
    for args in [&["list"][..], &["-l"]] {
        let done = site.run(args);
        assert_eq!((done.code, done.stdout.as_str()), (Some(0), "a\nb\n"));
    }
    assert_eq!(site.run(&["list", "b"]).stdout, "b\n");
    for (args, told) in [
        (&["start", "c"][..], "UPS c not found in ups.conf"),
        (&["launch"], "unknown command \"launch\""),
        (&["start", "a", "b"], "too many arguments"),
        (&["-c", "shine"], "the commands are reload"),
    ] {
        let done = site.run(args);
        assert_eq!(done.code, Some(1), "{args:?}");
        assert!(done.stderr.contains(told), "{args:?}: {}", done.stderr);
    }
    let empty = Site::scripted("", "", &[]);
    let done = empty.run(&["start"]);
    assert_eq!(done.code, Some(1));
    assert!(done.stderr.contains("no UPS definitions found in ups.conf"));
}
