//! What there is, for scripts.

use config::{Section, UpsConf};
use daemon::{Exit, banner};
use units::name;

use crate::Error;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Devices,
    Services,
    Instances,
    Pairs,
    ServiceOf(String),
    DeviceOf(String),
    Configs,
    Config(String),
    Value(String, String),
}

/// Prints it.
pub(crate) fn print(conf: &UpsConf, what: &What) -> Result<Exit, Error> {
    for line in lines(conf, what)? {
        banner::say(&line);
    }
    Ok(Exit::Success)
}

fn lines(conf: &UpsConf, what: &What) -> Result<Vec<String>, Error> {
    let each = |of: fn(&Section) -> String| conf.sections.iter().map(of).collect();
    Ok(match what {
        What::Devices => each(|section| section.name.clone()),
        What::Services => each(|section| name::service(&section.name)),
        What::Instances => each(|section| instance(&section.name)),
        What::Pairs => {
            each(|section| format!("{}\t{}", name::service(&section.name), section.name))
        }
        What::ServiceOf(device) => vec![name::service(&find(conf, device)?.name)],
        What::DeviceOf(unit) => {
            // the instance alone is enough, as units pass it
            let device = name::device(unit).or_else(|| name::device(&format!("nut-driver@{unit}")));
            vec![find(conf, &device.unwrap_or_default())?.name.clone()]
        }
        What::Configs => conf.sections.iter().flat_map(config_of).collect(),
        What::Config(device) => config_of(find(conf, device)?),
        What::Value(device, key) => {
            let settings = &find(conf, device)?.settings;
            let found = settings
                .iter()
                .rev()
                .find(|setting| setting.key.eq_ignore_ascii_case(key));
            let found = found.ok_or_else(|| Error::Told(format!("UPS {device} has no {key}")))?;
            vec![found.value.clone().unwrap_or_default()]
        }
    })
}

fn instance(ups: &str) -> String {
    let unit = name::service(ups);
    let instance = unit.strip_prefix("nut-driver@");
    let instance = instance.and_then(|unit| unit.strip_suffix(".service"));
    instance.unwrap_or_default().to_owned()
}

fn find<'a>(conf: &'a UpsConf, device: &str) -> Result<&'a Section, Error> {
    let found = conf.section(device);
    found.ok_or_else(|| Error::Told(format!("UPS {device} not found in ups.conf")))
}

/// A section in one form, however it was written.
fn config_of(section: &Section) -> Vec<String> {
    let mut lines = vec![format!("[{}]", section.name)];
    lines.extend(section.settings.iter().map(|setting| match &setting.value {
        Some(value) if value.contains([' ', '#', '"', '\\', '=']) => {
            let value = value.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\t{}=\"{value}\"", setting.key)
        }
        Some(value) => format!("\t{}={value}", setting.key),
        None => format!("\t{}", setting.key),
    }));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn told(what: &What) -> Result<String, String> {
        let text = "[my-lab]\n  driver = dummy-ups\n  port = \"a b.dev\"\n  nolock\n[rack]\ndriver=x\nport=y\n";
        let conf = UpsConf::parse(Path::new("ups.conf"), text.as_bytes()).value;
        let lines = lines(&conf, what).map_err(|why| why.to_string())?;
        Ok(lines.join("|"))
    }

    #[test]
    fn scripts_are_told_what_they_ask() {
        for (what, expected) in [
            (What::Devices, "my-lab|rack"),
            (
                What::Services,
                "nut-driver@my\\x2dlab.service|nut-driver@rack.service",
            ),
            (What::Instances, "my\\x2dlab|rack"),
            (What::DeviceOf("my\\x2dlab".into()), "my-lab"),
            (What::DeviceOf("nut-driver@rack".into()), "rack"),
            (What::ServiceOf("rack".into()), "nut-driver@rack.service"),
            (
                What::Config("my-lab".into()),
                "[my-lab]|\tdriver=dummy-ups|\tport=\"a b.dev\"|\tnolock",
            ),
            (What::Value("my-lab".into(), "PORT".into()), "a b.dev"),
        ] {
            assert_eq!(told(&what).unwrap(), expected, "{what:?}");
        }
        assert!(
            told(&What::Config("x".into()))
                .unwrap_err()
                .contains("not found in ups.conf")
        );
        assert!(told(&What::Value("rack".into(), "x".into())).is_err());
        assert!(
            told(&What::Configs)
                .unwrap()
                .ends_with("|[rack]|\tdriver=x|\tport=y")
        );
    }
}
