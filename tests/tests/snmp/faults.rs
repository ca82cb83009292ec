//! What goes wrong on the way, and with agents. Each fault is tried with each version, several polls long.

use snmp::{Agent, Error, Login, Value};

use crate::bench::{Bench, check_all, oid, served, some_logins, v1, v2c, v3};

const POLLS: usize = 4;

/// With these faults every value is right all the time.
fn survives(name: &str, faults: &[&str], logins: &[Login]) {
    let Some(mut bench) = Bench::start(name) else {
        return;
    };
    for login in logins {
        for fault in faults {
            let mut session = bench.session(login.clone());
            bench.agent.tell("nofault");
            bench.agent.tell(&format!("fault {fault}"));
            for _ in 0..POLLS {
                check_all(&mut session);
            }
        }
    }
}

#[test]
fn datagrams_that_are_lost_late_or_doubled_change_no_value() {
    let faults = [
        "mute every=3",
        "delay=30",
        "double",
        "double=40",
        "delay=80 every=2",
    ];
    survives(
        "datagrams_that_are_lost_late_or_doubled_change_no_value",
        &faults,
        &some_logins(),
    );
}

#[test]
fn answers_that_are_cut_off_or_no_messages_are_not_taken() {
    let faults = ["truncate every=3", "garbage every=3", "version every=3"];
    survives(
        "answers_that_are_cut_off_or_no_messages_are_not_taken",
        &faults,
        &some_logins(),
    );
}

#[test]
fn answers_to_another_request_or_from_elsewhere_are_not_taken() {
    let faults = ["wrongid every=3", "elsewhere every=3"];
    survives(
        "answers_to_another_request_or_from_elsewhere_are_not_taken",
        &faults,
        &some_logins(),
    );
}

#[test]
fn what_is_changed_on_the_way_is_not_taken_from_a_user() {
    let name = "what_is_changed_on_the_way_is_not_taken_from_a_user";
    let logins = [v3(Some("MD5"), None), v3(Some("SHA512"), Some("AES256"))];
    survives(name, &["flip every=2", "unsigned every=2"], &logins);
}

#[test]
fn an_agent_that_takes_few_objects_at_once_is_asked_for_few() {
    let faults = ["toobig=7", "few=5", "empty=3", "empty=1"];
    survives(
        "an_agent_that_takes_few_objects_at_once_is_asked_for_few",
        &faults,
        &some_logins(),
    );
}

#[test]
fn an_agent_that_is_silent_to_many_objects_is_asked_for_few() {
    let Some(mut bench) = Bench::start("an_agent_that_is_silent_to_many_objects_is_asked_for_few")
    else {
        return;
    };
    bench.agent.tell("fault silent=9");
    let mut session = bench.hasty_session(v2c());
    check_all(&mut session);
    bench.asked();
    check_all(&mut session);
    assert!(bench.asked().iter().all(|count| *count <= 9));
}

#[test]
fn an_object_that_the_agent_fails_at_is_missing_and_the_others_are_not() {
    let Some(mut bench) =
        Bench::start("an_object_that_the_agent_fails_at_is_missing_and_the_others_are_not")
    else {
        return;
    };
    // no other object's number ends so
    bench.agent.tell("put 1.3.6.1.2.1.33.1.2.77|2|1");
    bench.agent.tell("fault generr=77");
    let oids: Vec<_> = served()
        .into_keys()
        .chain([oid("1.3.6.1.2.1.33.1.2.77")])
        .collect();
    let expected: Vec<_> = served().into_values().chain([Value::Missing]).collect();
    for login in some_logins() {
        assert_eq!(bench.session(login).get(&oids).as_ref(), Ok(&expected));
    }
}

#[test]
fn values_of_another_type_are_what_they_are() {
    let Some(mut bench) = Bench::start("values_of_another_type_are_what_they_are") else {
        return;
    };
    bench.agent.tell("fault wrongtype");
    let oids: Vec<_> = served().into_keys().collect();
    for login in some_logins() {
        let values = bench.session(login).get(&oids).unwrap();
        let kinds = |(value, was): (&Value, &Value)| value.kind() != was.kind();
        assert!(values.iter().zip(served().values()).all(kinds));
    }
}

#[test]
fn a_walk_that_would_never_end_ends() {
    let Some(mut bench) = Bench::start("a_walk_that_would_never_end_ends") else {
        return;
    };
    bench.agent.tell("fault endless");
    for login in some_logins() {
        let error = bench
            .session(login)
            .walk(&oid("1.3.6.1"), 1_000)
            .unwrap_err();
        assert!(error.to_string().contains("would never end"), "{error}");
        assert!(bench.asked().len() <= 3);
    }
}

#[test]
fn an_answer_about_other_objects_is_an_error() {
    let Some(mut bench) = Bench::start("an_answer_about_other_objects_is_an_error") else {
        return;
    };
    bench.agent.tell("fault confused");
    for login in some_logins() {
        let oids: Vec<_> = served().into_keys().collect();
        let error = bench.session(login).get(&oids).unwrap_err();
        assert!(matches!(error, Error::Malformed { .. }), "{error}");
    }
}

#[test]
fn the_largest_datagram_is_taken() {
    let Some(mut bench) = Bench::start("the_largest_datagram_is_taken") else {
        return;
    };
    bench.agent.tell("fault huge=60000");
    for login in some_logins() {
        let values = bench.session(login).get(&[oid("1.3.6.1.2.1.1.1.0")]);
        assert_eq!(values, Ok(vec![Value::Text(vec![b'x'; 60_000])]));
    }
}

#[test]
fn nothing_but_garbage_is_told_as_that_and_nothing_at_all_as_silence() {
    let Some(mut bench) =
        Bench::start("nothing_but_garbage_is_told_as_that_and_nothing_at_all_as_silence")
    else {
        return;
    };
    for login in some_logins() {
        let mut session = bench.hasty_session(login.clone());
        session.get(&[oid("1.3.6.1.2.1.1.1.0")]).unwrap();
        bench.agent.tell("fault mute");
        let error = session.get(&[oid("1.3.6.1.2.1.1.1.0")]).unwrap_err();
        let is_silence = matches!(error, Error::Silent { .. } | Error::Unheard { .. });
        assert!(is_silence, "{error}");
        bench.agent.tell("nofault");
        check_all(&mut session);
    }
    bench.agent.tell("fault version");
    for login in [v1(), v2c()] {
        let error = bench.hasty_session(login).get(&[oid("1.3.6.1.2.1.1.1.0")]);
        let error = error.unwrap_err();
        assert!(error.to_string().contains("another version"), "{error}");
    }
}
