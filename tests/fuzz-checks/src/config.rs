//! The configuration files: located problems, bounded values, and what was understood survives being written.

mod problems;
mod written;

use config::{Password, UpsConf, UpsdConf, UpsmonConf, UpsschedConf, Users};
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

/// ups.conf: no two sections of one name, none without a driver, and the sections are read as they are written.
pub fn check_ups_conf(bytes: &[u8]) {
    let path = Path::new("ups.conf");
    let loaded = UpsConf::parse(path, bytes);
    problems::located(&loaded.problems, bytes);
    let conf = loaded.value;
    let mut names = HashSet::new();
    for section in &conf.sections {
        assert!(names.insert(section.name.to_ascii_lowercase()));
        assert!(!section.driver.is_empty());
        let place = section.place.expect("a section stands in the file");
        problems::within(place, bytes);
        for setting in &section.settings {
            problems::within(setting.place, bytes);
        }
        durations(&[
            conf.pollinterval(section),
            conf.maxstartdelay(section),
            conf.retrydelay(section),
        ]);
        let kinds = section.defaults().count() + section.overrides().count();
        assert!(kinds + section.driver_settings().count() <= section.settings.len());
    }
    written::ups_conf(&conf);
}

/// upsd.conf: times that can be reckoned with, and a reload of the same file changes nothing.
pub fn check_upsd_conf(bytes: &[u8]) {
    let loaded = UpsdConf::parse(Path::new("upsd.conf"), bytes);
    problems::located(&loaded.problems, bytes);
    let conf = loaded.value;
    if let Some(ident) = &conf.certident {
        problems::secret(&loaded.problems, ident.password.expose(), bytes);
    }
    durations(&[conf.maxage(), conf.trackingdelay()]);
    durations(conf.idletimeout().as_slice());
    let listeners = conf.listeners();
    assert!(!listeners.is_empty());
    for listen in &listeners {
        assert!(!listen.host.is_empty());
        if let Some(place) = listen.place {
            problems::within(place, bytes);
        }
    }
    assert_eq!(conf.clone().over(&conf), conf);
    assert_eq!(conf.clone().over(&UpsdConf::default()), conf);
}

/// upsmon.conf: no UPS twice, no password in a message, times that can be reckoned with, polls with a pause, and a reload
/// of the same file changes nothing.
pub fn check_upsmon_conf(bytes: &[u8]) {
    let loaded = UpsmonConf::parse(Path::new("upsmon.conf"), bytes);
    // what is missing from a file stands nowhere in it
    let (whole, placed): (Vec<_>, Vec<_>) = loaded
        .problems
        .into_iter()
        .partition(|problem| problem.place.is_none());
    assert!(whole.len() <= 4);
    problems::located(&placed, bytes);
    let conf = loaded.value;
    let mut systems = HashSet::new();
    for line in &conf.monitors {
        assert!(!line.system.is_empty() && systems.insert(&line.system));
        problems::within(line.place, bytes);
        problems::secret(&placed, line.password.expose(), bytes);
    }
    if let Some(ident) = &conf.certident {
        problems::secret(&placed, ident.password.expose(), bytes);
    }
    durations(&[
        conf.pollfreq(),
        conf.pollfreqalert(),
        conf.deadtime(),
        conf.hostsync(),
        conf.finaldelay(),
        conf.rbwarntime(),
        conf.nocommwarntime(),
        conf.oblbduration(),
    ]);
    durations(conf.offduration().as_slice());
    durations(conf.overduration().as_slice());
    assert!(!conf.pollfreq().is_zero() && !conf.pollfreqalert().is_zero());
    let argv = conf.notify_argv(|_| false);
    assert_eq!(argv.is_empty(), conf.notifycmd.is_none());
    assert_eq!(conf.clone().over(&conf), conf);
    assert_eq!(conf.clone().over(&UpsmonConf::default()), conf);
}

/// upssched.conf: paths that can be used, and rules that stand where they say.
pub fn check_upssched_conf(bytes: &[u8]) {
    let loaded = UpsschedConf::parse(Path::new("upssched.conf"), bytes);
    let (whole, placed): (Vec<_>, Vec<_>) = loaded
        .problems
        .into_iter()
        .partition(|problem| problem.place.is_none());
    assert!(whole.len() <= 3);
    problems::located(&placed, bytes);
    let conf = loaded.value;
    for path in [&conf.pipefn, &conf.lockfn].into_iter().flatten() {
        assert!(path.is_absolute());
    }
    for rule in &conf.rules {
        problems::within(rule.place, bytes);
        assert!(rule.matches(&rule.event.to_ascii_lowercase(), &rule.ups));
        assert_eq!(
            rule.matches(&rule.event, "another"),
            rule.ups == "*" || rule.ups == "another"
        );
    }
}

/// upsd.users: no name twice, known actions only, no password in a message, and users are read as they are written.
pub fn check_upsd_users(bytes: &[u8]) {
    let loaded = Users::parse(Path::new("upsd.users"), bytes);
    problems::located(&loaded.problems, bytes);
    let mut names = HashSet::new();
    for user in &loaded.value.users {
        assert!(names.insert(user.name.as_str()));
        assert_eq!(loaded.value.find(&user.name), Some(user));
        problems::within(user.place.expect("a user stands in the file"), bytes);
        match &user.password {
            Some(Password::Plain(password)) => {
                problems::secret(&loaded.problems, password.expose(), bytes);
            }
            Some(Password::Hashed(hash)) => {
                let again = Password::parse(&hash.to_string());
                assert_eq!(again.as_ref().ok(), user.password.as_ref());
            }
            None => {}
        }
        let known = |action: &String| config::users::ACTIONS.contains(&action.as_str());
        assert!(user.actions.iter().all(known));
    }
    written::users(&loaded.value);
}

/// A time that may be added to another without leaving what a clock can say.
fn durations(times: &[Duration]) {
    let most = Duration::from_secs(u64::from(u32::MAX));
    times
        .iter()
        .for_each(|time| assert!(*time <= most, "{time:?}"));
}
