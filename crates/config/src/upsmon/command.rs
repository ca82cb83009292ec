//! SHUTDOWNCMD and NOTIFYCMD: commands with arguments (spec config-files.md, section 6.2).

use crate::grammar::{Args, Fault};
use std::path::Path;

/// NOTIFYCMD, run without a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotifyCmd {
    /// The program and its arguments, word for word.
    words: Vec<String>,
}

impl NotifyCmd {
    /// The program and its arguments. A first word with blanks that is no file is an old-style command line, and is split.
    #[must_use]
    pub fn argv(&self, exists: impl Fn(&Path) -> bool) -> Vec<String> {
        let Some((first, rest)) = self.words.split_first() else {
            return Vec::new();
        };
        let first: Vec<&str> = if first.contains(' ') && !exists(Path::new(first)) {
            first.split_ascii_whitespace().collect()
        } else {
            vec![first]
        };
        let first = first.into_iter().map(str::to_owned);
        first.chain(rest.iter().cloned()).collect()
    }
}

/// The first word is the shell's as it is, each further one is quoted for it.
pub(super) fn shell_line(args: &Args<'_>) -> Result<String, Fault> {
    let mut line = args.name(0)?;
    for word in args.words.iter().skip(1) {
        line.push_str(" '");
        line.push_str(&word.text.replace('\'', r"'\''"));
        line.push('\'');
    }
    Ok(line)
}

pub(super) fn notify(args: &Args<'_>) -> Result<NotifyCmd, Fault> {
    args.name(0)?;
    let words = args.words.iter().map(|word| word.text.to_owned());
    Ok(NotifyCmd {
        words: words.collect(),
    })
}

/// The program in a shell's command line, as far as it is plain: one without any of the shell's own characters.
pub(super) fn first_word(command: &str) -> Option<&str> {
    let word = command.split_ascii_whitespace().next()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._+-".contains(c);
    word.chars().all(plain).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_of_a_plain_command_line_is_its_first_word() {
        for (command, program) in [
            ("/sbin/shutdown -h +0", Some("/sbin/shutdown")),
            ("poweroff", Some("poweroff")),
            ("sleep 1; poweroff", Some("sleep")),
            ("\"/a b\" x", None),
            ("$CMD", None),
            ("(a)", None),
            ("", None),
        ] {
            assert_eq!(first_word(command), program, "{command}");
        }
    }
}
