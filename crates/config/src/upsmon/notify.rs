//! NOTIFYFLAG and NOTIFYMSG (spec config-files.md, section 6.3).

use super::UpsmonConf;
use crate::grammar::{Args, Fault};
use crate::nearest::nearest;
use model::Notice;

/// How a notice is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotifyFlags {
    /// To syslog.
    pub syslog: bool,
    /// To all who are logged in.
    pub wall: bool,
    /// To NOTIFYCMD.
    pub exec: bool,
    /// To nobody, whatever the others say.
    pub ignore: bool,
}

impl NotifyFlags {
    const NONE: Self = Self {
        syslog: false,
        wall: false,
        exec: false,
        ignore: false,
    };
}

impl NotifyFlags {
    /// Their names in NOTIFYFLAG.
    pub const NAMES: [&str; 4] = ["SYSLOG", "WALL", "EXEC", "IGNORE"];
}

impl Default for NotifyFlags {
    /// `SYSLOG+WALL`
    fn default() -> Self {
        Self {
            syslog: true,
            wall: true,
            ..Self::NONE
        }
    }
}

/// `NOTIFYMSG <event> <text>`
pub(super) fn message(conf: &mut UpsmonConf, args: &mut Args<'_>) -> Result<(), Fault> {
    let notice = notice(args)?;
    conf.notifymsg.insert(notice, args.text(1)?);
    Ok(())
}

/// `NOTIFYFLAG <event> <flag>[+<flag>...]`; an unknown flag is left out.
pub(super) fn flags(conf: &mut UpsmonConf, args: &mut Args<'_>) -> Result<(), Fault> {
    let notice = notice(args)?;
    let word = args.word(1)?;
    let mut flags = NotifyFlags::NONE;
    for flag in word.text.split('+') {
        match flag {
            "SYSLOG" => flags.syslog = true,
            "WALL" => flags.wall = true,
            "EXEC" => flags.exec = true,
            "IGNORE" => flags.ignore = true,
            other => {
                let hint = nearest(&other.to_ascii_uppercase(), NotifyFlags::NAMES)
                    .map_or_else(String::new, |flag| format!(", did you mean {flag}?"));
                args.warn(
                    word,
                    format!("{other:?} is none of SYSLOG, WALL, EXEC, IGNORE{hint}"),
                );
            }
        }
    }
    conf.notifyflag.insert(notice, flags);
    Ok(())
}

fn notice(args: &Args<'_>) -> Result<Notice, Fault> {
    let word = args.word(0)?;
    Notice::of(word.text).ok_or_else(|| {
        let names = Notice::all().map(Notice::name);
        let hint = nearest(&word.text.to_ascii_uppercase(), names)
            .map_or_else(String::new, |name| format!(", did you mean {name}?"));
        Fault::error(
            word,
            format!("{:?} is not a valid notify event name{hint}", word.text),
        )
    })
}
