//! `upsmon-helper SHUTDOWNCMD [POWERDOWNFLAG]`: shuts the system down when upsmon says so.
//!
//! It stays root when upsmon gives root's rights up. What it may do is fixed by its arguments; all that it takes
//! from upsmon are single bytes on standard input, a socket on which it answers:
//!
//! * 1: write the flag file and run the command. The answer is a byte, too: 1 if the command failed, plus 2 if the
//!   flag failed. Then it waits for the next order, so that upsmon can try again.
//! * the end of the stream: upsmon is gone, all is over, exit 0; anything else: exit 70.

#![forbid(unsafe_code)]

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::fs::OpenOptionsExt;
use std::process::{Command, ExitCode, Stdio};

/// The whole content of a flag file.
const MAGIC: &[u8] = b"upsmon-shutdown-file";

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let command = args.next().unwrap_or_default();
    let flag = args.next().filter(|path| !path.is_empty());
    let Ok(upsmon) = io::stdin().as_fd().try_clone_to_owned() else {
        return ExitCode::from(70);
    };
    let mut upsmon = File::from(upsmon);
    let mut order = [0];
    while upsmon.read_exact(&mut order).is_ok() {
        if order != [1] {
            return ExitCode::from(70);
        }
        let answer = shut_down(&command, flag.as_ref());
        // If nobody listens, the next read tells so.
        let _ = upsmon.write_all(&[answer]);
    }
    ExitCode::SUCCESS
}

/// The command must run even where the flag cannot be written.
fn shut_down(command: &OsStr, flag: Option<&OsString>) -> u8 {
    let flag = flag.map_or(Ok(()), write_flag);
    let flag = tell("cannot write POWERDOWNFLAG", flag);
    let command = tell("cannot run SHUTDOWNCMD", run(command));
    u8::from(!command) | u8::from(!flag) << 1
}

/// A new file in any case: a link that somebody put there is replaced, never followed.
fn write_flag(path: &OsString) -> io::Result<()> {
    let _ = fs::remove_file(path);
    let mut options = OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o644)
        .open(path)?;
    file.write_all(MAGIC)?;
    file.sync_all() // power may be cut soon
}

fn run(command: &OsStr) -> io::Result<()> {
    if command.is_empty() {
        return Err(io::Error::other("none is defined"));
    }
    let mut shell = Command::new("/bin/sh");
    let status = shell.arg("-c").arg(command).stdin(Stdio::null()).status()?;
    match status.success() {
        true => Ok(()),
        false => Err(io::Error::other(status.to_string())),
    }
}

/// Whether it went well; if not, a line on standard error, and nobody reading it is no error.
fn tell(what: &str, result: io::Result<()>) -> bool {
    let told = result.map_err(|why| writeln!(io::stderr(), "upsmon-helper: {what}: {why}"));
    told.is_ok()
}
