//! upscmd: sends instant commands to a UPS.
//!
//! Where C ends with 0 whatever became of a command that was waited for (`-w`), this one ends with 0 only
//! if it was carried out.

#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::process::ExitCode;

use client::Blocking;
use client::tool::{Change, Failure, change, connect_timeout, must_exist, patience};
use proto::{Address, Request};

mod args;
mod list;

use args::Args;

/// The program.
#[must_use]
pub fn main() -> ExitCode {
    match Args::read() {
        Ok(args) => Failure::end(run(&args)),
        Err(code) => code,
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let address = Address::parse(args.ups()).map_err(Failure::Ups)?;
    if args.list {
        print_list(args, &address)
    } else {
        command(args, &address)
    }
}

fn print_list(args: &Args, address: &Address) -> Result<(), Failure> {
    let within = connect_timeout(args.timeout.as_deref())?;
    must_exist(args.file.as_deref())?;
    let mut connection = Blocking::open(&address.server, within)?;
    let text = list::list(&mut connection, &address.ups)?;
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    connection.logout();
    Ok(())
}

fn command(args: &Args, address: &Address) -> Result<(), Failure> {
    let order = args.order()?;
    let how = Change {
        server: &address.server,
        given: args.given(),
        within: connect_timeout(args.timeout.as_deref())?,
        wait: patience(args.wait, args.patience.as_deref())?,
    };
    let request = Request::InstCmd {
        ups: &address.ups,
        cmd: order.command,
        param: order.value,
    };
    change(&how, request)
}
