//! dummy-ups: a simulated device from a file, or a repeater of another upsd.
//!
//! The file side is a chain of pure steps: [`script`] turns the file's bytes into instructions (one line is
//! [`instruction`]), [`play`] says which of them are due, [`scene`] makes a report of them, and
//! [`file_driver`] lends them a clock and a file. The repeater is [`repeater`] and what it says of the
//! lists it gets, [`mirror`]. [`mode`] decides between the two.
//!
//! Specification: soft-drivers.md, parts A and B; how it differs from C NUT's driver is in README.md.

#![forbid(unsafe_code)]

mod file;
mod file_driver;
mod flags;
mod instruction;
mod mirror;
mod mode;
mod play;
#[cfg(test)]
mod recordings;
mod repeater;
mod scene;
mod script;
#[cfg(feature = "testing")]
pub mod testing;
mod upstream;
mod utf8;

use client::auth::{AuthConf, Choice};
use driver::{Driver, Error, Info, OptionSpec, Settings};
use proto::{Address, HostPort};

use file_driver::FileDriver;
use mode::{Mode, Source};
use play::Repeat;
use repeater::{Config, Repeater};
use upstream::Credentials;

/// The driver.
pub static INFO: Info = Info {
    name: "dummy-ups",
    aliases: &[],
    description: "Simulated device from a file, and repeater of another upsd",
    version: env!("CARGO_PKG_VERSION"),
    options: OPTIONS,
    hardware: Vec::new,
    open,
};

#[rustfmt::skip]
static OPTIONS: &[OptionSpec] = &[
    OptionSpec::value("mode",                          "dummy-once, dummy-loop or repeater; without it the port decides"),
    OptionSpec::value("authconf",                      "repeater: file with credentials (nutauth.conf), or none, or default"),
    OptionSpec::flag( "repeater_disable_strict_start", "repeater: start also while the other upsd has no data"),
];

fn open(settings: &Settings) -> Result<Box<dyn Driver>, Error> {
    let mode = Mode::choose(settings.value("mode"), &settings.port)
        .map_err(|why| Error::Config(why.to_string()))?;
    match mode.source {
        Source::Loop => Ok(simulated(settings, mode, Repeat::Loop)),
        Source::Once => Ok(simulated(settings, mode, Repeat::Once)),
        Source::Repeater => Ok(Box::new(Repeater::new(repeated(settings)?))),
    }
}

fn simulated(settings: &Settings, mode: Mode, repeat: Repeat) -> Box<dyn Driver> {
    let path = file::path(&settings.port, &settings.conf_dir, &settings.state_dir);
    Box::new(FileDriver::new(path, mode.published, repeat))
}

fn repeated(settings: &Settings) -> Result<Config, Error> {
    let address = Address::parse(&settings.port)
        .map_err(|why| Error::Config(format!("port: {:?}: {why}", settings.port)))?;
    let (credentials, encryption) = access(settings, &address.server)?;
    Ok(Config {
        credentials,
        encryption,
        strict: !settings.flag("repeater_disable_strict_start"),
        poll_interval: settings.poll_interval,
        address,
    })
}

/// User and password for the server, if there are both, and how to connect to it.
fn access(
    settings: &Settings,
    server: &HostPort,
) -> Result<(Option<Credentials>, tls::Client), Error> {
    let choice = match Choice::parse(settings.value("authconf")) {
        Choice::File(path) => Choice::File(settings.conf_dir.join(path)),
        other => other,
    };
    let unusable = |why| Error::Config(format!("authconf: {why}"));
    let conf = AuthConf::read(&choice).map_err(unusable)?;
    for problem in conf.problems() {
        tracing::warn!("{problem}");
    }
    let (encryption, remarks) = conf.encryption(server, None).map_err(unusable)?;
    for remark in remarks {
        match remark {
            tls::Remark::Info(text) => tracing::info!("{text}"),
            tls::Remark::Warning(text) => tracing::warn!("{text}"),
        }
    }
    let found = conf.credentials(server, None);
    let credentials = found
        .user
        .zip(found.password)
        .map(|(user, password)| Credentials { user, password });
    Ok((credentials, encryption))
}

#[cfg(test)]
mod tests {
    use super::*;
    use driver::Report;
    use std::fs;
    use std::path::Path;
    use std::time::Duration;

    fn settings(port: &str, options: &[(&str, Option<&str>)], dir: &Path) -> Settings {
        let owned =
            |&(key, value): &(&str, Option<&str>)| (key.to_owned(), value.map(str::to_owned));
        Settings {
            port: port.to_owned(),
            options: options.iter().map(owned).collect(),
            poll_interval: Duration::from_secs(2),
            conf_dir: dir.to_owned(),
            state_dir: dir.to_owned(),
            ..Settings::default()
        }
    }

    fn refusal(port: &str, options: &[(&str, Option<&str>)]) -> String {
        match open(&settings(port, options, Path::new("/none"))).map(drop) {
            Err(Error::Config(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_section_that_cannot_work_is_refused() {
        for (port, options, text) in [
            (
                "x.dev",
                &[("mode", Some("bogus"))][..],
                "mode: \"bogus\" is unknown",
            ),
            ("@host", &[], "port: \"@host\": the UPS name is missing"),
            ("lab@", &[], "port: \"lab@\": the host name is missing"),
            (
                "lab@srv",
                &[("authconf", Some("/none/auth"))],
                "authconf: can't open",
            ),
        ] {
            let refusal = refusal(port, options);
            assert!(refusal.starts_with(text), "{refusal}");
        }
    }

    #[test]
    fn every_published_mode_is_reported() {
        let dir = tempfile::tempdir().unwrap();
        for (port, mode, published) in [
            ("a.dev", None, "dummy-once"),
            ("a.seq", None, "dummy-loop"),
            ("a.txt", None, "dummy"),
            ("a.txt", Some("dummy-once"), "dummy-once"),
            ("a@b", Some("dummy"), "dummy-loop"),
        ] {
            fs::write(dir.path().join(port), "").unwrap();
            let options: Vec<_> = mode.map(|mode| ("mode", Some(mode))).into_iter().collect();
            let mut driver = open(&settings(port, &options, dir.path())).unwrap();
            let mut report = Report::default();
            driver.identify(&mut report).unwrap();
            let mode = format!("{:?}", report.updates[0]);
            assert!(mode.contains(&format!("{published:?}")), "{mode}");
        }
    }

    #[test]
    fn a_repeater_is_somebody_only_with_user_and_password() {
        let dir = tempfile::tempdir().unwrap();
        let authconf = [("authconf", Some("auth"))];
        let settings = settings("till", &authconf, dir.path());
        for (text, user) in [
            ("", None),
            ("user = a\n", None),
            ("pass = b\n", None),
            ("user = a\npass = b\n", Some("a")),
            (
                "user = a\npass = b\n[localhost]\nuser = c\npass = d\n",
                Some("c"),
            ),
        ] {
            fs::write(dir.path().join("auth"), text).unwrap();
            let config = repeated(&settings).unwrap();
            let found = config.credentials.map(|credentials| credentials.user);
            assert_eq!(found.as_deref(), user, "{text}");
        }
    }

    #[test]
    fn the_flag_switches_strict_start_off() {
        let options = [
            ("authconf", Some("none")),
            ("repeater_disable_strict_start", None),
        ];
        assert!(
            !repeated(&settings("a@b", &options, Path::new("/")))
                .unwrap()
                .strict
        );
        assert!(
            repeated(&settings("a@b", &options[..1], Path::new("/")))
                .unwrap()
                .strict
        );
    }
}
