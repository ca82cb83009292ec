//! SNMP agents, and which of them are power devices.

use std::net::IpAddr;
use std::time::Duration;

use snmp::{
    Agent, Auth, AuthProtocol, Error, Login, Oid, Peer, PrivProtocol, Privacy, Secret, Session,
    Settings, User,
};

use crate::found::{Device, Kind, Setting, Use};

/// Where agents listen, unless they are told otherwise.
pub(crate) const PORT: u16 = 161;
/// What every agent has: `sysObjectID`.
const ANYTHING: &str = "1.3.6.1.2.1.1.2.0";
/// How often a question is repeated.
const RETRIES: u32 = 2;

/// What became of asking one address.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A power device.
    Found(Device),
    /// An agent that does not let us ask, or none of a power device.
    Odd(String),
    /// No agent, and why.
    Absent(String),
}

/// One way to ask, with the settings that have the driver ask so.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    login: Login,
    settings: Vec<Setting>,
}

/// What the options say about version 3.
#[derive(Clone, Debug, Default)]
pub(crate) struct Version3 {
    pub(crate) level: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) auth_protocol: Option<String>,
    pub(crate) auth_password: Option<String>,
    pub(crate) priv_protocol: Option<String>,
    pub(crate) priv_password: Option<String>,
}

impl Version3 {
    /// Whether version 3 is meant.
    pub(crate) const fn is_meant(&self) -> bool {
        self.level.is_some() || self.user.is_some()
    }

    /// The way to ask.
    ///
    /// # Errors
    /// What is missing or not known, by the option's name.
    pub(crate) fn way(&self) -> Result<Way, String> {
        let level = self.level.as_deref().unwrap_or(self.implied_level());
        let (is_signed, is_private) = match level.to_ascii_lowercase().as_str() {
            "noauthnopriv" => (false, false),
            "authnopriv" => (true, false),
            "authpriv" => (true, true),
            _ => {
                return Err(format!(
                    "--secLevel: {level:?} is none of noAuthNoPriv, authNoPriv, authPriv"
                ));
            }
        };
        let mut settings = vec![counts("snmp_version", "v3"), counts("secLevel", level)];
        let name = needed("secName", self.user.as_deref(), level)?;
        settings.push(counts("secName", name));
        let privacy = if is_private {
            let password = needed("privPassword", self.priv_password.as_deref(), level)?;
            let protocol = self.priv_protocol.as_deref().unwrap_or("DES");
            settings.push(counts("privPassword", password));
            settings.push(counts("privProtocol", protocol));
            Some(Privacy {
                protocol: known("privProtocol", protocol, PrivProtocol::from_name)?,
                password: Secret::new(password),
            })
        } else {
            None
        };
        let auth = if is_signed {
            let password = needed("authPassword", self.auth_password.as_deref(), level)?;
            let protocol = self.auth_protocol.as_deref().unwrap_or("MD5");
            settings.push(counts("authPassword", password));
            settings.push(counts("authProtocol", protocol));
            Some(Auth {
                protocol: known("authProtocol", protocol, AuthProtocol::from_name)?,
                password: Secret::new(password),
                privacy,
            })
        } else {
            None
        };
        let name = name.to_owned();
        let login = Login::V3(User { name, auth });
        Ok(Way { login, settings })
    }

    /// The level that the passwords are for.
    const fn implied_level(&self) -> &'static str {
        match (&self.auth_password, &self.priv_password) {
            (_, Some(_)) => "authPriv",
            (Some(_), None) => "authNoPriv",
            (None, None) => "noAuthNoPriv",
        }
    }
}

fn needed<'a>(name: &str, value: Option<&'a str>, level: &str) -> Result<&'a str, String> {
    value.ok_or_else(|| format!("--{name} is missing, which level {level} needs"))
}

fn known<T>(name: &str, value: &str, find: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    find(value).ok_or_else(|| format!("--{name}: {value:?} is not known"))
}

fn counts(name: &'static str, value: &str) -> Setting {
    Setting::new(name, value, Use::Counts)
}

/// With a community, in these versions.
pub(crate) fn with_community(community: &str, first: bool, second: bool) -> Vec<Way> {
    let community_is = counts("community", community);
    let mut ways = Vec::new();
    if first {
        ways.push(Way {
            login: Login::V1(Secret::new(community)),
            settings: vec![community_is.clone()],
        });
    }
    if second {
        ways.push(Way {
            login: Login::V2c(Secret::new(community)),
            settings: vec![counts("snmp_version", "v2c"), community_is],
        });
    }
    ways
}

/// Asks one address in each way until one is answered; all of them share the time.
pub(crate) fn ask(address: IpAddr, port: u16, ways: &[Way], within: Duration) -> Answer {
    let share = within / u32::try_from(ways.len().max(1)).unwrap_or(u32::MAX);
    let mut answer = Answer::Absent(format!("{address}: not asked"));
    for way in ways {
        answer = ask_so(address, port, way, share);
        if !matches!(answer, Answer::Absent(_)) {
            break;
        }
    }
    answer
}

fn ask_so(address: IpAddr, port: u16, way: &Way, within: Duration) -> Answer {
    let place = place(address, port);
    let (peer, anything) = match (place.parse::<Peer>(), ANYTHING.parse::<Oid>()) {
        (Ok(peer), Ok(anything)) => (peer, anything),
        (Err(error), _) => return Answer::Absent(error.to_string()),
        (_, Err(_)) => return Answer::Absent(place),
    };
    let session = Session::open(&Settings {
        peer,
        login: way.login.clone(),
        timeout: within / (RETRIES + 1),
        retries: RETRIES,
    });
    let heard = session.and_then(|mut session| session.get(&[anything]).map(|_| session));
    let mut session = match heard {
        Ok(session) => session,
        Err(error @ (Error::Silent { .. } | Error::Io(_))) => {
            return Answer::Absent(error.to_string());
        }
        Err(error) => return Answer::Odd(error.to_string()),
    };
    match snmp_ups::identify(&mut session) {
        Ok((mib, model)) => {
            let mut device = Device::new(Kind::Snmp, "snmp-ups", place);
            if !model.is_empty() {
                device = device.with("desc", &model);
            }
            device = device.with("mibs", mib);
            device.settings.extend(way.settings.iter().cloned());
            Answer::Found(device)
        }
        Err(why) => Answer::Odd(format!("{place}: {why}")),
    }
}

/// The address as `port` of snmp-ups has it.
fn place(address: IpAddr, port: u16) -> String {
    match (address, port) {
        (address, PORT) => address.to_string(),
        (IpAddr::V6(address), port) => format!("[{address}]:{port}"),
        (IpAddr::V4(address), port) => format!("{address}:{port}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> Version3 {
        Version3 {
            user: Some("bob".to_owned()),
            ..Version3::default()
        }
    }

    fn names(way: &Way) -> Vec<&str> {
        way.settings.iter().map(|one| one.name).collect()
    }

    #[test]
    fn the_passwords_say_which_level_is_meant() {
        let level = |v3: &Version3| v3.way().unwrap().settings[1].value.clone();
        let mut v3 = user();
        assert_eq!(level(&v3), "noAuthNoPriv");
        v3.auth_password = Some("a-password".to_owned());
        assert_eq!(level(&v3), "authNoPriv");
        v3.priv_password = Some("b-password".to_owned());
        let way = v3.way().unwrap();
        assert_eq!(
            names(&way),
            [
                "snmp_version",
                "secLevel",
                "secName",
                "privPassword",
                "privProtocol",
                "authPassword",
                "authProtocol"
            ]
        );
    }

    #[test]
    fn what_is_missing_or_unknown_is_told_by_its_option() {
        let told = |v3: Version3| v3.way().unwrap_err();
        let level = |level: &str| Version3 {
            level: Some(level.to_owned()),
            ..user()
        };
        assert!(told(level("some")).starts_with("--secLevel: \"some\""));
        assert!(told(level("authPriv")).starts_with("--privPassword is missing"));
        assert!(told(level("authNoPriv")).starts_with("--authPassword is missing"));
        let odd = Version3 {
            auth_password: Some("a-password".to_owned()),
            auth_protocol: Some("ROT13".to_owned()),
            ..user()
        };
        assert!(told(odd).starts_with("--authProtocol: \"ROT13\""));
        let nobody = Version3 {
            level: Some("authPriv".to_owned()),
            ..Version3::default()
        };
        assert!(told(nobody).starts_with("--secName is missing"));
    }

    #[test]
    fn both_versions_are_tried_with_a_community() {
        let ways = with_community("public", true, true);
        assert_eq!(names(&ways[0]), ["community"]);
        assert_eq!(names(&ways[1]), ["snmp_version", "community"]);
    }

    #[test]
    fn where_nobody_listens_nobody_is_found() {
        let port = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
        let port = port.local_addr().unwrap().port();
        let ways = with_community("public", true, true);
        let here = "127.0.0.1".parse().unwrap();
        let answer = ask(here, port, &ways, Duration::from_millis(200));
        assert!(matches!(answer, Answer::Absent(_)), "{answer:?}");
    }
}
