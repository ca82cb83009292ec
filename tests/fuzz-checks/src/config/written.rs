//! What was understood of a file, written in its plainest form and read again.

use config::{UpsConf, Users};
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
        if let Some(password) = &user.password {
            text.push_str("password = ");
            quote(password.expose(), &mut text);
            text.push('\n');
        }
        for (key, words) in [("actions", &user.actions), ("instcmds", &user.instcmds)] {
            for word in words {
                text.push_str(key);
                text.push_str(" = ");
                quote(word, &mut text);
                text.push('\n');
            }
        }
    }
    let mut again = Users::parse(Path::new("again"), text.as_bytes()).value;
    for (user, original) in again.users.iter_mut().zip(&users.users) {
        user.place = original.place;
    }
    assert_eq!(again, *users, "{text}");
}

fn header(name: &str, text: &mut String) {
    assert!(name.len() <= WORD_MAX - 2);
    quote(&format!("[{name}]"), text);
    text.push('\n');
}
