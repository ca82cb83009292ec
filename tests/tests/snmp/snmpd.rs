//! Net-SNMP's agent.

use snmp::{Agent, AuthProtocol, Error, Login, Oid, PrivProtocol, Secret, Value};
use testkit::{Sandbox, Snmpd};

use crate::bench::{PATIENT, all_users, oid, served, session, v3};

/// Net-SNMP's names for ours.
fn hash_of(name: &str) -> String {
    name.replace("SHA2", "SHA-2")
        .replace("SHA384", "SHA-384")
        .replace("SHA512", "SHA-512")
}

fn cipher_of(name: &str) -> String {
    name.replace("AES1", "AES-1").replace("AES2", "AES-2")
}

/// Objects that its configuration can give it, and it does.
fn objects() -> Vec<(Oid, Value)> {
    let root = oid("1.3.6.1.2.1.33");
    let is_plain = |value: &Value| {
        matches!(
            value,
            Value::Integer(_) | Value::Text(_) | Value::Gauge32(_)
        )
    };
    let ours = served().into_iter();
    ours.filter(|(oid, value)| oid.starts_with(&root) && is_plain(value))
        .collect()
}

fn config() -> String {
    let mut text =
        "rwcommunity private 127.0.0.1\nsysServices 72\nrwuser noauth noauth\ncreateUser noauth\n"
            .to_owned();
    for (auth, _) in AuthProtocol::NAMES {
        let privacies = PrivProtocol::NAMES.iter().map(|(name, _)| Some(*name));
        for privacy in privacies.chain([None]) {
            let Login::V3(user) = v3(Some(auth), privacy) else {
                panic!("another version")
            };
            let cipher = privacy.map(|name| format!(" {} privpass123", cipher_of(name)));
            let level = if privacy.is_some() { "priv" } else { "auth" };
            let line = format!(
                "createUser {name} {} authpass123{}\nrwuser {name} {level}\n",
                hash_of(auth),
                cipher.unwrap_or_default(),
                name = user.name,
            );
            text.push_str(&line);
        }
    }
    for (oid, value) in objects() {
        let line = match value {
            Value::Integer(number) => format!("override -rw .{oid} integer {number}\n"),
            Value::Gauge32(number) => format!("override -rw .{oid} uinteger {number}\n"),
            Value::Text(bytes) => {
                format!(
                    "override -rw .{oid} octet_str \"{}\"\n",
                    String::from_utf8(bytes).unwrap()
                )
            }
            other => panic!("{other:?}"),
        };
        text.push_str(&line);
    }
    text
}

/// It gives what it was configured with, and has no other object there.
#[track_caller]
fn check(what: &str, peer: &str, login: Login) {
    let mut session = session(peer, login, PATIENT);
    let (mut oids, mut values): (Vec<Oid>, Vec<Value>) = objects().into_iter().unzip();
    oids.insert(3, oid("1.3.6.1.2.1.33.1.99.0"));
    values.insert(3, Value::Missing);
    assert_eq!(session.get(&oids), Ok(values), "{what}");
}

#[test]
fn net_snmps_agent_gives_the_same_values_to_every_version_and_pair() {
    let sandbox = Sandbox::new();
    let name = "net_snmps_agent_gives_the_same_values_to_every_version_and_pair";
    let Some(snmpd) = Snmpd::start(name, &sandbox, &config()) else {
        return;
    };
    let peer = format!("127.0.0.1:{}", snmpd.port());
    check("v1", &peer, Login::V1(Secret::new("private")));
    check("v2c", &peer, Login::V2c(Secret::new("private")));
    check("v3", &peer, v3(None, None));
    for (what, login) in all_users() {
        check(&what, &peer, login);
    }
    walks_and_sets(&peer);
    tells_who_is_refused(&peer);
}

fn walks_and_sets(peer: &str) {
    let mut session = session(peer, v3(Some("SHA256"), Some("AES256")), PATIENT);
    let found = session.walk(&oid("1.3.6.1.2.1.33"), 1_000).unwrap();
    assert_eq!(found, objects());
    assert!(session.requests() < 10);
    let delay = oid("1.3.6.1.2.1.33.1.8.2.0");
    assert_eq!(session.set(&delay, &Value::Integer(20)), Ok(()));
    assert_eq!(
        session.get(std::slice::from_ref(&delay)),
        Ok(vec![Value::Integer(20)])
    );
    let wrong = session.set(&delay, &Value::Text(b"20".to_vec()));
    assert!(matches!(wrong, Err(Error::Refused { .. })), "{wrong:?}");
}

fn tells_who_is_refused(peer: &str) {
    let told = |change: fn(&mut snmp::User)| {
        let Login::V3(mut user) = v3(Some("SHA256"), Some("AES")) else {
            panic!("another version")
        };
        change(&mut user);
        let mut session = session(peer, Login::V3(user), (300, 1));
        session.get(&[oid("1.3.6.1.2.1.1.3.0")]).unwrap_err()
    };
    let error = told(|user| user.name = "nobody".to_owned());
    assert!(matches!(error, Error::UnknownUser { .. }), "{error}");
    let error = told(|user| user.auth.as_mut().unwrap().password = Secret::new("not the one"));
    assert!(matches!(error, Error::WrongPassword { .. }), "{error}");
    // some versions report it, others are silent
    let error = told(|user| {
        let privacy = user.auth.as_mut().unwrap().privacy.as_mut();
        privacy.unwrap().password = Secret::new("not the one");
    });
    let is_told = matches!(error, Error::WrongPrivacy { .. } | Error::Unheard { .. });
    assert!(is_told, "{error}");
}
