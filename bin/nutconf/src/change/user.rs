//! The sections of upsd.users.

use config::edit::{Document, Value};
use config::upsmon::Role;
use config::users::{ACTIONS, SETTINGS};
use secret::{Hash, Secret};

use super::{Others, keep_keys, keep_only, pair, role_named};
use crate::Error;
use crate::password::Passwords;

/// What a user is to be.
#[derive(Debug, Default)]
struct Wanted {
    name: String,
    role: Option<&'static str>,
    password: Option<Secret>,
    /// Other settings and their words; one that is named twice has all of them.
    settings: Vec<(String, Vec<String>)>,
}

/// Sets or adds users.
pub(super) fn change(
    file: &mut Document,
    given: &[&[String]],
    others: Others,
    passwords: &mut Passwords,
) -> Result<(), Error> {
    let mut names = Vec::new();
    for words in given {
        let mut wanted = read(words)?;
        let has_own = wanted.password.is_some()
            || wanted
                .settings
                .iter()
                .any(|(key, _)| key == "password-file");
        if !has_own && passwords.has_source() {
            wanted.password = Some(passwords.take()?.clone());
        }
        file.add_section(&wanted.name)?;
        if others == Others::Go {
            drop_others(file, &wanted);
        }
        apply(file, &wanted, others, passwords)?;
        names.push(wanted.name);
    }
    if others == Others::Go {
        keep_only(file, &names);
    }
    Ok(())
}

fn read(words: &[String]) -> Result<Wanted, Error> {
    let mut wanted = Wanted::default();
    let Some((name, attributes)) = words.split_first() else {
        return Err(Error::Usage("a user has a name".to_owned()));
    };
    match name.strip_prefix("upsmon=") {
        Some(role) => {
            wanted.name = "upsmon".to_owned();
            wanted.role = Some(role_named(role)?);
        }
        None if name == "upsmon" => {
            let text = "the user upsmon needs a role; write upsmon=primary or upsmon=secondary";
            return Err(Error::Usage(text.to_owned()));
        }
        None => wanted.name.clone_from(name),
    }
    for attribute in attributes {
        take(&mut wanted, attribute)?;
    }
    Ok(wanted)
}

fn take(wanted: &mut Wanted, attribute: &str) -> Result<(), Error> {
    let usage = |text: String| Err(Error::Usage(text));
    let (key, value) = pair(attribute);
    let key = key.to_ascii_lowercase();
    let known = SETTINGS.iter().filter(|setting| !setting.is_removed);
    let known: Vec<&str> = known.map(|setting| setting.name).collect();
    let Some(value) = value.filter(|_| known.contains(&key.as_str())) else {
        // the word itself is not told, as it may be a password
        return usage(format!(
            "a word behind the user {:?} is no key=value with one of the keys {}",
            wanted.name,
            known.join(", ")
        ));
    };
    let parts = || {
        value
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .map(ToOwned::to_owned)
    };
    match key.as_str() {
        "password" => wanted.password = Some(Secret::new(value)),
        "upsmon" => wanted.role = Some(role_named(value)?),
        "password-file" => wanted.settings.push((key, vec![value.to_owned()])),
        "actions" => {
            if let Some(odd) =
                parts().find(|part| !ACTIONS.contains(&part.to_ascii_lowercase().as_str()))
            {
                return usage(format!(
                    "{odd:?} is no action; there are {}",
                    ACTIONS.join(", ").to_ascii_uppercase()
                ));
            }
            merge(
                wanted,
                key,
                parts().map(|part| part.to_ascii_uppercase()).collect(),
            );
        }
        _ => merge(wanted, key, parts().collect()),
    }
    Ok(())
}

fn merge(wanted: &mut Wanted, key: String, words: Vec<String>) {
    match wanted.settings.iter_mut().find(|(known, _)| *known == key) {
        Some((_, known)) => known.extend(words),
        None => wanted.settings.push((key, words)),
    }
}

/// Takes out the settings that are not named. The password stays when no other is.
fn drop_others(file: &mut Document, wanted: &Wanted) {
    let stays = |key: &str| {
        let is_role = key == "upsmon" && wanted.role.is_some();
        let is_password = key == "password" || key == "password-file";
        is_role || is_password || wanted.settings.iter().any(|(named, _)| named == key)
    };
    keep_keys(file, &wanted.name, |key| stays(&key.to_ascii_lowercase()));
}

fn apply(
    file: &mut Document,
    wanted: &Wanted,
    others: Others,
    passwords: &Passwords,
) -> Result<(), Error> {
    let name = wanted.name.as_str();
    if let Some(password) = &wanted.password {
        // of a password and a file with one, the first that stands there would count
        file.remove_key(name, "password-file");
        set_password(file, name, password, passwords)?;
    }
    for (key, words) in &wanted.settings {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match key.as_str() {
            "password-file" => {
                file.remove_key(name, "password");
                file.set_key(name, key, Value::Words(&words))?;
            }
            _ if others == Others::Stay => file.add_to_key(name, key, &words)?,
            _ => file.set_key(name, key, Value::Words(&words))?,
        }
    }
    if let Some(role) = wanted.role {
        let old = file
            .entry(name, "upsmon")
            .and_then(|entry| Role::of(entry.words.first()?).map(Role::name));
        if old != Some(role) {
            file.set_key(name, "upsmon", Value::Loose(&[role]))?;
        }
    }
    Ok(())
}

/// A hash that is of the password already stays, as another would be as good and change the file.
fn set_password(
    file: &mut Document,
    name: &str,
    password: &Secret,
    passwords: &Passwords,
) -> Result<(), Error> {
    let password = daemon::password::usable(password.clone())?;
    if !passwords.hashes() {
        return Ok(file.set_key(name, "password", Value::Words(&[password.expose()]))?);
    }
    let kept = file
        .entry(name, "password")
        .map(|entry| entry.words.concat());
    let kept = kept.and_then(|text| Hash::parse(&text).ok());
    if kept.is_some_and(|hash| hash.is_of(&password)) {
        return Ok(());
    }
    let hash = daemon::password::hash(&password)?.to_string();
    Ok(file.set_key(name, "password", Value::Words(&[&hash]))?)
}

#[cfg(test)]
mod tests {
    use super::super::testing::after;
    use super::*;
    use config::edit::Format;

    const SOURCE: &str = "# who\n[admin]\n\tpassword = \"a b\" # old\n\tactions = SET\n\tinstcmds = ALL\n\n[bart]\n\tpassword-file = bart.pw\n\tupsmon slave\n";

    fn user(others: Others, lines: &[&str]) -> Result<String, String> {
        after(change, Format::Users, SOURCE, others, lines)
    }

    #[test]
    fn a_user_is_added() {
        let found = user(
            Others::Stay,
            &["lisa|password=s#x y|actions=set,FSD|instcmds=beeper.on|instcmds=beeper.off"],
        )
        .unwrap();
        let new = "\n[lisa]\n\tpassword = \"s\\#x y\"\n\tactions = SET FSD\n\tinstcmds = beeper.on beeper.off\n";
        assert_eq!(found, format!("{SOURCE}{new}"));
        let found = user(Others::Stay, &["upsmon=master|password=x"]).unwrap();
        assert_eq!(
            found,
            format!("{SOURCE}\n[upsmon]\n\tpassword = x\n\tupsmon primary\n")
        );
    }

    #[test]
    fn adding_to_a_user_keeps_what_is_not_named() {
        let found = user(Others::Stay, &["admin|password=c|actions=FSD|instcmds=all"]).unwrap();
        assert_eq!(
            found,
            SOURCE
                .replace("\"a b\"", "\"c\"")
                .replace("= SET", "= SET FSD")
        );
        let found = user(Others::Stay, &["bart|password=c|upsmon=secondary"]).unwrap();
        assert_eq!(
            found,
            SOURCE.replace(
                "\tpassword-file = bart.pw\n\tupsmon slave\n",
                "\tupsmon slave\n\tpassword = c\n"
            )
        );
    }

    #[test]
    fn setting_leaves_only_what_is_named_and_a_password_that_is_not() {
        let found = user(Others::Go, &["admin|password-file=x|actions=FSD"]).unwrap();
        assert_eq!(
            found,
            "# who\n[admin]\n\tactions = FSD\n\tpassword-file = x\n"
        );
    }

    #[test]
    fn without_a_password_that_of_the_file_is_taken() {
        let found = user(Others::Stay, &["lisa|actions=SET"]).unwrap();
        assert!(
            found.ends_with("[lisa]\n\tpassword = \"from the file\"\n\tactions = SET\n"),
            "{found}"
        );
    }

    #[test]
    fn nonsense_is_refused_and_no_password_told() {
        for (line, told) in [
            (
                "lisa|passwort=x",
                "is no key=value with one of the keys password",
            ),
            (
                "lisa|hunter2",
                "a word behind the user \"lisa\" is no key=value",
            ),
            ("lisa|password=", "the password is empty"),
            ("lisa|password=\u{e4}", "printable ASCII"),
            ("lisa|actions=FLY", "\"FLY\" is no action"),
            ("upsmon|password=x", "needs a role"),
            ("upsmon=king", "neither primary nor secondary"),
            ("l\"a|password=x", "no name in brackets"),
        ] {
            let found = user(Others::Stay, &[line]).unwrap_err();
            assert!(
                found.contains(told) && !found.contains("hunter2"),
                "{found}"
            );
        }
    }
}
