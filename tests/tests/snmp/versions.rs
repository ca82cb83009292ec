//! Versions and users.

use snmp::{Agent, Error, Login, Secret, Status, User, Value};

use crate::bench::{Bench, all_users, check_all, oid, served, some_logins, v1, v2c, v3};

#[test]
fn every_version_and_every_pair_of_protocols_gives_the_same_values() {
    let Some(bench) =
        Bench::start("every_version_and_every_pair_of_protocols_gives_the_same_values")
    else {
        return;
    };
    let users = all_users();
    let pairs = users.iter().filter(|(name, _)| name.contains(' ')).count();
    assert_eq!(pairs, 24);
    for login in some_logins()
        .into_iter()
        .chain(users.into_iter().map(|(_, login)| login))
    {
        check_all(&mut bench.session(login));
    }
}

#[test]
fn a_walk_finds_everything_in_few_requests() {
    let Some(mut bench) = Bench::start("a_walk_finds_everything_in_few_requests") else {
        return;
    };
    for login in some_logins() {
        let is_first = matches!(login, Login::V1(_));
        let mut session = bench.session(login);
        let found = session.walk(&oid("1.3.6.1"), 1_000).unwrap();
        let expected: Vec<_> = served().into_iter().collect();
        assert_eq!(found, expected);
        let requests = bench.asked().len();
        let most = if is_first {
            expected.len() + 1
        } else {
            expected.len() / 10
        };
        assert!(requests <= most, "{requests} requests");
    }
}

#[test]
fn a_poll_takes_a_tenth_of_a_request_an_object() {
    let Some(mut bench) = Bench::start("a_poll_takes_a_tenth_of_a_request_an_object") else {
        return;
    };
    let oids: Vec<_> = served().into_keys().collect();
    for login in some_logins() {
        let mut session = bench.session(login);
        // who the agent is is asked once
        session.get(&oids).unwrap();
        bench.asked();
        session.get(&oids).unwrap();
        let asked = bench.asked();
        assert!(
            asked.len() * 10 <= oids.len(),
            "{asked:?} of {}",
            oids.len()
        );
    }
}

#[test]
fn what_is_set_is_there_with_the_type_that_the_device_wants() {
    let Some(mut bench) = Bench::start("what_is_set_is_there_with_the_type_that_the_device_wants")
    else {
        return;
    };
    let (shutdown, name) = (oid("1.3.6.1.2.1.33.1.8.2.0"), oid("1.3.6.1.2.1.33.1.1.5.0"));
    for (number, login) in (100..).zip(some_logins()) {
        let mut session = bench.session(login);
        assert_eq!(session.set(&shutdown, &Value::Integer(number)), Ok(()));
        let text = Value::Text(format!("Nº {number}").into_bytes());
        assert_eq!(session.set(&name, &text), Ok(()));
        let read = session.get(&[shutdown.clone(), name.clone()]).unwrap();
        assert_eq!(read, [Value::Integer(number), text]);
    }
    bench.agent.tell("readonly 1.3.6.1.2.1.33.1.9");
    let refused = |login, what: &str, value| {
        let refused = bench.session(login).set(&oid(what), &value);
        match refused {
            Err(Error::Refused { status, .. }) => status,
            other => panic!("{other:?}"),
        }
    };
    let text = || Value::Text(b"5".to_vec());
    let objects = "1.3.6.1.2.1.33.1.8.2.0";
    assert_eq!(refused(v1(), objects, text()), Status::BAD_VALUE);
    assert_eq!(refused(v2c(), objects, text()), Status::WRONG_TYPE);
    assert_eq!(refused(v2c(), "1.3.6.1.9.0", text()), Status::NO_CREATION);
    let fixed = refused(v2c(), "1.3.6.1.2.1.33.1.9.9.0", Value::Integer(1));
    assert_eq!(fixed, Status::NOT_WRITABLE);
    let reader = Login::V2c(Secret::new("public"));
    assert_eq!(
        refused(reader, objects, Value::Integer(1)),
        Status::NO_ACCESS
    );
}

/// What is told of a user after `change`.
fn told(bench: &Bench, change: impl FnOnce(&mut User)) -> Error {
    let Login::V3(mut user) = v3(Some("SHA256"), Some("AES")) else {
        panic!("another version")
    };
    change(&mut user);
    let mut session = bench.session(Login::V3(user));
    session.get(&[oid("1.3.6.1.2.1.1.1.0")]).unwrap_err()
}

#[test]
fn whoever_is_refused_is_told_why() {
    let Some(bench) = Bench::start("whoever_is_refused_is_told_why") else {
        return;
    };
    let wrong = Secret::new("not the password");
    let error = told(&bench, |user| user.name = "nobody".to_owned());
    assert!(matches!(error, Error::UnknownUser { .. }), "{error}");
    let error = told(&bench, |user| {
        user.auth.as_mut().unwrap().password = wrong.clone()
    });
    assert!(matches!(error, Error::WrongPassword { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("the password of user u-sha256-aes is wrong")
    );
    let error = told(&bench, |user| user.auth.as_mut().unwrap().privacy = None);
    assert!(matches!(error, Error::UnsupportedLevel { .. }), "{error}");
    let error = told(&bench, |user| {
        let privacy = user.auth.as_mut().unwrap().privacy.as_mut();
        privacy.unwrap().password = wrong;
    });
    let is_told = matches!(error, Error::WrongPrivacy { .. });
    assert!(is_told, "{error}");
    assert!(!error.to_string().contains("not the password"));
}

#[test]
fn a_community_that_is_none_is_silence_with_advice() {
    let Some(bench) = Bench::start("a_community_that_is_none_is_silence_with_advice") else {
        return;
    };
    let mut session = bench.hasty_session(Login::V2c(Secret::new("guess")));
    let error = session.get(&[oid("1.3.6.1.2.1.1.1.0")]).unwrap_err();
    assert!(matches!(error, Error::Silent { .. }));
    let text = error.to_string();
    assert!(
        text.contains("community") && !text.contains("guess"),
        "{text}"
    );
}

#[test]
fn an_agent_is_reached_over_ipv6() {
    let name = "an_agent_is_reached_over_ipv6";
    if std::net::UdpSocket::bind("[::1]:0").is_err() {
        testkit::skipped(name, "IPv6 on the loopback interface");
        return;
    }
    let Some(bench) = Bench::start_with(name, &["--host", "::1"]) else {
        return;
    };
    for host in ["[::1]", "udp6:[::1]"] {
        let peer = format!("{host}:{}", bench.agent.port());
        check_all(&mut crate::bench::session(
            &peer,
            v2c(),
            crate::bench::PATIENT,
        ));
    }
}
