//! `NOTIFYFLAG` and `NOTIFYMSG` in upsmon.conf.

use config::edit::Document;
use config::upsmon::NotifyFlags;
use model::Notice;

use super::Others;
use crate::Error;
use crate::password::Passwords;

/// How upsmon tells an event of which the file says nothing.
const DEFAULT: &str = "SYSLOG+WALL";

/// Sets or adds how an event is told.
pub(super) fn flags(
    file: &mut Document,
    given: &[&[String]],
    others: Others,
    _: &mut Passwords,
) -> Result<(), Error> {
    for words in given {
        let Some((event, flags)) = words.split_first() else {
            continue;
        };
        let event = known(event)?;
        let mut wanted = Vec::new();
        if others == Others::Stay {
            let lines = file.directives("NOTIFYFLAG");
            let line = lines.iter().rfind(|words| is_of(words, event));
            let before = line
                .and_then(|words| words.get(1))
                .copied()
                .unwrap_or(DEFAULT);
            wanted.extend(before.split('+').map(ToOwned::to_owned));
        }
        for flag in flags.iter().flat_map(|word| word.split('+')) {
            let flag = flag.to_ascii_uppercase();
            if !NotifyFlags::NAMES.contains(&flag.as_str()) {
                let text = format!("{flag:?} is none of {}", NotifyFlags::NAMES.join(", "));
                return Err(Error::Usage(text));
            }
            // to tell it to nobody excludes all others
            wanted.retain(|known| (known == "IGNORE") == (flag == "IGNORE"));
            if !wanted.contains(&flag) {
                wanted.push(flag);
            }
        }
        set(file, "NOTIFYFLAG", event, &wanted.join("+"))?;
    }
    Ok(())
}

/// Sets what is said of an event.
pub(super) fn message(
    file: &mut Document,
    given: &[&[String]],
    _: Others,
    _: &mut Passwords,
) -> Result<(), Error> {
    for words in given {
        if let [event, text] = words {
            set(file, "NOTIFYMSG", known(event)?, text)?;
        }
    }
    Ok(())
}

/// The event, whatever its letter case in the file.
fn set(file: &mut Document, directive: &str, event: &str, value: &str) -> Result<(), Error> {
    let lines = file.directives(directive);
    let line = lines.iter().rfind(|words| is_of(words, event));
    let written = line
        .and_then(|words| words.first())
        .map_or(event, |written| written)
        .to_owned();
    Ok(file.set(directive, &[&written], &[value])?)
}

fn is_of(words: &[&str], event: &str) -> bool {
    words
        .first()
        .is_some_and(|known| known.eq_ignore_ascii_case(event))
}

fn known(event: &str) -> Result<&'static str, Error> {
    let notice = Notice::of(&event.to_ascii_uppercase());
    notice.map(Notice::name).ok_or_else(|| {
        let names: Vec<&str> = Notice::all().map(Notice::name).collect();
        let hint = config::nearest(&event.to_ascii_uppercase(), names);
        let hint = hint.map_or_else(String::new, |name| format!(", did you mean {name}?"));
        Error::Usage(format!("{event:?} is no event{hint}"))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::after;
    use super::*;
    use config::edit::Format;

    const SOURCE: &str = "NOTIFYFLAG ONLINE IGNORE\nNOTIFYFLAG ONBATT SYSLOG+EXEC # so\n#NOTIFYMSG ONBATT \"UPS %s\"\n";

    fn edited(change: super::super::Change, others: Others, line: &str) -> Result<String, String> {
        after(change, Format::Directives, SOURCE, others, &[line])
    }

    #[test]
    fn flags_are_set_and_added() {
        for (others, line, old, new) in [
            (Others::Go, "ONBATT|WALL", "SYSLOG+EXEC", "WALL"),
            (
                Others::Stay,
                "ONBATT|WALL|EXEC",
                "SYSLOG+EXEC",
                "SYSLOG+EXEC+WALL",
            ),
            (
                Others::Stay,
                "onbatt|wall",
                "SYSLOG+EXEC",
                "SYSLOG+EXEC+WALL",
            ),
            (Others::Stay, "ONLINE|SYSLOG+WALL", "IGNORE", "SYSLOG+WALL"),
            (Others::Stay, "ONBATT|IGNORE", "SYSLOG+EXEC", "IGNORE"),
            (
                Others::Stay,
                "FSD|EXEC",
                "# so\n",
                "# so\nNOTIFYFLAG FSD SYSLOG+WALL+EXEC\n",
            ),
        ] {
            assert_eq!(
                edited(flags, others, line).unwrap(),
                SOURCE.replace(old, new),
                "{line}"
            );
        }
        assert!(
            edited(flags, Others::Go, "ONBATT|MAIL")
                .unwrap_err()
                .contains("none of SYSLOG")
        );
        let told = edited(flags, Others::Go, "ONBAT|WALL").unwrap_err();
        assert_eq!(told, "\"ONBAT\" is no event, did you mean ONBATT?");
    }

    #[test]
    fn a_message_is_set() {
        let found = edited(message, Others::Go, "ONBATT|no \"power\" for %s").unwrap();
        assert_eq!(
            found,
            format!("{SOURCE}NOTIFYMSG ONBATT \"no \\\"power\\\" for %s\"\n")
        );
    }
}
