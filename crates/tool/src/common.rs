//! Options of every tool, read as getopt reads them, and what a tool does with them.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{ArgAction, Parser};
use client::Blocking;
use client::auth::{AuthConf, Choice};
use proto::HostPort;

use crate::Failure;
use crate::failure::say;
use crate::getopt::split;
use crate::timeout::connect_timeout;

/// Options of every tool; flatten this into the tool's own.
#[derive(Debug, clap::Args)]
pub struct Common {
    /// Give up connecting after this time (10)
    #[arg(short = 'W', value_name = "seconds", allow_hyphen_values = true)]
    pub(crate) timeout: Option<String>,
    /// Read this nutauth.conf; `default`: in the usual places; `none`: not at all
    #[arg(short = 'A', value_name = "file", allow_hyphen_values = true)]
    pub(crate) file: Option<String>,
    /// Accepted and ignored: there is nothing to debug
    #[arg(short = 'D', action = ArgAction::Count, hide = true)]
    debug: u8,
    /// Print this help
    #[arg(short = 'h', action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

impl Common {
    /// Connects for reading, which is anonymous: nutauth.conf only says how to encrypt.
    ///
    /// # Errors
    /// A file named by `-A` is not there, `-W` is no number, or the server cannot be reached.
    pub fn open(&self, server: &HostPort) -> Result<Blocking, Failure> {
        let within = connect_timeout(self.timeout.as_deref())?;
        let conf = AuthConf::read(&Choice::parse(self.file.as_deref()))?;
        let encryption = encryption(&conf, server, None)?;
        Ok(Blocking::open_with(server, within, &encryption)?)
    }
}

/// How nutauth.conf wants a connection encrypted.
pub(crate) fn encryption(
    conf: &AuthConf,
    server: &HostPort,
    user: Option<&str>,
) -> Result<tls::Client, Failure> {
    let (encryption, remarks) = conf.encryption(server, user)?;
    for remark in remarks.iter().filter(|remark| remark.is_warning()) {
        say(remark.text());
    }
    Ok(encryption)
}

/// This process's arguments. Help, version and complaints are printed here.
///
/// # Errors
/// What to end with when there is nothing to do: 0 for help and version, 1 for a mistake.
pub fn read<A: Parser>() -> Result<A, ExitCode> {
    let command = A::command();
    let takes_value = |arg: &&clap::Arg| arg.get_action().takes_values();
    let with_value: String = command
        .get_arguments()
        .filter(takes_value)
        .filter_map(clap::Arg::get_short)
        .collect();
    A::try_parse_from(split(std::env::args_os(), &with_value)).map_err(|message| {
        // help nobody reads is no failure
        let _ = message.print();
        if message.use_stderr() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        }
    })
}

/// Writes a tool's output.
///
/// # Errors
/// Nobody takes it.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}
