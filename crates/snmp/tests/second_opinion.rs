//! Another implementation reads what we write, and we read what it writes: the crate snmp2.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests fail by panicking"
)]

use proptest::prelude::*;
use snmp::wire::keys::{Keys, Master};
use snmp::wire::v3::{Engine, Message};
use snmp::wire::{Kind, Pdu, community};
use snmp::{Auth, AuthProtocol, Oid, PrivProtocol, Privacy, Secret, Value};
use snmp2::v3;

const ENGINE: &[u8] = b"\x80\x00\x00\x00\x04locknut";
const PASSWORD: &str = "authpass123";
const OTHER_PASSWORD: &str = "privpass123";

fn any_oid() -> impl Strategy<Value = Oid> {
    let arcs = prop::collection::vec(any::<u32>(), 2..40);
    arcs.prop_map(|mut arcs| {
        arcs[0] %= 2;
        arcs[1] %= 40;
        Oid::new(&arcs).unwrap()
    })
}

/// What both know.
fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<i32>().prop_map(|number| Value::Integer(number.into())),
        any::<Vec<u8>>().prop_map(Value::Text),
        any_oid().prop_map(Value::Oid),
        any::<[u8; 4]>().prop_map(Value::IpAddress),
        any::<u32>().prop_map(Value::Counter32),
        any::<u32>().prop_map(Value::Gauge32),
        any::<u32>().prop_map(Value::TimeTicks),
        any::<Vec<u8>>().prop_map(Value::Opaque),
        // larger ones it writes with a sign
        (0..u64::MAX / 2).prop_map(Value::Counter64),
        Just(Value::Missing),
        Just(Value::Null),
    ]
}

fn any_answer() -> impl Strategy<Value = Pdu> {
    let bindings = prop::collection::vec((any_oid(), any_value()), 0..20);
    (any::<i32>(), 0..20u32, 0..20u32, bindings).prop_map(
        |(request_id, status, index, bindings)| Pdu {
            kind: Kind::Response,
            request_id,
            status,
            index,
            bindings,
        },
    )
}

/// It shows 0.0 with one arc.
fn oid(theirs: &snmp2::Oid<'_>) -> Oid {
    let text = theirs.to_string();
    if text == "0" { "0.0" } else { &text }.parse().unwrap()
}

fn value(theirs: &snmp2::Value<'_>) -> Value {
    match theirs {
        snmp2::Value::Integer(number) => Value::Integer(*number),
        snmp2::Value::OctetString(bytes) => Value::Text(bytes.to_vec()),
        snmp2::Value::ObjectIdentifier(it) => Value::Oid(oid(it)),
        snmp2::Value::IpAddress(address) => Value::IpAddress(*address),
        snmp2::Value::Counter32(number) => Value::Counter32(*number),
        snmp2::Value::Unsigned32(number) => Value::Gauge32(*number),
        snmp2::Value::Timeticks(number) => Value::TimeTicks(*number),
        snmp2::Value::Opaque(bytes) => Value::Opaque(bytes.to_vec()),
        snmp2::Value::Counter64(number) => Value::Counter64(*number),
        snmp2::Value::NoSuchObject => Value::Missing,
        snmp2::Value::Null => Value::Null,
        other => panic!("{other:?}"),
    }
}

/// Their answer as ours.
fn pdu(theirs: &snmp2::Pdu<'_>) -> Pdu {
    assert_eq!(theirs.message_type, snmp2::MessageType::Response);
    let bindings = theirs.varbinds.clone();
    let bindings = bindings.map(|(name, it)| (oid(&name), value(&it)));
    Pdu {
        kind: Kind::Response,
        request_id: theirs.req_id,
        status: theirs.error_status,
        index: theirs.error_index,
        bindings: bindings.collect(),
    }
}

/// A hash and a cipher, both names of each.
type Pair = (
    AuthProtocol,
    v3::AuthProtocol,
    Option<(PrivProtocol, v3::Cipher)>,
);

fn pairs() -> Vec<Pair> {
    let hashes = [
        (AuthProtocol::Md5, v3::AuthProtocol::Md5),
        (AuthProtocol::Sha, v3::AuthProtocol::Sha1),
        (AuthProtocol::Sha224, v3::AuthProtocol::Sha224),
        (AuthProtocol::Sha256, v3::AuthProtocol::Sha256),
        (AuthProtocol::Sha384, v3::AuthProtocol::Sha384),
        (AuthProtocol::Sha512, v3::AuthProtocol::Sha512),
    ];
    let ciphers = [
        None,
        Some((PrivProtocol::Des, v3::Cipher::Des)),
        Some((PrivProtocol::Aes, v3::Cipher::Aes128)),
        Some((PrivProtocol::Aes192, v3::Cipher::Aes192)),
        Some((PrivProtocol::Aes256, v3::Cipher::Aes256)),
    ];
    let pairs = hashes.into_iter().flat_map(|(ours, theirs)| {
        ciphers
            .into_iter()
            .map(move |cipher| (ours, theirs, cipher))
    });
    pairs.collect()
}

fn our_keys(hash: AuthProtocol, cipher: Option<PrivProtocol>) -> Keys {
    let auth = Auth {
        protocol: hash,
        password: Secret::new(PASSWORD),
        privacy: cipher.map(|protocol| Privacy {
            protocol,
            password: Secret::new(OTHER_PASSWORD),
        }),
    };
    Master::new(&auth).unwrap().localized(ENGINE).unwrap()
}

fn their_keys(hash: v3::AuthProtocol, cipher: Option<v3::Cipher>) -> v3::Security {
    let auth = cipher.map_or(v3::Auth::AuthNoPriv, |cipher| v3::Auth::AuthPriv {
        cipher,
        privacy_password: OTHER_PASSWORD.into(),
    });
    v3::Security::new(b"bob", PASSWORD.as_bytes())
        .with_auth_protocol(hash)
        .with_auth(auth)
        .with_key_extension_method(v3::KeyExtension::Blumenthal)
        .with_engine_id(ENGINE)
        .unwrap()
        .with_engine_boots_and_time(7, 1_000)
}

proptest! {
    #[test]
    fn a_message_with_a_community_is_the_same_to_both(answer in any_answer()) {
        let message = community::Message {
            version: 1,
            community: b"private".to_vec(),
            pdu: answer,
        };
        let bytes = message.bytes();
        let theirs = snmp2::Pdu::from_bytes(&bytes).unwrap();
        prop_assert_eq!(theirs.community, b"private");
        prop_assert_eq!(&pdu(&theirs), &message.pdu);
        let theirs = community::Message::read(&theirs.to_bytes().unwrap());
        prop_assert_eq!(theirs, Ok(message));
    }
}

#[test]
fn a_message_of_a_user_is_the_same_to_both_with_every_pair_of_protocols() {
    let mut answers = Vec::new();
    for number in 0..40 {
        let oid = Oid::new(&[1, 3, 6, number]).unwrap();
        answers.push((oid, Value::Gauge32(number)));
    }
    assert_eq!(pairs().len(), 24 + 6);
    for (hash, their_hash, cipher) in pairs() {
        let keys = our_keys(hash, cipher.map(|(ours, _)| ours));
        let writer = their_keys(their_hash, cipher.map(|(_, theirs)| theirs));
        // lengths that fill a block, and lengths that do not
        for count in [1, 2, 3, 5, 8, 40] {
            let message = Message {
                id: 77,
                engine: Engine {
                    id: ENGINE.to_vec(),
                    boots: 7,
                    time: 1_000,
                },
                user: b"bob".to_vec(),
                pdu: Pdu {
                    kind: Kind::Response,
                    request_id: 77,
                    status: 0,
                    index: 0,
                    bindings: answers[..count].to_vec(),
                },
            };
            let mut security = writer.clone();
            let bytes = message.bytes(Some(&keys), 12_345).unwrap();
            let theirs = snmp2::Pdu::from_bytes_with_security(&bytes, Some(&mut security));
            let theirs = theirs.unwrap_or_else(|error| panic!("{hash:?} {cipher:?}: {error}"));
            assert_eq!(pdu(&theirs), message.pdu);
            let written = theirs.to_bytes_with_security(Some(&writer)).unwrap();
            let read = Message::read(&written, Some(&keys)).unwrap();
            assert!(read.is_signed);
            assert_eq!(read.is_enciphered, cipher.is_some());
            assert_eq!(read.message, message, "{hash:?} {cipher:?}");
        }
    }
}
