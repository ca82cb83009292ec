//! Settings as variables (`driver.parameter.*`, `driver.flag.*`; spec sock-protocol.md, section 14), and which of them
//! a reload cannot change (section 13).

use config::{Section, Setting, Synchronous, UpsConf};
use model::name::strip_prefix;

use crate::device::Info;
use crate::options::OptionKind;

/// Framework settings that are published as they are written, if they are.
const PUBLISHED: [&str; 5] = ["port", "sdcommands", "ignorelb", "nolock", "chroot"];
/// Settings of a section that need no restart.
const RELOADABLE: [&str; 7] = [
    "pollinterval",
    "synchronous",
    "reconnect_max_tries",
    "reconnect_report_freq",
    "debug_min",
    "sdcommands",
    "libusb_debug",
];
/// Settings of a section that are for others to read.
const FOREIGN: [&str; 6] = [
    "desc",
    "sdorder",
    "maxstartdelay",
    "maxretry",
    "retrydelay",
    "sddelay",
];

/// The variables that tell a client how the driver is configured. Secrets are left out.
pub(super) fn published(info: &Info, conf: &UpsConf, section: &Section) -> Vec<(String, String)> {
    let shown = section
        .settings
        .iter()
        .filter(|setting| is_shown(info, section, setting));
    let mut variables: Vec<_> = shown.map(variable).collect();
    let interval = conf.pollinterval(section).as_secs().to_string();
    variables.push(("driver.parameter.pollinterval".to_owned(), interval));
    let synchronous = match conf.synchronous(section) {
        Synchronous::Yes => "yes",
        Synchronous::No => "no",
        Synchronous::Auto => "auto",
    };
    variables.push((
        "driver.parameter.synchronous".to_owned(),
        synchronous.to_owned(),
    ));
    variables
}

fn variable(setting: &Setting) -> (String, String) {
    match &setting.value {
        Some(value) => (format!("driver.parameter.{}", setting.key), value.clone()),
        None => (format!("driver.flag.{}", setting.key), "enabled".to_owned()),
    }
}

fn is_shown(info: &Info, section: &Section, setting: &Setting) -> bool {
    let key = setting.key.as_str();
    let own = section.driver_settings().any(|own| own.key == key);
    let prefixed = fixes_value(key) || strip_prefix(key, "default.").is_some();
    let named = PUBLISHED.iter().any(|name| name.eq_ignore_ascii_case(key));
    (own || prefixed || named) && !is_secret(info, key)
}

/// Whether an option's value is not to be shown to anybody.
pub(crate) fn is_secret(info: &Info, key: &str) -> bool {
    let declared = info
        .options
        .iter()
        .any(|spec| spec.kind == OptionKind::Secret && spec.name.eq_ignore_ascii_case(key));
    let lower = key.to_ascii_lowercase();
    let looks = |part: &&str| lower.contains(*part) && !lower.contains("bypass");
    declared || ["pass", "secret", "community"].iter().any(looks)
}

/// Settings that only a restart can change, as (key, value), with the globals among them.
pub(super) fn fixed(conf: &UpsConf, section: &Section) -> Vec<(String, String)> {
    let globals = [
        (
            "chroot",
            conf.globals
                .chroot
                .as_ref()
                .map(|path| path.display().to_string()),
        ),
        (
            "statepath",
            conf.globals
                .statepath
                .as_ref()
                .map(|path| path.display().to_string()),
        ),
        ("user", conf.user(section).map(str::to_owned)),
        ("group", conf.group(section).map(str::to_owned)),
    ];
    let globals = globals
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    let own = section
        .settings
        .iter()
        .filter(|setting| needs_restart(&setting.key));
    let own = own.map(|setting| {
        (
            setting.key.to_ascii_lowercase(),
            setting.value.clone().unwrap_or_default(),
        )
    });
    globals.chain(own).collect()
}

fn needs_restart(key: &str) -> bool {
    let listed = |list: &[&str]| list.iter().any(|name| name.eq_ignore_ascii_case(key));
    let elsewhere = ["user", "group"];
    !listed(&RELOADABLE)
        && !listed(&FOREIGN)
        && !listed(&elsewhere)
        && strip_prefix(key, "default.").is_none()
}

fn fixes_value(key: &str) -> bool {
    strip_prefix(key, "override.").is_some()
}
