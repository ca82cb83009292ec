use super::*;
use crate::login::{AuthProtocol, PrivProtocol, Privacy};
use crate::oid::Oid;
use crate::value::Value;
use crate::wire::{Kind, Pdu, community};
use proptest::prelude::*;

fn pdu(kind: Kind) -> Pdu {
    Pdu {
        kind,
        request_id: 3,
        status: 0,
        index: 0,
        bindings: vec![(Oid::new(&[1, 3, 6]).unwrap(), Value::Integer(4))],
    }
}

fn with_community(community: &str, kind: Kind) -> Vec<u8> {
    community::Message {
        version: 1,
        community: community.as_bytes().to_vec(),
        pdu: pdu(kind),
    }
    .bytes()
}

fn auth(password: &str, is_private: bool) -> Auth {
    let privacy = Privacy {
        protocol: PrivProtocol::Aes,
        password: Secret::new("privpass123"),
    };
    Auth {
        protocol: AuthProtocol::Sha256,
        password: Secret::new(password),
        privacy: is_private.then_some(privacy),
    }
}

fn user(auth: Option<Auth>) -> Login {
    let name = "bob".to_owned();
    Login::V3(User { name, auth })
}

/// A notice of version 3.
fn third(name: &str, auth: Option<&Auth>, kind: Kind) -> Vec<u8> {
    let engine = v3::Engine {
        id: b"engine".to_vec(),
        boots: 1,
        time: 2,
    };
    let keys = auth.map(|auth| Master::new(auth).unwrap().localized(&engine.id).unwrap());
    let message = v3::Message {
        id: 1,
        engine,
        user: name.as_bytes().to_vec(),
        pdu: pdu(kind),
    };
    message.bytes(keys.as_ref(), 5).unwrap()
}

#[test]
fn a_community_is_the_one_that_asks_unless_another_is_given() {
    let asks = || Login::V2c(Secret::new("hush"));
    let own = Ears::new(&asks(), None).unwrap();
    let other = Ears::new(&asks(), Some(Secret::new("trap"))).unwrap();
    for kind in [Kind::Trap, Kind::Inform] {
        let (hush, trap) = (with_community("hush", kind), with_community("trap", kind));
        assert_eq!(
            own.hear(&hush).unwrap().answer.is_some(),
            kind == Kind::Inform
        );
        assert_eq!(own.hear(&trap), Err(STRANGER));
        assert_eq!(other.hear(&hush), Err(STRANGER));
        assert!(other.hear(&trap).is_ok());
    }
    assert!(own.hear(&third("bob", None, Kind::Trap)).is_err());
    assert!(own.hear(&with_community("hush", Kind::Response)).is_err());
}

#[test]
fn a_user_has_to_sign_as_he_does_when_he_asks() {
    let levels = [
        None,
        Some(auth("authpass123", false)),
        Some(auth("authpass123", true)),
    ];
    for (level, ours) in levels.iter().enumerate() {
        let ears = Ears::new(&user(ours.clone()), None).unwrap();
        for (their_level, theirs) in levels.iter().enumerate() {
            let heard = ears.hear(&third("bob", theirs.as_ref(), Kind::Trap));
            assert_eq!(heard.is_ok(), level == their_level, "{level} {their_level}");
        }
        let other = auth("another password", level == 2);
        let other = ours.as_ref().map(|_| &other);
        assert!(other.is_none() || ears.hear(&third("bob", other, Kind::Trap)).is_err());
        assert!(ears.hear(&third("eve", ours.as_ref(), Kind::Trap)).is_err());
        assert!(
            ears.hear(&third("bob", ours.as_ref(), Kind::Inform))
                .is_err()
        );
        assert_eq!(ears.hear(&with_community("", Kind::Trap)), Err(STRANGER));
    }
    let both = Ears::new(
        &user(Some(auth("authpass123", true))),
        Some(Secret::new("trap")),
    );
    assert!(
        both.unwrap()
            .hear(&with_community("trap", Kind::Trap))
            .is_ok()
    );
}

proptest! {
    #[test]
    fn no_bytes_are_heard_or_make_it_panic(bytes: Vec<u8>) {
        let ears = Ears::new(&Login::V1(Secret::new("hush")), None).unwrap();
        prop_assert!(ears.hear(&bytes).is_err());
    }
}
