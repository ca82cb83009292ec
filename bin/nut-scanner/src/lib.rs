//! nut-scanner: finds power devices and NUT servers (spec cli.md, section 14).
//!
//! * [`args`]: what it was started for; [`range`], [`interfaces`]: which addresses that means
//! * [`usb`], [`snmp`], [`nut`], [`avahi`], [`simulation`], [`serial`]: what there is; [`drivers`] knows devices and opens them, [`sweep`] asks many
//!   at once, within bounds
//! * [`found`]: what was found, [`show`] writes it down, [`sanity`] says what is odd about it
//! * [`tell`]: how it goes, and what cannot be opened

#![forbid(unsafe_code)]

mod args;
mod avahi;
mod drivers;
mod found;
mod interfaces;
mod nut;
mod range;
mod sanity;
mod scan;
mod serial;
mod show;
mod simulation;
mod snmp;
mod sweep;
mod tell;
mod usb;

use std::io::Write;
use std::process::ExitCode;

use daemon::banner;

use args::{Args, Read, Stop};
use show::Form;
use tell::Tell;

/// What C ends with when it does not understand an option.
const MISUSED: u8 = 255;

/// What `-a` tells: all that can be scanned.
const AVAILABLE: &[&str] = &["OLDNUT", "USB", "SNMP", "AVAHI", "EATON_SERIAL"];

/// The program.
#[must_use]
pub fn main() -> ExitCode {
    match args::read(std::env::args_os()) {
        Ok(read) => run(&read),
        Err(Stop::Clap(message)) => {
            // help that nobody reads is no failure
            let _ = message.print();
            if message.use_stderr() {
                ExitCode::from(MISUSED)
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(Stop::Wrong(why)) => misused(&why),
    }
}

fn misused(why: &str) -> ExitCode {
    banner::complain(&format!("Error: {why}"));
    ExitCode::from(MISUSED)
}

fn run(read: &Read) -> ExitCode {
    let args = &read.args;
    if args.version {
        banner::say(&banner::line("nut-scanner", proto::VERSION));
        return ExitCode::SUCCESS;
    }
    if args.available {
        banner::say(&AVAILABLE.join("\n"));
        return ExitCode::SUCCESS;
    }
    if args.debug > 0
        && let Err(error) = daemon::log::init("nut-scanner", args.debug, 0)
    {
        return misused(&error.to_string());
    }
    let tell = Tell { quiet: args.quiet };
    for remark in &read.remarks {
        tell.problem(remark);
    }
    match scan::everything(args, &read.ranges, tell) {
        Ok(devices) => print(&show::text(&devices, form(args))),
        Err(why) => misused(&why),
    }
}

const fn form(args: &Args) -> Form {
    match (args.parsable, args.conf) {
        (true, _) => Form::Parsable,
        (false, true) => Form::Conf,
        (false, false) => Form::Checked,
    }
}

fn print(text: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            banner::complain(&format!("Error: can't write the output: {error}"));
            ExitCode::FAILURE
        }
    }
}
