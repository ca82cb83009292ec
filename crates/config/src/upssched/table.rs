//! The directives of upssched.conf.

use super::{UpsschedConf, rule};
use crate::grammar::{Args, Directive, Fault};
use std::path::PathBuf;

/// The directives of upssched.conf.
pub static DIRECTIVES: &[Directive<UpsschedConf>] = &[
    Directive::new(
        "CMDSCRIPT",
        "<program>...",
        "The program that is run for EXECUTE and for timers that are due, with their name as last argument.",
        |conf: &mut UpsschedConf, args| {
            args.name(0)?;
            conf.cmdscript = args.words.iter().map(|word| word.text.to_owned()).collect();
            Ok(())
        },
    ),
    Directive::new(
        "PIPEFN",
        "<path>",
        "The socket of the timer daemon, in a directory that upsmon's account may write and others may not.",
        |conf, args| absolute(args, SOCKET_PATH_MAX).map(|path| conf.pipefn = Some(path)),
    ),
    Directive::new(
        "LOCKFN",
        "<path>",
        "The file that the timer daemon locks, so that there is only one; in such a directory, too.",
        |conf, args| absolute(args, usize::MAX).map(|path| conf.lockfn = Some(path)),
    ),
    Directive::new(
        "AT",
        "<event> <ups> <command> <name> [<argument>]",
        "What to do at an event of a UPS (* for any): EXECUTE <argument>, START-TIMER <name> <seconds>, \
         START-TIMER-SHARED <name> <seconds>, CANCEL-TIMER <name> [<argument>], CANCEL-TIMER-MATCHED <name> [<argument>]. \
         All lines that match are carried out, in their order.",
        rule::take,
    ),
    Directive::new(
        "DEBUG_MIN",
        "<level>",
        "Least level of debugging messages, as if -D had been given so many times.",
        |conf: &mut UpsschedConf, args| args.level(0).map(|level| conf.debug_min = Some(level)),
    ),
];

/// What the system allows for the path of a socket.
const SOCKET_PATH_MAX: usize = 107;

fn absolute(args: &Args<'_>, longest: usize) -> Result<PathBuf, Fault> {
    let path = args.path(0)?;
    let word = args.word(0)?;
    if path.is_relative() {
        return Err(Fault::error(word, "the path must begin with /"));
    }
    if word.text.len() > longest {
        let text = format!("the path of a socket can have {longest} bytes at most");
        return Err(Fault::error(word, text));
    }
    Ok(path)
}
