//! MONITOR lines (spec config-files.md, section 6.1).

use super::UpsmonConf;
use crate::grammar::{Args, Fault};
use crate::value::FileName;
use secret::Secret;
use text::Place;

/// One watched UPS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonitorLine {
    /// `ups[@host[:port]]` as written.
    pub system: String,
    /// How much it counts for MINSUPPLIES; 0 only watches.
    pub power: u32,
    /// The user in the server's upsd.users.
    pub user: String,
    /// His password.
    pub password: Secret,
    /// What this host is for the UPS.
    pub role: Role,
    /// Where the line stands.
    pub place: Place,
}

/// What a host is for a UPS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It shuts down last and tells the others.
    Primary,
    /// It shuts down when told.
    Secondary,
}

impl Role {
    /// By the name that it has today, or the one that it had.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        match word.to_ascii_lowercase().as_str() {
            "primary" | "master" => Some(Self::Primary),
            "secondary" | "slave" => Some(Self::Secondary),
            _ => None,
        }
    }

    /// The name that it has today.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
        }
    }
}

/// Where the password of a MONITOR line stands, if not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordFile {
    /// The system of the MONITOR line, as written there.
    pub system: String,
    /// The file that holds the password; whoever loads this file reads it, too.
    pub file: FileName,
}

/// Takes a PASSWORDFILE line.
pub(super) fn take_password_file(conf: &mut UpsmonConf, args: &Args<'_>) -> Result<(), Fault> {
    conf.password_files.push(PasswordFile {
        system: args.name(0)?,
        file: args.file_name(1)?,
    });
    Ok(())
}

/// Takes a line. With an unknown type it counts as a secondary's: better half protected than not at all.
pub(super) fn take(conf: &mut UpsmonConf, args: &mut Args<'_>) -> Result<(), Fault> {
    let system = args.name(0)?;
    if conf.monitors.iter().any(|known| known.system == system) {
        let word = args.word(0)?;
        return Err(Fault::warning(
            word,
            format!("{system:?} is monitored already; this line is ignored"),
        ));
    }
    let power = power(args)?;
    let role = Role::of(args.word(4)?.text);
    conf.monitors.push(MonitorLine {
        system,
        power,
        user: args.text(2)?,
        password: Secret::new(args.text(3)?),
        role: role.unwrap_or(Role::Secondary),
        place: args.place,
    });
    if role.is_none() {
        // the word may be a part of a password with blanks, so it is not repeated
        return Err(Fault::error(
            args.word(4)?,
            "this word is neither primary nor secondary; quote a password with special characters",
        ));
    }
    Ok(())
}

fn power(args: &mut Args<'_>) -> Result<u32, Fault> {
    let word = args.word(1)?;
    let power = args.integer(1, "power supplies")?;
    u32::try_from(power).map_err(|_| Fault::error(word, "a power value can not be negative"))
}
