//! upsd-tls: makes an authority, and certificates for upsd and its clients, so that encryption with certificates on both sides
//! takes one command for each host.
//!
//! * [`args`]: the command line
//! * [`names`]: what the certificate of a server must be for, and what a client may be called
//! * [`authority`]: makes certificates; nothing here touches a file
//! * [`keep`]: files that hold keys: who may read them, and that none is lost
//! * [`work`]: one command from its files to its files
//! * [`lines`]: what to write into upsd.conf, upsmon.conf and nutauth.conf

#![forbid(unsafe_code)]

mod args;
mod authority;
mod keep;
mod lines;
mod names;
mod work;

use std::io;
use std::path::PathBuf;

use daemon::{Exit, banner, hardening};

use args::Args;

/// Why nothing was made, or not all of it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("{0:?} is no command; give init, server or client, see upsd-tls -h")]
    Command(String),
    #[error("{0}")]
    Usage(&'static str),
    #[error("{0:?} cannot be the name of a {1}")]
    Name(String, &'static str),
    #[error("{path} is there already and stays as it is; --force replaces it", path = .0.display())]
    Exists(PathBuf),
    #[error("{path}: {what}", path = .0.display(), what = .1)]
    Unfit(PathBuf, &'static str),
    #[error("cannot {0} {path}: {2}", path = .1.display())]
    File(&'static str, PathBuf, io::Error),
    #[error("there is no authority in {path}; run upsd-tls init", path = .0.display())]
    NoAuthority(PathBuf),
    #[error("the authority has expired on {0}; make a new one with: upsd-tls init --force")]
    Expired(String),
    #[error("the certificate cannot be made: {0}")]
    Made(#[from] rcgen::Error),
}

/// Runs upsd-tls.
#[must_use]
pub fn main() -> Exit {
    let args: Args = match daemon::args::parse() {
        Ok(args) => args,
        Err(exit) => return exit,
    };
    if args.version {
        banner::say(&banner::line("upsd-tls", proto::VERSION));
        return Exit::Success;
    }
    hardening::leave_no_cores();
    match args.wanted().and_then(|wanted| work::perform(&wanted)) {
        Ok(told) => {
            banner::say(&told);
            Exit::Success
        }
        Err(why) => {
            banner::complain(&format!("upsd-tls: {why}"));
            Exit::Failure
        }
    }
}
