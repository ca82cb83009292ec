//! An agent, and a session with it.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use snmp::{
    Agent, Auth, AuthProtocol, Login, PrivProtocol, Privacy, Secret, Session, Settings, User,
};
use snmp::{Oid, Value, snmprec};
use testkit::{Sandbox, SnmpAgent};

/// The file whose objects are served.
const DATA: &str = "ups.snmprec";

/// An agent with its files.
pub(crate) struct Bench {
    pub(crate) agent: SnmpAgent,
    _sandbox: Sandbox,
}

impl Bench {
    /// Starts an agent; nothing if test `test` cannot be run here.
    pub(crate) fn start(test: &str) -> Option<Self> {
        Self::start_with(test, &[])
    }

    pub(crate) fn start_with(test: &str, args: &[&str]) -> Option<Self> {
        let sandbox = Sandbox::new();
        let agent = SnmpAgent::start(test, &sandbox, DATA, args)?;
        Some(Self {
            agent,
            _sandbox: sandbox,
        })
    }

    /// A session that waits long enough on any machine.
    pub(crate) fn session(&self, login: Login) -> Session {
        session(&self.peer(), login, PATIENT)
    }

    /// A session that gives up soon.
    pub(crate) fn hasty_session(&self, login: Login) -> Session {
        session(&self.peer(), login, HASTY)
    }

    pub(crate) fn peer(&self) -> String {
        format!("127.0.0.1:{}", self.agent.port())
    }

    /// How many objects each request asked for since the last time.
    pub(crate) fn asked(&mut self) -> Vec<usize> {
        let said = self.agent.tell("asked");
        said.split_whitespace()
            .filter_map(|word| word.parse().ok())
            .collect()
    }
}

/// Timeout in milliseconds, and retries.
type Wait = (u64, u32);
pub(crate) const PATIENT: Wait = (2_000, 9);
pub(crate) const HASTY: Wait = (100, 1);

pub(crate) fn session(peer: &str, login: Login, (timeout, retries): Wait) -> Session {
    Session::open(&Settings {
        peer: peer.parse().unwrap(),
        login,
        timeout: Duration::from_millis(timeout),
        retries,
    })
    .unwrap()
}

pub(crate) fn v1() -> Login {
    Login::V1(Secret::new("private"))
}

pub(crate) fn v2c() -> Login {
    Login::V2c(Secret::new("private"))
}

/// A user whose name tells the protocols, as the agent has them; upper-case names of the protocols.
pub(crate) fn v3(auth: Option<&str>, privacy: Option<&str>) -> Login {
    let words = ["u"].into_iter().chain(auth).chain(privacy);
    let name = words.collect::<Vec<_>>().join("-").to_lowercase();
    let privacy = privacy.map(|name| Privacy {
        protocol: PrivProtocol::from_name(name).unwrap(),
        password: Secret::new("privpass123"),
    });
    let auth = auth.map(|name| Auth {
        protocol: AuthProtocol::from_name(name).unwrap(),
        password: Secret::new("authpass123"),
        privacy,
    });
    let name = if auth.is_some() {
        name
    } else {
        "noauth".to_owned()
    };
    Login::V3(User { name, auth })
}

/// Every user that the agent has with a password, with his protocols' names.
pub(crate) fn all_users() -> Vec<(String, Login)> {
    let mut users = Vec::new();
    for (auth, _) in AuthProtocol::NAMES {
        users.push((auth.to_owned(), v3(Some(auth), None)));
        for (privacy, _) in PrivProtocol::NAMES {
            users.push((format!("{auth} {privacy}"), v3(Some(auth), Some(privacy))));
        }
    }
    users
}

/// One login of each kind.
pub(crate) fn some_logins() -> Vec<Login> {
    vec![v1(), v2c(), v3(None, None), v3(Some("SHA"), Some("AES"))]
}

/// What the agent serves.
pub(crate) fn served() -> BTreeMap<Oid, Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("devices/snmp/data")
        .join(DATA);
    snmprec::read(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// Asks for everything, and for what is not there; a wrong value is a failure of the test.
#[track_caller]
pub(crate) fn check_all(session: &mut Session) {
    let served = served();
    let mut oids: Vec<Oid> = served.keys().cloned().collect();
    let mut values: Vec<Value> = served.into_values().collect();
    oids.insert(7, oid("1.3.6.1.2.1.33.1.2.99.0"));
    values.insert(7, Value::Missing);
    assert_eq!(session.get(&oids), Ok(values));
}

pub(crate) fn oid(text: &str) -> Oid {
    text.parse().unwrap()
}
