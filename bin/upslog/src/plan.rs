//! Which UPS is written to which file.

use proto::Address;

use crate::Error;
use crate::args::Args;

/// A UPS, or all of a host, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// As it was named.
    pub(crate) system: String,
    /// The same, understood.
    pub(crate) address: Address,
    /// A path, or `stdout`.
    pub(crate) file: File,
}

/// Where lines go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum File {
    Stdout,
    Path(String),
}

impl std::fmt::Display for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Stdout => "stdout",
            Self::Path(path) => path,
        })
    }
}

/// What stands for every UPS of a host.
const ALL: &str = "*";

impl Entry {
    fn of(system: &str, file: &str) -> Result<Self, Error> {
        let address = Address::parse(system)
            .map_err(|why| Error::Usage(format!("invalid UPS definition {system:?}: {why}")))?;
        let file = match file {
            "" => {
                return Err(Error::Usage(
                    "No filename defined for logging - use -l <file>".into(),
                ));
            }
            "-" => File::Stdout,
            path => File::Path(path.to_owned()),
        };
        Ok(Self {
            system: system.to_owned(),
            address,
            file,
        })
    }

    /// Whether it stands for every UPS of its host.
    pub(crate) fn is_all(&self) -> bool {
        self.address.ups == ALL
    }

    /// One UPS of those it stands for.
    pub(crate) fn one(&self, ups: &str) -> Self {
        let host = self.system.get(ALL.len()..).unwrap_or_default();
        let mut one = self.clone();
        one.system = format!("{ups}{host}");
        one.address.ups = ups.to_owned();
        one
    }
}

/// All that the command line asks for, in its order.
pub(crate) fn entries(args: &Args) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for pair in &args.pairs {
        let (system, file) = pair
            .split_once(',')
            .ok_or_else(|| Error::Usage(format!("-m {pair}: write it as -m ups,file")))?;
        entries.push(Entry::of(system, file)?);
    }
    match (&args.system, &args.file) {
        (Some(system), Some(file)) => entries.push(Entry::of(system, file)?),
        (Some(_), None) => {
            return Err(Error::Usage(
                "No filename defined for logging - use -l <file>".into(),
            ));
        }
        (None, _) if entries.is_empty() => {
            return Err(Error::Usage(
                "No UPS defined for monitoring - use -s <system>, or use -m <ups,logfile>".into(),
            ));
        }
        (None, _) => {}
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(
        pairs: &[&str],
        system: Option<&str>,
        file: Option<&str>,
    ) -> Result<Vec<String>, String> {
        let mut args: Args = daemon::args::parse_from(["upslog".into()]).unwrap();
        args.pairs = pairs.iter().map(|&pair| pair.to_owned()).collect();
        args.system = system.map(ToOwned::to_owned);
        args.file = file.map(ToOwned::to_owned);
        let entries = entries(&args).map_err(|why| why.to_string())?;
        let shown = |entry: &Entry| format!("{} > {}", entry.system, entry.file);
        Ok(entries.iter().map(shown).collect())
    }

    #[test]
    fn pairs_and_the_one_of_s_and_l_go_together() {
        let plan = planned(&["a@h,/x,y", "b,-"], Some("c"), Some("/z")).unwrap();
        assert_eq!(plan, ["a@h > /x,y", "b > stdout", "c > /z"]);
    }

    #[test]
    fn what_is_missing_is_told() {
        let told = |system, file| planned(&[], system, file).unwrap_err();
        assert!(told(None, None).starts_with("No UPS defined for monitoring"));
        assert!(told(None, Some("x")).starts_with("No UPS defined for monitoring"));
        assert!(told(Some("a"), None).starts_with("No filename defined for logging"));
        assert!(planned(&["a"], None, None).unwrap_err().contains("-m a"));
        assert!(planned(&["a@,x"], None, None).is_err());
        assert!(planned(&["a,"], None, None).is_err());
    }

    #[test]
    fn a_star_is_every_ups_of_its_host() {
        let entry = Entry::of("*@srv:77", "-").unwrap();
        assert!(entry.is_all());
        let one = entry.one("rack");
        assert_eq!((one.system.as_str(), one.is_all()), ("rack@srv:77", false));
        assert_eq!(one.address.server, entry.address.server);
        assert_eq!(Entry::of("*", "-").unwrap().one("rack").system, "rack");
    }
}
