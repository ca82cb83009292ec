//! An agent that restarts, is replaced or is away for a while; the session is the same all the time.

use snmp::{Agent, Error};
use testkit::{Sandbox, SnmpAgent};

use crate::bench::{Bench, HASTY, PATIENT, check_all, oid, session, some_logins, v2c, v3};

#[test]
fn an_engine_that_restarts_or_is_replaced_is_met_anew() {
    let Some(mut bench) = Bench::start("an_engine_that_restarts_or_is_replaced_is_met_anew") else {
        return;
    };
    for login in [
        v3(None, None),
        v3(Some("SHA"), None),
        v3(Some("SHA224"), Some("DES")),
    ] {
        let mut session = bench.session(login);
        check_all(&mut session);
        // more starts; fewer, as if it had forgotten them; another engine
        for event in [
            "boots 7",
            "boots 1",
            "engine 8000000004616e6f74686572",
            "boots 2147483647",
        ] {
            bench.agent.tell(event);
            check_all(&mut session);
        }
    }
}

#[test]
fn a_lost_answer_about_the_clock_is_asked_for_again() {
    let Some(mut bench) = Bench::start("a_lost_answer_about_the_clock_is_asked_for_again") else {
        return;
    };
    let mut session = bench.session(v3(Some("SHA256"), Some("AES192")));
    check_all(&mut session);
    bench.agent.tell("boots 3");
    bench.agent.tell("fault mute every=2");
    check_all(&mut session);
}

#[test]
fn an_agent_that_was_away_is_found_again() {
    let name = "an_agent_that_was_away_is_found_again";
    for login in some_logins() {
        let sandbox = Sandbox::new();
        let Some(mut agent) = SnmpAgent::start(name, &sandbox, "ups.snmprec", &[]) else {
            return;
        };
        let port = agent.port().to_string();
        let mut session = session(&format!("127.0.0.1:{port}"), login, PATIENT);
        check_all(&mut session);
        agent.kill();
        let error = session.get(&[oid("1.3.6.1.2.1.1.1.0")]).unwrap_err();
        assert!(error.to_string().contains("nobody listens"), "{error}");
        let args = ["--port", &port, "--boots", "2"];
        let _agent = SnmpAgent::start(name, &sandbox, "ups.snmprec", &args).unwrap();
        check_all(&mut session);
    }
}

#[test]
fn a_host_that_is_silent_is_given_up_in_time() {
    // a socket that never answers
    let deaf = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let peer = deaf.local_addr().unwrap().to_string();
    let mut session = session(&peer, v2c(), HASTY);
    let oids: Vec<_> = (0..100)
        .map(|row| oid("1.3.6.1").child(row).unwrap())
        .collect();
    let error = session.get(&oids).unwrap_err();
    let Error::Silent { after, .. } = error else {
        panic!("{error}")
    };
    assert!(after.as_millis() >= 200, "{after:?}");
    // the question, its repetition, and the same for a single object
    deaf.set_nonblocking(true).unwrap();
    let mut datagrams = 0;
    while deaf.recv(&mut [0; 2_000]).is_ok() {
        datagrams += 1;
    }
    assert_eq!(datagrams, 4);
}
