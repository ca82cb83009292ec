//! The command line of upsd-tls.

use std::path::PathBuf;

use clap::{ArgAction, Parser};
use daemon::paths::Paths;

use crate::{Error, names};

const USAGE: &str = "\
upsd-tls init [options] [name or address]...
       upsd-tls server [options] [name or address]...
       upsd-tls client [options] <name>";

const EXPLAINED: &str = "\
init makes an authority and the certificate of this host's upsd, for its names and those given.
server makes only the latter, with the authority that is there: for further names, or because the old one ends.
client makes a certificate for an upsmon or another client, with a name that tells whose it is.
Each says what to write into which file.";

/// How long a certificate is valid, in days: systems that check strictly take no longer one.
const DAYS: u32 = 825;
/// Longest choice.
const DAYS_MAX: u32 = 3650;

/// Makes an authority, and certificates for upsd and its clients.
#[derive(Debug, Parser)]
#[command(
    name = "upsd-tls",
    override_usage = USAGE,
    after_help = EXPLAINED,
    disable_help_flag = true,
    disable_version_flag = true,
    args_override_self = true
)]
pub(crate) struct Args {
    /// Directory of certificates; the default is tls beside upsd.conf
    #[arg(short = 'o', value_name = "dir")]
    dir: Option<PathBuf>,
    /// Days for which the certificate is valid; an authority is for ten years
    #[arg(long, value_name = "number", default_value_t = DAYS, value_parser = clap::value_parser!(u32).range(1..=i64::from(DAYS_MAX)))]
    days: u32,
    /// Replace what is there
    #[arg(long)]
    force: bool,
    /// Print the version and exit
    #[arg(short = 'V')]
    pub(crate) version: bool,
    /// Print this help and exit
    #[arg(short = 'h', action = ArgAction::HelpShort)]
    help: Option<bool>,
    /// What to do, and names
    #[arg(hide = true)]
    words: Vec<String>,
}

/// What is asked for, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) deed: Deed,
    pub(crate) dir: PathBuf,
    pub(crate) days: u32,
    pub(crate) force: bool,
}

/// The commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// With names that the certificate is for beside the host's own.
    Init(Vec<String>),
    /// The same.
    Server(Vec<String>),
    /// With its name.
    Client(String),
}

impl Args {
    /// Makes sense of the words.
    pub(crate) fn wanted(&self) -> Result<Wanted, Error> {
        let (command, given) = self.words.split_first().ok_or(Error::Usage(
            "say what to make: init, server or client; see upsd-tls -h",
        ))?;
        let deed = match (command.as_str(), given) {
            ("init", hosts) => Deed::Init(names::hosts(hosts)?),
            ("server", hosts) => Deed::Server(names::hosts(hosts)?),
            ("client", [name]) => Deed::Client(names::client(name)?),
            ("client", _) => {
                return Err(Error::Usage(
                    "a client has one name, such as that of its host: upsd-tls client <name>",
                ));
            }
            _ => return Err(Error::Command(command.clone())),
        };
        let dir = self.dir.clone();
        Ok(Wanted {
            deed,
            dir: dir.unwrap_or_else(|| Paths::from_env().conf().join("tls")),
            days: self.days,
            force: self.force,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(line: &str) -> Result<Wanted, String> {
        let words = line.split_whitespace().map(Into::into);
        let words = std::iter::once("upsd-tls".into()).chain(words);
        let args: Args = daemon::args::parse_from(words).map_err(|told| told.text)?;
        args.wanted().map_err(|why| why.to_string())
    }

    #[test]
    fn commands_are_understood() {
        let made = wanted("init -o /x ups.example 192.0.2.1 --days 30").unwrap();
        assert_eq!((made.days, made.force), (30, false));
        let hosts = ["ups.example", "192.0.2.1"].map(str::to_owned).to_vec();
        assert_eq!(made.deed, Deed::Init(hosts));
        let made = wanted("client desk --force").unwrap();
        assert_eq!(
            (made.deed, made.days),
            (Deed::Client("desk".to_owned()), DAYS)
        );
        assert!(made.force && made.dir.ends_with("tls"));
    }

    #[test]
    fn what_makes_no_sense_is_told() {
        for (line, told) in [
            ("", "say what to make"),
            ("make", "\"make\" is no command"),
            ("client", "a client has one name"),
            ("client a b", "a client has one name"),
            ("client ../x", "\"../x\" cannot be the name of a client"),
            ("init -x", "unknown option"),
            ("init --days 0", "--days"),
            ("init --days 4000", "--days"),
            ("server a,b", "\"a,b\" cannot be the name of a server"),
        ] {
            let why = wanted(line).unwrap_err();
            assert!(why.contains(told), "{line}: {why}");
        }
    }
}
