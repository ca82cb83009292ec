//! upsc: reads variables of a UPS from its server.
//!
//! Scripts parse its stdout, which is C's byte for byte; everything else goes to stderr.

#![forbid(unsafe_code)]

use std::io::{self, Write};
use std::process::ExitCode;

use client::tool::{Failure, connect_timeout, must_exist};
use client::{Blocking, Error};

mod args;
mod ask;
mod json;
mod plain;

use args::Args;
use ask::Wanted;

/// The program.
#[must_use]
pub fn main() -> ExitCode {
    match Args::read() {
        Ok(args) => Failure::end(run(&args)),
        Err(code) => code,
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let (wanted, server) = Wanted::of(args)?;
    let within = connect_timeout(args.timeout.as_deref())?;
    must_exist(args.file.as_deref())?;
    let mut connection =
        Blocking::open(&server, within).or_else(|error| failed(args, error, false))?;
    let found = wanted
        .ask(&mut connection)
        .or_else(|error| failed(args, error, wanted.is_pairs()))?;
    write(&if args.json {
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
        write(&json::error(&error.to_string(), begun))?;
    }
    Err(Failure::Client(error))
}

fn write(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}
