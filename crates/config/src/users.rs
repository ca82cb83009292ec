//! upsd.users: who may do what (spec net-protocol.md, section 7; config-files.md, section 5).
//!
//! Each section is a user. Names count letter by letter, keys and the words behind them in any case.

use crate::grammar::{self, Args, Directive, Fault, Style, find, hint, names};
use crate::lines::for_each_line;
use crate::network::Network;
use crate::problem::Loaded;
use crate::report::Report;
use crate::sections::{Entry, entry};
use crate::upsmon::Role;
use crate::value::FileName;
use secret::{Hash, Secret};
use std::collections::HashMap;
use std::net::IpAddr;
use std::path::Path;
use text::{Place, Word};

/// The users of upsd.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Users {
    /// In the order of the file; no name comes twice.
    pub users: Vec<User>,
}

/// One user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct User {
    /// The name in the brackets.
    pub name: String,
    /// Where the header stands.
    pub place: Option<Place>,
    /// Without a password the user can do nothing.
    pub password: Option<Password>,
    /// The file that holds the password; whoever loads this file reads it, too.
    pub password_file: Option<FileName>,
    /// Where the user may come from; `None` is from anywhere.
    pub networks: Option<Vec<Network>>,
    /// Some of [`ACTIONS`], in lower case, each once.
    pub actions: Vec<String>,
    /// Commands, or `all`, in lower case, each once.
    pub instcmds: Vec<String>,
}

/// What a password given by a client is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Password {
    /// The password itself.
    Plain(Secret),
    /// Its hash.
    Hashed(Hash),
}

impl Password {
    /// Reads what stands in a file: a text that begins as a hash does is one, or nothing.
    ///
    /// # Errors
    /// It begins as a hash does and is none.
    pub fn parse(text: &str) -> Result<Self, secret::HashError> {
        if Hash::is_meant(text) {
            Hash::parse(text).map(Self::Hashed)
        } else {
            Ok(Self::Plain(Secret::new(text)))
        }
    }
}

impl User {
    /// Whether the user may come from `address`.
    #[must_use]
    pub fn may_come_from(&self, address: IpAddr) -> bool {
        let networks = self.networks.as_ref();
        networks.is_none_or(|networks| networks.iter().any(|network| network.contains(address)))
    }
}

/// What an action may be. `primary` and `master` are the same right.
pub const ACTIONS: [&str; 5] = ["set", "fsd", "login", "primary", "master"];

impl Users {
    /// Reads upsd.users; `path` only names it in messages.
    #[must_use]
    pub fn parse(path: &Path, source: &[u8]) -> Loaded<Self> {
        let mut report = Report::new(path, source);
        let mut reader = Reader::default();
        for_each_line(&mut report, |report, line| {
            reader.take(entry(line, report), report);
        });
        let users = reader.finish(&mut report);
        report.finish(users)
    }

    /// The user with exactly this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&User> {
        self.users.iter().find(|user| user.name == name)
    }
}

/// The settings of a user.
pub static SETTINGS: &[Directive<User>] = &[
    Directive::new(
        "password",
        "<text>...",
        "The password as it is, or its hash as `upsd --hash-password` prints it. A user without one cannot do anything.",
        |user: &mut User, args| password(user, args),
    )
    .in_any_case(),
    Directive::new(
        "password-file",
        "<file>",
        "A file whose only line is the password or its hash, in place of `password`. A name without / in front is that of a \
         systemd credential (LoadCredential=), or of a file beside this one. Only Locknut knows this setting.",
        |user: &mut User, args| password_file(user, args),
    )
    .in_any_case(),
    Directive::new(
        "networks",
        "<address>[/<bits>]...",
        "Where the user may come from: addresses and networks such as 192.168.1.0/24. Without it from anywhere. Only \
         Locknut knows this setting.",
        |user: &mut User, args| networks(user, args),
    )
    .in_any_case(),
    Directive::new(
        "actions",
        "<action>...",
        "What the user may do: SET changes variables of a UPS, FSD starts a forced shutdown.",
        |user: &mut User, args| actions(user, args),
    )
    .in_any_case(),
    Directive::new(
        "instcmds",
        "<command>...",
        "Which commands the user may send to a UPS; ALL for any.",
        |user: &mut User, args| {
            args.words.iter().for_each(|word| add(&mut user.instcmds, word.text));
            Ok(())
        },
    )
    .in_any_case(),
    Directive::new(
        "upsmon",
        "primary|secondary...",
        "All that upsmon needs, by its role on its machine: primary shuts the UPS down, secondary only itself.",
        |user: &mut User, args| upsmon(user, args),
    )
    .in_any_case(),
    Directive::new(
        "allowfrom",
        "[<word>...]",
        "Removed long ago; use LISTEN in upsd.conf and a firewall.",
        |_: &mut User, args| {
            args.warn(args.name, "obsolete and ignored; use LISTEN in upsd.conf and a firewall");
            Ok(())
        },
    )
    .removed()
    .in_any_case(),
];

fn password(user: &mut User, args: &mut Args<'_>) -> Result<(), Fault> {
    let word = args.word(0)?;
    if has_password(user, args) {
        return Ok(());
    }
    if word.text.is_empty() {
        args.warn(
            word,
            "the password is empty, so knowing the name is enough; choose one",
        );
    }
    let text = Secret::new(whole_hash(args));
    let password = Password::parse(text.expose());
    user.password = Some(password.map_err(|why| Fault::error(word, why.to_string()))?);
    Ok(())
}

/// The first password counts.
fn has_password(user: &User, args: &mut Args<'_>) -> bool {
    let has = user.password.is_some() || user.password_file.is_some();
    if has {
        args.warn(
            args.name,
            "the user has a password already, the first one counts; remove one",
        );
    }
    has
}

/// The first word; or all, when a hash was written without quotes and its `=` have parted it.
fn whole_hash(args: &mut Args<'_>) -> String {
    let first = args.words.first().map_or("", |word| word.text);
    if Hash::is_meant(first) {
        return args.words.iter().map(|word| word.text).collect();
    }
    if let Some(surplus) = args.words.get(1).copied() {
        args.warn(
            surplus,
            grammar::cut_value("password").trim_start_matches("password: "),
        );
    }
    first.to_owned()
}

fn password_file(user: &mut User, args: &mut Args<'_>) -> Result<(), Fault> {
    let file = args.file_name(0)?;
    if !has_password(user, args) {
        user.password_file = Some(file);
    }
    Ok(())
}

/// One that is wrong lets nobody in, and the others are taken.
fn networks(user: &mut User, args: &mut Args<'_>) -> Result<(), Fault> {
    let known = user.networks.get_or_insert_default();
    let mut wrong = None;
    for &word in args.words {
        let Some(network) = Network::parse(word.text) else {
            let text = format!(
                "{:?} is no address and no network such as 10.0.0.0/8",
                word.text
            );
            wrong = wrong.or(Some(Fault::error(word, text)));
            continue;
        };
        if let Some(meant) = network.meant() {
            args.warn(word, format!("{:?} is taken for {meant}", word.text));
        }
        known.push(network);
    }
    wrong.map_or(Ok(()), Err)
}

fn actions(user: &mut User, args: &mut Args<'_>) -> Result<(), Fault> {
    for &word in args.words {
        if ACTIONS
            .iter()
            .any(|action| action.eq_ignore_ascii_case(word.text))
        {
            add(&mut user.actions, word.text);
        } else {
            let hint = hint(
                word.text,
                ["SET", "FSD", "LOGIN", "PRIMARY"],
                ", it is ignored; there are SET and FSD",
            );
            args.warn(word, format!("unknown action {:?}{hint}", word.text));
        }
    }
    Ok(())
}

fn upsmon(user: &mut User, args: &Args<'_>) -> Result<(), Fault> {
    for &word in args.words {
        let rights: &[&str] = match Role::of(word.text) {
            Some(Role::Primary) => &["login", "master", "fsd"],
            Some(Role::Secondary) => &["login"],
            None => return Err(unknown_type(word)),
        };
        rights
            .iter()
            .for_each(|right| add(&mut user.actions, right));
    }
    Ok(())
}

fn unknown_type(word: Word<'_>) -> Fault {
    let text = format!("{:?} is neither primary nor secondary", word.text);
    Fault::error(word, text)
}

fn needs_no_equals(key: &str) -> bool {
    key.eq_ignore_ascii_case("upsmon") || key.eq_ignore_ascii_case("allowfrom")
}

fn add(list: &mut Vec<String>, word: &str) {
    let word = word.to_ascii_lowercase();
    if !list.contains(&word) {
        list.push(word);
    }
}

#[derive(Default)]
struct Reader {
    users: Vec<User>,
    /// Where the header of each user stands.
    headers: Vec<u64>,
    index: HashMap<String, usize>,
    below: Below,
}

/// Whom a line belongs to.
#[derive(Clone, Copy, Default)]
enum Below {
    #[default]
    Nobody,
    /// The last of the users.
    User,
    /// A section that was already told to be wrong.
    Refused,
}

impl Reader {
    fn take(&mut self, entry: Entry<'_>, report: &mut Report<'_>) {
        match entry {
            Entry::Header(name) => self.below = self.open(name, report),
            Entry::NoHeader => self.below = Below::Refused,
            Entry::Flag(key) => self.set(key, None, report),
            Entry::Setting(key, values) => self.set(key, Some(values), report),
            Entry::Loose(key, values) if needs_no_equals(key.text) => {
                self.set(key, Some(values), report);
            }
            Entry::Loose(key, _) => self.set(key, None, report),
            Entry::Ignored => {}
        }
    }

    fn open(&mut self, name: Word<'_>, report: &mut Report<'_>) -> Below {
        if let Some(first) = self
            .index
            .get(name.text)
            .and_then(|&first| self.users.get(first))
        {
            let line = first.place.map_or(0, |place| place.line);
            let text = format!(
                "[{}] stands already in line {line}, this one is ignored; merge the two",
                name.text
            );
            report.error(name.at, text);
            return Below::Refused;
        }
        self.index.insert(name.text.to_owned(), self.users.len());
        self.headers.push(name.at);
        self.users.push(User {
            name: name.text.to_owned(),
            place: Some(report.place(name.at)),
            ..User::default()
        });
        Below::User
    }

    /// Takes a line; `values` is `None` when it has no `=` and should.
    fn set(&mut self, key: Word<'_>, values: Option<&[Word<'_>]>, report: &mut Report<'_>) {
        let user = match self.below {
            Below::Refused => return,
            Below::Nobody => None,
            Below::User => self.users.last_mut(),
        };
        match (user, find(SETTINGS, key.text), values) {
            (None, ..) => report.warning(
                key.at,
                "this line stands before the first [user] line and is ignored",
            ),
            (_, None, _) if key.text == "user" => {
                report.warning(
                    key.at,
                    "\"user\" lines are obsolete and ignored; write [name] sections",
                );
            }
            (_, None, _) => {
                let hint = hint(key.text, names(SETTINGS), "; the line is ignored");
                report.warning(key.at, format!("unknown setting {:?}{hint}", key.text));
            }
            (Some(user), Some(directive), Some(values)) => {
                grammar::apply(directive, user, key, values, Style::Equals, report);
            }
            (Some(_), Some(directive), None) => {
                let name = directive.name;
                let text = format!(
                    "{name}: there is no \"=\" behind it, the line is ignored; write {name} = \"...\""
                );
                report.warning(key.at, text);
            }
        }
    }

    fn finish(self, report: &mut Report<'_>) -> Users {
        for (user, at) in self.users.iter().zip(self.headers) {
            if user.password.is_none() && user.password_file.is_none() {
                let text = format!(
                    "[{}] has no password and so can never log in; add password = \"...\"",
                    user.name
                );
                report.warning(at, text);
            }
        }
        Users { users: self.users }
    }
}

#[cfg(test)]
mod tests;
