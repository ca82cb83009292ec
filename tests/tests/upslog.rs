//! upslog, ours and C NUT's: what is in its files, and what signals do.

#![cfg(test)]

use std::fs;
use std::path::Path;
use testkit::{PATIENCE, Program, Running, Signal, eventually};
use tests::{Site, Subject};

const LAB: &str = "ups.status: OL CHRG\nbattery.charge: 91\nups.load: 7\ninput.frequency: 50.0\n";

/// Where the UPS is, the drivers and the server, which end when this is dropped.
fn served() -> (Site, [Running; 3]) {
    let site = Site::new();
    site.devices(&[("lab", LAB), ("attic", "ups.status: OB\n")]);
    let running = [site.driver("lab"), site.driver("attic"), site.upsd()];
    site.await_value("lab", "battery.charge", "91");
    site.await_value("attic", "ups.status", "OB");
    (site, running)
}

fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    text.lines().map(ToOwned::to_owned).collect()
}

#[track_caller]
fn await_lines(path: &Path, count: usize) -> Vec<String> {
    let found = eventually(PATIENCE, || {
        Some(lines(path)).filter(|lines| lines.len() >= count)
    });
    found.unwrap_or_else(|| panic!("{}: {:?}", path.display(), lines(path)))
}

#[test]
fn the_same_format_makes_the_same_line_as_in_c_nut() {
    let name = "the_same_format_makes_the_same_line_as_in_c_nut";
    let Some(subjects) = Subject::both(name) else {
        return;
    };
    let (site, _running) = served();
    let ups = format!("lab@localhost:{}", site.port);
    for (number, format) in [
        "%VAR battery.charge% %VAR input.voltage% [%VAR ups.status%] %UPSHOST% %HOST%",
        "%var ups.load%%% %HOSTX% a\\nb",
        "%WHAT% %VAR ups.status",
        "%TIME 100@@%",
        "plain",
    ]
    .iter()
    .enumerate()
    {
        let written = subjects.each_ref().map(|subject| {
            let file = site.sandbox.run().join(format!("{subject}-{number}"));
            let _upslog = subject
                .program("upslog", &site.sandbox)
                .args(["-s", &ups, "-i", "1", "-F", "-f", format, "-l"])
                .arg(&file)
                .as_myself()
                .start();
            await_lines(&file, 2)[0].clone()
        });
        let [ours, theirs] = written;
        assert_eq!(ours, theirs, "{format}");
    }
}

#[test]
fn every_ups_of_a_host_is_written_so_often_and_no_more() {
    let (site, _running) = served();
    let all = format!("*@localhost:{}", site.port);
    let done = Program::locknut("upslog", &site.sandbox)
        .args(["-s", &all, "-l", "-", "-i", "0", "-d", "2", "-N"])
        .args(["-f", "%VAR ups.status%"])
        .as_myself()
        .run();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let name = |ups: &str| format!("{ups}@localhost:{}", site.port);
    let (lab, attic) = (name("lab"), name("attic"));
    let mut expected = vec![
        format!("logging status of {lab} to stdout (0s intervals)"),
        format!("logging status of {attic} to stdout (0s intervals)"),
    ];
    for _ in 0..2 {
        expected.push(format!("{lab}\tOL CHRG"));
        expected.push(format!("{attic}\tOB"));
    }
    assert_eq!(done.stdout.lines().collect::<Vec<_>>(), expected);
    assert!(
        done.stderr.contains("2 loops have elapsed"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_log_is_rotated_and_a_line_can_be_asked_for() {
    let (site, _running) = served();
    let [log, old, other] = ["log", "log.1", "other"].map(|name| site.sandbox.run().join(name));
    let pair = |ups: &str, file: &Path| format!("{ups}@localhost:{},{}", site.port, file.display());
    let mut upslog = Program::locknut("upslog", &site.sandbox)
        .args(["-m", &pair("lab", &log), "-m", &pair("attic", &other)])
        .args(["-i", "86400", "-F", "-f", "%UPSHOST% %VAR ups.status%"])
        .as_myself()
        .start();
    assert!(await_lines(&log, 1)[0].ends_with(" OL CHRG"));
    let pid = fs::read_to_string(site.sandbox.run().join("upslog.pid")).unwrap();
    assert_eq!(pid.trim(), upslog.pid().to_string());

    fs::rename(&log, &old).unwrap();
    upslog.signal(Signal::SIGHUP);
    assert!(eventually(PATIENCE, || log.exists().then_some(())).is_some());
    upslog.signal(Signal::SIGUSR1);
    assert_eq!(await_lines(&log, 1).len(), 1);
    assert_eq!((lines(&old).len(), await_lines(&other, 2).len()), (1, 2));

    upslog.signal(Signal::SIGTERM);
    assert_eq!(upslog.wait_for_end(PATIENCE), Some(0));
    assert!(!site.sandbox.run().join("upslog.pid").exists());
}

#[test]
fn a_server_that_is_away_is_na_until_it_comes_back() {
    let (site, running) = served();
    let [lab, attic, upsd] = running;
    upsd.stop();
    let log = site.sandbox.run().join("log");
    let _upslog = Program::locknut("upslog", &site.sandbox)
        .args(["-s", &format!("lab@localhost:{}", site.port), "-l"])
        .arg(&log)
        .args(["-i", "1", "-F", "-f", "%VAR ups.status%"])
        .as_myself()
        .start();
    assert_eq!(await_lines(&log, 2)[..2], ["NA", "NA"]);
    let _upsd = site.upsd();
    let last = || lines(&log).pop().filter(|line| line == "OL CHRG");
    assert!(eventually(PATIENCE, last).is_some(), "{:?}", lines(&log));
    drop((lab, attic));
}

#[test]
fn in_the_background_it_has_written_its_pid_before_the_shell_goes_on() {
    let (site, _running) = served();
    let log = site.sandbox.run().join("log");
    let ups = format!("lab@localhost:{}", site.port);
    let done = Program::locknut("upslog", &site.sandbox)
        .args(["-p", "cellar", "-i", "1", "-f", "%VAR ups.status%"])
        .as_myself()
        .args([ups.as_str(), &log.display().to_string()])
        .run();
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    let pid = fs::read_to_string(site.sandbox.run().join("cellar.pid")).unwrap();
    let pid: i32 = pid.trim().parse().unwrap();
    let written = await_lines(&log, 1);
    testkit::signal_process(pid, Signal::SIGTERM);
    assert_eq!(written[0], "OL CHRG");
    let gone = || (!testkit::is_running(pid)).then_some(());
    assert!(eventually(PATIENCE, gone).is_some());
}

#[test]
fn what_is_missing_is_told_as_in_c_nut() {
    let site = Site::new();
    for (args, told) in [
        (&[][..], "No UPS defined for monitoring - use -s <system>"),
        (
            &["-s", "lab"],
            "No filename defined for logging - use -l <file>",
        ),
        (
            &["-s", "lab", "-l", "/no/such/dir/log"],
            "could not open logfile /no/such/dir/log: ",
        ),
    ] {
        let done = Program::locknut("upslog", &site.sandbox).args(args).run();
        assert_eq!(done.code, Some(1));
        assert!(done.stderr.starts_with(told), "{}", done.stderr);
    }
}
