//! The command line, read as C NUT reads it.
//!
//! All words behind an option are its own, up to the next one. A word that begins with `-` is an option, unless that is all of
//! it, or it begins with `---`: so a password may begin with three. Letters behind one dash are options each.

use crate::options::{EXCLUSIVE, SHORT, Spec, find};

/// An option and the words behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) name: &'static str,
    pub(crate) words: Vec<String>,
}

/// All that was given, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Args {
    given: Vec<Given>,
}

impl Args {
    /// Reads the words behind the program's name.
    ///
    /// # Errors
    /// All that is wrong, a line for each.
    pub(crate) fn read(words: impl IntoIterator<Item = String>) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        let mut given: Vec<Given> = Vec::new();
        // none before the first option, and none behind "--"
        let mut open = false;
        for word in words {
            if word == "--" {
                open = false;
            } else if is_option(&word) {
                open = true;
                for name in names(&word) {
                    match find(&name) {
                        Some(spec) => given.push(Given {
                            name: spec.name,
                            words: Vec::new(),
                        }),
                        None => wrong.push(format!("unknown option: {name}")),
                    }
                }
            } else if let Some(last) = given.last_mut().filter(|_| open) {
                last.words.push(word);
            } else {
                wrong.push(format!("unexpected word: {word}"));
            }
        }
        let args = Self { given };
        wrong.extend(args.misused());
        if wrong.is_empty() {
            Ok(args)
        } else {
            Err(wrong)
        }
    }

    /// Whether an option was given.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.given.iter().any(|given| given.name == name)
    }

    /// The words behind each time an option was given.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &[String]> {
        let given = self.given.iter().filter(move |given| given.name == name);
        given.map(|given| given.words.as_slice())
    }

    /// The first word behind an option.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.all(name).next()?.first().map(String::as_str)
    }

    /// What was given.
    pub(crate) fn given(&self) -> &[Given] {
        &self.given
    }

    fn misused(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for (index, given) in self.given.iter().enumerate() {
            let Some(spec) = find(given.name) else {
                continue;
            };
            let earlier = self.given.iter().take(index);
            if !spec.repeats && earlier.filter(|other| other.name == given.name).count() == 1 {
                wrong.push(format!("{} is given more than once", given.name));
            }
            wrong.extend(miscounted(spec, given.words.len()));
        }
        for (one, other) in EXCLUSIVE {
            if self.has(one) && self.has(other) {
                wrong.push(format!("{one} and {other} exclude each other"));
            }
        }
        wrong
    }
}

fn miscounted(spec: &Spec, words: usize) -> Option<String> {
    if (spec.least()..=spec.most()).contains(&words) {
        return None;
    }
    let Spec { name, args, .. } = spec;
    if args.is_empty() {
        return Some(format!("no words follow {name}"));
    }
    let much = if words < spec.least() { "few" } else { "many" };
    let quotes = if words > spec.most() {
        "; quote a value with blanks"
    } else {
        ""
    };
    Some(format!(
        "too {much} words behind {name}; usage: {name} {args}{quotes}"
    ))
}

fn is_option(word: &str) -> bool {
    word.len() > 1 && word.starts_with('-') && !word.starts_with("---")
}

/// The full names of what one word asks for: `-vv` is twice `--verbose`.
fn names(word: &str) -> Vec<String> {
    let long = |word: &str| {
        SHORT
            .iter()
            .find(|(short, _)| *short == word)
            .map(|(_, long)| *long)
    };
    if word.starts_with("--") {
        return vec![word.to_owned()];
    }
    if let Some(long) = long(word) {
        return vec![long.to_owned()];
    }
    let letters = word.chars().skip(1).map(|letter| format!("-{letter}"));
    letters
        .map(|letter| long(&letter).map_or(letter, ToOwned::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Args, String> {
        let words = line.split_whitespace().map(ToOwned::to_owned);
        Args::read(words).map_err(|wrong| wrong.join("; "))
    }

    #[test]
    fn words_belong_to_the_option_before_them() {
        let args =
            read("--set-mode none --add-user a password=x actions=SET --add-user b -vvD").unwrap();
        assert_eq!(args.word("--set-mode"), Some("none"));
        let users: Vec<&[String]> = args.all("--add-user").collect();
        assert_eq!(users, [&["a", "password=x", "actions=SET"][..], &["b"][..]]);
        assert_eq!(
            (args.all("--verbose").count(), args.all("-D").count()),
            (2, 1)
        );
    }

    #[test]
    fn dashes_alone_and_three_of_them_are_words() {
        let args = read("--set-monitor a b 1 u - primary").unwrap();
        assert_eq!(args.all("--set-monitor").next().unwrap()[4], "-");
        assert!(read("--set-monitor a b 1 u ---x primary").is_ok());
        assert_eq!(read("-help").unwrap(), read("-h").unwrap());
    }

    #[test]
    fn all_that_is_wrong_is_told() {
        for (line, told) in [
            ("x --frob", "unexpected word: x; unknown option: --frob"),
            ("--get-mode -- x", "unexpected word: x"),
            ("-x", "unknown option: -x"),
            (
                "--set-mode",
                "too few words behind --set-mode; usage: --set-mode standalone|netserver|netclient|controlled|manual|none",
            ),
            ("--get-mode x", "no words follow --get-mode"),
            (
                "--set-notifymsg ONLINE a b",
                "too many words behind --set-notifymsg; usage: --set-notifymsg <event> <text>; quote a value with blanks",
            ),
            (
                "--set-mode none --set-mode none",
                "--set-mode is given more than once",
            ),
            (
                "--set-listen a --add-listen b",
                "--set-listen and --add-listen exclude each other",
            ),
        ] {
            assert_eq!(read(line).unwrap_err(), told, "{line}");
        }
    }
}
