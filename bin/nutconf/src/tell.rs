//! What get- options print: a line for each, in words that the set- option takes again.
//!
//! Only what stands in the files is told, no defaults. In place of a password stands `*`.

use config::edit::{Document, Entry};
use config::may_hold_secret;

use crate::args::{Args, Given};
use crate::files::{Files, Kind};
use crate::{Error, mode};

/// The lines for each get- option, in the order of the command line. One that finds nothing has none.
pub(crate) fn all(args: &Args, files: &mut Files) -> Result<Vec<Vec<String>>, Error> {
    let mut told = Vec::new();
    for Given { name, words } in args.given() {
        let only = words.first().map(String::as_str);
        let lines = match *name {
            "--get-mode" => vec![mode(files)?.unwrap_or("unknown").to_owned()],
            "--get-monitor" => monitors(files.words(Kind::Upsmon)?),
            "--get-listen" => lines(files.words(Kind::Upsd)?, "LISTEN", None),
            "--get-device" => devices(files.words(Kind::Ups)?, only),
            "--get-notifyflags" => flags(files.words(Kind::Upsmon)?, only),
            "--get-notifymsg" => lines(files.words(Kind::Upsmon)?, "NOTIFYMSG", only),
            "--get-notifycmd" => scalar(files.words(Kind::Upsmon)?, "NOTIFYCMD"),
            "--get-shutdowncmd" => scalar(files.words(Kind::Upsmon)?, "SHUTDOWNCMD"),
            "--get-minsupplies" => scalar(files.words(Kind::Upsmon)?, "MINSUPPLIES"),
            "--get-powerdownflag" => scalar(files.words(Kind::Upsmon)?, "POWERDOWNFLAG"),
            "--get-user" => users(files.words(Kind::Users)?, only),
            _ => continue,
        };
        told.push(lines);
    }
    Ok(told)
}

/// The value that counts, as it is.
fn scalar(file: &Document, name: &str) -> Vec<String> {
    let last = file.directives(name).pop();
    last.map(|words| words.join(" ")).into_iter().collect()
}

fn monitors(file: &Document) -> Vec<String> {
    let lines = file.directives("MONITOR").into_iter();
    let lines = lines.filter_map(|words| {
        let [system, power, user, _, role, ..] = words.as_slice() else {
            return None;
        };
        let (ups, host) = system.split_once('@').unwrap_or((system, "localhost"));
        Some(for_shell(&[ups, host, power, user, "*", role]))
    });
    lines.collect()
}

fn lines(file: &Document, name: &str, only: Option<&str>) -> Vec<String> {
    let lines = file.directives(name).into_iter();
    let wanted = lines.filter(|words| is_wanted(words, only));
    wanted.map(|words| for_shell(&words)).collect()
}

fn flags(file: &Document, only: Option<&str>) -> Vec<String> {
    let lines = file.directives("NOTIFYFLAG").into_iter();
    let wanted = lines.filter(|words| is_wanted(words, only));
    let apart = wanted.map(|words| {
        let words: Vec<&str> = words.iter().flat_map(|word| word.split('+')).collect();
        for_shell(&words)
    });
    apart.collect()
}

fn is_wanted(words: &[&str], only: Option<&str>) -> bool {
    only.is_none_or(|only| {
        words
            .first()
            .is_some_and(|word| word.eq_ignore_ascii_case(only))
    })
}

fn devices(file: &Document, only: Option<&str>) -> Vec<String> {
    let names = wanted_sections(file, only);
    let lines = names.into_iter().map(|name| {
        let first = |key| {
            file.entry(name, key)
                .and_then(|entry| entry.words.first().copied())
        };
        let mut words = vec![name.to_owned()];
        words.extend(["driver", "port"].map(|key| first(key).unwrap_or_default().to_owned()));
        let others = file.entries(name).into_iter();
        let others = others.filter(|entry| !matches!(entry.key, "driver" | "port"));
        words.extend(others.map(|Entry { key, words }| match words.first() {
            None => key.to_owned(),
            Some(_) if may_hold_secret(key) => format!("{key}=*"),
            Some(value) => format!("{key}={value}"),
        }));
        for_shell(&words)
    });
    lines.collect()
}

fn users(file: &Document, only: Option<&str>) -> Vec<String> {
    let names = wanted_sections(file, only);
    let lines = names.into_iter().map(|name| {
        let mut words = vec![name.to_owned()];
        words.extend(file.entries(name).into_iter().map(|Entry { key, words }| {
            let value = match key.to_ascii_lowercase().as_str() {
                "password" => "*".to_owned(),
                _ => words.join(","),
            };
            format!("{}={value}", key.to_ascii_lowercase())
        }));
        for_shell(&words)
    });
    lines.collect()
}

fn wanted_sections<'a>(file: &'a Document, only: Option<&str>) -> Vec<&'a str> {
    let mut names = file.sections();
    names.retain(|name| only.is_none_or(|only| only == *name));
    names
}

/// Words as a shell reads them as the same words.
fn for_shell<W: AsRef<str>>(words: &[W]) -> String {
    let words: Vec<String> = words.iter().map(|word| shell_word(word.as_ref())).collect();
    words.join(" ")
}

fn shell_word(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._/:@%+,-=*".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use config::edit::Format;
    use std::path::Path;

    fn read(format: Format, source: &str) -> Document {
        Document::parse(format, Path::new("f"), source.as_bytes()).unwrap()
    }

    #[test]
    fn lines_are_words_that_can_be_given_back_and_tell_no_password() {
        let file = read(
            Format::Directives,
            "MONITOR rack 1 u hunter2 master\nMONITOR a@b:1 0 u \"hunter2 x\" secondary\nNOTIFYFLAG ONBATT SYSLOG+EXEC\n\
             NOTIFYFLAG ONLINE IGNORE\nNOTIFYMSG ONBATT \"it's %s\"\nSHUTDOWNCMD \"/sbin/shutdown -h +0\"\n",
        );
        assert_eq!(
            monitors(&file),
            ["rack localhost 1 u * master", "a b:1 0 u * secondary"]
        );
        assert_eq!(flags(&file, Some("onbatt")), ["ONBATT SYSLOG EXEC"]);
        assert_eq!(flags(&file, None).len(), 2);
        assert_eq!(lines(&file, "NOTIFYMSG", None), [r"ONBATT 'it'\''s %s'"]);
        assert_eq!(scalar(&file, "SHUTDOWNCMD"), ["/sbin/shutdown -h +0"]);
        assert!(scalar(&file, "MINSUPPLIES").is_empty());
    }

    #[test]
    fn sections_are_told_in_one_line_each() {
        let file = read(
            Format::Ups,
            "[a]\nport = auto\nnolock\ndriver = x\ndesc = \"a b\"\nauthPassword = hunter2\n[b]\n",
        );
        assert_eq!(
            devices(&file, None),
            ["a x auto nolock 'desc=a b' authPassword=*", "b '' ''"]
        );
        assert_eq!(devices(&file, Some("c")), [""; 0]);
        let file = read(
            Format::Users,
            "[u]\nPassword = hunter2\nactions = SET FSD\nupsmon primary\n",
        );
        assert_eq!(
            users(&file, Some("u")),
            ["u password=* actions=SET,FSD upsmon=primary"]
        );
    }
}
