//! What `/proc` tells of a program, and programs started with less than they are used to.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;
use testkit::{Program, Running, installed, our_programs};
use tests::Site;

/// One of our programs, started by a shell that runs `script` before.
pub(crate) fn behind(script: &str, name: &str, site: &Site) -> Program {
    let program = our_programs().unwrap().join(name);
    Program::at(Path::new("/bin/sh"), &site.sandbox)
        .arg("-c")
        .arg(format!("{script} && exec \"$@\""))
        .args([OsStr::new("sh"), program.as_os_str()])
}

/// The same in a mount namespace of its own, so that what `script` mounts is gone with the program. Only root may;
/// `None` says that this account may not.
pub(crate) fn behind_mounts(script: &str, name: &str, site: &Site) -> Option<Program> {
    let unshare = installed("unshare")?;
    let may = Program::at(&unshare, &site.sandbox).args([
        "-m", "mount", "-t", "tmpfs", "-o", "size=4k", "none", "/mnt",
    ]);
    if may.run().code != Some(0) {
        return None;
    }
    let program = our_programs().unwrap().join(name);
    let program = Program::at(&unshare, &site.sandbox)
        .args(["-m", "sh", "-c"])
        .arg(format!("{script} && exec \"$@\""))
        .args([OsStr::new("sh"), program.as_os_str()]);
    Some(program)
}

/// Kilobytes of memory that a program holds.
pub(crate) fn memory(program: &Running) -> u64 {
    memory_of(program.pid())
}

/// Kilobytes of memory that process `pid` holds.
pub(crate) fn memory_of(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}

/// How many files a program holds open.
pub(crate) fn open_files(program: &Running) -> usize {
    fs::read_dir(format!("/proc/{}/fd", program.pid()))
        .unwrap()
        .count()
}

/// Which part of one processor a program uses during `span`, in percent.
pub(crate) fn load(program: &Running, span: Duration) -> u128 {
    let before = ticks(program);
    sleep(span);
    // a tick is 10 ms wherever Linux shows times in /proc
    u128::from(ticks(program) - before) * 1000 / span.as_millis()
}

/// The processor time a program has used, in hundredths of a second.
fn ticks(program: &Running) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", program.pid())).unwrap();
    // the name in parentheses may hold anything; utime and stime are the 12th and 13th word behind it
    let (_, rest) = stat.rsplit_once(") ").unwrap();
    let words = rest.split_whitespace().skip(11).take(2);
    words.map(|word| word.parse::<u64>().unwrap()).sum()
}
