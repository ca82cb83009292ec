//! What was understood of a file, written in its plainest form and read again.

use config::{Password, UpsConf, Users};
use std::path::Path;
use text::{WORD_MAX, quote};

/// Sections with the settings that count are the same when they are read again.
pub(super) fn ups_conf(conf: &UpsConf) {
    let mut text = String::new();
    for section in &conf.sections {
        header(&section.name, &mut text);
        for setting in &section.settings {
            quote(&setting.key, &mut text);
            if let Some(value) = &setting.value {
                text.push_str(" = ");
                quote(value, &mut text);
            }
            text.push('\n');
        }
    }
    let again = UpsConf::parse(Path::new("again"), text.as_bytes()).value;
    let short = |conf: &UpsConf| -> Vec<String> {
        let settings = |section: &config::Section| -> Vec<(String, Option<String>)> {
            let each = section.settings.iter();
            each.map(|setting| (setting.key.clone(), setting.value.clone()))
                .collect()
        };
        let each = conf.sections.iter();
        each.map(|section| {
            format!(
                "{} {} {:?} {:?} {:?}",
                section.name,
                section.driver,
                section.port,
                section.shared,
                settings(section)
            )
        })
        .collect()
    };
    assert_eq!(short(&again), short(conf), "{text}");
}

/// Users with their rights are the same when they are read again.
pub(super) fn users(users: &Users) {
    let mut text = String::new();
    for user in &users.users {
        header(&user.name, &mut text);
        match &user.password {
            Some(Password::Plain(password)) => setting("password", password.expose(), &mut text),
            Some(Password::Hashed(hash)) => setting("password", &hash.to_string(), &mut text),
            None => {}
        }
        if let Some(file) = &user.password_file {
            setting("password-file", &file.path.to_string_lossy(), &mut text);
        }
        // one that is wrong leaves a list that may be empty
        for network in user.networks.iter().flatten() {
            setting("networks", &network.to_string(), &mut text);
        }
        for (key, words) in [("actions", &user.actions), ("instcmds", &user.instcmds)] {
            for word in words {
                setting(key, word, &mut text);
            }
        }
    }
    let mut again = Users::parse(Path::new("again"), text.as_bytes()).value;
    for (user, original) in again.users.iter_mut().zip(&users.users) {
        user.place = original.place;
        if let (Some(file), Some(original)) = (&mut user.password_file, &original.password_file) {
            file.place = original.place;
        }
        if original.networks.as_ref().is_some_and(Vec::is_empty) {
            user.networks = Some(Vec::new());
        }
    }
    assert_eq!(again, *users, "{text}");
}

fn setting(key: &str, word: &str, text: &mut String) {
    text.push_str(key);
    text.push_str(" = ");
    quote(word, text);
    text.push('\n');
}

fn header(name: &str, text: &mut String) {
    assert!(name.len() <= WORD_MAX - 2);
    quote(&format!("[{name}]"), text);
    text.push('\n');
}
