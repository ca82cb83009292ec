//! The options of ups.conf (spec snmp-ups.md, section 2).

use std::time::Duration;

use driver::{Error, OptionSpec, Settings};
use snmp::{Auth, AuthProtocol, Login, PrivProtocol, Privacy, Secret, User};

/// What may stand in a section, beside what the framework knows.
#[rustfmt::skip]
pub(crate) const OPTIONS: &[OptionSpec] = &[
    OptionSpec::value( "mibs",               "the mapping, instead of finding it out (auto); --list lists them all"),
    OptionSpec::secret("community",          "versions 1 and 2c: the community (public); one that may write for commands and settings"),
    OptionSpec::value( "snmp_version",       "v1, v2c or v3 (v1)"),
    OptionSpec::value( "pollfreq",           "seconds between two full readings (30); the status is read at each pollinterval"),
    OptionSpec::value( "semistaticfreq",     "after so many full readings what seldom changes is read again (10)"),
    OptionSpec::value( "snmp_retries",       "how often a request is repeated when no answer comes (5)"),
    OptionSpec::value( "snmp_timeout",       "seconds that an answer is waited for (1)"),
    OptionSpec::flag(  "notransferoids",     "input.transfer.low and input.transfer.high are left out"),
    OptionSpec::flag(  "symmetrathreephase", "input.transfer.low and input.transfer.high are told from phase to phase: times 0.707"),
    OptionSpec::value( "secLevel",           "version 3: noAuthNoPriv, authNoPriv or authPriv (noAuthNoPriv)"),
    OptionSpec::value( "secName",            "version 3: the user"),
    OptionSpec::secret("authPassword",       "version 3: the password that requests are signed with"),
    OptionSpec::secret("privPassword",       "version 3: the password that requests are enciphered with"),
    OptionSpec::value( "authProtocol",       "version 3: MD5, SHA, SHA224, SHA256, SHA384 or SHA512 (MD5)"),
    OptionSpec::value( "privProtocol",       "version 3: DES, AES, AES192 or AES256 (DES)"),
    OptionSpec::value( "trap_port",          "the UDP port on which the device's traps and informs are heard: then the status is read at once (none)"),
    OptionSpec::secret("trap_community",     "the community of traps and informs, where it is not that of requests, or where those are of version 3"),
    OptionSpec::value( "ondelay",            "seconds until the load gets power again, after a shutdown"),
    OptionSpec::value( "offdelay",           "seconds until the load loses power, in a shutdown"),
];

/// What delays are.
const SECONDS: &str = "a number of seconds";

/// How the table's values are to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quirks {
    /// `notransferoids`.
    pub(crate) no_transfer: bool,
    /// `symmetrathreephase`.
    pub(crate) three_phase: bool,
}

/// The options of one device.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// `mibs`; nothing for auto.
    pub(crate) mib: Option<String>,
    pub(crate) login: Login,
    pub(crate) timeout: Duration,
    pub(crate) retries: u32,
    pub(crate) poll_freq: Duration,
    pub(crate) seldom: u32,
    pub(crate) quirks: Quirks,
    /// Nothing when traps are not heard.
    pub(crate) trap_port: Option<u16>,
    pub(crate) trap_community: Option<Secret>,
    pub(crate) on_delay: Option<u32>,
    pub(crate) off_delay: Option<u32>,
}

impl Options {
    /// The options of a section.
    ///
    /// # Errors
    /// One that cannot work, by its name.
    pub(crate) fn of(settings: &Settings) -> Result<Self, Error> {
        let mib = settings.value("mibs").unwrap_or("auto");
        Ok(Self {
            mib: (mib != "auto").then(|| mib.to_owned()),
            login: login(settings)?,
            timeout: Duration::from_secs(u64::from(
                number(settings, "snmp_timeout")?.unwrap_or(1).max(1),
            )),
            retries: number(settings, "snmp_retries")?.unwrap_or(5),
            poll_freq: Duration::from_secs(u64::from(number(settings, "pollfreq")?.unwrap_or(30))),
            seldom: signed(settings, "semistaticfreq", "a whole number")?
                .filter(|walks| *walks > 0)
                .unwrap_or(10),
            quirks: Quirks {
                no_transfer: settings.flag("notransferoids"),
                three_phase: settings.flag("symmetrathreephase"),
            },
            trap_port: port(settings, "trap_port")?,
            trap_community: settings.value("trap_community").map(Secret::new),
            on_delay: signed(settings, "ondelay", SECONDS)?,
            off_delay: signed(settings, "offdelay", SECONDS)?,
        })
    }
}

fn number(settings: &Settings, name: &str) -> Result<Option<u32>, Error> {
    let Some(text) = settings.value(name) else {
        return Ok(None);
    };
    let number = text.trim().parse();
    let number = number.map_err(|_| wrong(name, text, "a whole number, 0 or more"));
    number.map(Some)
}

/// A port; 0 is none.
fn port(settings: &Settings, name: &str) -> Result<Option<u16>, Error> {
    let Some(text) = settings.value(name) else {
        return Ok(None);
    };
    let number = text.trim().parse::<u16>();
    let number = number.map_err(|_| wrong(name, text, "a port, 1 to 65535, or 0 for none"))?;
    Ok((number > 0).then_some(number))
}

/// A number; one below 0 is none.
fn signed(settings: &Settings, name: &str, expected: &str) -> Result<Option<u32>, Error> {
    let Some(text) = settings.value(name) else {
        return Ok(None);
    };
    let number = text.trim().parse::<i32>();
    let number = number.map_err(|_| wrong(name, text, expected))?;
    Ok(u32::try_from(number).ok())
}

fn wrong(name: &str, text: &str, expected: &str) -> Error {
    Error::Config(format!("{name}: {text:?} is not {expected}"))
}

fn login(settings: &Settings) -> Result<Login, Error> {
    let version = settings.value("snmp_version").unwrap_or("v1");
    let community = || Secret::new(settings.value("community").unwrap_or("public"));
    match version.to_ascii_lowercase().as_str() {
        "v1" => Ok(Login::V1(community())),
        "v2c" => Ok(Login::V2c(community())),
        "v3" => user(settings).map(Login::V3),
        _ => Err(wrong("snmp_version", version, "v1, v2c or v3")),
    }
}

fn user(settings: &Settings) -> Result<User, Error> {
    let level = settings.value("secLevel").unwrap_or("noAuthNoPriv");
    let (is_signed, is_private) = match level.to_ascii_lowercase().as_str() {
        "noauthnopriv" => (false, false),
        "authnopriv" => (true, false),
        "authpriv" => (true, true),
        _ => {
            let expected = "noAuthNoPriv, authNoPriv or authPriv";
            return Err(wrong("secLevel", level, expected));
        }
    };
    let name = needed(settings, "secName", level)?.to_owned();
    if !is_signed {
        return Ok(User { name, auth: None });
    }
    let privacy = match is_private {
        true => Some(Privacy {
            protocol: protocol(settings, "privProtocol", "DES", PrivProtocol::from_name)?,
            password: Secret::new(needed(settings, "privPassword", level)?),
        }),
        false => None,
    };
    let auth = Auth {
        protocol: protocol(settings, "authProtocol", "MD5", AuthProtocol::from_name)?,
        password: Secret::new(needed(settings, "authPassword", level)?),
        privacy,
    };
    Ok(User {
        name,
        auth: Some(auth),
    })
}

fn needed<'a>(settings: &'a Settings, name: &str, level: &str) -> Result<&'a str, Error> {
    let given = settings.value(name).filter(|text| !text.is_empty());
    given.ok_or_else(|| {
        Error::Config(format!(
            "{name} is missing; snmp_version = v3 with secLevel = {level} needs it"
        ))
    })
}

fn protocol<T>(
    settings: &Settings,
    name: &str,
    default: &str,
    of: impl Fn(&str) -> Option<T>,
) -> Result<T, Error> {
    let text = settings.value(name).unwrap_or(default);
    of(text).ok_or_else(|| {
        let spec = OPTIONS.iter().find(|option| option.name == name);
        let known = spec.map_or("known", |option| option.doc);
        Error::Config(format!("{name}: {text:?} is not known; {known}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(options: &[(&str, &str)]) -> Result<Options, String> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), Some((*value).to_owned()));
        let settings = Settings {
            options: options.iter().map(owned).collect(),
            ..Settings::default()
        };
        Options::of(&settings).map_err(|error| error.to_string())
    }

    #[test]
    fn without_options_it_is_version_1_and_the_public_community() {
        let options = of(&[]).unwrap();
        assert_eq!(options.login, Login::V1(Secret::new("public")));
        assert_eq!(options.poll_freq, Duration::from_secs(30));
        assert_eq!(
            (options.retries, options.seldom, options.mib),
            (5, 10, None)
        );
    }

    #[test]
    fn traps_are_heard_only_on_a_port_that_is_given() {
        assert_eq!(of(&[]).unwrap().trap_port, None);
        assert_eq!(of(&[("trap_port", "0")]).unwrap().trap_port, None);
        assert_eq!(of(&[("trap_port", "1162")]).unwrap().trap_port, Some(1162));
        for text in ["-1", "65536", "trap", ""] {
            let told = of(&[("trap_port", text)]).unwrap_err();
            assert!(told.contains("is not a port"), "{told}");
        }
    }

    #[test]
    fn version_3_needs_what_its_level_needs() {
        let v3 = ("snmp_version", "v3");
        assert!(of(&[v3]).unwrap_err().contains("secName is missing"));
        let named = [v3, ("secName", "nut")];
        let Login::V3(user) = of(&named).unwrap().login else {
            panic!("not version 3");
        };
        assert_eq!(user.auth, None);
        let level = [named[0], named[1], ("secLevel", "authPriv")];
        assert!(of(&level).unwrap_err().contains("privPassword is missing"));
        let whole = [
            level[0],
            level[1],
            level[2],
            ("privPassword", "b"),
            ("authPassword", "a"),
        ];
        assert!(of(&whole).is_ok());
        let odd = [&whole[..], &[("authProtocol", "ROT13")]].concat();
        assert!(of(&odd).unwrap_err().contains("\"ROT13\" is not known"));
    }

    #[test]
    fn what_cannot_work_is_told_by_name() {
        for (name, value) in [
            ("snmp_version", "v4"),
            ("pollfreq", "often"),
            ("offdelay", "soon"),
            ("secLevel", "none"),
        ] {
            let error = of(&[("snmp_version", "v3"), ("secName", "a"), (name, value)]);
            assert!(error.unwrap_err().starts_with(name), "{name}");
        }
        assert_eq!(of(&[("offdelay", "-1")]).unwrap().off_delay, None);
        for few in ["-1", "0"] {
            assert_eq!(of(&[("semistaticfreq", few)]).unwrap().seldom, 10);
        }
    }
}
