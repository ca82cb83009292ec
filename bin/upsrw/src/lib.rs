//! upsrw: lists the writable variables of a UPS, and sets them.
//!
//! Where C ends with 0 whatever became of a setting that was waited for (`-w`), this one ends with 0 only
//! if it was done.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use proto::{Address, Request};
use tool::{Failure, ask_line, print};

mod args;
mod block;
mod kind;
mod list;

use args::{Args, Setting};

/// The program.
#[must_use]
pub fn main() -> ExitCode {
    match tool::read::<Args>() {
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
    let mut connection = args.common.open(&address.server)?;
    let variables = list::variables(&mut connection, &address.ups)?;
    let text: String = variables.iter().map(block::Variable::block).collect();
    print(&text)?;
    connection.logout();
    Ok(())
}

fn set(args: &Args, address: &Address, Setting { var, value }: Setting<'_>) -> Result<(), Failure> {
    let value = match value {
        Some(value) => value.to_owned(),
        None => ask_line(&format!("Enter new value for {var}: "), "the new value")?,
    };
    let request = Request::SetVar {
        ups: &address.ups,
        var,
        value: &value,
    };
    args.changing.send(&args.common, &address.server, request)
}
