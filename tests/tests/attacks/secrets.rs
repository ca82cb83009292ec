//! Passwords in logs, arguments, environments and memory: all programs run at the highest debug level with passwords that
//! nothing else looks like, and whatever they show is searched.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use testkit::{PATIENCE, Program, Signal, Wire, eventually, skipped};
use tests::Site;

use crate::shown::{LOUD, Shown};

/// All have this in them.
const MARK: &str = "Zq7";
const OF_USER: &str = "Zq7plain";
const OF_HASHED: &str = "Zq7hashed";
const OF_FILE: &str = "Zq7file";
const WRONG: &str = "Zq7wrong";
const OF_NETWORK: &str = "Zq7community";

fn site() -> Site {
    let site = Site::new();
    site.devices(&[("calm", "ups.status: OL\nups.delay.start: 5\n")]);
    let ups = fs::read_to_string(site.sandbox.etc().join("ups.conf")).unwrap();
    site.sandbox.write(
        "ups.conf",
        &format!("{ups}  community = {OF_NETWORK}\n  pasword = {OF_NETWORK}\n"),
    );
    let ups = ups.as_str();
    let made = Program::locknut("upsd", &site.sandbox).arg("--hash-password");
    let made = made.input(&format!("{OF_HASHED}\n")).run();
    let hash = made.stdout.trim();
    assert!(
        hash.contains("argon2id") && !hash.contains(MARK),
        "{made:?}"
    );
    site.sandbox.write("secret", &format!("{OF_FILE}\n"));
    // misspelt and repeated ones, too, for the messages about them
    site.sandbox.write(
        "upsd.users",
        &format!(
            "[pri]\n  password = {OF_USER}\n  password = {OF_USER}\n  upsmon primary\n  pasword = {OF_USER}\n[hashed]\n  {hash}\n  \
             actions = SET\n  instcmds = ALL\n[filed]\n  password-file = secret\n  upsmon secondary\n"
        ),
    );
    site.sandbox.write(
        "upsmon.conf",
        &format!(
            "MONITOR calm@127.0.0.1:{0} 1 pri {OF_USER} primary\nMONITOR calm@localhost:{0} 0 filed \"\" secondary\n\
             PASSWORDFILE calm@localhost:{0} secret\nMONITR x 1 u {OF_USER} primary\nSHUTDOWNCMD \"true\"\nPOLLFREQ 1\n\
             NOTIFYFLAG COMMBAD SYSLOG\n",
            site.port
        ),
    );
    site.sandbox.write("ups.conf", ups);
    site
}

#[test]
fn nothing_that_is_printed_or_seen_from_outside_holds_a_password() {
    let site = site();
    let mut shown = Shown::default();
    let program = |name: &str| Program::locknut(name, &site.sandbox);
    let driver = program("dummy-ups")
        .args([LOUD, "-a", "calm"])
        .as_myself()
        .start();
    let socket = site.sandbox.socket("dummy-ups", "calm");
    assert!(
        eventually(PATIENCE, || socket.exists().then_some(())).is_some(),
        "{}",
        driver.printed()
    );
    let mut upsd = program("upsd").arg(LOUD).as_myself().start();
    upsd.wait_for_line("listening on", PATIENCE);
    site.await_value("calm", "ups.status", "OL");
    let mut upsmon = program("upsmon").arg(LOUD).as_myself().start();
    upsd.wait_for_line("User pri@", PATIENCE);
    upsd.wait_for_line("User filed@", PATIENCE);
    let ups = format!("calm@127.0.0.1:{}", site.port);
    for (user, password) in [
        ("hashed", OF_HASHED),
        ("hashed", WRONG),
        (WRONG.get(3..).unwrap(), WRONG),
    ] {
        let mut client = Wire::connect(site.port);
        client.ask(&format!("USERNAME {user}"));
        client.ask(&format!("PASSWORD {password}"));
        client.ask(&format!("PASSWORD {password}"));
        client.ask(&format!("PASSWORD {password} {password}"));
        client.send(&format!("PASSWORD \"{password} # \""));
        client.read_line();
        client.ask("SET VAR calm ups.delay.start 6");
        client.ask("INSTCMD calm load.off");
        // the password comes from the terminal's side
        let set = program("upsrw").args(["-s", "ups.delay.start=7", "-u", user, &ups]);
        let set = set.input(&format!("{password}\n")).run();
        shown.add_all("upsrw", &set);
        let sent = program("upscmd").args(["-u", user, &ups, "load.off"]);
        let sent = sent.input(&format!("{password}\n")).run();
        shown.add_all("upscmd", &sent);
    }
    for (name, running) in [("dummy-ups", &driver), ("upsd", &upsd), ("upsmon", &upsmon)] {
        shown.look_at(name, running);
    }
    upsd.signal(Signal::SIGHUP);
    upsmon.signal(Signal::SIGHUP);
    upsd.wait_for_line("reload", PATIENCE);
    for (name, check) in [
        ("upsd", program("upsd").arg("-t")),
        ("upsmon", program("upsmon").arg("-t")),
        ("upsmon --explain", program("upsmon").arg("--explain")),
    ] {
        shown.add_all(name, &check.run());
    }
    for (name, mut running) in [("upsmon", upsmon), ("upsd", upsd), ("dummy-ups", driver)] {
        running.signal(Signal::SIGTERM);
        running.wait_for_end(PATIENCE);
        shown.add(&format!("log of {name}"), &running.printed());
    }
    shown.search();
}

/// A search of what a core would hold. What a session has given is wiped when it ends, and so is a file that was read;
/// passwords that upsd has to compare with are there, of course.
#[test]
fn what_is_no_longer_needed_is_gone_from_the_memory() {
    let site = site();
    let _driver = site.driver("calm");
    let upsd = site.upsd();
    site.await_value("calm", "ups.status", "OL");
    if memory(upsd.pid()).is_none() {
        return skipped(
            "what_is_no_longer_needed_is_gone",
            "the right to read another process's memory",
        );
    }
    for _ in 0..20 {
        let mut client = Wire::connect(site.port);
        client.ask("USERNAME hashed");
        client.ask(&format!("PASSWORD {OF_HASHED}"));
        assert_eq!(
            client.ask("SET VAR calm ups.delay.start 6").get(..2),
            Some("OK")
        );
        assert_eq!(client.ask("LOGOUT"), "OK Goodbye");
        let mut client = Wire::connect(site.port);
        client.ask("USERNAME pri");
        client.ask(&format!("PASSWORD {WRONG}"));
        let _ = client.ask("FSD calm");
    }
    let memory = || memory(upsd.pid()).unwrap_or_default();
    let gone = |secret: &str| count(&memory(), secret) == 0;
    for secret in [OF_HASHED, WRONG] {
        let found = eventually(PATIENCE, || gone(secret).then_some(()));
        assert!(
            found.is_some(),
            "{secret} is in upsd's memory {} times",
            count(&memory(), secret)
        );
    }
    // that the search finds what is there
    assert_ne!(count(&memory(), OF_USER), 0);
    assert!(
        count(&memory(), OF_USER) <= 2,
        "{}",
        count(&memory(), OF_USER)
    );
    assert_eq!(upsd.stop(), Some(0));
}

fn count(memory: &[u8], secret: &str) -> usize {
    memory
        .windows(secret.len())
        .filter(|part| *part == secret.as_bytes())
        .count()
}

/// All that a process can write to.
fn memory(pid: u32) -> Option<Vec<u8>> {
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let mut memory = File::open(Path::new(&format!("/proc/{pid}/mem"))).ok()?;
    let mut found = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw-p ")) {
        let (begin, end) = line.split_whitespace().next()?.split_once('-')?;
        let begin = u64::from_str_radix(begin, 16).ok()?;
        let end = u64::from_str_radix(end, 16).ok()?;
        let mut part = vec![0; usize::try_from(end - begin).ok()?];
        memory.seek(SeekFrom::Start(begin)).ok()?;
        // some pages cannot be read
        if memory.read_exact(&mut part).is_ok() {
            found.extend(part);
        }
    }
    Some(found)
}
