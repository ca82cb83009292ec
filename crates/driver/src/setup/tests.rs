//! Configurations, right and wrong, and what is said about them.

use std::path::Path;

use super::*;
use crate::device::{Driver, Error};
use crate::options::{OptionKind, OptionSpec};

static LAB: Info = Info {
    name: "lab-ups",
    aliases: &["old-lab"],
    description: "Test device",
    version: "0.1",
    options: &[
        OptionSpec {
            name: "mode",
            kind: OptionKind::Value,
            doc: "How",
        },
        OptionSpec {
            name: "Quick",
            kind: OptionKind::Flag,
            doc: "Fast",
        },
        OptionSpec {
            name: "token",
            kind: OptionKind::Secret,
            doc: "Key",
        },
    ],
    hardware: Vec::new,
    open: |_: &Settings| -> Result<Box<dyn Driver>, Error> { Err(Error::Config("none".into())) },
};

fn source(dir: &Path, extra: &[(&str, Option<&str>)]) -> Source {
    Source {
        ups: "u1".into(),
        from_file: true,
        extra: extra
            .iter()
            .map(|(key, value)| ((*key).into(), value.map(Into::into)))
            .collect(),
        program: "lab-ups".into(),
        conf_dir: dir.into(),
        paths: daemon::paths::Paths::default(),
    }
}

fn read(conf: &str, extra: &[(&str, Option<&str>)]) -> Result<Setup, String> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("ups.conf"), conf).unwrap();
    let told = |problems: Vec<Problem>| {
        let lines: Vec<_> = problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        lines
            .join("\n")
            .replace(&format!("{}/", dir.path().display()), "")
    };
    Setup::read(&LAB, &source(dir.path(), extra))
        .map(|(setup, _)| setup)
        .map_err(told)
}

fn value<'a>(setup: &'a Setup, name: &str) -> Option<&'a str> {
    let found = setup.parameters.iter().find(|(var, _)| var == name);
    found.map(|(_, value)| value.as_str())
}

const GOOD: &str = "pollinterval = 7\nstatepath = /s\n[other]\ndriver = x\nport = y\nbad = 1\n[u1]\n\
    driver = old-lab\nport = here\nMODE = fast\nquick\ntoken = hush\nignorelb\nallow_killpower\n\
    override.battery.charge.low = 20\ndefault.ups.load = 1\nsdcommands = a,b\ndebug_min = 2\n";

#[test]
fn a_section_becomes_settings_and_variables() {
    let setup = read(GOOD, &[]).unwrap();
    assert_eq!(
        (setup.settings.driver.as_str(), setup.settings.port.as_str()),
        ("old-lab", "here")
    );
    assert_eq!(setup.settings.value("mode"), Some("fast"));
    assert!(setup.settings.flag("QUICK") && setup.ignore_lb && setup.allow_killpower);
    assert_eq!(setup.settings.value("token"), Some("hush"));
    assert_eq!(setup.limits.poll_interval.as_secs(), 7);
    assert_eq!(setup.settings.state_dir, Path::new("/s"));
    assert_eq!(
        setup.settings.overrides,
        [("battery.charge.low".into(), "20".into())]
    );
    assert_eq!((setup.sd_commands.len(), setup.debug_min), (2, 2));
    assert_eq!(value(&setup, "driver.parameter.MODE"), Some("fast"));
    assert_eq!(value(&setup, "driver.parameter.port"), Some("here"));
    assert_eq!(value(&setup, "driver.parameter.pollinterval"), Some("7"));
    assert_eq!(value(&setup, "driver.parameter.synchronous"), Some("auto"));
    assert_eq!(
        value(&setup, "driver.parameter.override.battery.charge.low"),
        Some("20")
    );
    assert_eq!(value(&setup, "driver.flag.quick"), Some("enabled"));
    assert_eq!(value(&setup, "driver.parameter.token"), None);
}

#[test]
fn what_a_driver_says_of_a_setting_is_told_with_its_place() {
    let told = |setup: &Setup, text: &str| {
        let error = setup.places.located(Error::Config(text.to_owned()));
        let text = error.to_string();
        text.rsplit_once('/')
            .map_or_else(|| text.clone(), |(_, name)| name.to_owned())
    };
    let setup = read(GOOD, &[]).unwrap();
    for (text, expected) in [
        (
            "mode: \"fast\" is no way",
            "ups.conf:10:1: error: mode: \"fast\" is no way",
        ),
        (
            "Quick has no sense here",
            "ups.conf:11:1: error: Quick has no sense here",
        ),
        ("port: what?", "ups.conf:9:1: error: port: what?"),
        ("modest: not known", "modest: not known"),
        ("no device", "no device"),
    ] {
        assert_eq!(told(&setup, text), expected);
    }
    let setup = read(GOOD, &[("mode", Some("slow"))]).unwrap();
    assert_eq!(told(&setup, "mode: no"), "command line: error: mode: no");
    let lost = setup
        .places
        .located(Error::Timeout("mode: late".to_owned()));
    assert!(matches!(lost, Error::Timeout(text) if text == "mode: late"));
}

#[test]
fn the_command_line_wins_over_the_file() {
    let setup = read(
        GOOD,
        &[
            ("port", Some("there")),
            ("pollinterval", Some("3")),
            ("mode", Some("a b")),
        ],
    )
    .unwrap();
    assert_eq!(
        (
            setup.settings.port.as_str(),
            setup.limits.poll_interval.as_secs()
        ),
        ("there", 3)
    );
    assert_eq!(setup.settings.value("mode"), Some("a b"));
}

#[test]
fn every_wrong_option_is_told_where_it_stands() {
    let conf = "[u1]\ndriver = lab-ups\nport = x\n  mdoe = 1\nquik\nquick = 1\nmode\n";
    assert_eq!(
        read(conf, &[("xyzzy", Some("1")), ("pollinterval", Some("abc"))]).unwrap_err(),
        "command line: error: pollinterval: \"abc\" is not a whole number of seconds; usage: pollinterval = <seconds>\n\
         ups.conf:4:3: error: 'mdoe' is not a valid variable name for this driver, did you mean \"mode\"?\n\
         ups.conf:5:1: error: 'quik' is not a valid flag for this driver, did you mean \"Quick\"?\n\
         ups.conf:6:1: error: quick is a flag; write quick without a value\n\
         ups.conf:7:1: error: mode needs a value; write mode = \"...\"\n\
         command line: error: 'xyzzy' is not a valid variable name for this driver; see lab-ups -h for those it has"
    );
}

#[test]
fn a_missing_or_foreign_section_is_told() {
    let told = read("[u2]\ndriver = lab-ups\nport = x\n", &[]).unwrap_err();
    assert!(
        told.ends_with("section u1 not found in ups.conf; it has u2"),
        "{told}"
    );
    let told = read("[u1]\ndriver = other\nport = x\n", &[]).unwrap_err();
    assert!(
        told.starts_with(
            "ups.conf:2:1: error: UPS [u1] is for driver \"other\", but this is \"lab-ups\""
        ),
        "{told}"
    );
    let told = read("[u1]\ndriver = lab-ups\n", &[]).unwrap_err();
    assert!(
        told.contains("[u1] has no port") && told.contains("not found"),
        "{told}"
    );
}

#[test]
fn without_a_file_the_command_line_is_all() {
    let alone = |extra| Source {
        from_file: false,
        ..source(Path::new("/nowhere"), extra)
    };
    let (setup, _) = Setup::read(&LAB, &alone(&[("port", Some("p")), ("quick", None)])).unwrap();
    assert_eq!(
        (setup.settings.driver.as_str(), setup.settings.port.as_str()),
        ("lab-ups", "p")
    );
    assert!(setup.settings.flag("quick"));
    let problems = Setup::read(&LAB, &alone(&[])).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|problem| problem.text.contains("no port")),
        "{problems:?}"
    );
}
