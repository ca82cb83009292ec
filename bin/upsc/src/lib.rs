//! upsc: reads variables of a UPS from its server.
//!
//! Scripts parse its stdout, which is C's byte for byte; everything else goes to stderr.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use client::Error;
use tool::{Failure, print};

mod args;
mod ask;
mod json;
mod plain;

use args::Args;
use ask::Wanted;

/// The program.
#[must_use]
pub fn main() -> ExitCode {
    match tool::read() {
        Ok(args) => Failure::end(run(&args)),
        Err(code) => code,
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let (wanted, server) = Wanted::of(args)?;
    let mut connection = args.common.open(&server).or_else(|failure| match failure {
        Failure::Client(error) => failed(args, error, false),
        failure => Err(failure),
    })?;
    let found = wanted
        .ask(&mut connection)
        .or_else(|error| failed(args, error, wanted.is_pairs()))?;
    print(&if args.json {
        json::text(&found)
    } else {
        plain::text(&found)
    })?;
    connection.logout();
    Ok(())
}

/// Says what failed to readers of JSON too.
fn failed<T>(args: &Args, error: Error, begun: bool) -> Result<T, Failure> {
    if args.json {
        print(&json::error(&error.to_string(), begun))?;
    }
    Err(Failure::Client(error))
}
