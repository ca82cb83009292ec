//! upscmd: sends instant commands to a UPS.
//!
//! Where C ends with 0 whatever became of a command that was waited for (`-w`), this one ends with 0 only
//! if it was carried out.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use proto::{Address, Request};
use tool::{Failure, print};

mod args;
mod list;

use args::Args;

/// The program.
#[must_use]
pub fn main() -> ExitCode {
    match tool::read::<Args>() {
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
    let mut connection = args.common.open(&address.server)?;
    print(&list::list(&mut connection, &address.ups)?)?;
    connection.logout();
    Ok(())
}

fn command(args: &Args, address: &Address) -> Result<(), Failure> {
    let order = args.order()?;
    let request = Request::InstCmd {
        ups: &address.ups,
        cmd: order.command,
        param: order.value,
    };
    args.changing.send(&args.common, &address.server, request)
}
