//! upsrw: lists the writable variables of a UPS, and sets them.
//!
//! Where C ends with 0 whatever became of a setting that was waited for (`-w`), this one ends with 0 only
//! if it was done.

#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::process::ExitCode;

use client::Blocking;
use client::tool::{Change, Failure, ask_line, change, connect_timeout, must_exist, patience};
use proto::{Address, Request};

mod args;
mod block;
mod kind;
mod list;

use args::{Args, Setting};

/// The program.
#[must_use]
pub fn main() -> ExitCode {
    match Args::read() {
        Ok(args) => Failure::end(run(&args)),
        Err(code) => code,
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let address = Address::parse(args.ups()?).map_err(Failure::Ups)?;
    match args.setting()? {
        Some(setting) => set(args, &address, setting),
        None => print_list(args, &address),
    }
}

fn print_list(args: &Args, address: &Address) -> Result<(), Failure> {
    let within = connect_timeout(args.timeout.as_deref())?;
    must_exist(args.file.as_deref())?;
    let mut connection = Blocking::open(&address.server, within)?;
    let variables = list::variables(&mut connection, &address.ups)?;
    let text: String = variables.iter().map(block::Variable::block).collect();
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    connection.logout();
    Ok(())
}

fn set(args: &Args, address: &Address, Setting { var, value }: Setting<'_>) -> Result<(), Failure> {
    let how = Change {
        server: &address.server,
        given: args.given(),
        within: connect_timeout(args.timeout.as_deref())?,
        wait: patience(args.wait, args.patience.as_deref())?,
    };
    let value = match value {
        Some(value) => value.to_owned(),
        None => ask_line(&format!("Enter new value for {var}: "), "the new value")?,
    };
    let request = Request::SetVar {
        ups: &address.ups,
        var,
        value: &value,
    };
    change(&how, request)
}
